"""How action items are printed: text and Markdown for people, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from generator.analysis.oncall.report import person_name
from generator.analysis.postmortems import ActionItem
from generator.analysis.postmortems.metrics import MARK, Progress, progress
from generator.commands.tables import aligned
from generator.targets.markdown import escape, page, table

if TYPE_CHECKING:
    from generator.catalog import Catalog

_ITEMS = ("Due", "Priority", "Status", "Owner", "Action", "Postmortem", "")
_COUNTS = ("Owner", "Items", "Done", "Dropped", "Open", "Overdue", "Late", "Done of all")
NOBODY = "nobody"


def items_text(catalog: Catalog, items: Sequence[ActionItem], how_far: Progress) -> str:
    """A line an item."""
    rows = [_ITEMS, *_items(catalog, items, how_far)]
    return "".join(f"{line}\n" for line in aligned(rows)) if items else "nothing is open\n"


def items_markdown(catalog: Catalog, items: Sequence[ActionItem], how_far: Progress) -> str:
    """A table; what people wrote comes out as text."""
    rows = [[escape(cell) for cell in row] for row in _items(catalog, items, how_far)]
    return page("# Action items", table(_ITEMS, rows) or "Nothing is open.") + "\n"


def items_json(catalog: Catalog, items: Sequence[ActionItem], how_far: Progress) -> str:
    """A list of objects, with where each is written."""
    return _json([_plain(catalog, item, how_far) for item in _ordered(items)])


def report_text(catalog: Catalog, items: Sequence[ActionItem], today: date) -> str:
    """Counts by person, and whether enough is done."""
    rows = aligned([_COUNTS, *_counts(catalog, items, today)], 1)
    return "".join(f"{line}\n" for line in [*rows, "", _verdict(progress(items, today))])


def report_markdown(catalog: Catalog, items: Sequence[ActionItem], today: date) -> str:
    """The same as Markdown."""
    rows = [[escape(cell) for cell in row] for row in _counts(catalog, items, today)]
    return page("# Action items", _verdict(progress(items, today)), table(_COUNTS, rows)) + "\n"


def report_json(catalog: Catalog, items: Sequence[ActionItem], today: date) -> str:
    """Counts of all and by person; `rate` is done by (all without the dropped ones), null of nothing."""
    every = {name: _plain_progress(progress(theirs, today)) for name, theirs in _by_owner(catalog, items).items()}
    return _json({"all": _plain_progress(progress(items, today)), "by_owner": every})


LISTS: Mapping[str, Callable[[Catalog, Sequence[ActionItem], Progress], str]] = {
    "text": items_text,
    "markdown": items_markdown,
    "json": items_json,
}
REPORTS: Mapping[str, Callable[[Catalog, Sequence[ActionItem], date], str]] = {
    "text": report_text,
    "markdown": report_markdown,
    "json": report_json,
}


def _items(catalog: Catalog, items: Sequence[ActionItem], how_far: Progress) -> list[list[str]]:
    return [
        [
            item.due_text or "no date",
            item.priority or "-",
            item.status,
            _owner(catalog, item),
            item.action,
            item.postmortem.id,
            _marks(item, how_far),
        ]
        for item in _ordered(items)
    ]


def _ordered(items: Sequence[ActionItem]) -> list[ActionItem]:
    """The longest overdue first; without a date last."""
    return sorted(items, key=lambda item: (item.due or date.max, item.priority, item.postmortem.id))


def _owner(catalog: Catalog, item: ActionItem) -> str:
    return person_name(catalog, item.person) if item.person else item.owner or NOBODY


def _marks(item: ActionItem, how_far: Progress) -> str:
    """What is wrong with it."""
    return ", ".join(word for word, found in (("overdue", how_far.overdue), ("late", how_far.late)) if item in found)


def _by_owner(catalog: Catalog, items: Sequence[ActionItem]) -> dict[str, list[ActionItem]]:
    found: dict[str, list[ActionItem]] = {}
    for item in items:
        found.setdefault(_owner(catalog, item), []).append(item)
    return {name: found[name] for name in sorted(found)}


def _counts(catalog: Catalog, items: Sequence[ActionItem], today: date) -> list[list[str]]:
    rows = [_count(name, progress(theirs, today)) for name, theirs in _by_owner(catalog, items).items()]
    return [*rows, _count("all", progress(items, today))]


def _count(name: str, how_far: Progress) -> list[str]:
    counts = (how_far.total, how_far.done, how_far.dropped, how_far.open, len(how_far.overdue), len(how_far.late))
    return [name, *map(str, counts), _rate(how_far)]


def _rate(how_far: Progress) -> str:
    return "-" if how_far.rate is None else f"{float(how_far.rate):.0%}".replace("%", " %")


def _verdict(how_far: Progress) -> str:
    mark = f"{float(MARK):.0%}".replace("%", " %")
    if how_far.rate is None:
        return "Every item was dropped."
    under = how_far.rate < MARK
    return f"{_rate(how_far)} of what was asked for is done, {'under' if under else 'at or over'} the mark of {mark}."


def _plain(catalog: Catalog, item: ActionItem, how_far: Progress) -> dict[str, object]:
    return {
        "action": item.action,
        "owner": item.owner,
        "person": item.person,
        "priority": item.priority,
        "due": item.due.isoformat() if item.due else None,
        "status": item.status,
        "postmortem": item.postmortem.id,
        "path": item.ref.path,
        "line": catalog.document(item.postmortem).locate(item.ref).line,
        "overdue": item in how_far.overdue,
        "late": item in how_far.late,
    }


def _plain_progress(how_far: Progress) -> dict[str, object]:
    return {
        "items": how_far.total,
        "done": how_far.done,
        "dropped": how_far.dropped,
        "open": how_far.open,
        "overdue": len(how_far.overdue),
        "late": len(how_far.late),
        "rate": None if how_far.rate is None else round(float(how_far.rate), 4),
    }


def _json(plain: object) -> str:
    return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"
