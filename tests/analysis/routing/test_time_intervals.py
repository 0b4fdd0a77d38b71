"""Times as Alertmanager has them: a span holds exactly, minute by minute."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis.oncall import recurring
from generator.analysis.routing.time_intervals import downwards, of_restrictions, of_windows, outwards
from generator.analysis.windows import Window
from generator.kinds.restrictions import Restriction
from tests.analysis.time_fields import holds

MINUTE = timedelta(minutes=1)
START = datetime(2027, 12, 25, tzinfo=UTC)  # over the end of a year, and before a 29th of February


def at(minutes: int) -> datetime:
    return START + minutes * MINUTE


def fields(windows):
    return [span.fields() for span in of_windows(windows)]


spans = st.builds(
    lambda start, length: Window(at(start), at(start + length)), st.integers(0, 100_000), st.integers(0, 20_000)
)


@given(st.lists(spans, max_size=6))
def test_windows_hold_exactly_minute_by_minute(windows: list[Window]) -> None:
    found = fields(windows)
    edges = {edge + shift * MINUTE for window in windows for edge in window for shift in (-1, 0, 1)}
    middles = {window.start + (window.end - window.start) / 2 for window in windows}
    for instant in (*edges, *middles, *(at(each) for each in range(0, 120_000, 997))):
        minute = instant.replace(second=0)
        assert holds(found, minute) == any(window.start <= minute < window.end for window in windows), minute


@given(st.integers(0, 9_000), st.integers(1, 1_600))
def test_one_window_holds_at_every_minute(start: int, length: int) -> None:
    found = fields([Window(at(start), at(start + length))])
    assert [holds(found, at(each)) for each in range(start - 2, start + length + 2)] == (
        [False] * 2 + [True] * length + [False] * 2
    )


def test_days_alike_are_one_span() -> None:
    night = [Window(at(day * 1440 + 1200), at(day * 1440 + 1800)) for day in range(28)]
    assert len(of_windows(night)) == 4  # the first day, the last one, and the rest of each month
    assert fields([Window(START, START + timedelta(days=10))]) == [
        {"years": ["2027"], "months": ["12"], "days_of_month": ["25:31"]},
        {"years": ["2028"], "months": ["1"], "days_of_month": ["1:3"]},
    ]


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 10**5)), min_size=1, max_size=5))
def test_rounding_outwards_loses_nothing_and_adds_less_than_a_minute(seconds: list[tuple[int, int]]) -> None:
    windows = [Window(START + timedelta(seconds=a), START + timedelta(seconds=a + length)) for a, length in seconds]
    rounded = outwards(windows)
    for window in windows:
        assert any(each.start <= window.start and window.end <= each.end for each in rounded)
    for each in rounded:
        assert each.start.second == each.end.second == 0
        assert any(timedelta() <= window.start - each.start < MINUTE for window in windows)
        assert any(timedelta() <= each.end - window.end < MINUTE for window in windows)


@given(st.lists(st.integers(0, 10**5), min_size=3, max_size=6, unique=True))
def test_rounding_downwards_keeps_neighbours_apart_and_without_a_gap(seconds: list[int]) -> None:
    edges = [START + timedelta(seconds=each) for each in sorted(seconds)]
    parts = [downwards([Window(a, b)]) for a, b in pairwise(edges)]
    whole = downwards([Window(edges[0], edges[-1])])
    assert sum((part[0].length for part in parts if part), timedelta()) == sum((w.length for w in whole), timedelta())


restriction = st.builds(
    Restriction,
    days=st.frozensets(st.integers(0, 6), min_size=1),
    start=st.builds(time, st.integers(0, 23), st.integers(0, 59)),
    length=st.integers(1, 7 * 1440).map(lambda minutes: minutes * MINUTE),
)


@pytest.mark.parametrize("zone", ["Etc/UTC", "Asia/Kolkata", "America/Argentina/Buenos_Aires", "Europe/Madrid"])
@given(st.lists(restriction, min_size=1, max_size=3))
def test_hours_that_repeat_are_those_of_the_expansion(zone: str, hours: list[Restriction]) -> None:
    """In weeks without a change of clock: in one with, Alertmanager goes by the wall clock of each day."""
    found = [span.fields() for span in of_restrictions(hours, zone)]
    start = datetime(2027, 1, 11, tzinfo=UTC)
    expected = recurring(tuple(hours), ZoneInfo(zone), start, start + timedelta(days=8))
    for minutes in range(0, 8 * 1440, 59):
        instant = start + minutes * MINUTE
        assert holds(found, instant) == any(w.start <= instant < w.end for w in expected), instant


def test_hours_as_alertmanager_has_them() -> None:
    late = Restriction(frozenset(range(5)), time(17), timedelta(hours=8))
    assert [span.fields() for span in of_restrictions([late], "Europe/Madrid")] == [
        {"weekdays": ["monday"], "times": [{"start_time": "17:00", "end_time": "24:00"}], "location": "Europe/Madrid"},
        {
            "weekdays": ["tuesday:friday"],
            "times": [{"start_time": "00:00", "end_time": "01:00"}, {"start_time": "17:00", "end_time": "24:00"}],
            "location": "Europe/Madrid",
        },
        {
            "weekdays": ["saturday"],
            "times": [{"start_time": "00:00", "end_time": "01:00"}],
            "location": "Europe/Madrid",
        },
    ]
