"""The timeline of a postmortem, and the moments between which durations are counted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from generator import times
from generator.analysis.memo import once_a_catalog
from generator.analysis.postmortems.timeline_lists import rows
from generator.findings import Ref
from generator.kinds.postmortem import MOMENTS, Postmortem
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.catalog import Catalog
    from generator.documents.markdown import Table

_TIMES = re.compile(
    r"(?:time|timestamp|when|date ?(?:/|and) ?time|hora|cuándo|fecha y hora)(?:[ ]+(?:in )?utc|[ ]*[(\[].*)?",
    re.IGNORECASE,
)
_EVENTS = re.compile(
    r"(?:events?|eventos?|what happened|qué pasó|description|descripción|details?|action|acción)\b.*", re.IGNORECASE
)
WORDS: Mapping[str, tuple[str, ...]] = {
    "started": ("started", "start", "inicio", "comienzo"),
    "detected": ("detected", "detection", "detección", "deteccion", "detectado"),
    "acknowledged": ("acknowledged", "acknowledgement", "acknowledgment", "reconocimiento", "reconocido"),
    "mitigated": ("mitigated", "mitigation", "mitigación", "mitigacion", "mitigado"),
    "resolved": ("resolved", "resolution", "resolución", "resolucion", "resuelto"),
}
"""What a row that marks a moment begins with, in bold or before a colon, several in one row too; the first is the
template's."""
_WORD = r"[^\W\d_]+(?:\s*(?:/|,|&|\+|\band\b|\by\b|\be\b)\s*[^\W\d_]+){0,4}"
_LEAD = re.compile(rf"\s*(?:\*\*|__)\s*({_WORD})\s*:?\s*(?:\*\*|__)|\s*({_WORD})\s*:")
_PARTS = re.compile(r"[^\W\d_]+")
_JOINS = frozenset({"and", "y", "e"})
_SHOUTED = re.compile(r"\*\*[^*]*\b(?:OUTAGE|INCIDENT) (BEGINS|STARTS|MITIGATED|ENDS|RESOLVED)\b")
_ENDS = {"begins": "started", "starts": "started", "mitigated": "mitigated", "ends": "resolved", "resolved": "resolved"}
"""As the example of the SRE book marks them."""
_CLOCK = re.compile(r"\s*~?\s*([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?\s*(?:UTC|Z)?\s*", re.IGNORECASE)
_HALF = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Event:
    """A row of a timeline. `ref` leads to its time. `at` is in UTC; None where that says no time."""

    ref: Ref
    at: datetime | None
    at_text: str
    text: str
    moments: tuple[str, ...]
    """Which of `MOMENTS` it marks: `**Detected and acknowledged**` is two."""

    @property
    def moment(self) -> str | None:
        """The first of them; None where it marks none."""
        return next(iter(self.moments), None)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The rows in written order, and the moments: those of front matter, else of the rows, else of the summary."""

    events: tuple[Event, ...]
    moments: Mapping[str, datetime]


@once_a_catalog
def timeline(catalog: Catalog, postmortem: Postmortem) -> Timeline:
    """The timeline of a postmortem, from the tables that have a column of times and one of events, else from lists."""
    events = tuple(_events(catalog, postmortem)) or tuple(_listed(catalog, postmortem))
    moments: dict[str, datetime] = {}
    for name in MOMENTS:
        rows = (event.at for event in events if name in event.moments and event.at is not None)
        at = getattr(postmortem, name) or next(rows, None) or postmortem.said.get(name)
        if at is not None:
            moments[name] = at
    return Timeline(events, moments)


def place_of(catalog: Catalog, postmortem: Postmortem, moment: str) -> Ref:
    """Where a moment is said: in front matter, in a row, else the postmortem."""
    if getattr(postmortem, moment) is not None:
        return postmortem.ref.at(moment)
    events = timeline(catalog, postmortem).events
    return next((event.ref for event in events if moment in event.moments), postmortem.ref)


def columns(table: Table) -> tuple[int, int] | None:
    """Which columns hold the times and the events, by any of their names; None where the table is no timeline."""
    written = [column.strip() for column in table.columns]
    at = next((index for index, name in enumerate(written) if _TIMES.fullmatch(name)), None)
    what = next((index for index, name in enumerate(written) if _EVENTS.fullmatch(name)), None)
    return None if at is None or what is None else (at, what)


def _events(catalog: Catalog, postmortem: Postmortem) -> Iterator[Event]:
    before = _midnight(postmortem)
    for index, table in enumerate(catalog.document(postmortem).markdown.tables):
        found = columns(table)
        if found is None:
            continue
        for number, row in enumerate(table.rows):
            cell, what = row[found[0]], row[found[1]]
            at = instant(cell.text, before)
            before = at or before
            ref = postmortem.ref.at("body", "tables", index, "rows", number, found[0])
            yield Event(ref, at, cell.text.strip(), what.text.strip(), _moments(what.source))


def _listed(catalog: Catalog, postmortem: Postmortem) -> Iterator[Event]:
    before = _midnight(postmortem)
    for row in rows(catalog.document(postmortem)):
        at = instant(row.at, before)
        before = at or before
        yield Event(replace(postmortem.ref, span=row.span), at, row.at, row.text, _moments(row.text))


def _midnight(postmortem: Postmortem) -> datetime:
    return datetime.combine(datetime.fromisoformat(postmortem.date), time(), UTC)


def instant(text: str, before: datetime) -> datetime | None:
    """The instant of a cell: a whole one, or a time of day on the day of the row before, in UTC.

    A time more than twelve hours earlier than the row before is on the next day: the incident lasted past midnight.
    None where it is no time.
    """
    clock = _CLOCK.fullmatch(text)
    if clock is None:
        try:
            return times.parse_instant(text.strip().removesuffix("UTC").strip(), UTC).astimezone(UTC)
        except ValueError:
            return None
    try:
        hour, minute, second = (int(part or 0) for part in clock.groups())
        at = datetime.combine(before.date(), time(hour, minute, second), UTC)
    except ValueError:
        return None
    return at + timedelta(days=1) if before - at > _HALF else at


def _moments(source: str) -> tuple[str, ...]:
    """The moments that a row begins with, where it begins with nothing else."""
    if lead := _LEAD.match(source):
        words = [word for word in _PARTS.findall(lead[1] or lead[2]) if word.casefold() not in _JOINS]
        said = tuple(dict.fromkeys(filter(None, map(_named, words))))
        if said and all(map(_named, words)):
            return said
    shouted = _SHOUTED.search(source)
    return (_ENDS[shouted[1].casefold()],) if shouted else ()


def _named(word: str) -> str | None:
    return next((name for name, words in WORDS.items() if word.casefold() in words), None)
