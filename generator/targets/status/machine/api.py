"""The eight files of the Statuspage v2 API. Every key is there, null when there is nothing to say; no other ever is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from generator.artifacts import Artifact
from generator.targets.status.facts import Facts
from generator.targets.status.language import Language
from generator.targets.status.machine.api_incidents import Incidents
from generator.targets.status.machine.components import Components
from generator.targets.status.machine.ids import short
from generator.targets.status.machine.stories import Stories
from generator.targets.status.machine.story import Story
from generator.targets.status.machine.text import milliseconds, unicode
from generator.targets.status.sources import Sources

NEWEST = 50
"""So many incidents and maintenances are listed; of those that are not over, all."""


def api(facts: Facts, told: Stories, language: Language, named: Sources) -> Iterator[Artifact]:
    """In the default language."""
    page = _page(facts, told)
    components = Components(facts, told, language, page["id"])
    made = Incidents(facts, components, language, page["id"])
    for name, content in _files(facts, told, components, made):
        text = json.dumps({"page": page, **content}, ensure_ascii=False, separators=(",", ":"))
        yield Artifact.text(f"status/api/v2/{name}.json", unicode(text) + "\n", named.everything, uses_now=True)


def _page(facts: Facts, told: Stories) -> dict[str, Any]:
    return {
        "id": short("page", facts.settings.url or facts.name),
        "name": facts.name,
        "url": facts.settings.url or "",
        "time_zone": facts.zone_name,
        "updated_at": milliseconds(told.updated),
    }


def _files(
    facts: Facts, told: Stories, components: Components, made: Incidents
) -> Iterator[tuple[str, dict[str, Any]]]:
    indicator, description = facts.board.overall
    status = {"status": {"indicator": indicator, "description": description}}
    open_ones = made.incidents(story for story in told.incidents if is_open(story))
    planned = [story for story in told.maintenances if is_open(story)]
    upcoming = made.maintenances(story for story in planned if not is_active(story))
    active = made.maintenances(story for story in planned if is_active(story))
    yield "status", status
    yield "components", {"components": components.all()}
    yield (
        "summary",
        {
            "components": components.all(),
            "incidents": open_ones,
            "scheduled_maintenances": made.maintenances(planned),
            **status,
        },
    )
    yield "incidents", {"incidents": made.incidents(newest(told.incidents))}
    yield "incidents/unresolved", {"incidents": open_ones}
    latest = newest(told.maintenances[::-1])
    yield "scheduled-maintenances", {"scheduled_maintenances": made.maintenances(latest)}
    yield "scheduled-maintenances/upcoming", {"scheduled_maintenances": upcoming}
    yield "scheduled-maintenances/active", {"scheduled_maintenances": active}


def newest(stories: Sequence[Story]) -> Iterable[Story]:
    """The first of some stories, which come with the newest first, and those after them that are not over."""
    return (story for index, story in enumerate(stories) if index < NEWEST or is_open(story))


def is_open(story: Story) -> bool:
    """Whether it is not over, or was never begun."""
    return story.state.status not in {"resolved", "postmortem", "completed", "cancelled"}


def is_active(story: Story) -> bool:
    """Whether people are at work on a maintenance."""
    return story.state.status in {"in_progress", "verifying"}
