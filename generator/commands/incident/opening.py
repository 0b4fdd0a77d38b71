"""The record of an incident in its first minute: the postmortem's template with what is known, and nothing invented."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from generator.commands.incident.plan_record import cell_text, front, put, rows_of, told
from generator.commands.incident.record_words import ROWS, language_of
from generator.commands.scaffold import titled
from generator.edit import remove

_ROW = re.compile(r"\| 00:00 \|")
_HEADS = re.compile(r"\|(.*\|.*)\|[ \t]*$")
_SEVERITY = re.compile(r"^(- \*\*(?:Severity|Severidad)\*\*: )SEV-n", re.MULTILINE)
_DETECTION = re.compile(r"^(- \*\*(?:Detection|Detección)\*\*: ).*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class First:
    """What is known when an incident is opened."""

    title: str
    started: datetime
    detected: datetime
    severity: str | None
    alerts: Sequence[str]
    people: Sequence[str]
    """Who has taken it on, by id."""
    services: Sequence[str]
    said: str
    """What was said first by whoever opened it, as Markdown."""


def record_text(template: str, path: str, known: First) -> str:
    """The text of the record."""
    day = f"{known.detected:%Y-%m-%d}"
    text = titled(template, cell_text(known.title)).replace("YYYY-MM-DD", day).replace("AAAA-MM-DD", day)
    text = _timeline(text, path, known)
    if known.severity is not None:
        text = _SEVERITY.sub(rf"\g<1>{known.severity}", text, count=1)
    if known.alerts:
        text = _DETECTION.sub(lambda found: found[1] + ", ".join(map(cell_text, known.alerts)), text, count=1)
    text = put(path, text, "status", "open")
    if known.severity is not None:
        text = put(path, text, "severity", known.severity)
    elif "severity" in front(path, text):
        text = remove(text, ("severity",), path=path)
    for key, names in (("alerts", known.alerts), ("authors", known.people), ("services", known.services)):
        text = put(path, text, key, list(names)) if names else text
    return text


def _timeline(text: str, path: str, known: First) -> str:
    """The template with our rows instead of its own, which are of times that nobody knows."""
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if _ROW.match(line)), None)
    heads = [_HEADS.match(line) for line in lines[: first or 0]]
    named = next((found for found in reversed(heads) if found is not None and "UTC" in found[1]), None)
    language = language_of(named[1].split("|")) if named is not None else "en"
    if first is None:
        # A template of people's own, with a table in another form or none.
        found = rows_of(path, text)
        for at, cell in _rows(known, found.language if found is not None else "en"):
            text = told(path, text, at, cell)
        return text
    kept = [line for line in lines[first:] if not _ROW.match(line)]
    return "\n".join([*lines[:first], *_lines(known, language), *kept])


def _lines(known: First, language: str) -> Iterator[str]:
    day = known.detected.date()
    for at, text in _rows(known, language):
        time = f"{at:%H:%M}" if at.date() == day else f"{at:%Y-%m-%d %H:%M}"
        yield f"| {time} | {text} |"
        day = at.date()


def _rows(known: First, language: str) -> Iterator[tuple[datetime, str]]:
    words = ROWS[language]
    yield known.started, f"**{words.moments['started']}**: {cell_text(known.title)}"
    alerts = ", ".join(map(cell_text, known.alerts)) or words.by_people
    yield known.detected, f"**{words.moments['detected']}**: {alerts}"
    if known.people:
        yield known.detected, f"**{words.moments['acknowledged']}**: {', '.join(known.people)}"
    if known.said:
        yield known.detected, known.said
