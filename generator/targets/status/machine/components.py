"""Components and groups as the Statuspage API has them: one flat list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time
from typing import Any

from generator.kinds.status import Component
from generator.targets.status.facts import Facts
from generator.targets.status.language import Language
from generator.targets.status.machine.ids import short
from generator.targets.status.machine.stories import UNKNOWN, Stories
from generator.targets.status.machine.text import milliseconds


def component_id(ident: str) -> str:
    """A component's id for clients of the API, from the one that the sources know it by."""
    return short("component", ident)


class Components:
    """Made once: incidents hold them whole."""

    def __init__(self, facts: Facts, told: Stories, language: Language, page: str) -> None:
        self._facts = facts
        self._told = told
        self._language = language
        self._page = page
        self._made = {each.id: self._component(each) for each in told.components}

    def all(self) -> list[dict[str, Any]]:
        """In the order of the page; a group comes before its components."""
        return list(self._made.values())

    def some(self, idents: Iterable[str]) -> list[dict[str, Any]]:
        """Those of some ids."""
        return [self._made[ident] for ident in idents]

    def name(self, ident: str) -> str:
        """What it is called."""
        name: str = self._made[ident]["name"]
        return name

    def _component(self, component: Component) -> dict[str, Any]:
        description = component.description
        created = self._created(component)
        made: dict[str, Any] = {
            "id": component_id(component.id),
            "name": self._language.text(component.name),
            "status": self._facts.board.statuses.get(component.id, "operational"),
            "created_at": milliseconds(created),
            "updated_at": milliseconds(max(created, self._changed(component))),
            "position": component.position,
            "description": self._language.text(description) if description else None,
            "showcase": True,
            "start_date": component.since.isoformat() if component.since else None,
            "group_id": component_id(component.group) if component.group else None,
            "page_id": self._page,
            "group": component.is_group,
            "only_show_if_degraded": False,
        }
        if component.is_group:
            made["components"] = [component_id(each) for each in self._told.members[component.id]]
        return made

    def _created(self, component: Component) -> datetime:
        """The day it is there since; else the first thing said of it. A group is as old as its oldest component."""
        if component.is_group and component.since is None:
            members = self._told.members[component.id]
            return min((self._created(each) for each in self._told.components if each.id in members), default=UNKNOWN)
        if component.since is not None:
            return datetime.combine(component.since, time(), tzinfo=self._facts.zone).astimezone(UTC)
        return min((span.start for span in self._facts.board.spans.get(component.id, ())), default=UNKNOWN)

    def _changed(self, component: Component) -> datetime:
        """When its status changed last."""
        own = self._told.members.get(component.id, (component.id,))
        spans = (span for ident in own for span in self._facts.board.spans.get(ident, ()))
        return max((span.end or span.start for span in spans), default=UNKNOWN)
