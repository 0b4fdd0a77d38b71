"""Status sources made directly, without files, for tests of what is calculated from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from generator.catalog import Catalog
from generator.findings import Ref
from generator.kinds import Entity, Localized
from generator.kinds.status import Component, Maintenance, StatusIncident, Update
from generator.settings import Settings

Text = str | Mapping[str, str]


def at(text: str) -> datetime:
    """`2026-10-14 13:12` in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def component(ident: str, name: Text = "", **more: Any) -> Component:
    """A component; its name is its id unless given."""
    more.setdefault("position", 1)
    if "since" in more:
        more["since"] = date.fromisoformat(more["since"])
    if "description" in more:
        more["description"] = Localized(more["description"])
    return Component(ref=Ref("status/components.yaml", (ident,)), id=ident, name=Localized(name or ident), **more)


def update(when: str | datetime, status: str, components: Mapping[str, str] | None = None, said: Text = "") -> Update:
    """An update; `said` is its message."""
    moment = at(when) if isinstance(when, str) else when
    return Update(Ref("status"), moment, status, Localized(said or f"It is {status}."), dict(components or {}))


def incident(ident: str, *updates: Update, title: Text = "", **more: Any) -> StatusIncident:
    """An incident; its title is its id unless given."""
    ref = Ref(f"status/incidents/{ident}.yaml")
    return StatusIncident(ref=ref, id=ident, title=Localized(title or ident), updates=updates, **more)


def maintenance(
    ident: str, start: str, end: str, components: Sequence[str] = (), updates: Sequence[Update] = (), **more: Any
) -> Maintenance:
    """A maintenance; `title`, `message` and `cancelled` may be given."""
    return Maintenance(
        ref=Ref(f"status/maintenances/{ident}.yaml"),
        id=ident,
        title=Localized(more.get("title", ident)),
        message=Localized(more.get("message", "Short interruptions are possible.")),
        start=at(start),
        end=at(end),
        components=tuple(components),
        updates=tuple(updates),
        cancelled=at(more["cancelled"]) if "cancelled" in more else None,
    )


def catalog(*entities: Entity, **settings: Any) -> Catalog:
    """A catalog of these entities and settings."""
    index: dict[type[Entity], dict[str, Entity]] = {}
    for entity in entities:
        index.setdefault(type(entity), {})[entity.id] = entity
    return Catalog(settings=Settings(settings), documents={}, entities=index)
