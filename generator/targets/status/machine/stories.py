"""All stories of a build, and which component each of them touches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from generator.catalog import Catalog
from generator.context import Context
from generator.kinds.status import Component
from generator.records import dataclass
from generator.targets.status.facts import Facts
from generator.targets.status.machine.announced import announced, commits
from generator.targets.status.machine.story import Members, Story, Told, incident_story, maintenance_story

UNKNOWN = datetime(1970, 1, 1, tzinfo=UTC)
"""When something happened of which the sources say nothing."""


@dataclass(frozen=True, slots=True)
class Stories:
    """Everything that machines are told."""

    components: tuple[Component, ...]
    """With groups, in the order of the page."""
    incidents: tuple[Story, ...]
    """The newest first."""
    maintenances: tuple[Story, ...]
    """The earliest first."""
    entries: tuple[tuple[Story, Told], ...]
    """Everything that was said, the newest first."""
    members: Mapping[str, tuple[str, ...]]
    """The components of each group."""
    groups: Mapping[str, str]
    """The group of each component that is in one."""

    @property
    def updated(self) -> datetime:
        """When anything was said last."""
        return self.entries[0][1].at if self.entries else UNKNOWN

    def touched(self, story: Story) -> Iterator[str]:
        """The components and groups that a story touched."""
        yield from story.components
        yield from dict.fromkeys(self.groups[ident] for ident in story.components if ident in self.groups)


def stories(catalog: Catalog, context: Context, facts: Facts) -> Stories:
    """As of now: what is said later is not there yet."""
    components, board = catalog.all(Component), facts.board
    members = Members(components)
    known = commits(context, [state.maintenance for state in board.maintenances])
    incidents = tuple(incident_story(state, members) for state in board.incidents)
    maintenances = []
    for state in board.maintenances:
        own = known.get(state.maintenance.ref.path)
        maintenances.append(maintenance_story(state, members, announced(state.maintenance, own, board.now), own))
    return Stories(
        components=tuple(components),
        incidents=incidents,
        maintenances=tuple(maintenances),
        entries=_entries((*incidents, *maintenances)),
        members={each.id: members.of([each.id]) for each in components if each.is_group},
        groups={each.id: each.group for each in components if each.group is not None},
    )


def _entries(every: tuple[Story, ...]) -> tuple[tuple[Story, Told], ...]:
    """At one instant what was said later comes first; beyond that the order is by name."""
    found = [
        (told.at, story.kind, story.id, number, story) for story in every for number, told in enumerate(story.told)
    ]
    found.sort(key=lambda each: each[:4], reverse=True)
    return tuple((story, story.told[number]) for *_, number, story in found)
