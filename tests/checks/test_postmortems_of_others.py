"""Postmortems in forms that teams write without knowing of this program: read as they are, and nothing is an error."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.analysis.postmortems import action_items, timeline
from generator.analysis.postmortems.durations import durations
from generator.checks.engine import run
from generator.findings import Level
from generator.kinds.postmortem import Postmortem
from tests.catalogs import make_catalog, make_context

FOLDER = Path(__file__).parent / "postmortems_of_others"
FORMS = sorted(path.name for path in FOLDER.glob("*.md"))
READ = {
    "2026-03-01-plain-list.md": ("published", "SEV-1", 5, 2, ("detect", "acknowledge", "mitigate", "resolve")),
    "2026-03-02-book.md": ("published", None, 5, 3, ("mitigate", "resolve")),
    "2026-03-03-key-value-table.md": ("draft", "SEV-2", 3, 2, ()),
    "2026-03-04-issue-template.md": ("published", "SEV-3", 0, 2, ()),
    "2026-03-05-bullets.md": ("review", "SEV-2", 4, 0, ("detect", "resolve")),
    "2026-03-06-espanol.md": ("published", "SEV-1", 5, 2, ("detect", "acknowledge", "mitigate", "resolve")),
    "2026-03-07-prose-only.md": ("published", None, 0, 0, ()),
    "2026-03-08-numbered.md": ("published", None, 3, 2, ()),
    "2026-03-09-underlined.md": ("published", "SEV-2", 2, 0, ("resolve",)),
    "2026-03-10-emoji-and-html.md": ("open", None, 3, 1, ()),
}


def loaded():
    catalog = make_catalog({f"postmortems/{name}": (FOLDER / name).read_text(encoding="utf-8") for name in FORMS})
    return catalog, {f"{each.id}.md": each for each in catalog.all(Postmortem)}


def test_every_form_is_looked_at():
    assert sorted(READ) == FORMS


@pytest.mark.parametrize("name", READ)
def test_a_form_is_read_as_it_is(name: str):
    catalog, known = loaded()
    postmortem = known[name]
    rows = timeline(catalog, postmortem).events
    items = [item for item in action_items(catalog) if item.postmortem is postmortem]
    found = (postmortem.status, postmortem.severity, len(rows), len(items), tuple(durations(catalog, postmortem)))
    assert found == READ[name]
    assert all(row.at is not None for row in rows)


def test_nothing_is_an_error_and_every_place_is_there():
    catalog, _ = loaded()
    findings = run(catalog, make_context())
    assert [each for each in findings if each.level is Level.ERROR] == []
    for each in findings:
        assert each.where.span is not None
        assert each.where.span.line <= catalog.documents[each.where.path].text.count("\n") + 1


def test_the_plain_form_of_the_templates_has_no_finding_at_all():
    catalog, _ = loaded()
    plain = {"postmortems/2026-03-01-plain-list.md", "postmortems/2026-03-06-espanol.md"}
    assert [each for each in run(catalog, make_context()) if each.where.path in plain] == []
