from __future__ import annotations

import pytest

from generator.analysis.postmortems.helped import what_helped
from generator.kinds.postmortem import Postmortem
from tests.catalogs import make_catalog


def helped(rows: list[str], front: str = "") -> list[str]:
    table = "\n".join(["| Time (UTC) | Event |", "| --- | --- |", *(f"| {row} |" for row in rows)])
    catalog = make_catalog({"postmortems/2026-10-14-shop.md": f"---\nstatus: draft\n{front}---\n# Shop\n\n{table}\n"})
    return [event.at_text for event in what_helped(catalog, catalog.all(Postmortem)[0])]


ROWS = ["13:00 | **Started**: x", "13:10 | searching", "13:20 | rolled back", "13:30 | **Mitigated**: fine"]
AFTER = ["13:40 | told", "13:50 | **Resolved**: over", "14:00 | coffee"]


def test_it_is_what_was_done_last_and_what_followed_until_the_resolution():
    assert helped(ROWS + AFTER) == ["13:20", "13:30", "13:40", "13:50"]
    assert helped(ROWS) == ["13:20", "13:30"]


def test_a_long_tail_is_cut():
    assert helped([*ROWS, *(f"13:3{digit} | x" for digit in range(1, 9))]) == ["13:20", "13:30"]
    assert helped([*ROWS, *(f"13:3{digit} | x" for digit in range(1, 9)), *AFTER])[-1] == "13:33"


def test_front_matter_can_say_when_it_ended():
    rows = [row.replace("**Mitigated**: ", "") for row in ROWS]
    assert helped(rows, "mitigated: 2026-10-14 13:30\n") == ["13:20", "13:30"]


def test_in_spanish_and_without_a_mitigation():
    assert helped(["13:10 | revertido", "13:30 | **Mitigación**: bien"]) == ["13:10", "13:30"]
    assert helped([*ROWS[:3], *AFTER]) == ["13:40", "13:50"]


@pytest.mark.parametrize("rows", [[], ["13:00 | nothing is marked"]])
def test_a_timeline_without_an_end_says_nothing(rows):
    assert helped(rows) == []
