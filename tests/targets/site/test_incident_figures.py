"""The page with what postmortems add up to: its figures are those of `tocsin postmortem metrics`."""

from __future__ import annotations

import re

from generator.targets.site.charts import LANGUAGE, read
from generator.targets.site.pages import all_pages
from generator.targets.site.site import Site
from tests.catalogs import make_catalog, make_context
from tests.commands.test_postmortem_metrics import RECORD

FILES = {
    "postmortems/2026-10-14-cart.md": RECORD,
    "postmortems/2026-11-02-shop.md": "---\nstatus: open\nseverity: SEV-2\n---\n# Shop\n",
    "schedules/people.yaml": "ana: {name: Ana}\n",
    "alerts/cart.yaml": "description: x\n",
}
PAGE = "postmortems/metrics/index.md"


def figures(files: dict[str, str]) -> str:
    return {page.path: page.markdown for page in all_pages(Site(make_catalog(files), make_context()))}[PAGE]


def test_medians_with_how_many_they_are_of_where_not_all_had_them():
    text = figures(FILES)
    assert "| All | 2 | 10 minutes (of 1) | 2 minutes (of 1) | 30 minutes (of 1) |  |" in text
    assert "| 2026-10 | 1 | 10 minutes | 2 minutes | 30 minutes |  |" in text
    assert "| SEV-2 | 1 |  |  |  |  |" in text
    assert re.search(r"\| \[cart\]\(.*\) \| 1 \| 10 minutes", text)


def test_drawings_show_the_same():
    charts = [read(each) for each in re.findall(rf"^``` {LANGUAGE}\n(.*)\n```$", figures(FILES), re.MULTILINE)]
    months, quarters = charts
    assert months is not None
    assert quarters is not None
    assert [row.label for row in months.rows] == ["2026-10, 30 minutes"]
    assert [(round(each.start, 3), each.text) for each in months.rows[0].segments] == [
        (0, "10 minutes"),
        (0.333, "30 minutes"),
    ]
    assert [row.label for row in quarters.rows] == ["2026 Q4: 1 done, 1 open, 1 overdue, 1 dropped"]


def test_open_actions_stand_with_their_postmortem_and_what_is_wrong():
    text = figures(FILES)
    assert "**33\N{NO-BREAK SPACE}%** of what was asked for is done, under the mark" in text
    assert re.search(r"\| 2026-11-01 \| P1 \| Ana \| Look first \| \[.*\]\(.*\) \| \*\*overdue, late\*\* \|", text)
    assert "Dropped" not in text.split("| Due |")[1]


def test_a_change_of_a_row_changes_the_page():
    later = FILES | {"postmortems/2026-10-14-cart.md": RECORD.replace("10:10 | **Det", "10:20 | **Det")}
    assert "| 2026-10 | 1 | 20 minutes |" in figures(later)
