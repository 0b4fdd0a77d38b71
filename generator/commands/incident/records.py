"""An incident as two files: its internal record (the postmortem) and its public face (the status incident)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from generator.analysis.postmortems.timeline import timeline
from generator.analysis.status.incidents import IncidentState, incident_state
from generator.catalog import Catalog, load
from generator.commands.status.ids import near
from generator.commands.status.texts import flat
from generator.errors import UsageError
from generator.git import Memory
from generator.kinds import postmortem, status
from generator.kinds.postmortem import Postmortem
from generator.kinds.status import StatusIncident
from generator.settings import LANGUAGES
from generator.settings import PATH as SETTINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.git import Tree

KINDS = (status.INCIDENT, postmortem.KIND)
OPEN = "open"


@dataclass(frozen=True, slots=True)
class Incident:
    """What the sources say of one incident as of an instant. At least one of its files is there."""

    id: str
    catalog: Catalog
    record: Postmortem | None
    face: StatusIncident | None
    state: IncidentState | None
    """Of the face; None where there is none, or nothing of it has been said yet."""

    @property
    def is_open(self) -> bool:
        """Whether it goes on: the public face says it, else the record."""
        if self.face is not None:
            return self.state is None or self.state.is_open
        return self.record is not None and self.record.status == OPEN

    @property
    def status(self) -> str:
        """How far it is, in the words of the status page where it has a face, else of the record."""
        if self.face is not None:
            return "scheduled" if self.state is None else self.state.status
        return self.record.status if self.record is not None else ""

    @property
    def severity(self) -> str:
        """What somebody gave it; empty where nobody did."""
        return (self.record.severity or "") if self.record is not None else ""

    @property
    def started(self) -> datetime | None:
        """When it began, as far as is known: by the record, else since when customers know of it."""
        found = timeline(self.catalog, self.record).moments.get("started") if self.record is not None else None
        first = self.face.updates[0].at if self.face is not None and self.face.updates else None
        return found or first or self._first_row

    @property
    def resolved(self) -> datetime | None:
        """When it was over; None while it goes on, or where nobody says it."""
        if self.is_open:
            return None
        if self.state is not None:
            return self.state.resolved
        return timeline(self.catalog, self.record).moments.get("resolved") if self.record is not None else None

    @property
    def _first_row(self) -> datetime | None:
        events = timeline(self.catalog, self.record).events if self.record is not None else ()
        return next((event.at for event in events if event.at is not None), None)

    def title(self, language: str = "") -> str:
        """Its title for people, on one line: the public one in a language, else the heading of the record."""
        default = self.catalog.settings.get(LANGUAGES)[0]
        if self.face is not None:
            return flat(self.face.title.text(language or default, default)) or self.id
        found = self.catalog.document(self.record).markdown.title if self.record is not None else ""
        return flat(found) or self.id


def incidents(catalog: Catalog, now: datetime) -> Iterator[Incident]:
    """Every incident, the newest id first."""
    faces = {each.id: each for each in catalog.all(StatusIncident)}
    records = {each.id: each for each in catalog.all(Postmortem)}
    for ident in sorted({*faces, *records}, reverse=True):
        face = faces.get(ident)
        yield Incident(ident, catalog, records.get(ident), face, None if face is None else incident_state(face, now))


def incident(catalog: Catalog, ident: str, now: datetime) -> Incident:
    """The incident of that id.

    Raises:
        UsageError: there is none, or one of its files cannot be read.
    """
    for kind in KINDS:
        if catalog.may_define(kind.name, ident):
            raise UsageError(f"the {kind.title.lower()} of {ident} cannot be read", "run `tocsin check`, and mend it")
    face, record = catalog.get(StatusIncident, ident), catalog.get(Postmortem, ident)
    if face is None and record is None:
        known = sorted({each.id for kind in (StatusIncident, Postmortem) for each in catalog.all(kind)})
        raise UsageError(f"there is no incident '{ident}'", near(ident, known) or "tocsin incident list --all")
    return Incident(ident, catalog, record, face, None if face is None else incident_state(face, now))


def paths_of(tree: Tree, ident: str) -> list[str]:
    """The files of an incident, whether they can be read or not."""
    return [path for path in tree.list() if any(kind.id_of(path) == ident for kind in KINDS)]


def part(tree: Tree, ident: str) -> Catalog:
    """The catalog of one incident's files alone: what a change of them has to know, however many others there are."""
    return load(Memory(dict(tree.read([SETTINGS, *paths_of(tree, ident)]))), KINDS)
