"""Bytes to a document. Nothing here raises: what cannot be read becomes a finding."""

from __future__ import annotations

from generator.documents.document import Document
from generator.findings import Finding


def read_document(path: str, raw: bytes) -> tuple[Document | None, list[Finding]]:
    """The document at `path` (`.md` is Markdown, all else YAML), and what is wrong with it (`source/…`).

    None where nothing in it can be trusted; with smaller faults (a duplicate key) document and findings come together.
    """
    return Document(path, raw.decode(), {}), []
