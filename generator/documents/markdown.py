"""The body of a Markdown file as what we ask of it: headings, code blocks, tables, links, sections, numbered steps."""

from __future__ import annotations

from generator.findings import Pointer, Span
from generator.records import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. `line` is a line of the file; `slug` is its anchor as MkDocs makes it (unique in the page)."""

    level: int
    text: str
    line: int
    slug: str


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """A fenced or indented block. `line` is the line of its first text; `section` the text of the nearest heading."""

    language: str
    text: str
    line: int
    section: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its text without markup, its place in the file, and its text as written."""

    text: str
    span: Span
    source: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table. Every row has as many cells as there are columns; `heads` are the columns with their places."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    line: int
    section: str
    heads: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A link or an image, its target as written (decoded), its text, and the line it stands on."""

    target: str
    line: int
    text: str
    image: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """What stands between a heading and the next heading of any level; the first may have no heading."""

    heading: Heading | None
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """An item of a numbered list, with the code blocks inside it or directly after it."""

    number: int
    text: str
    line: int
    code_blocks: tuple[CodeBlock, ...]
    section: str


@dataclass(frozen=True, slots=True)
class Markdown:
    """A parsed body. All lines are lines of the file, front matter counted."""

    headings: tuple[Heading, ...] = ()
    code_blocks: tuple[CodeBlock, ...] = ()
    tables: tuple[Table, ...] = ()
    links: tuple[Link, ...] = ()
    sections: tuple[Section, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def title(self) -> str:
        """The text of the first heading of level 1, else of the first heading, else empty."""
        tops = [heading for heading in self.headings if heading.level == 1] or self.headings
        return tops[0].text if tops else ""


def locate_in(markdown: Markdown, pointer: Pointer) -> Span | None:
    """The span of a part of a body: `("tables", 0, "rows", 2, "Owner")`, `("headings", 1)`, or its nearest parent."""
    parts = getattr(markdown, str(pointer[0]), ()) if pointer else ()
    index = pointer[1] if len(pointer) > 1 else 0
    if not isinstance(parts, tuple) or not isinstance(index, int) or not 0 <= index < len(parts):
        return None
    part = parts[index]
    if isinstance(part, Table) and (cell := cell_at(part, pointer[2:])):
        return cell.span
    return Span(part.line, 1, part.line, 1)


def cell_at(table: Table, pointer: Pointer) -> Cell | None:
    """The cell at ("rows", 2, "Owner") or ("columns", "Owner"); a column may be named or counted from 0."""
    kind, *rest = pointer or ("",)
    row = table.heads
    if kind == "rows":
        index = rest.pop(0) if rest else 0
        if not isinstance(index, int) or not 0 <= index < len(table.rows):
            return None
        row = table.rows[index]
    if not row or kind not in ("rows", "columns"):
        return None
    column = rest[0] if rest else 0
    if isinstance(column, str):
        column = table.columns.index(column) if column in table.columns else 0
    return row[column] if 0 <= column < len(row) else None
