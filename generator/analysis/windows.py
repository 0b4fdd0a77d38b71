"""Windows: half-open spans of time, and arithmetic on sets of them. All instants are aware and in UTC.

In UTC because Python subtracts and compares two times of one zone by their wall clocks, which is wrong around a change
of clock. Every function takes windows in any order, overlapping or empty, and gives them sorted, disjoint, not touching
and not empty.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from operator import itemgetter
from typing import NamedTuple

_ZERO = timedelta()


class Window(NamedTuple):
    """From `start` until before `end`; it is empty where `end` is not after `start`."""

    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        """How long it is; zero when it is empty."""
        start, end = self
        return end - start if start < end else _ZERO


Windows = tuple[Window, ...]


class _Union(tuple[Window, ...]):
    """Windows that are known to be sorted, disjoint, not touching and not empty: nobody looks again."""

    __slots__ = ()


_window = partial(tuple.__new__, Window)
"""A window from its two ends: the class does the same in three times the time."""


def union(*sets: Iterable[Window]) -> Windows:
    """All that lies in any of the windows; those that touch become one."""
    if len(sets) == 1 and isinstance(sets[0], _Union):
        return sets[0]
    every = [window for windows in sets for window in windows if window[0] < window[1]]
    if _is_union(every):
        return _Union(every)
    every.sort()
    joined: list[Window] = []
    first, last = every[0]
    for start, end in every:
        if start > last:
            joined.append(_window((first, last)))
            first, last = start, end
        elif end > last:
            last = end
    joined.append(_window((first, last)))
    return _Union(joined)


def _is_union(windows: Sequence[Window]) -> bool:
    """Whether they are sorted, disjoint and not touching already, as most are: the result of another union."""
    if not windows:
        return True
    last = windows[0][1]
    for start, end in windows[1:]:
        if start <= last:
            return False
        last = end
    return True


def intersection(ones: Iterable[Window], others: Iterable[Window]) -> Windows:
    """What lies in both sets."""
    left, right = union(ones), union(others)
    both: list[Window] = []
    i, j, lefts, rights = 0, 0, len(left), len(right)
    while i < lefts and j < rights:
        begins, ends = left[i]
        start, end = right[j]
        if ends <= end:
            i += 1
            if ends > start:
                both.append(left[i - 1] if begins >= start else _window((start, ends)))
        else:
            j += 1
            if begins < end:
                both.append(right[j - 1] if start >= begins else _window((begins, end)))
    return _Union(both)


def subtraction(windows: Iterable[Window], holes: Iterable[Window]) -> Windows:
    """What lies in the windows and in none of the holes."""
    without = union(holes)
    left: list[Window] = []
    index, count = 0, len(without)
    for window in union(windows):
        start, end = window
        while index < count and without[index][1] <= start:
            index += 1
        here = index
        while here < count and without[here][0] < end:
            hole = without[here]
            if hole[0] > start:
                left.append(_window((start, hole[0])))
            start = hole[1]
            here += 1
        if start < end:
            left.append(window if here == index else _window((start, end)))
    return _Union(left)


def carve(window: Window, holes: Sequence[Window]) -> Windows:
    """What of one window lies in none of the holes, which have to be sorted and disjoint as `union` gives them."""
    left: list[Window] = []
    start, end = window
    first = max(bisect_right(holes, start, key=_start) - 1, 0)
    for index in range(first, len(holes)):
        begins, ends = holes[index]
        if begins >= end:
            break
        if begins > start:
            left.append(_window((start, begins)))
        start = max(start, ends)
    if start < end:
        left.append(_window((start, end)))
    return tuple(left)


def within(window: Window, windows: Sequence[Window]) -> Windows:
    """What of some windows, which have to be sorted and disjoint as `union` gives them, lies in one."""
    found: list[Window] = []
    first, last = window
    for index in range(max(bisect_right(windows, first, key=_start) - 1, 0), len(windows)):
        start, end = windows[index]
        if start >= last:
            break
        start, end = max(start, first), min(end, last)
        if start < end:
            found.append(_window((start, end)))
    return tuple(found)


def clip(windows: Iterable[Window], start: datetime, end: datetime) -> Windows:
    """What of the windows lies from `start` until before `end`."""
    if isinstance(windows, _Union) and (not windows or (windows[0][0] >= start and windows[-1][1] <= end)):
        return windows
    return union(
        each if each[0] >= start and each[1] <= end else _window((max(each[0], start), min(each[1], end)))
        for each in windows
    )


def total(windows: Iterable[Window]) -> timedelta:
    """How much time the windows cover; what several of them cover counts once."""
    return sum([end - start for start, end in union(windows)], _ZERO)


_start = itemgetter(0)
