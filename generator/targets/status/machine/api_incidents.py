"""Incidents and maintenances as the Statuspage API has them: a maintenance is an incident with a window."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from generator.analysis.status.incidents import IncidentState
from generator.analysis.status.maintenances import CANCELLED, COMPLETED, MaintenanceState
from generator.targets.status.facts import Facts
from generator.targets.status.language import Language
from generator.targets.status.machine.components import Components, component_id
from generator.targets.status.machine.ids import short
from generator.targets.status.machine.links import links
from generator.targets.status.machine.story import PHRASES, Story, Told
from generator.targets.status.machine.text import milliseconds

Changes = Iterable[tuple[str, str, str]]


class Incidents:
    """Makes them for one page."""

    def __init__(self, facts: Facts, components: Components, language: Language, page: str) -> None:
        self._links = links(facts)
        self._components = components
        self._language = language
        self._page = page

    def incidents(self, stories: Iterable[Story]) -> list[dict[str, Any]]:
        """Incidents."""
        return [self._incident(story) for story in stories]

    def maintenances(self, stories: Iterable[Story]) -> list[dict[str, Any]]:
        """Maintenances."""
        return [{**self._incident(story), **_window(story.state)} for story in stories]

    def _incident(self, story: Story) -> dict[str, Any]:
        ident = short(story.kind, story.id)
        return {
            "id": ident,
            "name": self._language.text(story.title),
            "status": _word(story.state.status),
            "created_at": milliseconds(story.created),
            "updated_at": milliseconds(story.updated),
            "monitoring_at": _moment(_first(story, "monitoring")),
            "resolved_at": _moment(_resolved(story.state)),
            "impact": story.state.impact if isinstance(story.state, IncidentState) else "maintenance",
            "shortlink": self._links.to(story.page, self._language),
            "started_at": milliseconds(_started(story)),
            "page_id": self._page,
            "incident_updates": [self._update(story, ident, told) for told in reversed(story.told)],
            "components": self._components.some(story.components),
            "reminder_intervals": None,
        }

    def _update(self, story: Story, incident: str, told: Told) -> dict[str, Any]:
        at = milliseconds(told.at)
        return {
            "id": short("update", story.kind, story.id, told.key),
            "status": _word(told.status),
            "body": body(told, self._language),
            "incident_id": incident,
            "created_at": at,
            "updated_at": at,
            "display_at": at,
            "affected_components": self._affected(told.changed),
            "deliver_notifications": True,
            "custom_tweet": None,
            "tweet_id": None,
        }

    def _affected(self, changed: Changes) -> list[dict[str, str]] | None:
        return [
            {
                "code": component_id(ident),
                "name": self._components.name(ident),
                "old_status": before,
                "new_status": after,
            }
            for ident, before, after in changed
        ] or None


def body(told: Told, language: Language) -> str:
    """What was said, in Markdown; with the postmortem's address where there is one."""
    said = language.say(PHRASES[told.status]) if told.message is None else language.text(told.message)
    return f"{said}\n\n{language.word('postmortem')}: {told.postmortem}" if told.postmortem else said


def _window(state: IncidentState | MaintenanceState) -> dict[str, str]:
    """As it was planned: that is what the two keys are for."""
    if isinstance(state, IncidentState):  # only maintenances have one
        return {}
    maintenance = state.maintenance
    return {"scheduled_for": milliseconds(maintenance.start), "scheduled_until": milliseconds(maintenance.end)}


def _word(status: str) -> str:
    """Clients know no word for what was called off."""
    return COMPLETED if status == CANCELLED else status


def _first(story: Story, status: str) -> datetime | None:
    return next((told.at for told in story.told if told.status == status), None)


def _started(story: Story) -> datetime:
    """Of a maintenance, when people began, or will."""
    return story.created if isinstance(story.state, IncidentState) else story.state.window[0]


def _resolved(state: IncidentState | MaintenanceState) -> datetime | None:
    if isinstance(state, IncidentState):
        return state.resolved
    return state.changes[-1][0] if state.is_over else None


def _moment(at: datetime | None) -> str | None:
    return None if at is None else milliseconds(at)
