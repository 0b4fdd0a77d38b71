"""What the pages show, in no language yet: made once, rendered in each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from generator import times
from generator.analysis.status import summary as status
from generator.analysis.status import uptime
from generator.analysis.status.incidents import IncidentState
from generator.analysis.status.maintenances import MaintenanceState
from generator.analysis.status.settings import STATUS, StatusSettings
from generator.catalog import Catalog
from generator.kinds import Localized
from generator.kinds.status import Component
from generator.settings import NAME, TIME_ZONE
from generator.targets.status.bars import Run, runs
from generator.targets.status.places import incident_page, maintenance_page

RECENT_MONTHS = 3
RECENT_EVENTS = 20


@dataclass(frozen=True, slots=True)
class Row:
    """A component with its bar."""

    component: Component
    status: str
    runs: tuple[Run, ...]
    uptime: Fraction | None
    """Over the days that are counted."""
    days: int
    """How many days are counted."""


@dataclass(frozen=True, slots=True)
class Block:
    """Components that stand together: a group, or neighbours without one."""

    group: Component | None
    status: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """An incident or a maintenance that is over, as the history shows it."""

    kind: str
    id: str
    title: Localized
    start: datetime
    end: datetime
    status: str
    impact: str
    message: Localized | None
    """The last thing said about an incident."""

    @property
    def page(self) -> str:
        """Its own page."""
        return incident_page(self.id) if self.kind == "incident" else maintenance_page(self.id)

    @property
    def length(self) -> timedelta:
        """How long it lasted."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Month:
    """A month, by its first day, and what happened in it, the newest first."""

    first: date
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the pages show of an instant."""

    name: str
    settings: StatusSettings
    zone: tzinfo
    zone_name: str
    board: status.Board
    names: dict[str, Localized]
    """The names of components and groups, by their id."""
    blocks: tuple[Block, ...]
    events: tuple[Event, ...]
    """What is over, the newest first."""

    @property
    def weight(self) -> Fraction:
        """What a partial outage counts."""
        return Fraction(self.settings.partial_outage_weight)

    @property
    def open_incidents(self) -> tuple[IncidentState, ...]:
        """The newest first."""
        return tuple(state for state in self.board.incidents if state.is_open)

    @property
    def active(self) -> tuple[MaintenanceState, ...]:
        """Maintenances in progress."""
        return tuple(state for state in self.board.maintenances if state.is_active)

    @property
    def upcoming(self) -> tuple[MaintenanceState, ...]:
        """Maintenances that are planned, the next first."""
        return tuple(state for state in self.board.maintenances if not state.is_active and not state.is_over)

    @property
    def months(self) -> tuple[Month, ...]:
        """Every month in which something happened, the newest first."""
        by_month = groupby(self.events, key=lambda event: event.start.astimezone(self.zone).date().replace(day=1))
        return tuple(Month(first, tuple(events)) for first, events in by_month)

    @property
    def recent(self) -> tuple[Month, ...]:
        """The last months, quiet ones too; where much happened, only the newest events."""
        happened = {month.first: month.events for month in self.months}
        found: list[Month] = []
        room, first = RECENT_EVENTS, self.board.now.astimezone(self.zone).date().replace(day=1)
        while len(found) < RECENT_MONTHS and room > 0:
            events = happened.get(first, ())[:room]
            found.append(Month(first, events))
            room, first = room - len(events), (first - timedelta(days=1)).replace(day=1)
        return tuple(found)


def facts(catalog: Catalog, now: datetime) -> Facts:
    """Everything to show as of `now`."""
    settings, zone_name = catalog.settings.get(STATUS), catalog.settings.get(TIME_ZONE)
    zone = times.zone(zone_name)
    components, board = catalog.all(Component), status.board(catalog, now)
    return Facts(
        name=settings.name or catalog.settings.get(NAME),
        settings=settings,
        zone=zone,
        zone_name=zone_name,
        board=board,
        names={component.id: component.name for component in components},
        blocks=tuple(_blocks(components, board, zone, settings.partial_outage_weight)),
        events=_events(board),
    )


def _blocks(components: Sequence[Component], board: status.Board, zone: tzinfo, weight: Decimal) -> Iterable[Block]:
    groups = {component.id: component for component in components if component.is_group}
    singles = (component for component in components if not component.is_group)
    for group, members in groupby(singles, key=lambda component: component.group):
        rows = tuple(_row(component, board, zone, weight) for component in members)
        yield Block(groups.get(group or ""), board.statuses.get(group or "", ""), rows)


def _row(component: Component, board: status.Board, zone: tzinfo, weight: Decimal) -> Row:
    days = uptime.component_days(board.spans.get(component.id, ()), board.now, zone, since=component.since)
    counted = sum(day.is_counted for day in days)
    status_now = board.statuses[component.id]
    return Row(component, status_now, runs(days, weight), uptime.uptime(days, weight), counted)


def _events(board: status.Board) -> tuple[Event, ...]:
    found = [_incident(state) for state in board.incidents if not state.is_open]
    found += [_maintenance(state) for state in board.maintenances if state.is_over]
    return tuple(sorted(found, key=lambda event: (event.start, event.id), reverse=True))


def _incident(state: IncidentState) -> Event:
    return Event(
        kind="incident",
        id=state.incident.id,
        title=state.incident.title,
        start=state.started,
        end=state.resolved or state.started,
        status=state.status,
        impact=state.impact,
        message=state.updates[-1].message,
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
        message=None,
    )
