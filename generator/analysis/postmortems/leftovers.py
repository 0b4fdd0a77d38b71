"""Text of the templates that is left in a postmortem."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from generator.analysis.postmortems.prose import prose
from generator.analysis.postmortems.section_text import COMMENT, is_rule, says
from generator.findings import Ref
from generator.records import dataclass
from generator.resources import shipped

if TYPE_CHECKING:
    from generator.catalog import Catalog
    from generator.kinds.postmortem import Postmortem

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
_ROW = re.compile(r"[ \t]*\|[ \t]*(?:[0-9-]{10}[ T])?[0-9:]{0,8}[ \t]*\|(.*)\|[ \t]*$")
_PLACEHOLDER = re.compile(r"\b(?:YYYY-MM-DD|AAAA-MM-DD|SEV-n|HH:MM|TBD|FIXME)\b|(?i:\blorem ipsum\b)")


@dataclass(frozen=True, slots=True)
class Leftover:
    """What is left in a section: how many lines, and the first of them with its place."""

    title: str
    ref: Ref
    text: str
    lines: int


def leftovers(catalog: Catalog, postmortem: Postmortem, own: Iterable[str]) -> Iterator[Leftover]:
    """What is left, a section at a time. `own` are the templates of the repository itself."""
    known = template_lines() | {line for text in own for line in lines_of(text)}
    text = prose(catalog.document(postmortem))
    body = catalog.document(postmortem).body
    title, at = "", 0
    found: list[tuple[int, int]] = []
    for line in body.splitlines(keepends=True):
        masked = text.masked[at : at + len(line)]
        heading = _HEADING.match(line.rstrip("\r\n"))
        if heading and found:
            yield _leftover(text.ref(*found[0]), title, body, found)
        title, found = (heading[2], []) if heading else (title, found)
        start = at + len(line) - len(line.lstrip())
        placeholder = _PLACEHOLDER.search(masked)
        if _key(line) in known and masked.strip():
            found.append((start, at + len(line.rstrip())))
        elif placeholder:
            found.append((at + placeholder.start(), at + placeholder.end()))
        at += len(line)
    if found:
        yield _leftover(text.ref(*found[0]), title, body, found)


def _leftover(ref: Ref, title: str, body: str, found: list[tuple[int, int]]) -> Leftover:
    text = body[slice(*found[0])]
    return Leftover(title, ref, text if len(text) <= 60 else f"{text[:59]}…", len(found))


@cache
def template_lines() -> frozenset[str]:
    """The lines to replace in the templates that come with Tocsin."""
    texts = (
        path.read_text(encoding="utf-8") for path in sorted(shipped("postmortems/templates").glob("postmortem*.md"))
    )
    return frozenset(line for text in texts for line in lines_of(text))


def lines_of(template: str) -> Iterator[str]:
    """The lines of a template that somebody has to replace; front matter, headings and heads of tables stay."""
    body = COMMENT.sub("", template)
    if body.startswith("---"):
        body = body.split("\n---", 1)[-1].partition("\n")[2]
    lines = body.splitlines()
    for number, line in enumerate(lines):
        below = lines[number + 1] if number + 1 < len(lines) else ""
        head = "|" in line and "|" in below and is_rule(below)
        if line.startswith("# ") or (says(line) and not head and not line.startswith("#")):
            yield _key(line)


def _key(line: str) -> str:
    """What two lines have in common of which one only got a time: the text of a row, where it has one."""
    row = _ROW.match(line)
    return row[1] if row and says(row[1]) else line.strip()
