"""What a status incident looked like at an instant: its updates until then, whether it is open, how bad it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from generator.catalog import Catalog
from generator.kinds.status import StatusIncident, Update
from generator.records import dataclass

CLOSED = frozenset({"resolved", "postmortem"})
OPERATIONAL = "operational"
SEVERITY = {OPERATIONAL: 0, "under_maintenance": 1, "degraded_performance": 2, "partial_outage": 3, "major_outage": 4}
"""A component's statuses by how bad they are; the worst of several is what the public sees."""
IMPACT = {"degraded_performance": "minor", "partial_outage": "major", "major_outage": "critical"}


@dataclass(frozen=True, slots=True)
class IncidentState:
    """An incident as of an instant; nothing said later is in it."""

    incident: StatusIncident
    updates: tuple[Update, ...]
    """What had been said, oldest first; never empty."""

    @property
    def status(self) -> str:
        """How far it had come: the last update's word."""
        return self.updates[-1].status

    @property
    def is_open(self) -> bool:
        """Whether it was not over yet."""
        return self.status not in CLOSED

    @property
    def started(self) -> datetime:
        """When the public was told first."""
        return self.updates[0].at

    @property
    def resolved(self) -> datetime | None:
        """When it was resolved for the last time; None while it is open."""
        found = None
        for update in self.updates:
            found = (found or update.at) if update.status in CLOSED else None
        return found

    @property
    def components(self) -> tuple[str, ...]:
        """Every component (or group) that its updates named, in the order they came up."""
        return tuple(dict.fromkeys(name for update in self.updates for name in update.components))

    @property
    def impact(self) -> str:
        """`none`, `minor`, `major` or `critical`: what is stated, else by the worst status a component had."""
        if self.incident.impact is not None:
            return self.incident.impact
        return IMPACT.get(worst(status for update in self.updates for status in update.components.values()), "none")


def worst(statuses: Iterable[str]) -> str:
    """The worst of some statuses of components; operational where there are none."""
    return max(statuses, key=SEVERITY.__getitem__, default=OPERATIONAL)


def incident_state(incident: StatusIncident, now: datetime) -> IncidentState | None:
    """The incident as of `now`; None where nothing had been said yet."""
    said = sorted((update for update in incident.updates if update.at <= now), key=lambda update: update.at)
    return IncidentState(incident, tuple(said)) if said else None


def incident_states(catalog: Catalog, now: datetime) -> tuple[IncidentState, ...]:
    """Every incident that had begun, the newest first."""
    found = (incident_state(incident, now) for incident in catalog.all(StatusIncident))
    states = [state for state in found if state is not None]
    return tuple(sorted(states, key=lambda state: (state.started, state.incident.id), reverse=True))
