"""Validation by JSON Schema (2020-12): a fast yes or no, and plain words for the few documents that are not valid."""

from __future__ import annotations

from collections.abc import Mapping

from generator.documents.document import Document
from generator.findings import Finding, Pointer


class Schema:
    """One self-contained JSON schema."""

    def __init__(self, name: str, contents: Mapping[str, object]) -> None:
        self.name = name
        self.contents = contents

    def findings(self, document: Document, data: object = None, base: Pointer = ()) -> list[Finding]:
        """What is wrong in the document's data (or in `data`, which lies at `base` in it), 20 findings at most."""
        return []
