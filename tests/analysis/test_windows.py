from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from generator.analysis.windows import Window, carve, clip, intersection, subtraction, total, union, within

ZERO = datetime(2026, 1, 1, tzinfo=UTC)
SIZE = 24


def at(hour: int) -> datetime:
    return ZERO + timedelta(hours=hour)


def window(start: int, end: int) -> Window:
    return Window(at(start), at(end))


windows = st.lists(st.builds(window, st.integers(0, SIZE), st.integers(0, SIZE)), max_size=8)


def points(found) -> set[int]:
    return {hour for hour in range(SIZE) if any(each.start <= at(hour) < each.end for each in found)}


def assert_tidy(found) -> None:
    assert all(each.start < each.end for each in found)
    assert all(one.end < other.start for one, other in pairwise(found))


@given(windows, windows)
def test_sets_of_windows_are_sets_of_points(ones, others):
    for found, expected in (
        (union(ones, others), points(ones) | points(others)),
        (intersection(ones, others), points(ones) & points(others)),
        (subtraction(ones, others), points(ones) - points(others)),
    ):
        assert points(found) == expected
        assert_tidy(found)


@given(windows, st.integers(0, SIZE), st.integers(0, SIZE))
def test_clip_keeps_what_lies_between(ones, start, end):
    found = clip(ones, at(start), at(end))
    assert points(found) == points(ones) & set(range(start, end))
    assert_tidy(found)


@given(windows)
def test_total_counts_no_time_twice(ones):
    assert total(ones) == timedelta(hours=len(points(ones)))


@given(windows, st.integers(0, SIZE - 1), st.integers(1, SIZE))
def test_one_window_against_a_sorted_set(ones, start, length):
    one, tidy = window(start, start + length), union(ones)
    assert carve(one, tidy) == subtraction([one], ones)
    assert within(one, tidy) == intersection([one], ones)


def test_windows_that_touch_become_one():
    assert union([window(1, 2), window(2, 3)]) == (window(1, 3),)


def test_the_length_of_an_empty_window_is_zero():
    assert window(3, 1).length == timedelta()
