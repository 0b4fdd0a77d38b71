"""The expansion against a slow reference that asks, instant by instant, what the wall clock has shown so far."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.analysis.oncall import on_call_at, shifts, whole_shifts
from generator.findings import Ref
from generator.kinds.restrictions import Restriction
from generator.kinds.team import Layer
from tests.analysis.oncall.schedules import catalog, override, schedule, utc

GRID = timedelta(minutes=15)
DAY = timedelta(days=1)
ZONES = (
    "Etc/UTC",
    "America/Argentina/Buenos_Aires",
    "America/Chicago",
    "America/Havana",  # changes at midnight
    "Asia/Kathmandu",  # +05:45
    "Africa/Casablanca",  # changes for Ramadan
    "Australia/Lord_Howe",  # changes by half an hour
    "Antarctica/Troll",  # changes by two hours
    "Pacific/Apia",  # had no 30 December 2011
)


@cache
def shown(instant: datetime, zone: str) -> datetime:
    """The latest time that the clock on the wall has shown up to an instant: it may have gone back since."""
    lately = (instant - n * GRID for n in range(13))
    return max(each.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for each in lately)


def on_duty(layer: Layer, instant: datetime) -> bool:
    if not layer.restrictions:
        return True
    wall = shown(instant, layer.zone_name)
    for restriction in layer.restrictions:
        for back in range(restriction.length.days + 3):
            start = datetime.combine(wall.date() - back * DAY, restriction.start)
            if start.weekday() in restriction.days and start <= wall < start + restriction.length:
                return True
    return False


def who(of, overrides, instant: datetime) -> str | None:
    for each in reversed(overrides):
        start, end = each.span(of.zone)
        if start <= instant < end:
            return str(each.who)
    for layer in reversed(of.layers):
        alive = layer.start <= instant and (layer.end is None or instant < layer.end)
        if alive and not layer.shadow and on_duty(layer, instant):
            first = layer.anchor.astimezone(layer.zone).replace(tzinfo=None)
            index = (shown(instant, layer.zone_name) - first) // layer.turn
            return layer.people[index % len(layer.people)]
    return None


def instants(low: datetime, high: datetime):
    return st.integers(0, (high - low) // GRID).map(lambda n: low + n * GRID)


def spans(low: timedelta, high: timedelta):
    return st.integers(low // GRID, high // GRID).map(lambda n: n * GRID)


turn_lengths = st.one_of(
    st.sampled_from([timedelta(hours=1), 12 * timedelta(hours=1), DAY, 7 * DAY, 14 * DAY, 365 * DAY]),
    spans(timedelta(hours=1), 3 * DAY),
)
restrictions = st.builds(
    Restriction,
    st.one_of(st.just(frozenset(range(7))), st.frozensets(st.integers(0, 6), min_size=1)),
    st.integers(0, DAY // GRID - 1).map(lambda n: (utc("2020-01-01") + n * GRID).time()),
    st.one_of(spans(GRID, DAY), spans(GRID, 7 * DAY - GRID)),
)
# Weeks in which clocks change somewhere, and some in which they do not.
beginnings = st.one_of(
    st.sampled_from(
        [utc(day) for day in ("2011-12-29", "2020-03-07", "2020-10-31", "2026-03-28", "2026-10-03", "2026-10-24")]
    ),
    instants(utc("2015-01-01"), utc("2035-01-01")),
)


@st.composite
def layers(draw, begin: datetime) -> Layer:
    zone = draw(st.sampled_from(ZONES))
    start = draw(st.one_of(st.just(begin - 900 * DAY), instants(begin - 2 * DAY, begin + 3 * DAY)))
    return Layer(
        ref=Ref("schedules/team.yaml"),
        name="Layer",
        start=start,
        anchor=draw(instants(begin - 800 * DAY, begin + 800 * DAY)),
        turn=draw(turn_lengths),
        people=tuple(draw(st.sampled_from(["a", "ab", "abc", "abcdefgh", "aab"]))),
        zone=ZoneInfo(zone),
        zone_name=zone,
        end=draw(st.one_of(st.none(), spans(GRID, 6 * DAY).map(lambda length: start + length))),
        restrictions=tuple(draw(st.lists(restrictions, max_size=3))),
        shadow=draw(st.sampled_from([False, False, False, True])),
    )


@st.composite
def cases(draw):
    begin = draw(beginnings)
    rotations = draw(st.lists(layers(begin), min_size=1, max_size=3))
    of = schedule(
        *(replace(each, name=f"Layer {index}") for index, each in enumerate(rotations)),
        zone=draw(st.sampled_from(ZONES)),
    )
    times = st.tuples(instants(begin - DAY, begin + 4 * DAY), spans(GRID, 2 * DAY))
    covers = [
        override("z", f"{start:%Y-%m-%dT%H:%M}", f"{start + length:%Y-%m-%dT%H:%M}")
        for start, length in draw(st.lists(times, max_size=2))
    ]
    return of, covers, begin, begin + draw(spans(GRID, 4 * DAY))


@settings(max_examples=250)
@given(cases())
def test_the_same_people_at_every_instant(case):
    of, covers, start, end = case
    found = shifts(catalog(of, *covers), of, start, end)
    expected = {}
    instant = start
    while instant < end:
        expected[instant] = who(of, covers, instant)
        instant += GRID
    assert {
        instant: next((s.person for s in found if s.start <= instant < s.end), None) for instant in expected
    } == expected


@given(cases())
def test_shifts_are_in_order_and_tell_different_things(case):
    of, covers, start, end = case
    found = shifts(catalog(of, *covers), of, start, end)
    for shift in found:
        assert start <= shift.start < shift.end <= end
        assert shift.start.tzinfo is UTC
    for one, other in pairwise(found):
        assert one.end <= other.start
        if one.end == other.start:
            assert (one.layer, one.turn, one.override) != (other.layer, other.turn, other.override)


@given(cases())
def test_a_shift_is_the_same_whatever_was_asked(case):
    of, covers, start, end = case
    known = catalog(of, *covers)
    whole = whole_shifts(known, of, start, end)
    assert [(shift.person, max(shift.start, start), min(shift.end, end)) for shift in whole] == [
        (shift.person, shift.start, shift.end) for shift in shifts(known, of, start, end)
    ]
    for shift in whole:
        assert on_call_at(known, of, shift.start) == shift
        assert on_call_at(known, of, shift.end - GRID) == shift


@given(instants(utc("2015-01-01"), utc("2035-01-01")), st.sampled_from(ZONES))
@example(utc("2020-11-01T06:30"), "America/Chicago")
def test_all_day_on_all_days_restricts_nothing(begin, zone):
    everything = tuple(Restriction(frozenset({day}), time(), DAY) for day in range(7))
    of = schedule(
        Layer(Ref("x"), "Layer", begin, begin, 7 * DAY, ("a",), ZoneInfo(zone), zone, restrictions=everything)
    )
    (only,) = shifts(catalog(of), of, begin, begin + 6 * DAY)
    assert (only.start, only.end) == (begin, begin + 6 * DAY)
