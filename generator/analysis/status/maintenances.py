"""What a maintenance looked like at an instant: it opens and closes by the clock, and updates overrule the clock.

Whoever spoke last is right: the clock at `from` and `until`, or an update. Two limits keep that sane: the clock never
opens what an update has completed, and what is cancelled stays so.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from generator.catalog import Catalog
from generator.kinds.status import Component, Maintenance, Update
from generator.records import dataclass

ACTIVE = frozenset({"in_progress", "verifying"})
COMPLETED = "completed"
CANCELLED = "cancelled"
"""Our own word; clients of the Statuspage format read `completed` instead."""


@dataclass(frozen=True, slots=True)
class MaintenanceState:
    """A maintenance as of an instant."""

    maintenance: Maintenance
    updates: tuple[Update, ...]
    """What had been said besides its announcement, oldest first."""
    changes: tuple[tuple[datetime, str], ...]
    """When its status changed, in order, and into what; before the first it is `scheduled`."""

    @property
    def status(self) -> str:
        """`scheduled`, `in_progress`, `verifying`, `completed` or `cancelled`."""
        return self.changes[-1][1] if self.changes else "scheduled"

    @property
    def is_active(self) -> bool:
        """Whether people were at work."""
        return self.status in ACTIVE

    @property
    def is_over(self) -> bool:
        """Whether it was completed or cancelled."""
        return self.status in {COMPLETED, CANCELLED}

    @property
    def spans(self) -> tuple[tuple[datetime, datetime | None], ...]:
        """When people were at work, half open; None at the end of one that went on."""
        found: list[tuple[datetime, datetime | None]] = []
        since: datetime | None = None
        for at, status in self.changes:
            if status in ACTIVE:
                since = since or at
            elif since is not None:
                found, since = [*found, (since, at)], None
        return (*found, (since, None)) if since is not None else tuple(found)

    @property
    def window(self) -> tuple[datetime, datetime]:
        """From its beginning to its end: as it was where it is over, as it is planned where not."""
        spans = self.spans
        start = spans[0][0] if spans else self.maintenance.start
        end = spans[-1][1] if spans else None
        return start, end or max(self.maintenance.end, start)


def maintenance_state(maintenance: Maintenance, now: datetime) -> MaintenanceState:
    """The maintenance as of `now`."""
    updates = sorted((update for update in maintenance.updates if update.at <= now), key=lambda update: update.at)
    return MaintenanceState(maintenance, tuple(updates), tuple(_changes(maintenance, updates, now)))


def _changes(maintenance: Maintenance, updates: list[Update], now: datetime) -> Iterator[tuple[datetime, str]]:
    """The changes of status until now. At one instant an update comes after the clock, and a cancellation last."""
    clock = [(maintenance.start, 0, "in_progress"), (maintenance.end, 0, COMPLETED)]
    said = [(update.at, 1, update.status) for update in updates]
    cancelled = [(maintenance.cancelled, 2, CANCELLED)] if maintenance.cancelled else []
    status = "scheduled"
    for at, source, word in sorted([*clock, *said, *cancelled], key=lambda each: each[:2]):
        opens_by_clock = source == 0 and word == "in_progress"
        too_late = word == CANCELLED and status == COMPLETED
        if at > now or word == status or too_late or (opens_by_clock and status != "scheduled"):
            continue
        yield at, word
        if word == CANCELLED:
            return
        status = word


def maintenance_states(catalog: Catalog, now: datetime) -> tuple[MaintenanceState, ...]:
    """Every maintenance, past and planned, the earliest first."""
    found = [maintenance_state(maintenance, now) for maintenance in catalog.all(Maintenance)]
    return tuple(sorted(found, key=lambda state: (state.maintenance.start, state.maintenance.id)))


def affected_services(catalog: Catalog, maintenance: Maintenance) -> tuple[str, ...]:
    """The services behind the components of a maintenance; a group stands for all of its components."""
    named = set(maintenance.components)
    components = (each for each in catalog.all(Component) if each.id in named or each.group in named)
    return tuple(sorted({service for component in components for service in component.services}))
