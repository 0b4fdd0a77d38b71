"""Who is on call differently between two states, and how it is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from generator.analysis.oncall.changes.moved import moved, renames
from generator.analysis.oncall.changes.words import said
from tests.analysis.oncall.schedules import catalog, hours, layer, override, schedule, utc
from tests.catalogs import make_catalog

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
NOW = utc("2026-01-14T12:00")
EVENINGS = (hours("09:00", 16 * HOUR),)


def told(before, after, days: int = 28, old=(), new=()) -> list[str]:
    runs = moved((catalog(before, *old), before), (catalog(after, *new), after), NOW, NOW + days * DAY)
    return [said(run, before, NOW) for run in runs]


def rotation(people: str, turn: timedelta = WEEK, **more):
    return schedule(layer(people, "2026-01-05 09:00", turn, **more))


def test_the_present_shift_and_the_coming_ones_are_named_once_each():
    before, after = rotation("abcd", restrictions=EVENINGS), rotation("acd", restrictions=EVENINGS)
    assert told(before, after) == [
        "b leaves the shift that runs now (until 19 January 01:00), and c takes it",
        "c's week of 19 January becomes d's",
        "d's week of 26 January becomes a's",
        "a's week of 2 February becomes c's",
        "b's week of 9 February becomes d's",
    ]


def test_nothing_is_said_of_what_stays():
    before = rotation("abc")
    again = replace(before.layers[0], anchor=before.layers[0].anchor + 3 * WEEK, name="Other")
    assert told(before, schedule(again)) == []


@pytest.mark.parametrize(
    ("turn", "words"),
    [
        (DAY, "b's day of 15 January becomes c's"),
        (12 * HOUR, "b's turn of 14 January 21:00 becomes c's"),
        (2 * WEEK, "b's turn of 19 January becomes c's"),
    ],
)
def test_turns_are_named_by_their_length(turn, words):
    assert words in told(rotation("abc", turn), rotation("bca", turn), days=12)


def test_a_part_of_a_turn_is_named_by_its_times():
    before, after = rotation("ab"), rotation("ab")
    covering = override("z", "2026-01-20 09:00", "2026-01-21 09:00")
    assert told(before, after, new=[covering]) == ["a's time from 20 January 09:00 until 21 January 09:00 becomes z's"]
    assert told(before, after, old=[covering]) == ["z's time from 20 January 09:00 until 21 January 09:00 becomes a's"]


def test_hours_that_nobody_had_or_nobody_has():
    some, more = rotation("a", restrictions=EVENINGS), rotation("a")
    (first, *_) = told(some, more, days=1)
    assert first == "a gets 15 January 01:00 until 15 January 09:00, where nobody was on call"
    assert told(more, some, days=1) == ["a's time from 15 January 01:00 until 15 January 09:00 becomes nobody's"]


def test_a_year_is_named_where_it_is_far_away():
    before, after = rotation("ab", 30 * DAY), rotation("ac", 30 * DAY)
    found = told(before, after, 300)
    assert [found[1], found[3]] == ["b's turn of 5 April becomes c's", "b's turn of 3 August 2026 becomes c's"]


def test_a_version_of_a_layer_says_its_own_turns():
    old = rotation("ab").layers[0]
    ends = replace(old, end=utc("2026-01-26T09:00"))
    goes_on = replace(old, start=utc("2026-01-26T09:00"), anchor=utc("2026-01-26T09:00"), people=("c", "d"))
    before, after = schedule(ends, goes_on), schedule(ends, replace(goes_on, people=("c", "e")))
    assert told(before, after) == ["d's week of 2 February becomes e's"]


def test_somebody_with_another_id_is_the_same_by_pagerduty_or_address():
    before = make_catalog(
        {"schedules/people.yaml": "a: {email: A@example.com}\nb: {pagerduty: PB}\nc: {email: c@example.com}\n"}
    )
    after = make_catalog(
        {"schedules/people.yaml": "x: {email: a@example.com}\ny: {pagerduty: PB}\nc: {email: c@example.com}\nz: Z\n"}
    )
    assert renames(before, after) == {"a": "x", "b": "y"}
