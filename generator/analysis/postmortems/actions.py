"""Action items: rows of tables that have a column of actions, and lists of tasks, in English and Spanish."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date
from typing import TYPE_CHECKING

from generator.analysis.memo import once_a_catalog
from generator.analysis.postmortems.action_lists import tasks
from generator.analysis.postmortems.timeline import columns as timeline_columns
from generator.findings import Ref
from generator.kinds.people import Person
from generator.kinds.postmortem import Postmortem
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.catalog import Catalog
    from generator.documents.markdown import Table

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "action": ("action", "action item", "action items", "acción", "accion", "acciones", "task", "tarea"),
    "owner": ("owner", "responsable", "assignee", "assigned to", "encargado", "asignado a", "dueño", "dueña"),
    "priority": ("priority", "prioridad"),
    "due": ("due", "due date", "fecha límite", "fecha limite", "due by", "deadline", "target date", "vencimiento"),
    "status": ("status", "estado", "state"),
}
"""What a column is called, in lower case; the first is the template's."""
_DATES = ("date", "fecha", "eta", "plazo")
"""Columns that say until when, in a table that says who: elsewhere they may say when something was done."""
STATUSES = ("TODO", "DOING", "DONE", "DROPPED")
CLOSED = frozenset({"DONE", "DROPPED"})
MEANT: Mapping[str, tuple[str, ...]] = {
    "TODO": ("OPEN", "NEW", "TO DO", "PLANNED", "NOT STARTED", "PENDING", "BACKLOG", "PENDIENTE", "ABIERTO", "ABIERTA"),
    "DOING": ("IN PROGRESS", "ONGOING", "STARTED", "WIP", "IN REVIEW", "EN CURSO", "EN PROGRESO", "EN PROCESO"),
    "DONE": ("CLOSED", "COMPLETE", "COMPLETED", "FINISHED", "FIXED", "RESOLVED", "HECHO", "HECHA", "TERMINADO",
             "TERMINADA", "COMPLETADO", "COMPLETADA", "CERRADO", "CERRADA", "LISTO"),
    "DROPPED": ("CANCELLED", "CANCELED", "WONTFIX", "WON'T FIX", "WON'T DO", "REJECTED", "DESCARTADO", "DESCARTADA",
                "CANCELADO", "CANCELADA"),
}  # fmt: skip
"""What others write for the four words; an item that is closed elsewhere is not open here."""

_SIGNS = re.compile(r"^[\W_]+|[\W_]+$")


@dataclass(frozen=True, slots=True)
class ActionItem:
    """A row or a task. `ref` leads to it, `cell("owner")` to a cell of a row.

    What is not written is empty; `due` is None then.
    """

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
    """TODO, DOING, DONE, DROPPED: what is written, or what it means; TODO where nothing is. Other words in capitals."""
    status_text: str = ""
    """As written."""
    columns: Mapping[str, int] = field(default_factory=dict, compare=False)
    """Which column of the table says what, by the names of `COLUMNS`; empty for a task of a list."""

    def cell(self, name: str) -> Ref:
        """The place of a cell, by a name of `COLUMNS`; that of the action, or of the task, where there is none."""
        if not self.columns:
            return self.ref
        return self.ref.at(self.columns.get(name, self.columns.get("action", 0)))

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
        if "action" not in columns or len(columns) < 2 or timeline_columns(table) is not None:
            continue  # a timeline may have a column of actions, and of who took them
        for number, row in enumerate(table.rows):
            cells = {name: row[column].text.strip() for name, column in columns.items()}
            if cells["action"]:
                ref = postmortem.ref.at("body", "tables", index, "rows", number)
                yield _item(ref, postmortem, cells, known, columns)
    for task in tasks(catalog.document(postmortem)):
        cells = {name: getattr(task, name) for name in COLUMNS}
        if task.action:
            yield _item(Ref(postmortem.ref.path, ("body",), span=task.span), postmortem, cells, known, {})


def _item(
    ref: Ref, postmortem: Postmortem, cells: Mapping[str, str], known: Mapping[str, str], columns: Mapping[str, int]
) -> ActionItem:
    owner, due, status = cells.get("owner", ""), cells.get("due", ""), cells.get("status", "")
    return ActionItem(
        ref,
        postmortem,
        cells["action"],
        owner,
        known.get(owner.removeprefix("@").casefold()),
        cells.get("priority", "").upper(),
        due,
        _date(due),
        _status(status),
        status,
        columns,
    )


def _status(written: str) -> str:
    """The word that is meant; signs and pictures beside it say nothing."""
    word = _SIGNS.sub("", written).upper().replace("’", "'")
    return next((name for name, words in MEANT.items() if word in words), word) or "TODO"


def _columns(table: Table) -> dict[str, int]:
    """Which column says what; the first of two that say the same."""
    written = [column.strip().casefold() for column in table.columns]
    found = {name: [i for i, each in enumerate(written) if each in names] for name, names in COLUMNS.items()}
    if found["owner"] and not found["due"]:
        found["due"] = [i for i, each in enumerate(written) if each in _DATES]
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
