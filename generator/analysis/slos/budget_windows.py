"""Planned work that an error budget does not count: maintenances with `budget: excluded`.

Prometheus knows no calendar, so the windows are written into the recorded series as timestamps, anew by each build.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING

from generator.analysis.memo import once_a_catalog
from generator.analysis.slos.legs import BASE_WINDOW
from generator.analysis.status.maintenances import affected_services, maintenance_state
from generator.analysis.windows import Window, union
from generator.kinds.status import Maintenance
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.catalog import Catalog
    from generator.kinds.service import Service

EXCLUDED = "excluded"
_ALWAYS = datetime(9000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A maintenance whose time no budget of a service counts."""

    maintenance: Maintenance
    window: Window


def left_out(catalog: Catalog, service: Service, now: datetime | None = None) -> tuple[LeftOut, ...]:
    """What the service's budgets leave out, the earliest first: all that can still matter to a period at `now`.

    Without `now`, whatever was ever planned and not cancelled: the same rules, only longer.
    """
    longest = max((slo.period for slo in service.slos), default=timedelta())
    found = (LeftOut(each, window) for each in excluded(catalog, service) for window in _windows(each, now))
    return tuple(each for each in found if each.window.length and (now is None or _matters(each.window, longest, now)))


def excluded(catalog: Catalog, service: Service) -> tuple[Maintenance, ...]:
    """The maintenances that ask to be left out and touch the service, whenever they are: what rules depend on."""
    return _by_service(catalog).get(service.id, ())


def counted(found: Iterable[LeftOut]) -> str:
    """A factor in PromQL that is 0 while a window lasts and 1 else; empty where there is none.

    A rate over five minutes still sees the window's last events for that long, so it lasts as much longer.
    """
    windows = union(Window(each.window.start, each.window.end + BASE_WINDOW) for each in found)
    return " * ".join(
        f"(1 - (time() >= bool {_second(start)}) * (time() < bool {_second(end)}))" for start, end in windows
    )


def _matters(window: Window, period: timedelta, now: datetime) -> bool:
    return window.end + BASE_WINDOW + period > now


def _second(instant: datetime) -> int:
    return ceil(instant.timestamp())


@once_a_catalog
def _by_service(catalog: Catalog) -> Mapping[str, tuple[Maintenance, ...]]:
    found: dict[str, tuple[Maintenance, ...]] = {}
    for maintenance in sorted(catalog.all(Maintenance), key=lambda each: (each.start, each.id)):
        if maintenance.budget == EXCLUDED:
            for service in affected_services(catalog, maintenance):
                found[service] = (*found.get(service, ()), maintenance)
    return found


def _windows(maintenance: Maintenance, now: datetime | None) -> Iterator[Window]:
    """When people were at work, or as it is planned where they have not begun. Cancelled before that: never."""
    state = maintenance_state(maintenance, now or _ALWAYS)
    if state.is_over:
        yield from (Window(start, end) for start, end in state.spans if end is not None)
        return
    start, end = state.window
    yield Window(start, min(end, maintenance.cancelled or end))
