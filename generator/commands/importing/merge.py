"""Entries of an import for a source that is there already: what is new is added, all else stays as it is."""

from __future__ import annotations

from pathlib import Path

from generator.documents import read_document
from generator.edit import insert_key
from generator.errors import EditRefused
from generator.findings import Ref
from generator.importers import Imported
from generator.importers.tree import Map
from generator.importers.write import data


def merged(root: Path, path: str, source: Map, imported: Imported) -> str:
    """The text with the new entries; empty where there is none, or where the source cannot take them."""
    text = _text(root / path)
    document, _ = read_document(path, text.encode("utf-8")) if text is not None else (None, ())
    known = document.data if document is not None and document.data is not None else {}
    if text is None or document is None or not isinstance(known, dict):
        imported.refused(
            Ref(path), "it cannot be read, and was kept as it is: nothing was added", "tocsin check says why"
        )
        return ""
    whole = text
    for entry in source.entries:
        key = entry.key or ""
        if key not in known:
            whole = _with(whole, path, key, data(entry.value), imported)
        elif known[key] != data(entry.value):
            said = f"{key} is there already with another value: it was kept as it is"
            imported.refused(Ref(path, (key,)), said, f"the import says {data(entry.value)}")
    return whole if whole != text else ""


def _with(text: str, path: str, key: str, value: object, imported: Imported) -> str:
    try:
        return insert_key(text, (), key, value, path=path)
    except EditRefused as refusal:
        imported.refused(Ref(path), f"{key} was not added: {refusal.message}", refusal.hint)
        return text


def _text(place: Path) -> str | None:
    try:
        return None if place.is_symlink() else place.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
