"""Action items as lists of tasks below their heading: `- [ ] P1 Alert on the queue @bob due 2026-11-02`."""

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
_UNDERLINED = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_FENCE = re.compile(r"[ \t]*(?:`{3,}|~{3,})")
_TASK = re.compile(r"(?P<lead>[ \t]*(?:[-*+]|[0-9]{1,3}[.)])[ \t]+)\[(?P<mark>[ xX])\][ \t]+(?P<text>\S.*)$")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|[0-9]{1,3}[.)])[ \t]")
_OPENS, _CLOSES = r"[(\[]?[*_]{0,2}", r"[*_]{0,2}[ ]*:?[*_]{0,2}[ ]*"
"""What may stand around a label: brackets, bold, a colon."""
_SAYS_DUE = r"due(?: date)?|deadline|fecha l[ií]mite|vence(?: el)?|vencimiento"
_BEFORE_DAY = rf"{_SAYS_DUE}|by|before|until|on|antes del?|para el|hasta el"
_DUE = re.compile(
    rf"{_OPENS}\b(?:(?:{_BEFORE_DAY}){_CLOSES}(?:by |on )?)?(?P<day>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})\b[)\]]?",
    re.IGNORECASE,
)
_DUE_IN_WORDS = re.compile(
    rf"{_OPENS}\b(?:{_SAYS_DUE})(?=[*_ ]{{0,3}}:){_CLOSES}(?P<day>[^,;|()\[\]—–@*]{{1,40}})",
    re.IGNORECASE,
)
_OWNS = r"owner|assignee|assigned to|responsable|asignad[oa] a|encargad[oa]"
_OWNER = re.compile(
    rf"{_OPENS}\b(?i:{_OWNS})(?=[ :*_]){_CLOSES}(?P<name>@?[^\W\d_][\w.'’-]*(?: [A-ZÀ-Þ][\w.'’-]*){{0,3}})[)\]]?"
)
_AT = re.compile(r"[(\[]?(?<![\w./])@(?P<name>\w[\w-]*)[)\]]?")
_PRIORITY = re.compile(
    r"[(\[]?[*_]{0,2}\b(?:(?:priority|prioridad)[ ]*:?[ ]*)?(?P<priority>P[0-9])\b[*_]{0,2}[)\]]?", re.IGNORECASE
)
_STRUCK = re.compile(r"~~(.*)~~$")
_EDGES = " \t,;:|()[]—–-·*_"


class Task(NamedTuple):
    """A task: what is to be done, and what it says of who, when and how urgent; empty where it does not say it."""

    action: str
    owner: str
    priority: str
    due: str
    status: str
    span: Span
    """Where its text stands."""


def tasks(document: Document) -> Iterator[Task]:
    """The tasks below a heading of action items, in written order; code has none."""
    lines, inside, fenced = _BREAK.split(document.body), 0, False
    for number, line in enumerate(lines):
        fenced ^= bool(_FENCE.match(line))
        if fenced:
            continue
        if heading := _title(lines, number):
            level, title = heading
            inside = level if name_of(title) == "actions" else inside if inside and level > inside else 0
        elif inside and (found := _TASK.match(line)):
            text = " ".join([found["text"], *_rest(lines, number + 1)])
            at = document.body_line + number
            yield _task(text, Span(at, found.start("text") + 1, at, len(line) + 1), done=found["mark"] != " ")


def _title(lines: list[str], number: int) -> tuple[int, str] | None:
    if found := _HEADING.match(lines[number]):
        return len(found[1]), found[2]
    rule = _UNDERLINED.match(lines[number + 1]) if number + 1 < len(lines) and lines[number].strip() else None
    return (1 if rule[1][0] == "=" else 2, lines[number]) if rule and not _ITEM.match(lines[number]) else None


def _rest(lines: list[str], number: int) -> Iterator[str]:
    """The lines that go on with a task."""
    while number < len(lines) and lines[number][:1] in (" ", "\t") and lines[number].strip():
        if _ITEM.match(lines[number]) or _FENCE.match(lines[number]):
            return
        yield lines[number].strip()
        number += 1


def _task(text: str, span: Span, *, done: bool) -> Task:
    struck = _STRUCK.match(text.strip())
    rest = struck[1] if struck else text
    rest, priority = _taken(rest, _PRIORITY, "priority")
    rest, due = _taken(rest, _DUE, "day")
    rest, due = (rest, due) if due else _taken(rest, _DUE_IN_WORDS, "day")
    rest, owner = _taken(rest, _OWNER, "name")
    rest, owner = (rest, owner) if owner else _taken(rest, _AT, "name")
    status = "DROPPED" if struck and not done else "DONE" if done else "TODO"
    return Task(" ".join(rest.split()).strip(_EDGES), owner, priority.upper(), due.strip(), status, span)


def _taken(text: str, pattern: re.Pattern[str], name: str) -> tuple[str, str]:
    """What is left of a text without the last of what a pattern finds, and that."""
    found = None
    for each in pattern.finditer(text):
        found = each
    if found is None:
        return text, ""
    return f"{text[: found.start()].rstrip()} {text[found.end() :].lstrip()}", found[name]
