"""What a hand edit of a rotation moves, against where the change began."""

from __future__ import annotations

import pytest

from generator.checks.oncall import changes as oncall_changes
from tests.catalogs import make_catalog
from tests.checks.found import found, place

PEOPLE = "alice: {email: a@example.com}\nbob: Bob\ncharlie: Charlie\ndiana: Diana\nerin: Erin\n"
WEEKLY = """\
schedules:
  primary:
    layers:
      - name: Weekly
        start: 2026-01-01 09:00
        turn: 1w
        people: [alice, bob, charlie, diana]
"""
# On 24 November turn 46 runs: charlie's.


def findings(before: str, after: str, people: str = PEOPLE, **files: str):
    base = make_catalog({"schedules/people.yaml": PEOPLE, "schedules/web.yaml": before})
    now = {"schedules/people.yaml": people, "schedules/web.yaml": after, **files}
    return found(oncall_changes, now, load_base=lambda: base)


def test_whoever_leaves_their_shift_and_who_comes_next_are_named():
    (finding,) = findings(WEEKLY, WEEKLY.replace("diana]", "diana, erin]"))
    assert place(finding) == "schedules/web.yaml:7:17"
    assert finding.message == (
        "the change reshuffles schedule web/primary: charlie leaves the shift that runs now (until 26 November 09:00), "
        "and bob takes it; diana's week of 26 November becomes charlie's; alice's week of 3 December becomes diana's; "
        "and 4 more"
    )
    assert finding.hint == (
        "write anchor: 2026-11-05 09:00 into layer Weekly, and charlie stays on call; "
        "or undo it and run: tocsin oncall add erin web/primary"
    )


def test_the_anchor_of_the_hint_mends_it():
    anchored = WEEKLY.replace("turn: 1w", "anchor: 2026-11-05 09:00\n        turn: 1w")
    assert findings(WEEKLY, anchored.replace("diana]", "diana, erin]")) == ()


@pytest.mark.parametrize(
    ("people", "hint"),
    [
        ("[bob, alice, charlie, diana, erin]", "tocsin oncall add erin"),
        ("[alice, diana, charlie, bob]", None),  # two exchange
        ("[bob, diana, charlie, alice]", "undo it"),  # three move, and charlie stays
        ("[alice, bob, diana]", "tocsin oncall remove charlie web/primary"),  # the holder goes
        ("[alice, charlie, diana]", None),  # turn 46 of three is charlie's as well
        ("[bob, charlie, diana]", None),
        ("[charlie, diana, alice]", "anchor: 2026-11-19 09:00"),
        ("[alice, bob, erin, diana]", "tocsin oncall add erin web/primary"),
        ("[alice, bob, charlie, erin]", None),  # one for another, the rest stays in order
    ],
)
def test_only_what_moves_people_out_of_their_order_is_told(people, hint):
    hints = [each.hint for each in findings(WEEKLY, WEEKLY.replace("[alice, bob, charlie, diana]", people))]
    assert [hint in each for each in hints] == ([] if hint is None else [True])


def test_it_speaks_only_where_there_is_something_to_compare_with():
    after = {"schedules/people.yaml": PEOPLE, "schedules/web.yaml": WEEKLY.replace("diana]", "diana, erin]")}
    assert found(oncall_changes, after) == ()
    assert findings("schedules: {}\n", after["schedules/web.yaml"]) == ()


def test_overrides_are_meant():
    overrides = "- {who: bob, for: charlie, from: 2026-11-24, until: 2026-11-25}\n"
    assert findings(WEEKLY, WEEKLY, **{"schedules/web.overrides.yaml": overrides}) == ()


def test_another_id_of_the_same_person_is_no_change():
    people = PEOPLE.replace("alice: {email: a@example.com}", "ali: {email: A@example.com}")
    renamed = WEEKLY.replace("alice", "ali")
    assert findings(WEEKLY, renamed, people) == ()
    (finding,) = findings(WEEKLY, renamed.replace("diana]", "diana, erin]"), people)
    assert "ali's week of 3 December becomes diana's" in finding.message
    assert "tocsin oncall add erin" in finding.hint


@pytest.mark.parametrize(
    "change", [("name: Weekly", "name: Other"), ("turn: 1w", "turn: 1w\n        hours: 09:00-18:00"), ("1w", "168h")]
)
def test_what_leaves_everybody_in_their_order_is_nothing(change):
    assert findings(WEEKLY, WEEKLY.replace(*change)) == ()


def test_another_length_of_turns_is_told():
    (finding,) = findings(WEEKLY, WEEKLY.replace("1w", "2w"))
    assert "charlie leaves the shift that runs now" in finding.message
