"""`tocsin postmortem metrics` and `tocsin actions`, as people call them."""

from __future__ import annotations

import json

import pytest

from generator.cli import main

RECORD = """\
---
status: published
severity: SEV-1
services: [cart]
---
# <b>Cart</b>

| Time (UTC) | Event |
| --- | --- |
| 10:00 | **Started** |
| 10:10 | **Detected** |
| 10:12 | **Acknowledged** |
| 10:30 | **Mitigated** |

| Action | Owner | Priority | Due | Status |
| --- | --- | --- | --- | --- |
| Look *first* | ana | P1 | 2026-11-01 | TODO |
| Done | ana | P2 | 2026-11-01 | DONE |
| No date | | P3 | | DOING |
| Dropped | ana | P3 | | DROPPED |
"""


@pytest.fixture
def folder(tmp_path):
    files = {
        "postmortems/2026-10-14-cart.md": RECORD,
        "postmortems/2026-11-02-shop.md": "---\nstatus: open\nservices: [shop]\n---\n# Shop\n",
        "schedules/people.yaml": "ana: {name: Ana}\nbob: {name: Bob}\n",
        "alerts/cart.yaml": "description: x\n",
        "alerts/shop.yaml": "description: x\n",
        "tocsin.yaml": "name: Example\n",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    return tmp_path


def call(folder, capsys, *words: str) -> tuple[int, str, str]:
    status = main([*words, "-C", str(folder), "--now", "2026-11-24T12:00:00Z"])
    said = capsys.readouterr()
    return status, said.out, said.err


def test_medians_as_text(folder, capsys):
    status, out, _ = call(folder, capsys, "postmortem", "metrics")
    assert status == 0
    lines = [line.split() for line in out.splitlines()]
    assert [
        "all",
        "2",
        "10",
        "minutes",
        "(of",
        "1)",
        "2",
        "minutes",
        "(of",
        "1)",
        "30",
        "minutes",
        "(of",
        "1)",
        "-",
    ] in lines
    assert ["2026-11", "1", "-", "-", "-", "-"] in lines
    assert ["2026-10-14-cart", "SEV-1", "10", "minutes", "2", "minutes", "30", "minutes", "-"] in lines


def test_medians_as_json_and_of_one_service(folder, capsys):
    _, out, _ = call(folder, capsys, "postmortem", "metrics", "--format", "json", "--service", "cart")
    found = json.loads(out)
    assert found["overall"] == {
        "name": "all",
        "incidents": 1,
        "medians": {
            "detect": {"seconds": 600, "of": 1},
            "acknowledge": {"seconds": 120, "of": 1},
            "mitigate": {"seconds": 1800, "of": 1},
        },
    }
    assert [each["id"] for each in found["incidents"]] == ["2026-10-14-cart"]


def test_nothing_asked_for_is_exit_3(folder, capsys):
    status, _, err = call(folder, capsys, "postmortem", "metrics", "--since", "2027-01")
    assert status == 3
    assert "no postmortem" in err


def test_open_actions_the_longest_overdue_first(folder, capsys):
    status, out, _ = call(folder, capsys, "actions", "list")
    assert status == 0
    assert [line.split("  ")[0] for line in out.splitlines()] == ["Due", "2026-11-01", "no date"]
    assert out.splitlines()[1].endswith("overdue, late")
    assert "Look first" in out
    assert "Dropped" not in out


def test_all_actions_of_one_person_as_json_with_their_places(folder, capsys):
    _, out, _ = call(folder, capsys, "actions", "list", "--all", "--owner", "ana", "--format", "json")
    found = json.loads(out)
    assert [item["status"] for item in found] == ["TODO", "DONE", "DROPPED"]
    line = 1 + RECORD.splitlines().index("| Look *first* | ana | P1 | 2026-11-01 | TODO |")
    assert (found[0]["path"], found[0]["line"]) == ("postmortems/2026-10-14-cart.md", line)
    assert [item["overdue"] for item in found] == [True, False, False]


def test_somebody_unknown_is_wrong_use_with_a_suggestion(folder, capsys):
    status, _, err = call(folder, capsys, "actions", "list", "--owner", "anna")
    assert status == 2
    assert "did you mean 'ana'?" in err


def test_the_report_counts_by_person_and_says_whether_it_is_enough(folder, capsys):
    _, out, _ = call(folder, capsys, "actions", "report")
    assert ["Ana", "3", "1", "1", "1", "1", "1", "50", "%"] in [line.split() for line in out.splitlines()]
    assert out.splitlines()[-1] == "33 % of what was asked for is done, under the mark of 80 %."
    _, out, _ = call(folder, capsys, "actions", "report", "--format", "json")
    assert json.loads(out)["all"] == {
        "items": 4, "done": 1, "dropped": 1, "open": 2, "overdue": 1, "late": 2, "rate": 0.3333,
    }  # fmt: skip


@pytest.mark.parametrize("words", [("postmortem", "metrics"), ("actions", "list"), ("actions", "report")])
def test_markdown_is_a_table_and_holds_no_markup_of_others(folder, capsys, words):
    _, out, _ = call(folder, capsys, *words, "--format", "markdown")
    assert "| --- |" in out
    assert "<b>" not in out
