"""The state of the components at an instant, and of the whole: pure, over the catalog.

Every incident and every maintenance says what it knows about a component for a span of time; where several speak of
one component at once, the worst is its status.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from generator.analysis.status.incidents import (
    CLOSED,
    OPERATIONAL,
    SEVERITY,
    IncidentState,
    incident_states,
    worst,
)
from generator.analysis.status.maintenances import MaintenanceState, maintenance_states
from generator.catalog import Catalog
from generator.kinds.status import Component, Update
from generator.records import dataclass


@dataclass(frozen=True, slots=True)
class StatusSpan:
    """What one incident or maintenance said about a component; half open, `end` None while it lasts. UTC."""

    status: str
    start: datetime
    end: datetime | None
    source: str
    """The id of the incident or maintenance."""


@dataclass(frozen=True, slots=True)
class Board:
    """The status page's facts as of an instant."""

    now: datetime
    incidents: tuple[IncidentState, ...]
    """Those that had begun, the newest first."""
    maintenances: tuple[MaintenanceState, ...]
    """All, the earliest first."""
    spans: Mapping[str, tuple[StatusSpan, ...]]
    """By component, in order of their start; a component that nothing was said about has none."""
    statuses: Mapping[str, str]
    """The status of every component and group, in the order of the page."""
    overall: tuple[str, str]
    """The indicator and the label; see `overall`."""

    @property
    def data_as_of(self) -> datetime | None:
        """The newest thing that anybody had written until then; None where nothing was."""
        said = (*(state.updates for state in self.incidents), *(state.updates for state in self.maintenances))
        written = [updates[-1].at for updates in said if updates]
        cancelled = [state.maintenance.cancelled for state in self.maintenances]
        return max([*written, *(at for at in cancelled if at is not None and at <= self.now)], default=None)


def board(catalog: Catalog, now: datetime) -> Board:
    """Everything that the status page shows of the instant `now`."""
    incidents, maintenances = incident_states(catalog, now), maintenance_states(catalog, now)
    components = catalog.all(Component)
    spans = component_spans(components, incidents, maintenances)
    statuses = component_statuses(components, spans)
    singles = [statuses[component.id] for component in components if not component.is_group]
    return Board(now, incidents, maintenances, spans, statuses, overall(singles))


def component_spans(
    components: Iterable[Component], incidents: Iterable[IncidentState], maintenances: Iterable[MaintenanceState]
) -> Mapping[str, tuple[StatusSpan, ...]]:
    """What was said about each component; what is said about a group holds for each of its components."""
    members = _members(components)
    found: dict[str, list[StatusSpan]] = {}
    for incident in incidents:
        for ident, span in _incident_spans(incident, members):
            found.setdefault(ident, []).append(span)
    for state in maintenances:
        named = dict.fromkeys(one for name in state.maintenance.components for one in members.get(name, ()))
        for ident in named:
            spans = (StatusSpan("under_maintenance", *span, state.maintenance.id) for span in state.spans)
            found.setdefault(ident, []).extend(spans)
    return {ident: tuple(sorted(spans, key=lambda span: (span.start, span.source))) for ident, spans in found.items()}


def _members(components: Iterable[Component]) -> Mapping[str, tuple[str, ...]]:
    """What a name stands for: a component for itself, a group for its components."""
    members: dict[str, tuple[str, ...]] = {}
    for component in components:
        if not component.is_group:
            members[component.id] = (component.id,)
            if component.group is not None:
                members[component.group] = (*members.get(component.group, ()), component.id)
    return members


def _incident_spans(state: IncidentState, members: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, StatusSpan]]:
    """A component keeps its status until an update changes it; `resolved` makes all operational."""
    since: dict[str, tuple[str, datetime]] = {}
    for update in state.updates:
        for ident, status in _said(update, members, since).items():
            before, start = since.get(ident, (OPERATIONAL, update.at))
            if status == before:
                continue
            if before != OPERATIONAL and start < update.at:
                yield ident, StatusSpan(before, start, update.at, state.incident.id)
            since[ident] = (status, update.at)
    for ident, (status, start) in since.items():
        if status != OPERATIONAL:
            yield ident, StatusSpan(status, start, None, state.incident.id)


def _said(update: Update, members: Mapping[str, tuple[str, ...]], known: Mapping[str, object]) -> Mapping[str, str]:
    if update.status in CLOSED:
        return dict.fromkeys(known, OPERATIONAL)
    return {one: status for name, status in update.components.items() for one in members.get(name, ())}


def component_statuses(
    components: Iterable[Component], spans: Mapping[str, tuple[StatusSpan, ...]]
) -> Mapping[str, str]:
    """The status that each component has now, the worst that is said of it; of a group, the worst of its components."""
    statuses: dict[str, str] = {}
    for component in components:
        statuses[component.id] = worst(span.status for span in spans.get(component.id, ()) if span.end is None)
        if component.group is not None:
            statuses[component.group] = worst((statuses.get(component.group, OPERATIONAL), statuses[component.id]))
    return statuses


def overall(statuses: Iterable[str]) -> tuple[str, str]:
    """The indicator (`none`, `minor`, `major`, `critical`, `maintenance`) and the label, in Statuspage's words."""
    levels = [SEVERITY[status] for status in statuses]
    best, highest = min(levels, default=0), max(levels, default=0)
    major, partial, degraded = (SEVERITY[word] for word in ("major_outage", "partial_outage", "degraded_performance"))
    if highest == major:
        return ("critical", "Major System Outage") if best == major else ("major", "Partial System Outage")
    if highest == partial:
        return ("major", "Partial System Outage") if best == partial else ("minor", "Minor Service Outage")
    if highest == degraded:
        return ("minor", "Degraded System Service" if best == degraded else "Partially Degraded Service")
    return ("maintenance", "Service Under Maintenance") if highest else ("none", "All Systems Operational")
