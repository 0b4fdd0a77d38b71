"""Action items: rows of the tables in postmortems that have a column of actions, in English and Spanish."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from generator.analysis.memo import once_a_catalog
from generator.findings import Ref
from generator.kinds.people import Person
from generator.kinds.postmortem import Postmortem

if TYPE_CHECKING:
    from generator.catalog import Catalog
    from generator.documents.markdown import Table

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "action": ("action", "action item", "acción", "accion"),
    "owner": ("owner", "responsable"),
    "priority": ("priority", "prioridad"),
    "due": ("due", "due date", "fecha límite", "fecha limite"),
    "status": ("status", "estado"),
}
"""What a column is called, in lower case; the first is the template's."""
CLOSED = frozenset({"DONE", "DROPPED"})


@dataclass(frozen=True, slots=True)
class ActionItem:
    """A row. `ref` leads to it: `ref.at("Owner")` to the cell. What is not written is empty; `due` is None then."""

    ref: Ref
    postmortem: Postmortem
    action: str
    owner: str
    """As written: an id with or without an @, or a name."""
    person: str | None
    """The id of the person that `owner` means, where there is one."""
    priority: str
    due_text: str
    due: date | None
    """None as well where the cell holds no date."""
    status: str
    """In capitals: TODO, DOING, DONE, DROPPED; TODO where nothing is written."""

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.status not in CLOSED


@once_a_catalog
def action_items(catalog: Catalog) -> tuple[ActionItem, ...]:
    """Every action item, by postmortem (oldest first) and in written order; rows without an action are no items."""
    known = _people(catalog)
    every = sorted(catalog.all(Postmortem), key=lambda each: each.id)
    return tuple(item for postmortem in every for item in _items(catalog, postmortem, known))


def open_items_of(catalog: Catalog, person: str) -> tuple[ActionItem, ...]:
    """What a person has still to do, the most urgent first: by due date, those without one last."""
    found = [item for item in action_items(catalog) if item.is_open and item.person == person]
    return tuple(sorted(found, key=lambda item: (item.due or date.max, item.priority, item.postmortem.id)))


def _items(catalog: Catalog, postmortem: Postmortem, known: Mapping[str, str]) -> Iterator[ActionItem]:
    for index, table in enumerate(catalog.document(postmortem).markdown.tables):
        columns = _columns(table)
        if "action" not in columns or len(columns) < 2:
            continue
        for number, row in enumerate(table.rows):
            cells = {name: row[column].text.strip() for name, column in columns.items()}
            if cells["action"]:
                ref = postmortem.ref.at("body", "tables", index, "rows", number)
                yield _item(ref, postmortem, cells, known)


def _item(ref: Ref, postmortem: Postmortem, cells: Mapping[str, str], known: Mapping[str, str]) -> ActionItem:
    owner, due = cells.get("owner", ""), cells.get("due", "")
    return ActionItem(
        ref,
        postmortem,
        cells["action"],
        owner,
        known.get(owner.removeprefix("@").casefold()),
        cells.get("priority", "").upper(),
        due,
        _date(due),
        cells.get("status", "").upper() or "TODO",
    )


def _columns(table: Table) -> dict[str, int]:
    """Which column says what; the first of two that say the same."""
    written = [column.strip().casefold() for column in table.columns]
    found = {name: [i for i, each in enumerate(written) if each in names] for name, names in COLUMNS.items()}
    return {name: columns[0] for name, columns in found.items() if columns}


def _people(catalog: Catalog) -> dict[str, str]:
    """What a cell may say → the id of the person; an id means its person whatever others are called."""
    people = catalog.all(Person)
    return {each.name.casefold(): each.id for each in people} | {each.id: each.id for each in people}


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
