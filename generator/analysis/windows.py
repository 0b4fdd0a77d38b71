"""Windows: half-open spans of time, and arithmetic on sets of them. All instants are aware and in UTC.

In UTC because Python subtracts and compares two times of one zone by their wall clocks, which is wrong around a change
of clock. Every function takes windows in any order, overlapping or empty, and gives them sorted, disjoint, not touching
and not empty.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple


class Window(NamedTuple):
    """From `start` until before `end`; it is empty where `end` is not after `start`."""

    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        """How long it is; zero when it is empty."""
        return max(self.end - self.start, timedelta())


Windows = tuple[Window, ...]


def union(*sets: Iterable[Window]) -> Windows:
    """All that lies in any of the windows; those that touch become one."""
    every = [window for windows in sets for window in windows if window[0] < window[1]]
    if _is_union(every):
        return tuple(every)
    every.sort()
    joined: list[Window] = []
    first, last = every[0]
    for start, end in every:
        if start > last:
            joined.append(Window(first, last))
            first, last = start, end
        elif end > last:
            last = end
    joined.append(Window(first, last))
    return tuple(joined)


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
    i = j = 0
    while i < len(left) and j < len(right):
        start, end = max(left[i].start, right[j].start), min(left[i].end, right[j].end)
        if start < end:
            both.append(Window(start, end))
        if left[i].end <= right[j].end:
            i += 1
        else:
            j += 1
    return tuple(both)


def subtraction(windows: Iterable[Window], holes: Iterable[Window]) -> Windows:
    """What lies in the windows and in none of the holes."""
    without = union(holes)
    left: list[Window] = []
    index, count = 0, len(without)
    for start, end in union(windows):
        while index < count and without[index][1] <= start:
            index += 1
        here = index
        while here < count and without[here][0] < end:
            hole = without[here]
            if hole[0] > start:
                left.append(Window(start, hole[0]))
            start = hole[1]  # noqa: PLW2901 (what is left of the window)
            here += 1
        if start < end:
            left.append(Window(start, end))
    return tuple(left)


def carve(window: Window, holes: Sequence[Window]) -> Windows:
    """What of one window lies in none of the holes, which have to be sorted and disjoint as `union` gives them."""
    left: list[Window] = []
    start = window.start
    first = max(bisect_right(holes, start, key=_start) - 1, 0)
    for index in range(first, len(holes)):
        hole = holes[index]
        if hole.start >= window.end:
            break
        if hole.start > start:
            left.append(Window(start, hole.start))
        start = max(start, hole.end)
    if start < window.end:
        left.append(Window(start, window.end))
    return tuple(left)


def within(window: Window, windows: Sequence[Window]) -> Windows:
    """What of some windows, which have to be sorted and disjoint as `union` gives them, lies in one."""
    found: list[Window] = []
    for index in range(max(bisect_right(windows, window.start, key=_start) - 1, 0), len(windows)):
        if windows[index].start >= window.end:
            break
        start, end = max(windows[index].start, window.start), min(windows[index].end, window.end)
        if start < end:
            found.append(Window(start, end))
    return tuple(found)


def clip(windows: Iterable[Window], start: datetime, end: datetime) -> Windows:
    """What of the windows lies from `start` until before `end`."""
    return union(
        each if each[0] >= start and each[1] <= end else Window(max(each[0], start), min(each[1], end))
        for each in windows
    )


def total(windows: Iterable[Window]) -> timedelta:
    """How much time the windows cover; what several of them cover counts once."""
    return sum((window.length for window in union(windows)), timedelta())


def _start(window: Window) -> datetime:
    return window.start
