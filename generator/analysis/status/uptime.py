"""Uptime of a component, day by day: exact, from the spans that incidents and maintenances gave it.

Major outages count whole, partial ones by a weight, degraded performance and maintenance not at all. Overlapping
spans are merged, never added. Days are the page's: they have 23 or 25 hours when its clocks change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from fractions import Fraction

from generator.analysis.status.incidents import OPERATIONAL, SEVERITY
from generator.analysis.status.summary import StatusSpan
from generator.analysis.windows import Window, Windows, clip, total

DAYS = 90
_NONE = timedelta()
_TICK = timedelta(microseconds=1)
_MILDEST = next(status for status, level in SEVERITY.items() if level)


@dataclass(frozen=True, slots=True)
class Day:
    """One day of one component; `total` is the part of it that has passed and is counted (none before `since`)."""

    day: date
    worst: str
    """The worst status of the day; `operational` too where nothing is counted."""
    total: timedelta
    major: timedelta
    partial: timedelta
    """Time in a partial outage that was not a major one."""

    @property
    def is_counted(self) -> bool:
        """Whether there is anything to take a percentage of."""
        return self.total > _NONE

    def uptime(self, weight: Decimal) -> Fraction | None:
        """The share of the day that counts as up, from 0 to 1."""
        return uptime((self,), weight)


def uptime(days: Iterable[Day], weight: Decimal) -> Fraction | None:
    """The share of some days that counts as up, from 0 to 1; None where nothing is counted."""
    counted = list(days)
    whole = sum((day.total for day in counted), _NONE)
    if not whole:
        return None
    major = sum((day.major for day in counted), _NONE)
    partial = sum((day.partial for day in counted), _NONE)
    if not major and not partial:
        return Fraction(1)
    down = Fraction(major // _TICK) + Fraction(weight) * (partial // _TICK)
    return 1 - down / (whole // _TICK)


def component_days(
    spans: Sequence[StatusSpan], now: datetime, zone: tzinfo, *, since: date | None = None, days: int = DAYS
) -> tuple[Day, ...]:
    """The last days of a component, oldest first, today until `now` the last."""
    bounds = list(day_bounds(now, zone, days))
    start = bounds[0][1]
    layers = {
        status: clip((Window(s.start, s.end or now) for s in spans if SEVERITY[s.status] >= level), start, now)
        for status, level in SEVERITY.items()
        if level
    }
    return tuple(_day(day, Window(start, min(end, now)), layers, since) for day, start, end in bounds)


def _day(day: date, window: Window, layers: Mapping[str, Windows], since: date | None) -> Day:
    """`layers` has for each status the time in which the component was in it or in a worse one."""
    if since is not None and day < since:
        return Day(day, OPERATIONAL, _NONE, _NONE, _NONE)
    if not clip(layers[_MILDEST], *window):
        return Day(day, OPERATIONAL, window.length, _NONE, _NONE)
    lengths = {status: total(clip(windows, *window)) for status, windows in layers.items()}
    worst = next(status for status in reversed(SEVERITY) if lengths[status])
    major = lengths["major_outage"]
    return Day(day, worst, window.length, major, lengths["partial_outage"] - major)


def day_bounds(now: datetime, zone: tzinfo, days: int = DAYS) -> Iterator[tuple[date, datetime, datetime]]:
    """The last days of a zone with their beginnings and ends in UTC, oldest first, the day of `now` the last."""
    today = now.astimezone(zone).date()
    for back in range(days - 1, -1, -1):
        day = today - timedelta(days=back)
        yield day, _midnight(day, zone), _midnight(day + timedelta(days=1), zone)


def _midnight(day: date, zone: tzinfo) -> datetime:
    # Where the clocks skip midnight, fold 0 is the instant of the change: the first one of the day.
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)
