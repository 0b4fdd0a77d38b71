"""What the public was told, one thing after another: the same in the JSON, the feeds and the calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from generator.analysis.status.incidents import CLOSED, OPERATIONAL, IncidentState
from generator.analysis.status.maintenances import ACTIVE, CANCELLED, COMPLETED, MaintenanceState
from generator.kinds import Localized
from generator.kinds.status import Component, Update
from generator.messages import marked
from generator.records import dataclass
from generator.targets.status.machine.announced import Commits
from generator.targets.status.places import incident_page, maintenance_page

UNDER_MAINTENANCE = "under_maintenance"
ANNOUNCED = "announced"
PHRASES: Mapping[str, str] = {
    "scheduled": marked("This maintenance is planned."),
    "in_progress": marked("The maintenance has begun."),
    COMPLETED: marked("The maintenance has been completed."),
    CANCELLED: marked("The maintenance has been cancelled."),
}
"""What is said where the clock speaks and nobody wrote anything."""


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that was said. `key` tells it from all else that is said in the same story, for ever."""

    key: str
    at: datetime
    status: str
    message: Localized | None
    """None where nobody wrote anything: then its status has a phrase."""
    changed: tuple[tuple[str, str, str], ...] = ()
    """Components, with their status before and after it."""
    postmortem: str | None = None

    @property
    def is_announcement(self) -> bool:
        """Whether nobody wrote down when it was said; see `announced`."""
        return self.key == ANNOUNCED


@dataclass(frozen=True, slots=True)
class Story:
    """An incident or a maintenance as of now."""

    kind: str
    state: IncidentState | MaintenanceState
    told: tuple[Told, ...]
    """The oldest first; never empty."""
    components: tuple[str, ...]
    """Those that it touched, without groups, in the order of the page."""
    id: str
    title: Localized
    page: str
    path: str
    """Its source."""
    commits: Commits | None = None
    """Of a maintenance, whose window may be moved without a word; None where Git knows none."""

    @property
    def created(self) -> datetime:
        """When the public heard of it first."""
        return self.told[0].at

    @property
    def updated(self) -> datetime:
        """When it heard of it last."""
        return self.told[-1].at


class Members:
    """What a name in the sources stands for: a component for itself, a group for its components."""

    def __init__(self, components: Iterable[Component]) -> None:
        self._of: dict[str, list[str]] = {}
        self._place: dict[str, int] = {}
        for component in components:
            if not component.is_group:
                self._place[component.id] = len(self._place)
                for name in filter(None, (component.id, component.group)):
                    self._of.setdefault(name, []).append(component.id)

    def of(self, names: Iterable[str]) -> tuple[str, ...]:
        """The components behind some names, in the order of the page."""
        found = {one for name in names for one in self._of.get(name, ())}
        return tuple(sorted(found, key=self._place.__getitem__))


def incident_story(state: IncidentState, members: Members) -> Story:
    """Everything that was said about an incident."""
    incident = state.incident
    return Story(
        kind="incident",
        state=state,
        told=tuple(_incident_told(state, members)),
        components=members.of(state.components),
        id=incident.id,
        title=incident.title,
        page=incident_page(incident.id),
        path=incident.ref.path,
    )


def _incident_told(state: IncidentState, members: Members) -> Iterator[Told]:
    """The postmortem is linked where the incident ended."""
    known: dict[str, str] = {}
    last = len(state.updates) - 1
    for index, (key, update) in enumerate(_keyed(state.updates)):
        said = dict.fromkeys(members.of(known), OPERATIONAL) if update.status in CLOSED else _said(update, members)
        changed = tuple((one, known.get(one, OPERATIONAL), status) for one, status in said.items())
        known.update(said)
        link = state.incident.postmortem if index == last and not state.is_open else None
        yield Told(key, update.at, update.status, update.message, changed, link)


def _said(update: Update, members: Members) -> dict[str, str]:
    """A component that is named itself and in its group has what was written last."""
    return {one: status for name, status in update.components.items() for one in members.of([name])}


def _keyed(updates: Iterable[Update]) -> Iterator[tuple[str, Update]]:
    """An update is known by its time; a word that is mended later does not make it another one."""
    seen: dict[str, int] = {}
    for update in updates:
        at = update.at.astimezone(UTC).isoformat()
        number = seen[at] = seen.get(at, 0) + 1
        yield (at if number == 1 else f"{at}#{number}"), update


def maintenance_story(
    state: MaintenanceState, members: Members, announced: datetime, commits: Commits | None = None
) -> Story:
    """Everything that was said about a maintenance, by people and by the clock."""
    maintenance = state.maintenance
    components = members.of(maintenance.components)
    return Story(
        kind="maintenance",
        state=state,
        told=tuple(_with_changes(_maintenance_told(state, announced), components)),
        components=components,
        id=maintenance.id,
        title=maintenance.title,
        page=maintenance_page(maintenance.id),
        path=maintenance.ref.path,
        commits=commits,
    )


def _maintenance_told(state: MaintenanceState, announced: datetime) -> list[Told]:
    maintenance = state.maintenance
    message = maintenance.message if any(maintenance.message.values()) else None
    said = [Told(key, update.at, update.status, update.message) for key, update in _keyed(state.updates)]
    written = {(told.at, told.status) for told in said}
    clock = [Told(f"clock/{word}", at, word, None) for at, word in state.changes if (at, word) not in written]
    # Where an update is the announcement, it says itself when that was.
    is_said = message is None and bool(said) and said[0].status == "scheduled"
    return [
        *([] if is_said else [Told(ANNOUNCED, announced, "scheduled", message)]),
        *sorted(
            [*(each for each in clock if _is_told(each, state)), *said],
            key=lambda told: (told.at, told.status == CANCELLED),
        ),
    ]


def _is_told(told: Told, state: MaintenanceState) -> bool:
    """Changes come from the clock, from a cancellation, or from an update that is there itself."""
    clock = {(state.maintenance.start, "in_progress"), (state.maintenance.end, COMPLETED)}
    return told.status == CANCELLED or (told.at, told.status) in clock


def _with_changes(told: Iterable[Told], components: tuple[str, ...]) -> Iterator[Told]:
    before = OPERATIONAL
    for each in told:
        after = UNDER_MAINTENANCE if each.status in ACTIVE else OPERATIONAL
        yield Told(each.key, each.at, each.status, each.message, tuple((one, before, after) for one in components))
        before = after
