"""A team changes and nobody else moves, for any layer, zone, change of clock, turn and number of people."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.analysis.oncall import Turn, from_wall, to_wall, turn_index, turns
from generator.analysis.oncall.changes.reanchor import (
    Change,
    Rollout,
    added,
    anchor_for,
    keeping_past,
    present_turn,
    removed,
    swapped,
)
from generator.errors import EditRefused
from generator.kinds.team import Layer
from tests.analysis.oncall.schedules import layer, utc

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
ZONES = (
    "Etc/UTC", "America/Argentina/Buenos_Aires", "America/Chicago", "America/Havana", "Asia/Kathmandu",
    "Africa/Casablanca", "Australia/Lord_Howe", "Antarctica/Troll", "Pacific/Apia",
)  # fmt: skip
TURNS = (HOUR, 8 * HOUR, 12 * HOUR, 36 * HOUR, DAY, WEEK, 2 * WEEK, 30 * DAY, 365 * DAY)
CHICAGO = "America/Chicago"
GAP = layer("abc", "2026-03-01 02:30", DAY, CHICAGO)  # on 8 March there is no 02:30

quarters = st.integers(0, 4 * 24 * 365 * 3).map(lambda n: datetime(2024, 1, 1, tzinfo=UTC) + n * timedelta(minutes=15))


@st.composite
def layers(draw: st.DrawFn, least: int = 1) -> Layer:
    begins = f"{draw(quarters):%Y-%m-%d %H:%M}"
    people = "abcdefgh"[: draw(st.integers(least, 8))]
    anchor = {"anchor": f"{draw(quarters):%Y-%m-%d %H:%M}"} if draw(st.booleans()) else {}
    return layer(people, begins, draw(st.sampled_from(TURNS)), draw(st.sampled_from(ZONES)), **anchor)


def versions(of: Layer, change: Change) -> list[Layer]:
    """What the change makes of the layer."""
    new = replace(of, people=change.people, anchor=from_wall(change.anchor, of.zone))
    if change.since is None:
        return [new]
    return [replace(of, end=change.since), replace(new, start=change.since)]


def coming(of: list[Layer], start: datetime, count: int) -> list[tuple[datetime, datetime, str]]:
    """The next turns from an instant on, those of each version inside its life."""
    found: list[Turn] = []
    for each in of:
        begin = start if each is of[0] else max(start, each.start)
        end = each.end or begin + (count + 3) * each.turn + 2 * DAY
        found += [turn for turn in turns(each, begin, end) if turn.end <= end]
    return [(turn.start, turn.end, turn.person) for turn in found][:count]


def now_of(of: Layer, now: datetime) -> datetime:
    return max(now, of.start)


@given(layers(), quarters, st.sampled_from(Rollout))
@example(GAP, utc("2026-03-09T12:00"), Rollout.AFTER_ROTATION)
def test_whoever_joins_moves_nobody_before_their_own_first_turn(of, now, rollout):
    change = added(of, "z", now, rollout)
    assert change.since is None
    kept = 1 if rollout is not Rollout.AFTER_ROTATION else len(of.people)
    before, after = (coming(each, now_of(of, now), 3 * len(of.people) + 4) for each in ([of], versions(of, change)))
    first = turn_index(of, now_of(of, now))
    grid = [turn[:2] for turn in before]
    assert [turn[:2] for turn in after] == grid  # handoffs stay where they are
    whole = [(turn, turn_index(of, turn[0]) - first) for turn in after]
    assert [turn for turn, number in whole if number < kept] == [
        turn for turn in before if turn_index(of, turn[0]) - first < kept
    ]
    assert {turn[2] for turn, number in whole if number == kept} <= {"z"}
    order = [of.people[(first + n) % len(of.people)] for n in range(len(of.people))]
    order.insert(kept, "z") if kept < len(order) else order.append("z")
    assert [turn[2] for turn, _ in whole] == [order[number % len(order)] for _, number in whole]


@given(layers(2), quarters, st.sampled_from(Rollout), st.data())
def test_whoever_leaves_keeps_the_turns_that_the_rollout_says_and_the_others_their_order(of, now, rollout, data):
    leaver = data.draw(st.sampled_from(of.people))
    change = removed(of, leaver, now, rollout)
    first = turn_index(of, now_of(of, now))
    kept = {Rollout.IMMEDIATE: 0, Rollout.AFTER_SHIFT: 1, Rollout.AFTER_ROTATION: len(of.people)}[rollout]
    after = coming(versions(of, change), now_of(of, now), 2 * len(of.people) + 4)
    numbers = [turn_index(of, turn[0]) - first for turn in after]
    old = [of.people[(first + n) % len(of.people)] for n in range(kept)]
    ring = [of.people[(first + kept + n) % len(of.people)] for n in range(len(of.people))]
    if rollout is not Rollout.AFTER_ROTATION and of.people[first % len(of.people)] != leaver:
        old, ring = [], [of.people[(first + n) % len(of.people)] for n in range(len(of.people))]
    rest = [each for each in ring if each != leaver]
    expected = [*old, *(rest[n % len(rest)] for n in range(len(after) * 4))]
    assert [turn[2] for turn in after] == [expected[number] for number in numbers if number < len(expected)]


@given(layers(2), quarters, st.sampled_from(Rollout), st.data())
def test_two_who_exchange_have_each_others_turns_and_nobody_else_moves(of, now, rollout, data):
    one, other = data.draw(st.permutations(of.people))[:2]
    change = swapped(of, one, other, now, rollout)
    first = turn_index(of, now_of(of, now))
    kept = {Rollout.IMMEDIATE: 0, Rollout.AFTER_SHIFT: 1, Rollout.AFTER_ROTATION: len(of.people)}[rollout]
    new = {one: other, other: one}
    before, after = (coming(each, now_of(of, now), 2 * len(of.people) + 4) for each in ([of], versions(of, change)))
    for (start, end, person), turn in zip(before, after, strict=True):
        moves = turn_index(of, start) - first >= kept
        assert turn == (start, end, new.get(person, person) if moves else person)


@given(layers(2), quarters, st.sampled_from(Rollout), st.data())
def test_the_past_stays_where_it_is_wanted_and_the_future_is_the_same(of, now, rollout, data):
    change = removed(of, data.draw(st.sampled_from(of.people)), now, rollout)
    kept = keeping_past(of, change, now)
    if of.start >= now:
        assert kept == change
        return
    assert kept.since is not None
    old, new = versions(of, kept)
    assert old.people == of.people
    assert old.end == new.start >= now
    for instant in (now, now + of.turn / 2, now + of.turn, now + 5 * of.turn):
        assert holder(versions(of, change), instant) == holder([old, new], instant)


def holder(of: list[Layer], instant: datetime) -> str:
    """Who has the turn at an instant, by the version that counts then."""
    each = of[-1] if instant >= of[-1].start else of[0]
    return each.people[turn_index(each, instant) % len(each.people)]


@given(layers(), quarters, st.integers(1, 12), st.data())
def test_an_anchor_is_a_time_that_the_clock_shows(of, now, size, data):
    position = data.draw(st.integers(0, size - 1))
    turn = present_turn(of, now)
    wall = anchor_for(of, size, position, turn)
    assert to_wall(from_wall(wall, of.zone), of.zone) == wall
    moved = replace(of, anchor=from_wall(wall, of.zone))
    assert (turn_index(moved, now_of(of, now)) - position) % size == 0


def test_an_anchor_is_never_a_time_that_the_clock_skips():
    assert to_wall(GAP.anchor, GAP.zone).isoformat() == "2026-03-01T02:30:00"
    assert anchor_for(GAP, 4, 2, 8).isoformat() == "2026-03-07T02:30:00"
    assert anchor_for(GAP, 4, 1, 8).isoformat() == "2026-03-04T02:30:00"  # not 8 March


def test_an_anchor_that_fits_stays():
    of = layer("abcd", "2026-01-01 09:00", WEEK)
    assert added(of, "z", utc("2026-01-02"), Rollout.AFTER_ROTATION) == Change(
        tuple("abcdz"), to_wall(of.anchor, of.zone)
    )


def test_a_layer_that_has_not_begun_keeps_its_first_turn():
    of = layer("abc", "2027-01-01 00:00", WEEK)
    change = added(of, "z", utc("2026-06-01"), Rollout.AFTER_SHIFT)
    assert change.people == tuple("azbc")
    assert [turn[2] for turn in coming(versions(of, change), of.start, 4)] == ["a", "z", "b", "c"]


def test_somebody_who_is_in_the_list_twice_leaves_it_twice():
    of = layer("abac", "2026-01-01 00:00", DAY)
    change = removed(of, "a", utc("2026-01-02T12:00"), Rollout.AFTER_SHIFT)
    assert (change.people, change.since) == (("b", "c"), None)


@pytest.mark.parametrize(
    ("act", "complaint"),
    [
        (lambda of, now: removed(replace(of, people=("a",)), "a", now, Rollout.IMMEDIATE), "it would be empty"),
        (lambda of, now: added(replace(of, end=now), "z", now, Rollout.IMMEDIATE), "has ended"),
        (lambda of, now: removed(replace(of, end=now + DAY), "a", now, Rollout.AFTER_SHIFT), "ends before the change"),
    ],
)
def test_what_makes_no_sense_is_refused(act, complaint):
    of, now = layer("ab", "2026-01-01 00:00", WEEK), utc("2026-01-03")
    with pytest.raises(EditRefused, match=complaint):
        act(of, now)
