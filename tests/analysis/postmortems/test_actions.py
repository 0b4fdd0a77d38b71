from __future__ import annotations

from datetime import date

from generator.analysis.postmortems import action_items, open_items_of
from generator.findings import Span
from tests.catalogs import make_catalog

PEOPLE = "alice: {name: Alice Fernández}\nbob: {name: Alice}\n"
ENGLISH = """\
---
status: published
---
# Errors

## Timeline

| Time (UTC) | Event |
| --- | --- |
| 10:00 | **Started** |

## Action items

| Action | Owner | Priority | Due | Status |
| --- | --- | --- | --- | --- |
| Read `settings` at the start | alice | p1 | 2026-12-01 | todo |
| Pay with a *test card* | @bob | P2 | next week | DOING |
| Done already | Alice Fernández | P1 | 2026-01-01 | DONE |
| Dropped | nobody | P3 | | DROPPED |
| | alice | P3 | | |
| No owner | | | | |
"""
SPANISH = """\
---
status: review
---
# Errores

| Acción | Responsable | Prioridad | Fecha límite | Estado |
| --- | --- | --- | --- | --- |
| Leer la configuración | alice | P1 | 2026-11-30 | TODO |
"""
FILES = {
    "schedules/people.yaml": PEOPLE,
    "postmortems/2026-10-14-errors.md": ENGLISH,
    "postmortems/2026-09-01-errores.md": SPANISH,
}


def test_every_row_with_an_action_oldest_postmortem_first():
    found = action_items(make_catalog(FILES))
    assert [item.action for item in found] == [
        "Leer la configuración",
        "Read settings at the start",
        "Pay with a test card",
        "Done already",
        "Dropped",
        "No owner",
    ]
    assert [item.status for item in found] == ["TODO", "TODO", "DOING", "DONE", "DROPPED", "TODO"]
    assert [item.is_open for item in found] == [True, True, True, False, False, True]
    assert found[0].due == date(2026, 11, 30)
    assert (found[2].due, found[2].due_text) == (None, "next week")


def test_an_owner_is_an_id_with_or_without_a_sign_or_a_name_and_an_id_counts_first():
    people = [item.person for item in action_items(make_catalog(FILES))]
    assert people == ["alice", "alice", "bob", "alice", None, None]


def test_what_a_person_has_to_do_by_due_date():
    items = open_items_of(make_catalog(FILES), "alice")
    assert [item.action for item in items] == ["Leer la configuración", "Read settings at the start"]


def test_an_item_leads_to_its_cells():
    catalog = make_catalog(FILES)
    item = action_items(catalog)[1]
    document = catalog.document(item.postmortem)
    row = 1 + next(i for i, line in enumerate(ENGLISH.splitlines()) if "Read `settings`" in line)
    assert document.locate(item.ref.at("Owner")) == Span(row, 34, row, 39)


def test_a_table_without_actions_and_one_with_nothing_else_are_none():
    body = "# T\n\n| Action |\n| --- |\n| a |\n\n| Owner | Status |\n| --- | --- |\n| b | TODO |\n"
    assert action_items(make_catalog({"postmortems/2026-01-01-x.md": body})) == ()
