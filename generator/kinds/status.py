"""What the public sees: components, incidents and maintenances, below `status/`. Times are UTC."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from generator import times
from generator.findings import Ref
from generator.kinds.base import Entity, Invalid, Kind, Localized, Reference, listing, mapping, named, source_path
from generator.kinds.reading import day, instant, read
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.documents import Document
    from generator.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Component(Entity):
    """Something customers know by name. A group has no parent; its children name it in `group`."""

    name: Localized
    position: int
    description: Localized | None = None
    group: str | None = None
    is_group: bool = False
    services: tuple[str, ...] = ()
    since: date | None = None

    def references(self) -> Iterator[Reference]:
        """The services it stands for."""
        for index, service in enumerate(self.services):
            yield Reference(self.ref.at("services", index), "service", service, f"component {self.id} stands for")


@dataclass(frozen=True, slots=True)
class Update:
    """What was said at an instant; `components` has the statuses that it changes."""

    ref: Ref
    at: datetime
    status: str
    message: Localized
    components: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusIncident(Entity):
    """The public face of the incident with this id; updates in written order, oldest first."""

    title: Localized
    updates: tuple[Update, ...]
    impact: str | None = None
    postmortem: str | None = None

    def references(self) -> Iterator[Reference]:
        """The components that its updates change."""
        for update in self.updates:
            for component in update.components:
                where = update.ref.key("components", component)
                yield Reference(where, "component", component, f"incident {self.id} changes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Maintenance(Entity):
    """Planned work in a window (half open)."""

    title: Localized
    start: datetime
    end: datetime
    message: Localized
    components: tuple[str, ...] = ()
    updates: tuple[Update, ...] = ()
    cancelled: datetime | None = None
    mute: bool = False
    budget: str = "counted"

    def references(self) -> Iterator[Reference]:
        """The components it touches."""
        for index, component in enumerate(self.components):
            yield Reference(self.ref.at("components", index), "component", component, f"maintenance {self.id} touches")


def parse_components(document: Document, settings: Settings) -> Iterator[Entity]:
    """Groups and components in the order of the page; a group comes before its components."""
    position = 0
    for key, value in mapping(document.data).items():
        data, ref = named(value), Ref(document.path, (key,))
        children = mapping(data.get("components"))
        position += 1
        yield _component(ref, key, data, position, None, is_group=bool(children))
        for child, inner in children.items():
            position += 1
            yield _component(ref.at("components", child), child, named(inner), position, key)


def _component(
    ref: Ref, key: str, data: Mapping[str, Any], position: int, group: str | None, *, is_group: bool = False
) -> Component:
    return Component(
        ref=ref,
        id=key,
        name=Localized(data.get("name", key)),
        description=Localized(data["description"]) if data.get("description") else None,
        position=position,
        group=group,
        is_group=is_group,
        services=tuple(listing(data.get("services"))),
        since=day(ref, data, "since"),
    )


def _updates(ref: Ref, data: Mapping[str, Any]) -> tuple[Update, ...]:
    return tuple(
        Update(
            ref=ref.at("updates", i),
            at=read(ref.at("updates", i, "at"), each["at"], lambda text: times.parse_instant(text, UTC)),
            status=each["status"],
            message=Localized(each.get("message", "")),
            components=mapping(each.get("components")),
        )
        for i, each in enumerate(listing(data.get("updates")))
    )


def parse_incident(document: Document, settings: Settings) -> Iterator[Entity]:
    """The one incident of a file."""
    data, ref = mapping(document.data), Ref(document.path)
    yield StatusIncident(
        ref=ref,
        id=INCIDENT.id_of(document.path) or "",
        title=Localized(data["title"]),
        updates=_updates(ref, data),
        impact=data.get("impact"),
        postmortem=data.get("postmortem"),
    )


def parse_maintenance(document: Document, settings: Settings) -> Iterator[Entity]:
    """The one maintenance of a file."""
    data, ref = mapping(document.data), Ref(document.path)
    start, end = (
        read(ref.at(key), data[key], lambda text: times.parse_instant(text, UTC)) for key in ("from", "until")
    )
    if end <= start:
        raise Invalid(ref.at("until"), f"until {data['until']} is not after from {data['from']}")
    yield Maintenance(
        ref=ref,
        id=MAINTENANCE.id_of(document.path) or "",
        title=Localized(data["title"]),
        start=start,
        end=end,
        message=Localized(data.get("message", "")),
        components=tuple(listing(data.get("components"))),
        updates=_updates(ref, data),
        cancelled=instant(ref, data, "cancelled", UTC),
        mute=bool(data.get("mute", False)),
        budget=data.get("budget", "counted"),
    )


COMPONENTS = Kind(
    "components",
    "Components",
    re.compile(r"status/components\.ya?ml"),
    parse_components,
    "status/components.yaml",
    ("status/components.yaml", "status/components.yml"),
)
INCIDENT = Kind(
    "incident",
    "Status incident",
    source_path("status/incidents"),
    parse_incident,
    "status/incidents/2026-10-14-checkout-errors.yaml",
    ("status/incidents/**/*.yaml", "status/incidents/**/*.yml"),
)
MAINTENANCE = Kind(
    "maintenance",
    "Maintenance",
    source_path("status/maintenances"),
    parse_maintenance,
    "status/maintenances/2026-12-06-database.yaml",
    ("status/maintenances/**/*.yaml", "status/maintenances/**/*.yml"),
)
