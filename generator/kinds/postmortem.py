"""A postmortem: the internal record of an incident, from its first minute. `postmortems/<date>-<slug>.md`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from generator.findings import Ref
from generator.kinds.base import Entity, Kind, Reference, listing, mapping, source_path
from generator.kinds.reading import instant

if TYPE_CHECKING:
    from generator.documents import Document
    from generator.settings import Settings

MOMENTS = ("started", "detected", "acknowledged", "mitigated", "resolved")


@dataclass(frozen=True, slots=True, kw_only=True)
class Postmortem(Entity):
    """A postmortem's front matter; timeline and action items are tables in the body."""

    status: str = "draft"
    severity: str | None = None
    """`SEV-1` …, `none` for "not an incident", None while nobody has looked at it."""
    alerts: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    slos: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    started: datetime | None = None
    detected: datetime | None = None
    acknowledged: datetime | None = None
    mitigated: datetime | None = None
    resolved: datetime | None = None

    @property
    def date(self) -> str:
        """The UTC date its id starts with."""
        return self.id[:10]

    def references(self) -> Iterator[Reference]:
        """Alerts, authors, SLOs and services."""
        said = f"postmortem {self.id} names"
        for key, to in (("alerts", "alert"), ("authors", "person"), ("slos", "slo"), ("services", "service")):
            for index, name in enumerate(getattr(self, key)):
                yield Reference(self.ref.at(key, index), to, name, said)


def parse(document: Document, settings: Settings) -> Iterator[Entity]:
    """The one postmortem of a file; its times are UTC."""
    data, ref = mapping(document.data), Ref(document.path)
    yield Postmortem(
        ref=ref,
        id=KIND.id_of(document.path) or "",
        status=data.get("status", "draft"),
        severity=data.get("severity"),
        alerts=tuple(listing(data.get("alerts"))),
        authors=tuple(listing(data.get("authors"))),
        slos=tuple(listing(data.get("slos"))),
        services=tuple(listing(data.get("services"))),
        **{moment: instant(ref, data, moment, UTC) for moment in MOMENTS},
    )


KIND = Kind(
    "postmortem",
    "Postmortem",
    source_path("postmortems", r"\.md"),
    parse,
    "postmortems/2026-10-14-checkout-errors.md",
)
