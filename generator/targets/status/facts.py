"""What the pages show, in no language yet: made once, rendered in each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from fractions import Fraction

from generator import times
from generator.analysis.status import summary
from generator.analysis.status.incidents import IncidentState
from generator.analysis.status.maintenances import MaintenanceState
from generator.analysis.status.settings import STATUS, StatusSettings
from generator.analysis.status.uptime_records import Record, records
from generator.catalog import Catalog
from generator.context import Context
from generator.kinds import Localized
from generator.kinds.status import Component, Maintenance, StatusIncident
from generator.records import dataclass
from generator.settings import NAME, TIME_ZONE
from generator.targets.status.components import Block, Row, blocks, rows
from generator.targets.status.events import Event, Month, events, months, recent, touching
from generator.targets.status.language import shown

KINDS = (Component, StatusIncident, Maintenance)


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the pages show of an instant."""

    name: str
    settings: StatusSettings
    zone: tzinfo
    zone_name: str
    board: summary.Board
    committed: datetime | None
    """When Git last saw a change of the sources; None where it cannot be asked."""
    names: Mapping[str, Localized]
    """The names of components and groups, by their id."""
    records: Mapping[str, Record]
    """Day by day, of components and groups."""
    rows: Mapping[str, Row]
    """Components and groups with their bars."""
    blocks: tuple[Block, ...]
    """The components by group."""
    all_events: tuple[Event, ...]
    """What is over, goes on or is planned, the newest first."""
    touching: Mapping[str, tuple[Event, ...]]
    """The events by the component or group that they touched."""
    months: tuple[Month, ...]
    """Every month in which something happened that is over, the newest first."""
    recent: tuple[Month, ...]
    """The last months, for the home page."""

    @property
    def events(self) -> tuple[Event, ...]:
        """What is over, the newest first."""
        return tuple(event for event in self.all_events if event.is_over)

    @property
    def weight(self) -> Fraction:
        """What a partial outage counts."""
        return Fraction(self.settings.partial_outage_weight)

    @property
    def open_incidents(self) -> tuple[IncidentState, ...]:
        """The newest first."""
        return tuple(state for state in self.board.incidents if state.is_open)

    @property
    def open_events(self) -> tuple[Event, ...]:
        """The open incidents as lists show them, in the same order."""
        found = {event.id: event for event in self.all_events if event.kind == "incident"}
        return tuple(found[state.incident.id] for state in self.open_incidents)

    @property
    def active(self) -> tuple[MaintenanceState, ...]:
        """Maintenances in progress."""
        return tuple(state for state in self.board.maintenances if state.is_active)

    @property
    def upcoming(self) -> tuple[MaintenanceState, ...]:
        """Maintenances that are planned, the next first."""
        return tuple(state for state in self.board.maintenances if not state.is_active and not state.is_over)

    @property
    def next_change(self) -> datetime | None:
        """When the clock alone will change the page: the next beginning or end of a maintenance."""
        starts = [state.window[0] for state in self.upcoming]
        ends = [state.window[1] for state in self.active]
        return min((at for at in (*starts, *ends) if at > self.board.now), default=None)


def facts(catalog: Catalog, context: Context) -> Facts:
    """Everything to show as of `context.now`."""
    settings, zone_name = catalog.settings.get(STATUS), catalog.settings.get(TIME_ZONE)
    zone, components, board = times.zone(zone_name), catalog.all(Component), summary.board(catalog, context.now)
    known = records(catalog, board, zone)
    found, happened = rows(known, board, settings.partial_outage_weight), events(board)
    by_month = months((event for event in happened if event.is_over), zone)
    return Facts(
        name=shown(settings.name or catalog.settings.get(NAME)),
        settings=settings,
        zone=zone,
        zone_name=zone_name,
        board=board,
        committed=_committed(catalog, context),
        names={component.id: component.name for component in components},
        records=known,
        rows=found,
        blocks=tuple(blocks(components, found, board)),
        all_events=happened,
        touching=touching(components, happened),
        months=by_month,
        recent=recent(by_month, context.now.astimezone(zone).date()),
    )


def _committed(catalog: Catalog, context: Context) -> datetime | None:
    """The newest commit of any source; None where Git does not know each of them: then it cannot tell."""
    history = context.history
    if not history.available:
        return None
    paths = dict.fromkeys(entity.ref.path for kind in KINDS for entity in catalog.all(kind))
    commits = [history.last_change(path) for path in paths]
    times_of = [commit.time for commit in commits if commit is not None]
    newest = max(times_of, default=None) if len(times_of) == len(commits) else None
    return newest and min(newest, context.now)  # of a later commit nothing is shown that was said later
