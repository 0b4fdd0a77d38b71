"""The record of an incident in its first minute: the postmortem's template with what is known, and nothing invented."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from generator.commands.incident.plan_record import cell_text, front, put
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
    text = "\n".join(_timeline(text.split("\n"), known))
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


def _timeline(lines: Sequence[str], known: First) -> Iterator[str]:
    """The template's lines with our rows instead of its own, which tell of times that nobody knows."""
    language, written = "en", False
    for line in lines:
        heads = _HEADS.match(line)
        if heads is not None and not written:
            language = language_of(heads[1].split("|")) if "UTC" in line else language
        if not _ROW.match(line):
            yield line
        elif not written:
            written = True
            yield from _rows(known, language)


def _rows(known: First, language: str) -> Iterator[str]:
    words = ROWS[language]
    told = ", ".join(map(cell_text, known.alerts)) or words.by_people
    rows = [
        (known.started, f"**{words.moments['started']}**: {cell_text(known.title)}"),
        (known.detected, f"**{words.moments['detected']}**: {told}"),
    ]
    if known.people:
        rows.append((known.detected, f"**{words.moments['acknowledged']}**: {', '.join(known.people)}"))
    if known.said:
        rows.append((known.detected, known.said))
    day = known.detected.date()
    for at, text in rows:
        time = f"{at:%H:%M}" if at.date() == day else f"{at:%Y-%m-%d %H:%M}"
        yield f"| {time} | {text} |"
        day = at.date()
