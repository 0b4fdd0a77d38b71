"""Incidents and maintenances as lists show them: the history by month, and what touched a component."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from itertools import groupby

from generator.analysis.status.incidents import IncidentState
from generator.analysis.status.maintenances import MaintenanceState
from generator.analysis.status.summary import Board
from generator.kinds import Localized
from generator.kinds.status import Component
from generator.records import dataclass
from generator.targets.status.places import incident_page, maintenance_page

RECENT_MONTHS = 3
RECENT_EVENTS = 15
ON_ONE_PAGE = 60
"""So many events the first page of the history shows, in whole months; the others have a page each."""


@dataclass(frozen=True, slots=True)
class Event:
    """An incident that has begun or a maintenance, also one to come."""

    kind: str
    id: str
    title: Localized
    start: datetime
    end: datetime | None
    """None for an incident that goes on."""
    status: str
    impact: str
    is_over: bool
    components: tuple[str, ...]
    """What it named, groups as groups."""
    messages: tuple[Localized, ...]
    """All that was said, oldest first."""
    source: str
    """The path of its file."""

    @property
    def page(self) -> str:
        """Its own page."""
        return incident_page(self.id) if self.kind == "incident" else maintenance_page(self.id)

    @property
    def message(self) -> Localized | None:
        """The last thing said about an incident."""
        return self.messages[-1] if self.kind == "incident" else None


@dataclass(frozen=True, slots=True)
class Month:
    """A month, by its first day, and what happened in it, the newest first."""

    first: date
    events: tuple[Event, ...]
    more: int = 0
    """How many more there were than are in it."""

    @property
    def name(self) -> str:
        """`2026-11`."""
        return f"{self.first:%Y-%m}"


def events(board: Board) -> tuple[Event, ...]:
    """All of them, the newest first."""
    found = [*map(_incident, board.incidents), *map(_maintenance, board.maintenances)]
    return tuple(sorted(found, key=lambda event: (event.start, event.id), reverse=True))


def _incident(state: IncidentState) -> Event:
    return Event(
        kind="incident",
        id=state.incident.id,
        title=state.incident.title,
        start=state.started,
        end=state.resolved,
        status=state.status,
        impact=state.impact,
        is_over=not state.is_open,
        components=state.components,
        messages=tuple(update.message for update in state.updates),
        source=state.incident.ref.path,
    )


def _maintenance(state: MaintenanceState) -> Event:
    start, end = state.window
    return Event(
        kind="maintenance",
        id=state.maintenance.id,
        title=state.maintenance.title,
        start=start,
        end=end,
        status=state.status,
        impact="maintenance",
        is_over=state.is_over,
        components=state.maintenance.components,
        messages=(state.maintenance.message, *(update.message for update in state.updates)),
        source=state.maintenance.ref.path,
    )


def months(over: Iterable[Event], zone: tzinfo) -> tuple[Month, ...]:
    """Every month in which something happened, the newest first; the days are those of the page's zone."""
    by_month = groupby(over, key=lambda event: event.start.astimezone(zone).date().replace(day=1))
    return tuple(Month(first, tuple(listed)) for first, listed in by_month)


def recent(found: Sequence[Month], today: date) -> tuple[Month, ...]:
    """The last months, quiet ones too; where much happened, the newest events, and how many more there were."""
    happened = {month.first: month.events for month in found}
    listed: list[Month] = []
    room, first = RECENT_EVENTS, today.replace(day=1)
    while len(listed) < RECENT_MONTHS and room > 0:
        all_of_it = happened.get(first, ())
        listed.append(Month(first, all_of_it[:room], len(all_of_it[room:])))
        room, first = room - len(all_of_it), (first - timedelta(days=1)).replace(day=1)
    return tuple(listed)


def first_page(found: Sequence[Month]) -> tuple[Month, ...]:
    """The newest months, whole ones, as many as one page takes; one at least."""
    room, count = ON_ONE_PAGE, 0
    for month in found:
        room -= len(month.events)
        if room < 0 and count:
            break
        count += 1
    return tuple(found[:count])


def touching(components: Iterable[Component], found: Iterable[Event]) -> Mapping[str, tuple[Event, ...]]:
    """The events of each component and group, in their order: a group stands for all in it, and each of them for it."""
    known = {component.id: component for component in components}
    members: dict[str, list[str]] = {}
    for component in known.values():
        members.setdefault(component.group or "", []).append(component.id)
    listed: dict[str, list[Event]] = {ident: [] for ident in known}
    for event in found:
        named = [name for name in event.components if name in known]
        around = [known[name].group or name for name in named]
        for ident in dict.fromkeys([*named, *around, *(one for name in named for one in members.get(name, ()))]):
            listed[ident].append(event)
    return {ident: tuple(each) for ident, each in listed.items()}
