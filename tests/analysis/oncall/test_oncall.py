from __future__ import annotations

from datetime import timedelta

import pytest

from generator.analysis.oncall import (
    gaps,
    on_call_at,
    shadow_shifts,
    shifts,
    turn_index,
    turns,
    whole_shadow_shifts,
    whole_shifts,
)
from generator.analysis.windows import Window
from tests.analysis.oncall.schedules import WEEKDAYS, catalog, hours, layer, local, override, schedule, utc

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
CHICAGO = "America/Chicago"
BUENOS_AIRES = "America/Argentina/Buenos_Aires"


def expand(of, start: str, end: str, *overrides):
    """(person, start, end) in UTC, without the year's noise."""
    found = shifts(catalog(of, *overrides), of, utc(start), utc(end))
    return [(shift.person, f"{shift.start:%m-%dT%H:%M}", f"{shift.end:%m-%dT%H:%M}") for shift in found]


def starts(of, start: str, end: str) -> list[str]:
    return [f"{turn.start:%Y-%m-%dT%H:%MZ}" for turn in turns(of, utc(start), utc(end))]


class TestTurnsKeepTheWallClock:
    def test_a_time_that_does_not_exist_is_the_first_instant_after_the_gap(self):
        daily = layer("ab", "2020-03-06 02:30", DAY, CHICAGO)
        assert starts(daily, "2020-03-06T12:00", "2020-03-09T12:00") == [
            "2020-03-06T08:30Z",
            "2020-03-07T08:30Z",
            "2020-03-08T08:00Z",  # 03:00 CDT
            "2020-03-09T07:30Z",
        ]

    def test_a_time_that_occurs_twice_is_the_first(self):
        daily = layer("ab", "2020-10-31 01:30", DAY, CHICAGO)
        assert starts(daily, "2020-10-31T12:00", "2020-11-02T12:00") == [
            "2020-10-31T06:30Z",
            "2020-11-01T06:30Z",  # CDT
            "2020-11-02T07:30Z",  # CST
        ]

    @pytest.mark.parametrize(
        ("inside", "start", "end"),
        [
            ("2024-11-01T00:00", "2024-10-29T05:00", "2024-11-05T06:00"),
            ("2025-03-10T00:00", "2025-03-04T06:00", "2025-03-11T05:00"),
        ],
    )
    def test_weekly_turns_over_a_change_of_clock(self, inside, start, end):
        weekly = layer("ab", "2024-10-01 00:00", WEEK, CHICAGO)
        (turn,) = turns(weekly, utc(inside), utc(inside) + HOUR)
        assert (turn.start, turn.end) == (utc(start), utc(end))

    def test_hourly_turns_align_to_the_wall_clock(self):
        hourly = layer("abc", "2020-03-08 00:30", HOUR, CHICAGO)
        assert starts(hourly, "2020-03-08T07:00", "2020-03-08T09:00") == [
            "2020-03-08T06:30Z",  # 00:30 CST
            "2020-03-08T07:30Z",  # 01:30 CST
            "2020-03-08T08:00Z",  # 02:30 does not exist: 03:00 CDT
            "2020-03-08T08:30Z",  # 03:30 CDT
        ]

    def test_a_turn_that_the_clock_skips_is_absent_and_still_counts(self):
        hourly = layer("abc", "2020-03-08 00:00", HOUR, CHICAGO)
        found = list(turns(hourly, utc("2020-03-08T07:00"), utc("2020-03-08T10:00")))
        assert [(turn.index, turn.person) for turn in found] == [(1, "b"), (3, "a"), (4, "b")]

    @pytest.mark.parametrize(
        ("instant", "index"),
        [
            ("2020-11-01T05:59", 0),  # 00:59 CDT
            ("2020-11-01T06:00", 1),  # 01:00 CDT
            ("2020-11-01T07:00", 1),  # 01:00 CST: shown again, and no new turn
            ("2020-11-01T07:59", 1),
            ("2020-11-01T08:00", 2),  # 02:00 CST
        ],
    )
    def test_a_turn_lasts_while_the_clock_shows_an_hour_again(self, instant, index):
        hourly = layer("abc", "2020-11-01 00:00", HOUR, CHICAGO)
        assert turn_index(hourly, utc(instant)) == index
        (turn,) = turns(hourly, utc(instant), utc(instant) + timedelta(seconds=1))
        assert turn.index == index

    def test_a_turn_that_began_before_the_hour_shown_again(self):
        hourly = layer("abc", "2020-11-01 00:30", HOUR, CHICAGO)
        assert turn_index(hourly, utc("2020-11-01T07:10")) == 1  # 01:10 CST; 01:30 CDT has been

    def test_turns_before_the_anchor_count_down(self):
        weekly = layer("abc", "2026-01-01 00:00", WEEK, anchor="2026-03-05 00:00")
        assert [t.person for t in turns(weekly, utc("2026-02-19"), utc("2026-03-12"))] == ["b", "c", "a"]


