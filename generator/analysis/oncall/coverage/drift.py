"""Follow-the-sun that drifts: hours that meet in one season and leave a gap in another, because clocks change apart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from generator.analysis.memo import once_a_catalog
from generator.analysis.oncall.clock import changes_of_clock
from generator.analysis.oncall.coverage.gaps import coming_gaps
from generator.analysis.oncall.horizon import coming
from generator.analysis.windows import Window, Windows
from generator.kinds.team import Schedule
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.catalog import Catalog

SHORT = timedelta(hours=3)
"""What the change of a clock can open; longer gaps have other reasons."""
_APART = timedelta(days=8)
"""A gap of every week is still one stretch of time."""


@dataclass(frozen=True, slots=True)
class Change:
    """The clock of a zone is moved."""

    at: datetime
    zone: str


@dataclass(frozen=True, slots=True)
class Drift:
    """Gaps that begin with one change of clock and end with another; None where that lies outside the coming year."""

    gaps: Windows
    since: Change | None
    until: Change | None


@once_a_catalog
def drifts(catalog: Catalog, schedule: Schedule, now: datetime) -> tuple[Drift, ...]:
    """The stretches of the coming year in which the zones of a schedule leave short gaps between their hours."""
    zones = _zones(schedule)
    if len(zones) < 2:
        return ()
    short = [gap for gap in coming_gaps(catalog, schedule, now) if gap.length <= SHORT]
    return tuple(each for each in _told(short, zones, now) if each is not None)


def _zones(schedule: Schedule) -> dict[str, tzinfo]:
    """Those of its layers, and its own where it says which hours are to be covered."""
    found = {layer.zone_name: layer.zone for layer in schedule.layers if not layer.shadow and layer.people}
    return {**found, **({schedule.zone_name: schedule.zone} if schedule.coverage else {})}


def _told(short: list[Window], zones: dict[str, tzinfo], now: datetime) -> Iterator[Drift | None]:
    span = coming(now)
    changes = sorted(
        (Change(at, name) for name, zone in zones.items() for at in changes_of_clock(zone, *span)),
        key=lambda change: (change.at, change.zone),
    )
    for stretch in _stretches(short):
        first, last = stretch[0].start, stretch[-1].end
        since = next((each for each in reversed(changes) if timedelta() <= first - each.at <= _APART), None)
        until = next((each for each in changes if timedelta() <= each.at - last <= _APART), None)
        begins = since is not None or first - now <= _APART
        ends = until is not None or span.end - last <= _APART
        yield Drift(tuple(stretch), since, until) if begins and ends and (since or until) else None


def _stretches(gaps: list[Window]) -> Iterator[list[Window]]:
    stretch: list[Window] = []
    for gap in gaps:
        if stretch and gap.start - stretch[-1].end > _APART:
            yield stretch
            stretch = []
        stretch.append(gap)
    if stretch:
        yield stretch
