"""What was written is read back and held against what was meant, and against the schema of its kind."""

from __future__ import annotations

from functools import cache

from generator.documents import Document, Schema, read_document
from generator.documents.stream import Node
from generator.findings import Finding, Ref
from generator.importers.base import Imported
from generator.importers.tree import List, Map, Value, Written, entry_at
from generator.kinds import kind_of
from generator.resources import schema


class WrittenWrong(Exception):
    """The text does not mean what it should: a fault of ours, and nothing is written."""


def prove(path: str, text: str, source: Map | List, imported: Imported) -> bool:
    """Whether the text can be a source at that path; why not is among the notes, at the place it came from.

    Raises WrittenWrong where the text does not mean the data.
    """
    document, findings = read_document(path, text.encode("utf-8"))
    if document is None:
        for each in findings:
            imported.refused(_first(source) or Ref(path), f"{path} would be no source: {each.message}", each.hint)
        return False
    if not _same(source, document.data):
        raise WrittenWrong(f"{path} would not say what was imported")
    for each in [*findings, *_by_schema(path, document)]:
        entry = entry_at(source, each.where.pointer)
        imported.refused(
            entry.at if entry and entry.at else Ref(path), f"check will refuse it: {each.message}", each.hint
        )
    return True


def _first(source: Map | List) -> Node | None:
    """Where the source came from."""
    return next((entry.at for entry in source if entry.at is not None), None)


def _by_schema(path: str, document: Document) -> list[Finding]:
    kind = kind_of(path)
    return [] if kind is None else _schema(kind.name).findings(document)


@cache
def _schema(name: str) -> Schema:
    return Schema(name, schema(name))


def _same(value: Value, data: object) -> bool:
    if isinstance(value, Map):
        own = {each.key: each.value for each in value.entries}
        return isinstance(data, dict) and list(own) == list(data) and all(_same(own[key], data[key]) for key in own)
    if isinstance(value, List):
        own_items = [each.value for each in value.entries]
        return isinstance(data, list) and len(data) == len(own_items) and all(map(_same, own_items, data))
    return isinstance(value, Written) or (value == data and type(value) is type(data))