class TestLayers:
    def test_a_layer_counts_from_its_start_until_its_end(self):
        of = schedule(layer("ab", "2026-01-02 06:00", DAY, anchor="2026-01-01 00:00", end="2026-01-03 12:00"))
        assert expand(of, "2026-01-01", "2026-01-10") == [
            ("b", "01-02T06:00", "01-03T00:00"),
            ("a", "01-03T00:00", "01-03T12:00"),
        ]

    def test_the_last_layer_wins(self):
        bottom = layer("a", "2026-01-01", 365 * DAY, name="Bottom")
        top = layer("b", "2026-01-01", 365 * DAY, name="Top", restrictions=(hours("09:00", 8 * HOUR),))
        assert expand(schedule(bottom, top), "2026-01-01", "2026-01-02") == [
            ("a", "01-01T00:00", "01-01T09:00"),
            ("b", "01-01T09:00", "01-01T17:00"),
            ("a", "01-01T17:00", "01-02T00:00"),
        ]

    def test_every_shift_says_why(self):
        of = schedule(layer("ab", "2026-01-01", DAY, name="Rotation"))
        covering = override("z", "2026-01-02", "2026-01-03")
        first, second = shifts(catalog(of, covering), of, utc("2026-01-01"), utc("2026-01-03"))
        assert (first.layer, first.turn, first.override) == ("Rotation", 0, None)
        assert (second.layer, second.turn, second.override) == (None, None, covering)

    def test_a_restriction_over_midnight_belongs_to_the_day_it_starts(self):
        friday_night = hours("22:00", 8 * HOUR, frozenset({4}))
        of = schedule(layer("a", "2026-01-01", WEEK, restrictions=(friday_night,)))
        assert expand(of, "2026-01-01", "2026-01-08") == [("a", "01-02T22:00", "01-03T06:00")]

    def test_a_restriction_over_the_end_of_the_week(self):
        weekend = hours("18:00", 63 * HOUR, frozenset({4}))
        of = schedule(layer("a", "2026-01-01", WEEK, restrictions=(weekend,)))
        assert expand(of, "2026-01-03", "2026-01-07") == [("a", "01-03T00:00", "01-05T09:00")]

    def test_a_span_of_almost_a_week_that_began_long_ago(self):
        of = schedule(layer("a", "2026-01-01", WEEK, restrictions=(hours("00:00", 6 * DAY, frozenset({0})),)))
        assert expand(of, "2026-01-10", "2026-01-12") == [("a", "01-10T00:00", "01-11T00:00")]

    def test_restrictions_that_touch_make_one_shift(self):
        both = (hours("09:00", 4 * HOUR), hours("13:00", 4 * HOUR))
        of = schedule(layer("a", "2026-01-01", WEEK, restrictions=both))
        assert expand(of, "2026-01-01", "2026-01-02") == [("a", "01-01T09:00", "01-01T17:00")]

    def test_restrictions_keep_the_wall_clock(self):
        of = schedule(layer("a", "2026-03-01 00:00", WEEK, CHICAGO, restrictions=(hours("00:00", 6 * HOUR),)))
        assert expand(of, "2026-03-07T12:00", "2026-03-09T12:00") == [
            ("a", "03-08T06:00", "03-08T11:00"),  # five hours: 02:00 to 03:00 is skipped
            ("a", "03-09T05:00", "03-09T11:00"),
        ]

    def test_turns_go_on_while_a_restriction_keeps_everybody_off(self):
        of = schedule(layer("abc", "2026-01-01", DAY, restrictions=(hours("00:00", DAY, WEEKDAYS),)))
        assert [each[0] for each in expand(of, "2026-01-01", "2026-01-07")] == [
            "a",  # Thursday
            "b",  # Friday; Saturday was c's, Sunday a's
            "b",
            "c",
        ]

    def test_layers_follow_the_sun_each_by_its_own_clock(self):
        madrid = layer("m", "2026-03-01", WEEK, "Europe/Madrid", restrictions=(hours("09:00", 8 * HOUR),))
        chicago = layer("c", "2026-03-01", WEEK, CHICAGO, restrictions=(hours("09:00", 8 * HOUR),))
        found = expand(schedule(madrid, chicago, zone="Europe/Madrid"), "2026-03-10", "2026-03-11")
        # Chicago has changed its clock and Madrid has not: they meet an hour earlier than in winter.
        assert found == [("m", "03-10T08:00", "03-10T14:00"), ("c", "03-10T14:00", "03-10T22:00")]

    def test_a_layer_without_people_is_nobody(self):
        of = schedule(layer("", "2026-01-01", DAY))
        assert expand(of, "2026-01-01", "2026-02-01") == []

    def test_nothing_lies_in_an_empty_window(self):
        of = schedule(layer("a", "2026-01-01", DAY))
        assert expand(of, "2026-01-05", "2026-01-05") == []


