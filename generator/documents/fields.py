"""Labelled lines of a body, as people write facts above or between text: `- **Severity**: SEV-1`, `Date: 2026-10-14`.

Read line by line: what only asks for a severity should not pay for a parser of Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.findings import Span
from generator.records import dataclass

_BREAK = re.compile(r"\r\n?|\n")
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|[0-9]{1,3}[.)])[ \t]+")
_BOLD = re.compile(r"(?:\*\*|__)([^*_:|]{1,60}?)(?:[ \t]*:[ \t]*(?:\*\*|__)|(?:\*\*|__)[ \t]*:)[ \t]*")
_PLAIN = re.compile(r"([^\W\d_][\w \t/()-]{0,38}):(?:[ \t]+|$)")
_ROW = re.compile(r"[ \t]*\|[ \t]*(?:\*\*|__)?([^|*_]{1,60}?):?(?:\*\*|__)?:?[ \t]*\|(.*?)\|?[ \t]*$")


@dataclass(frozen=True, slots=True)
class Field:
    """A label and what is written after it, with the lines that follow. `line` and `column` are the value's."""

    label: str
    """In lower case."""
    value: str
    section: str
    """The heading above."""
    line: int
    column: int

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Where characters of the value stand in the file."""
        return Span(*self._place(start), *self._place(len(self.value) if end is None else end))

    def _place(self, index: int) -> tuple[int, int]:
        before = self.value[:index]
        breaks = before.count("\n")
        return self.line + breaks, (index - before.rfind("\n") if breaks else self.column + index)


def fields(body: str, first: int = 1) -> Iterator[Field]:
    """The fields of a body whose first line has that number in its file; code is left out.

    A bold label may stand anywhere in a line, a plain one begins it, and a row of a table with two cells is one too.
    """
    lines, section, fence = _BREAK.split(body), "", ""
    for number, line in enumerate(lines):
        mark = _FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        elif heading := _HEADING.match(line) if not fence else None:
            section = heading[2]
        elif not fence:
            for label, start, end in _of_line(line):
                value = line[start:end].rstrip()
                if end == len(line) and not line.lstrip().startswith("|"):
                    value = "\n".join([value, *_rest(lines, number + 1)])
                yield Field(label.strip().casefold(), value, section, first + number, start + 1)


def _of_line(line: str) -> Iterator[tuple[str, int, int]]:
    """(label, start, end) of the values in a line."""
    if row := _ROW.match(line):
        if "|" not in row[2]:
            start = row.start(2) + len(row[2]) - len(row[2].lstrip())
            yield row[1], start, row.end(2)
        return
    bold = list(_BOLD.finditer(line))
    for index, found in enumerate(bold):
        yield found[1], found.end(), bold[index + 1].start() if index + 1 < len(bold) else len(line)
    item = _ITEM.match(line)
    if not bold and (plain := _PLAIN.match(line, item.end() if item else 0)):
        yield plain[1], plain.end(), len(line)


def _rest(lines: list[str], number: int) -> Iterator[str]:
    """The lines that belong to the value of the line before, as they are written."""
    for line in lines[number:]:
        stops = not line.strip() or _ITEM.match(line) or _HEADING.match(line) or _FENCE.match(line)
        if stops or line.lstrip().startswith(("|", "<!--")) or _BOLD.search(line) or _PLAIN.match(line):
            return
        yield line
