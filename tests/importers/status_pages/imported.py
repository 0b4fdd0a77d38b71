"""What an import of status pages gives, as plain data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from generator.catalog import Catalog
from generator.importers import Given, Imported, Options, importer
from generator.importers.prove import prove
from generator.importers.write import data, render


def imported(kind: str, files: Mapping[str, object], catalog: Catalog | None = None) -> Imported:
    """The import of files given as path → text, bytes, or data that become JSON."""
    given = [Given(path, _raw(content)) for path, content in files.items()]
    return importer(kind).read(given, Options(catalog=catalog))


def _raw(content: object) -> bytes:
    if isinstance(content, bytes):
        return content
    return (content if isinstance(content, str) else json.dumps(content)).encode("utf-8", "surrogatepass")


def sources(made: Imported) -> dict[str, Any]:
    """Path → data of all sources; each can be written and read back, and is what its schema wants."""
    for path, source in made.sources.items():
        assert prove(path, render(source), source, made)
    assert not [note for note in made.notes if "check will refuse" in note.message], made.notes
    return {path: data(source) for path, source in made.sources.items()}


def messages(made: Imported, check: str = "") -> list[str]:
    """What is told, of one sort where it is named."""
    return [note.message for note in made.notes if check in ("", note.check)]
