"""Lists of tasks below the heading of action items are followed up as rows are."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis.postmortems import action_items
from generator.kinds.postmortem import Postmortem
from tests.catalogs import make_catalog

PEOPLE = "bob: {name: Bob Martínez}\n"
PATH = "postmortems/2026-10-14-x.md"


def items(body: str):
    catalog = make_catalog({"schedules/people.yaml": PEOPLE, PATH: body})
    return catalog, action_items(catalog)


@pytest.mark.parametrize(
    ("written", "action", "person", "priority", "due", "status"),
    [
        ("- [ ] Alert on the queue @bob due 2026-11-02", "Alert on the queue", "bob", "", "2026-11-02", "TODO"),
        ("- [x] **P1** Test it (@bob, by 2026-11-02)", "Test it", "bob", "P1", "2026-11-02", "DONE"),
        ("* [ ] [P2] Mail it — owner: Bob Martínez — due: 2026-11-02", "Mail it", "bob", "P2", "2026-11-02", "TODO"),
        ("- [ ] Probar (responsable: bob, vence: 2026-11-02)", "Probar", "bob", "", "2026-11-02", "TODO"),
        ("1. [ ] Read it before 2026-11-02\n   twice, @bob", "Read it twice", "bob", "", "2026-11-02", "TODO"),
        ("- [ ] ~~Drop the table @bob~~", "Drop the table", "bob", "", "", "DROPPED"),
        ("- [ ] Due diligence for bob@example.com", "Due diligence for bob@example.com", None, "", "", "TODO"),
        ("- [ ] Owners see it, due: next week", "Owners see it", None, "", "next week", "TODO"),
        ("- [ ] Assigned to Bob: a dashboard", "a dashboard", "bob", "", "", "TODO"),
        ("- [ ] Move to P99 of `x@2`", "Move to P99 of `x@2`", None, "", "", "TODO"),
    ],
)
def test_a_task_says_who_and_when(
    written: str, action: str, person: str | None, priority: str, due: str, status: str
) -> None:
    _, (item,) = items(f"# X\n\n## Action items\n\n{written}\n")
    assert (item.action, item.person, item.priority, item.due_text, item.status) == (
        action,
        person,
        priority,
        due,
        status,
    )
    assert item.due == (date.fromisoformat(due) if due[:1].isdigit() else None)


def test_tasks_elsewhere_and_in_code_are_text() -> None:
    body = "# X\n## Timeline\n- [ ] a\n## Action items\n\n```\n- [ ] b\n```\n### Now\n- [ ] c\n## Lessons\n- [ ] d\n"
    assert [item.action for item in items(body)[1]] == ["c"]


@pytest.mark.parametrize(
    "heading",
    [
        "## Acciones",
        "Next steps\n----------",
        "## 5. Follow-up actions",
        "# Action Items:",
        "## ✅ Acciones (Action Items)",
        "## Acciones preventivas",
    ],
)
def test_headings_of_many_forms(heading: str) -> None:
    assert [item.action for item in items(f"# X\n\n{heading}\n\n- [ ] a\n")[1]] == ["a"]


def test_a_task_leads_to_its_line() -> None:
    catalog, (item,) = items("---\nstatus: review\n---\n# X\n\n## Action items\n\n- [ ] Read it\n")
    assert [catalog.documents[PATH].locate(ref).line for ref in (item.ref, item.cell("owner"))] == [8, 8]


@given(st.text("-*[]() xX@~#\n:P1due", max_size=60))
def test_whatever_is_written_is_read(text: str) -> None:
    assert all(item.action for item in items(f"# X\n\n## Action items\n\n{text}\n")[1])


@pytest.mark.parametrize(
    ("head", "owner", "due"),
    [
        ("| Dueño | Acción | Fecha |", "bob", "2026-11-02"),
        ("| Owner | Task | ETA |", "bob", "2026-11-02"),
        ("| Team | Task | Date |", "", ""),
    ],
)
def test_other_names_of_columns(head: str, owner: str, due: str) -> None:
    body = f"# X\n\n{head}\n| --- | --- | --- |\n| bob | Read it | 2026-11-02 |\n"
    found = items(body)[1]
    assert [(item.owner, item.due_text) for item in found] == ([(owner, due)] if owner else [])


@pytest.mark.parametrize(("said", "severity"), [("P1 (Critical)", "SEV-1"), ("Level 2", "SEV-2"), ("Nivel 3", "SEV-3")])
def test_other_words_for_a_severity(said: str, severity: str) -> None:
    catalog, _ = items(f"# X\n\n> **Severity:** {said}\n")
    assert [each.severity for each in catalog.all(Postmortem)] == [severity]
