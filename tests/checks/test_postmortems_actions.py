"""Action items without owner or date, overdue ones, and words that are no status."""

from __future__ import annotations

import pytest

from generator.checks.postmortems import actions as postmortems_actions
from generator.checks.postmortems import wording as postmortems_wording
from generator.findings import Level
from tests.checks.found import found, place

PEOPLE = "alice: {name: Alice Fernández}\nbob: Bob\neve: {name: Eve, until: 2026-11-01}\n"
TEAM = "name: Platform Team\n"
PATH = "postmortems/2026-11-10-x.md"


def judged(row: str, check: str, status: str = "published"):
    head = "| Action | Owner | Priority | Due | Status |\n| --- | --- | --- | --- | --- |\n"
    files = {
        "schedules/people.yaml": PEOPLE,
        "schedules/platform.yaml": TEAM,
        PATH: f"---\nstatus: {status}\n---\n# X\n\n{head}{row}\n",
    }
    return found(postmortems_actions, files, f"action/{check}")


@pytest.mark.parametrize(
    ("row", "check", "message", "column"),
    [
        ("| Do | | P1 | 2026-12-01 | TODO |", "no-owner", "action item 'Do' has no owner", 8),
        ("| Do | bob | P1 | | TODO |", "no-due", "action item 'Do' has no due date", 19),
        ("| Do | bob | P1 | soon | |", "no-due", "action item 'Do' is due 'soon', which is no date", 19),
        ("| Do | bob | P1 | 2026-11-23 | DOING |", "overdue", "action item 'Do' was due on 2026-11-23, 1 day ago", 19),
        (
            "| Do | allice | P1 | | |",
            "unknown-owner",
            "action item 'Do' belongs to 'allice', who is not in schedules/people.yaml",
            8,
        ),
        (
            "| Do | Platform Team | | | |",
            "unknown-owner",
            "action item 'Do' belongs to 'Platform Team', which is a team",
            8,
        ),
        ("| Do | eve | | | |", "unknown-owner", "action item 'Do' belongs to Eve, who left on 2026-11-01", 8),
        ("| Do | bob | P1 | | Maybe |", "status", "action item 'Do' has the status 'Maybe'", 21),
    ],
)
def test_what_is_told_at_the_cell(row: str, check: str, message: str, column: int):
    (finding,) = judged(row, check)
    assert finding.message == message
    assert place(finding) == f"{PATH}:8:{column}"
    assert finding.level is Level.WARNING


@pytest.mark.parametrize("check", ["no-owner", "no-due", "overdue", "unknown-owner"])
@pytest.mark.parametrize("row", ["| Do | | | | DONE |", "| Do | x | | 2026-01-01 | Closed |", "| Do | | | | DROPPED |"])
def test_what_is_done_is_done(row: str, check: str):
    assert judged(row, check) == ()


@pytest.mark.parametrize(
    ("row", "check"),
    [
        ("| Do | bob | P1 | 2026-11-24 | TODO |", "overdue"),
        ("| Do | @alice | | | |", "unknown-owner"),
        ("| Do | alice, Bob | | | |", "unknown-owner"),
        ("| Do | Alice Fernández | | | |", "unknown-owner"),
        ("| Do | bob | | | ✅ done |", "status"),
    ],
)
def test_what_is_right(row: str, check: str):
    assert judged(row, check) == ()


def test_words_of_others_are_read_and_the_right_one_is_named():
    (finding,) = judged("| Do | bob | P1 | 2026-01-01 | In progress |", "status")
    assert finding.hint == "write DOING"


def test_while_an_incident_lasts_they_are_only_collected():
    assert judged("| Do | | | | |", "no-owner", status="open") == ()


def test_blame_is_a_warning_at_its_phrase():
    files = {"schedules/people.yaml": PEOPLE, PATH: "# X\n\nThe cause: Bob forgot it.\n"}
    (finding,) = found(postmortems_wording, files)
    assert (finding.check, finding.level) == ("postmortem/blame", Level.WARNING)
    assert finding.message == '"Bob forgot" names a person as the cause'
    assert place(finding) == f"{PATH}:3:12"
    assert finding.hint.startswith("say what made it possible")


def test_a_table_without_a_column_is_told_once():
    body = "# X\n\n| Action | Priority |\n| --- | --- |\n| One | P1 |\n| Two | P2 |\n| Three | P3 |\n"
    findings = found(postmortems_actions, {"postmortems/2026-10-14-x.md": body})
    assert sorted(each.message for each in findings) == [
        "action item 'One' has no due date, nor have 2 more: their table has no such column",
        "action item 'One' has no owner, nor have 2 more: their table has no such column",
    ]
