"""Documents: the text of a source file becomes plain data, and a position can be found again for all of it.

`read_document` never raises; see docs/documents.md for the rules of reading.
"""

from __future__ import annotations

from generator.documents.document import Document
from generator.documents.markdown import Cell, CodeBlock, Heading, Link, Markdown, Section, Step, Table
from generator.documents.read import read_document
from generator.documents.schema import Schema
from generator.documents.suppressions import Suppression

__all__ = [
    "Cell",
    "CodeBlock",
    "Document",
    "Heading",
    "Link",
    "Markdown",
    "Schema",
    "Section",
    "Step",
    "Suppression",
    "Table",
    "read_document",
]
