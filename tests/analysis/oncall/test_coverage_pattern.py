from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from generator.analysis.oncall import recurring
from generator.analysis.oncall.coverage.pattern import hours_words, pattern, span_words
from generator.analysis.windows import Window, subtraction, union
from tests.analysis.oncall.schedules import WEEKDAYS, hours, utc

HOUR = timedelta(hours=1)
YEAR = Window(utc("2026-11-24T12:00"), utc("2027-12-01"))
MADRID, UTC = ZoneInfo("Europe/Madrid"), ZoneInfo("Etc/UTC")
WEEKEND = frozenset({5, 6})


def said(*spans, zone=UTC, read=UTC):
    found = pattern(recurring(spans, zone, *YEAR), read, YEAR)
    assert found is not None
    return found.words, found.hours_a_week


@pytest.mark.parametrize(
    ("spans", "words", "weekly"),
    [
        ([hours("01:00", 8 * HOUR)], "every day 01:00-09:00", 56),
        ([hours("18:00", 15 * HOUR)], "every day 18:00-09:00", 105),
        ([hours("18:00", 6 * HOUR, WEEKDAYS)], "mon-fri 18:00-24:00", 30),
        ([hours("09:30", HOUR / 2, frozenset({1, 3}))], "tue and thu 09:30-10:00", 1),
        ([hours("10:00", HOUR, frozenset({0, 2, 5}))], "mon, wed and sat 10:00-11:00", 3),
        ([hours("18:00", 63 * HOUR, frozenset({4}))], "fri 18:00 to mon 09:00", 63),
        ([hours("00:00", 24 * HOUR, frozenset({5}))], "sat all day", 24),
        ([hours("01:00", HOUR), hours("05:00", HOUR)], "every day 01:00-02:00 and 05:00-06:00", 14),
        ([hours("20:00", 10 * HOUR, WEEKDAYS), hours("08:00", 9 * HOUR, WEEKEND)],
         "mon-fri 20:00-06:00 and sat and sun 08:00-17:00", 68),
    ],
)  # fmt: skip
def test_what_comes_back_every_week_in_words(spans, words, weekly):
    assert said(*spans) == (words, weekly)


def test_hours_that_move_with_another_clock_are_one_or_the_other():
    assert said(hours("01:00", 8 * HOUR), read=MADRID) == ("every day 02:00-10:00 or 03:00-11:00", 56)


def test_a_night_that_an_override_fills_changes_no_habit():
    every = recurring([hours("01:00", 8 * HOUR)], UTC, *YEAR)
    found = pattern(subtraction(every, [Window(utc("2026-12-24"), utc("2026-12-27"))]), UTC, YEAR)
    assert found is not None
    assert (found.words, found.count) == ("every day 01:00-09:00", 371 - 3)
    assert found.first == Window(utc("2026-11-25T01:00"), utc("2026-11-25T09:00"))


def test_what_comes_once_or_twice_is_named_and_more_is_counted():
    day = Window(utc("2026-12-24T09:00"), utc("2026-12-25T01:00"))
    many = [Window(day.start + 5 * n * 24 * HOUR, day.end + 5 * n * 24 * HOUR) for n in range(6)]
    found = [pattern(tuple(many[:count]), UTC, YEAR) for count in (1, 2, 6)]
    assert [each and each.words for each in found] == [
        "2026-12-24 09:00 to 2026-12-25 01:00",
        "2026-12-24 09:00 to 2026-12-25 01:00 and 2026-12-29 09:00 to 2026-12-30 01:00",
        "6 times from 2026-12-24 09:00 on",
    ]
    assert [each and each.hours_a_week for each in found] == [None] * 3


def test_the_end_of_a_rotation_is_said_beside_its_nights():
    nights = recurring([hours("01:00", 8 * HOUR)], UTC, *YEAR)
    found = pattern(union(nights, [Window(utc("2027-06-01T12:00"), YEAR.end)]), UTC, YEAR)
    assert found is not None
    assert found.words == "every day 01:00-09:00 and from 2027-06-01 12:00 on"


def test_no_end_no_beginning():
    assert pattern((), UTC, YEAR) is None
    assert [
        found and found.words
        for found in (pattern((YEAR,), UTC, YEAR), pattern((Window(YEAR.start, utc("2027-01-01")),), UTC, YEAR))
    ] == ["all the time", "until 2027-01-01 00:00"]


def test_small_words():
    assert [hours_words(n) for n in (1, 0.5, 56.0)] == ["1 hour", "0.5 hours", "56 hours"]
    assert span_words(Window(utc("2026-12-24T09:00"), utc("2026-12-24T17:00")), MADRID) == "2026-12-24 10:00-18:00"
