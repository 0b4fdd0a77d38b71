"""Timelines as lists: `- 14:51 News reports …`, `- **14:51 UTC**: …`, `[14:51] …` below a timeline's heading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from generator.analysis.postmortems.sections import name_of
from generator.findings import Span

if TYPE_CHECKING:
    from generator.documents import Document

_BREAK = re.compile(r"\r\n?|\n")
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
_FENCE = re.compile(r"[ \t]*(?:`{3,}|~{3,})")
_ROW = re.compile(
    r"[ \t]*(?:[-*+][ \t]+)?[\[(*_`]{0,4}"
    r"(?P<at>[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?Z?|~?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)"
    r"(?P<zone>[ ]?(?:UTC|Z)\b)?[\])*_`:]{0,5}[ \t]*(?:[-–—:|]{1,2}[ \t]+)?(?P<text>\S.*)$"
)


class Row(NamedTuple):
    """A line of a list: its time and its text as written, and where the time stands."""

    at: str
    text: str
    span: Span


def rows(document: Document) -> Iterator[Row]:
    """The lines with a time below a timeline's heading, in written order."""
    inside, fenced = 0, False
    for number, line in enumerate(_BREAK.split(document.body)):
        heading = _HEADING.match(line)
        fenced ^= bool(_FENCE.match(line))
        if fenced:
            continue
        if heading:
            level = len(heading[1])
            inside = level if name_of(heading[2]) == "timeline" else inside if inside and level > inside else 0
        elif inside and (row := _ROW.match(line)):
            at = document.body_line + number
            yield Row(row["at"], row["text"], Span(at, row.start("at") + 1, at, row.end("at") + 1))
