"""Specifications imported in memory: what would be written, as data, and what is told."""

from __future__ import annotations

import textwrap
from typing import Any, NamedTuple

from generator.documents import read_document
from generator.importers import Given, Options, importer
from generator.importers.comments import attach
from generator.importers.prove import prove
from generator.importers.write import render


class Result(NamedTuple):
    """Texts and data by path, and each note as `line level: message`."""

    texts: dict[str, str]
    data: dict[str, Any]
    notes: list[str]

    def slo(self, path: str, index: int = 0) -> dict[str, Any]:
        """An SLO of a source."""
        found: dict[str, Any] = self.data[path]["slos"][index]
        return found

    def told(self, part: str) -> list[str]:
        """The notes that say it."""
        return [note for note in self.notes if part in note]


def imported(kind: str, *texts: str, service: str | None = None, team: str | None = None) -> Result:
    """What an import of these files gives; every source is read back and held against its schema."""
    given = [Given(f"{n}.yaml", textwrap.dedent(text).encode()) for n, text in enumerate(texts)]
    out = importer(kind).read(given, Options(service, team))
    attach(out.sources.values(), [each.stream for each in given])
    written = {path: render(source) for path, source in out.sources.items()}
    for path, source in out.sources.items():
        prove(path, written[path], source, out)
    read = {path: read_document(path, text.encode())[0] for path, text in written.items()}
    notes = [f"{each.where.span.line if each.where.span else 0} {each.level}: {each.message}" for each in out.notes]
    return Result(written, {path: each.data for path, each in read.items() if each}, notes)