class TestOverrides:
    of = schedule(layer("ab", "2026-01-01", DAY))

    def test_an_override_wins_over_all_layers_also_where_they_have_nobody(self):
        of = schedule(layer("a", "2026-01-01", WEEK, restrictions=(hours("09:00", 8 * HOUR),)))
        assert expand(of, "2026-01-01", "2026-01-02", override("z", "2026-01-01 12:00", "2026-01-01 20:00")) == [
            ("a", "01-01T09:00", "01-01T12:00"),
            ("z", "01-01T12:00", "01-01T20:00"),
        ]

    def test_a_later_line_wins(self):
        first = override("y", "2026-01-01 00:00", "2026-01-02 00:00")
        second = override("z", "2026-01-01 06:00", "2026-01-01 12:00")
        assert expand(self.of, "2026-01-01", "2026-01-02", first, second) == [
            ("y", "01-01T00:00", "01-01T06:00"),
            ("z", "01-01T06:00", "01-01T12:00"),
            ("y", "01-01T12:00", "01-02T00:00"),
        ]
        assert expand(self.of, "2026-01-01", "2026-01-02", second, first) == [("y", "01-01T00:00", "01-02T00:00")]

    def test_times_are_in_the_zone_of_the_schedule(self):
        of = schedule(layer("a", "2026-01-01", WEEK, CHICAGO), zone=CHICAGO)
        found = expand(of, "2026-01-03", "2026-01-05", override("z", "2026-01-04 00:00", "2026-01-04 12:00"))
        assert found[1] == ("z", "01-04T06:00", "01-04T18:00")

    def test_an_override_of_another_schedule_is_not_ours(self):
        other = override("z", "2026-01-01", "2026-01-02", key="secondary")
        assert {each[0] for each in expand(self.of, "2026-01-01", "2026-01-03", other)} == {"a", "b"}

    def test_an_override_that_a_change_of_clock_leaves_empty_changes_nothing(self):
        of = schedule(layer("a", "2020-03-01", WEEK, CHICAGO), zone=CHICAGO)
        nothing = override("z", "2020-03-08 02:10", "2020-03-08 02:50")
        assert {each[0] for each in expand(of, "2020-03-08", "2020-03-09", nothing)} == {"a"}


class TestQuestions:
    example = schedule(
        layer("abcd", "2026-01-01 09:00", WEEK, BUENOS_AIRES, restrictions=(hours("09:00", 16 * HOUR),)),
        zone=BUENOS_AIRES,
    )

    def test_who_is_on_call_comes_with_the_whole_shift(self):
        shift = on_call_at(catalog(self.example), self.example, local("2026-11-24 12:00", BUENOS_AIRES))
        assert shift is not None
        assert (shift.person, shift.turn) == ("c", 46)
        assert shift.window == Window(utc("2026-11-24T12:00"), utc("2026-11-25T04:00"))

    @pytest.mark.parametrize(("instant", "somebody"), [("03:59:59", True), ("04:00", False), ("11:59:59", False)])
    def test_a_shift_ends_before_its_end(self, instant, somebody):
        shift = on_call_at(catalog(self.example), self.example, utc(f"2026-11-24T{instant}"))
        assert (shift is not None) is somebody

    def test_whole_shifts_keep_their_start_whatever_is_asked(self):
        of = schedule(layer("ab", "2026-01-01", 30 * DAY))
        covering = override("z", "2026-01-10", "2026-01-20")
        asked = whole_shifts(catalog(of, covering), of, utc("2026-01-15"), utc("2026-01-25"))
        assert [(shift.person, shift.start, shift.end) for shift in asked] == [
            ("z", utc("2026-01-10"), utc("2026-01-20")),
            ("a", utc("2026-01-20"), utc("2026-01-31")),
        ]

    def test_gaps_are_judged_by_what_the_schedule_intends(self):
        office = hours("09:00", 9 * HOUR, WEEKDAYS)
        rotation = layer("a", "2026-01-01", WEEK, restrictions=(hours("09:00", 8 * HOUR, WEEKDAYS),))
        always, intended = schedule(rotation), schedule(rotation, coverage=[office])
        week = (utc("2026-01-05"), utc("2026-01-06"))
        assert gaps(catalog(intended), intended, *week) == (Window(utc("2026-01-05T17:00"), utc("2026-01-05T18:00")),)
        assert gaps(catalog(always), always, *week) == (
            Window(utc("2026-01-05"), utc("2026-01-05T09:00")),
            Window(utc("2026-01-05T17:00"), utc("2026-01-06")),
        )

    def test_shadow_layers_are_never_on_call_and_have_their_own_question(self):
        of = schedule(layer("a", "2026-01-01", DAY), layer("l", "2026-01-01", WEEK, shadow=True, name="Learners"))
        assert {each[0] for each in expand(of, "2026-01-01", "2026-01-05")} == {"a"}
        (along,) = shadow_shifts(of, utc("2026-01-02"), utc("2026-01-03"))
        assert (along.person, along.layer, along.window) == (
            "l",
            "Learners",
            Window(utc("2026-01-02"), utc("2026-01-03")),
        )
        (whole,) = whole_shadow_shifts(of, utc("2026-01-02"), utc("2026-01-03"))
        assert whole.window == Window(utc("2026-01-01"), utc("2026-01-08"))
