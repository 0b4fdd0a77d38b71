"""A runbook: what to do when an alert wakes you. `runbooks/<slug>.md`; all front matter is optional."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date
from typing import TYPE_CHECKING

from generator.findings import Ref
from generator.kinds.base import Entity, Kind, Reference, listing, mapping, source_path
from generator.kinds.reading import day
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.documents import Document
    from generator.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Runbook(Entity):
    """A runbook's front matter; its body is in the document (`catalog.document(runbook)`)."""

    title: str | None = None
    """What front matter says; without it, the first heading is the title."""
    reviewed: date | None = None
    owner: str | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)
    deprecated: bool = False
    replaced_by: str | None = None
    tags: tuple[str, ...] = ()

    def references(self) -> Iterator[Reference]:
        """What replaces it."""
        if self.replaced_by is not None:
            where = self.ref.at("replaced_by")
            yield Reference(where, "runbook", self.replaced_by, f"runbook {self.id} is replaced by")


def parse(document: Document, settings: Settings) -> Iterator[Entity]:
    """The one runbook of a file."""
    data, ref = mapping(document.data), Ref(document.path)
    yield Runbook(
        ref=ref,
        id=KIND.id_of(document.path) or "",
        title=data.get("title"),
        reviewed=day(ref, data, "reviewed"),
        owner=data.get("owner"),
        parameters={key: "" if value is None else str(value) for key, value in mapping(data.get("parameters")).items()},
        deprecated=bool(data.get("deprecated", False)),
        replaced_by=data.get("replaced_by"),
        tags=tuple(listing(data.get("tags"))),
    )


KIND = Kind(
    "runbook", "Runbook", source_path("runbooks", r"\.md"), parse, "runbooks/tr-web-high-latency.md", shared=True
)
