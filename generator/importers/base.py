"""What an importer is, what it is given, and what it gives: sources, and notes on all that could not be kept.

An importer reads what another tool wrote and decides what it means here. Reading files, comments, writing, names that
are taken and telling people are the frame's, the same for every kind.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from generator.documents.stream import Node, Stream, read_stream
from generator.findings import Finding, Level, Ref, Related
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.catalog import Catalog
    from generator.importers.tree import List, Map

LOST, TOLD, REFUSED = "import/lost", "import/note", "import/refused"
"""What a note says: something is not kept; something is kept and worth knowing; something could not be read at all."""


@dataclass(frozen=True)
class Given:
    """A file to import."""

    path: str
    """As the person named it: notes show it."""
    raw: bytes

    @property
    def is_yaml(self) -> bool:
        """Whether it was read as YAML or JSON."""
        return "stream" in self.__dict__

    @cached_property
    def stream(self) -> Stream:
        """Its documents, where it is YAML or JSON."""
        return read_stream(self.path, self.raw)

    def told_as(self, stream: Stream) -> None:
        """What a reader of another language found: comments in it come along as those of YAML do."""
        self.__dict__["stream"] = stream


@dataclass(frozen=True, slots=True)
class Options:
    """What the person said, and what the repository says."""

    service: str | None = None
    """One service for everything, by id."""
    team: str | None = None
    folder: str = "alerts"
    """Where service files go."""
    page: tuple[str, ...] = ("SEV-1", "SEV-2")
    ticket: tuple[str, ...] = ("SEV-3",)
    """The severities of the repository's map that page, and those that do not."""
    catalog: Catalog | None = None
    """What the repository has already: who and what is known keeps its id."""
    now: datetime | None = None
    """What has ended by then is left out."""


@dataclass(slots=True)
class Imported:
    """What came of the files."""

    sources: dict[str, Map] = field(default_factory=dict)
    """Repository path (`alerts/cart.yaml`) → source."""
    lists: dict[str, List] = field(default_factory=dict)
    """The same for sources that are lists: overrides."""
    notes: list[Finding] = field(default_factory=list)
    added: set[str] = field(default_factory=set)
    """Paths of `sources` whose entries are added to what is there; all others are never written over."""

    def add(self, path: str, source: Map) -> None:
        """Entries for a source that may be there already: a map by id."""
        self.sources[path] = source
        self.added.add(path)

    def lost(self, where: Node | Ref, message: str, hint: str = "", related: Sequence[Related] = ()) -> None:
        """Something is not kept, or not as it was. The command ends with 1."""
        self._note(LOST, Level.WARNING, where, message, hint, related)

    def told(self, where: Node | Ref, message: str, hint: str = "", related: Sequence[Related] = ()) -> None:
        """Everything is kept, and there is something to know."""
        self._note(TOLD, Level.NOTE, where, message, hint, related)

    def refused(self, where: Node | Ref, message: str, hint: str = "", related: Sequence[Related] = ()) -> None:
        """Something could not be read, or will not be accepted as it is. The command ends with 1."""
        self._note(REFUSED, Level.ERROR, where, message, hint, related)

    def _note(
        self, check: str, level: Level, where: Node | Ref, message: str, hint: str, related: Sequence[Related]
    ) -> None:
        ref = where.ref if isinstance(where, Node) else where
        self.notes.append(Finding(ref, message, hint, tuple(related), check, level))

    def unreadable(self, stream: Stream) -> None:
        """What reading a file found wrong with it."""
        for each in stream.findings:
            self.refused(each.where, each.message, each.hint)


@dataclass(frozen=True, slots=True)
class Importer:
    """A kind of import: `tocsin import NAME FILE…`."""

    name: str
    summary: str
    """Half a sentence for `--help`."""
    read: Callable[[Sequence[Given], Options], Imported]
    suffixes: tuple[str, ...] = (".yaml", ".yml", ".json")
    """Which files of a folder are meant."""
    is_yaml: bool = True
    """Whether its files are YAML or JSON, so that the frame may read them ahead and say how far it is."""
    next_steps: str = ""
    """What people do next, line by line; empty: what follows an import of alerts."""
