"""Tables of a Markdown body: one row more, another text in a cell; every other line stays byte for byte."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.documents import Document, Table, read_document
from generator.edit.nodes import line_break
from generator.errors import EditRefused

_LINE = re.compile(r"(?P<indent>[ \t>]*)(?P<open>\|?).*?(?P<close>\|?)[ \t]*\r?$")
_ESCAPED = re.compile(r"(?<!\\)((?:\\\\)*)\|")


def insert_row(text: str, table: int, row: int, cells: Mapping[int, str], *, path: str) -> str:
    """Adds a row before the one with that number (their count: at the end), with these cells and others empty.

    Cells are Markdown; a bar in one is escaped. Raises EditRefused where the table would not read back with it.
    """
    old = _tables(text, path)[table]
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    lines = text.removeprefix(mark).split("\n")
    at = old.rows[row][0].span.line if row < len(old.rows) else _end(old)
    above = lines[at - 2]
    new = _row(above, [cells.get(column, "") for column in range(len(old.columns))])
    if at - 1 == len(lines):  # the table is the end of a file whose last line has no break
        lines[-1] = lines[-1].rstrip("\r") + ("\r" if line_break(text) == "\r\n" else "")
        new = new.rstrip("\r")
    lines.insert(at - 1, new)
    return _proven(text, mark + "\n".join(lines), table, row, path)


def set_cell(text: str, table: int, row: int, column: int, value: str, *, path: str) -> str:
    """Gives a cell of the table another text (Markdown; a bar in it is escaped)."""
    cell = _tables(text, path)[table].rows[row][column]
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    lines = text.removeprefix(mark).split("\n")
    line = lines[cell.span.line - 1]
    before, after = line[: cell.span.column - 1], line[cell.span.end_column - 1 :]
    longer = len(_cell(value)) - len(cell.source)
    blanks = len(after) - len(after.lstrip(" "))
    after = after[max(0, min(blanks - 1, longer)) :]  # a column that is filled up with blanks keeps its width
    gap = "" if not after or after[0] in " \t\r" else " "
    lines[cell.span.line - 1] = _spaced(before) + _cell(value) + gap + after
    new = mark + "\n".join(lines)
    found = _tables(new, path)[table].rows
    if [len(each) for each in found] != [len(each) for each in _tables(text, path)[table].rows]:
        raise EditRefused(f"{path} was not changed: the table would not read back", "change it by hand")
    return new


def _spaced(before: str) -> str:
    return before if not before or before[-1] in " \t" else f"{before} "


def _row(like: str, cells: list[str]) -> str:
    """A row with the indentation, the outer bars and the line break of another line of the table."""
    style = _LINE.match(like)
    indent, first, last = (style["indent"], style["open"], style["close"]) if style else ("", "|", "|")
    inner = " | ".join(_cell(each) for each in cells)
    written = f"{first} {inner} {last}" if first and last else f"| {inner} |"
    return indent + written + ("\r" if like.endswith("\r") else "")


def _cell(text: str) -> str:
    """A text that stays in its cell and on its line."""
    return _ESCAPED.sub(r"\1\|", " ".join(text.split()))


def _end(table: Table) -> int:
    """The line behind the last row; behind the dashes where there is none."""
    return table.rows[-1][0].span.line + 1 if table.rows else table.line + 2


def _tables(text: str, path: str) -> tuple[Table, ...]:
    return _document(text, path).markdown.tables


def _document(text: str, path: str) -> Document:
    document, _ = read_document(path, text.encode("utf-8"))
    if document is None:
        raise EditRefused(f"{path} was not changed: it cannot be read as it is", "run `tocsin check`")
    return document


def _proven(before: str, after: str, table: int, row: int, path: str) -> str:
    """The new text, if it holds the same tables with that one row more."""
    old, new = (_written(text, path) for text in (before, after))
    if len(new) != len(old) or len(new[table]) != len(old[table]) + 1:
        raise EditRefused(f"{path} was not changed: the table would not read back", "add the row by hand")
    del new[table][row]
    if new != old:
        raise EditRefused(f"{path} was not changed: the table would not read back", "add the row by hand")
    return after


def _written(text: str, path: str) -> list[list[list[str]]]:
    return [[[cell.text for cell in row] for row in table.rows] for table in _tables(text, path)]
