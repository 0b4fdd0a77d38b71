"""A postmortem: the internal record of an incident, from its first minute. `postmortems/<date>-<slug>.md`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from generator.findings import Ref
from generator.kinds.base import Entity, Kind, Reference, listing, mapping, source_path
from generator.kinds.postmortem_summary import MOMENTS, summary
from generator.kinds.reading import instant
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.documents import Document
    from generator.settings import Settings

__all__ = ["KIND", "MOMENTS", "Postmortem", "parse"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Postmortem(Entity):
    """What a postmortem says about itself in front matter, else in its summary; the tables stay in the body."""

    title: str | None = None
    """What front matter says; without it, the first heading is the title."""
    status: str = "published"
    """`open`, `draft`, `review`, `published`; whoever writes none has published it."""
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
    said: Mapping[str, datetime] = field(default_factory=dict)
    """The moments that its summary names; rows of the timeline are more exact and go before them."""

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
    """The one postmortem of a file; its times are UTC. Front matter goes before what the summary says in words."""
    data, ref = mapping(document.data), Ref(document.path)
    ident, said = KIND.id_of(document.path) or "", summary(document.body)
    yield Postmortem(
        ref=ref,
        id=ident,
        title=data.get("title"),
        status=data.get("status") or said.status,
        severity=data.get("severity") or said.severity,
        said=dict(said.moments(date.fromisoformat(ident[:10]))),
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
    shared=True,
)
