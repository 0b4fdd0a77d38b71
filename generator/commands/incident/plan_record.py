"""The record of an incident: a row more in its timeline, another status in its front matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import NamedTuple

from generator.analysis.postmortems.timeline import columns, timeline
from generator.catalog import load
from generator.commands.incident.record_words import ROWS, RowWords, language_of, unlabelled
from generator.commands.new_postmortem_text import plain
from generator.edit import insert_key, insert_row, remove, set_cell, set_value
from generator.errors import EditRefused
from generator.git import Memory
from generator.kinds import postmortem
from generator.kinds.postmortem import Postmortem


class Row(NamedTuple):
    """A row of the timeline's table, as written; `at` None where it has no time yet."""

    at: datetime | None
    moment: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Rows:
    """The table of a timeline: which one it is, its columns, its rows."""

    table: int
    when: int
    what: int
    language: str
    rows: Sequence[Row]
    day: date
    """Of the incident's id: what times of day in the first row are of."""

    @property
    def words(self) -> RowWords:
        """What rows say in its language."""
        return ROWS[self.language]

    def before(self, at: datetime) -> int:
        """Where a row of that time goes: behind the last one that is not later."""
        found = [number for number, row in enumerate(self.rows) if row.at is not None and row.at <= at]
        return found[-1] + 1 if found else 0

    def time(self, at: datetime, place: int) -> str:
        """A time of day; with its date where that is another one than of the row before that place."""
        earlier = [row.at for row in self.rows[:place] if row.at is not None]
        utc, day = at.astimezone(UTC), earlier[-1].date() if earlier else self.day
        return f"{utc:%H:%M}" if utc.date() == day else f"{utc:%Y-%m-%d %H:%M}"


def rows_of(path: str, text: str) -> Rows | None:
    """The timeline of a postmortem; None where it has none, or one that is no table.

    Raises:
        EditRefused: the file cannot be read.
    """
    catalog = load(Memory({path: text.encode()}), (postmortem.KIND,))
    record = next(iter(catalog.all(Postmortem)), None)
    if record is None:
        raise EditRefused(f"{path} was not changed: it cannot be read as it is", "run `tocsin check`")
    tables = catalog.document(path).markdown.tables
    events = [each for each in timeline(catalog, record).events if each.ref.pointer[:2] == ("body", "tables")]
    found = [index for index, table in enumerate(tables) if columns(table)]
    if not found:
        return None
    index = found[-1]
    when, what = columns(tables[index]) or (0, 1)
    ours = [event for event in events if event.ref.pointer[2] == index]
    rows = [Row(e.at, e.moment, row[what].source) for e, row in zip(ours, tables[index].rows, strict=True)]
    return Rows(index, when, what, language_of(tables[index].columns), rows, date.fromisoformat(record.date))


def told(path: str, text: str, at: datetime, cell: str, moment: str | None = None) -> str:
    """The text with a row of that time; a row that waits for the moment it marks is filled in instead.

    `cell` is Markdown. What people wrote in other rows stays. A text without such a table stays as it is.
    """
    found = rows_of(path, text)
    if found is None:
        return text
    if moment is None or any(row.moment == moment and row.at is not None for row in found.rows):
        return _with_row(path, text, found, at, cell)
    label = f"**{found.words.moments[moment]}**: {cell}".strip()
    waiting = next((number for number, row in enumerate(found.rows) if row.moment == moment), None)
    if waiting is None:
        return _with_row(path, text, found, at, label)
    if cell and unlabelled(found.rows[waiting].source):
        # Somebody has said there what happened: that stays, and gets its time.
        shifted = waiting + (found.before(at) <= waiting)
        return _filled(path, _with_row(path, text, found, at, cell), shifted, at, "")
    return _filled(path, text, waiting, at, label)


def undone(path: str, text: str) -> str:
    """Reopened: the rows and keys that say when it was mitigated and resolved mark no moment any more."""
    found = rows_of(path, text)
    for number, row in enumerate(found.rows if found is not None else ()):
        lead = found.words.undone.get(row.moment or "") if found is not None and row.at is not None else None
        if found is not None and lead is not None:
            cell = lead + unlabelled(row.source)
            text = set_cell(text, found.table, number, found.what, cell.removesuffix(": "), path=path)
    for key in ("mitigated", "resolved"):
        if key in front(path, text):
            text = remove(text, (key,), path=path)
    return text


def last_row(path: str, text: str) -> Row | None:
    """The last row that has a time."""
    found = rows_of(path, text)
    timed = [row for row in (found.rows if found is not None else ()) if row.at is not None]
    return timed[-1] if timed else None


def put(path: str, text: str, key: str, value: object) -> str:
    """The text with another value in its front matter."""
    known = front(path, text)
    if known.get(key) == value:
        return text
    return set_value(text, (key,), value, path=path) if key in known else insert_key(text, (), key, value, path=path)


def front(path: str, text: str) -> dict[str, object]:
    """The front matter as it is written."""
    from generator.documents import read_document

    document, _ = read_document(path, text.encode())
    data = document.data if document is not None else None
    return dict(data) if isinstance(data, dict) else {}


def cell_text(text: str) -> str:
    """A text of people as one that stands in a cell: it opens no markup, and no cell."""
    return plain(text)


def _with_row(path: str, text: str, found: Rows, at: datetime, cell: str) -> str:
    place = found.before(at)
    new = insert_row(text, found.table, place, {found.when: found.time(at, place), found.what: cell}, path=path)
    return _proven(path, found, new, place, at)


def _filled(path: str, text: str, number: int, at: datetime, cell: str) -> str:
    """A row that waits gets its time; and a text, where one is given."""
    found = rows_of(path, text)
    if found is None:
        return text
    new = set_cell(text, found.table, number, found.when, found.time(at, number), path=path)
    new = set_cell(new, found.table, number, found.what, cell, path=path) if cell else new
    return _proven(path, found, new, number, at)


def _proven(path: str, before: Rows, text: str, place: int, at: datetime) -> str:
    """The text, if all other rows are of the times that they were of."""
    after = rows_of(path, text)
    rows = list(after.rows) if after is not None else []
    whole = at.replace(second=0, microsecond=0)
    if place < len(rows) and rows[place].at == whole:
        others = [row.at for row in rows[:place] + rows[place + 1 :]]
        same = before.rows if len(rows) > len(before.rows) else [*before.rows[:place], *before.rows[place + 1 :]]
        if others == [row.at for row in same]:
            return text
    raise EditRefused(f"{path} was not changed: the row would not read back in its timeline", "add it by hand")
