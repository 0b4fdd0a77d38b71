"""Spans of local time that repeat (restrictions, coverage, support hours) as windows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, tzinfo
from functools import lru_cache
from itertools import cycle

from generator.analysis.oncall.clock import instants, to_wall
from generator.analysis.windows import Window, Windows, clip
from generator.kinds.restrictions import Restriction

_DAY = timedelta(days=1)


def recurring(restrictions: Iterable[Restriction], zone: tzinfo, start: datetime, end: datetime) -> Windows:
    """The union of the restrictions between two instants, by the wall clock of a zone; none at all restricts nothing.

    A span starts and ends at its local times also on days of 23 and 25 hours, so spans that meet on the wall clock
    meet in time as well.
    """
    written = tuple(restrictions)
    return _expanded(written, zone, start, end) if written else clip([Window(start, end)], start, end)


# Schedules share their hours, and several checks ask for the same year.


# Schedules share their hours, and several checks ask for the same year.
@lru_cache(maxsize=512)
def _expanded(written: tuple[Restriction, ...], zone: tzinfo, start: datetime, end: datetime) -> Windows:
    spans = (span for restriction in written for span in _spans(restriction, zone, start, end))
    return clip(spans, start, end)


def _spans(restriction: Restriction, zone: tzinfo, start: datetime, end: datetime) -> Iterator[Window]:
    """From before the start until after the end."""
    day = to_wall(start, zone).date() - restriction.length - 2 * _DAY
    wall = datetime.combine(day, restriction.start)
    begins, ends = instants(wall, _DAY, zone), instants(wall + restriction.length, _DAY, zone)
    for weekday, window in zip(cycle(_week_from(day.weekday())), map(Window, begins, ends), strict=False):
        if weekday in restriction.days:
            yield window
        if window.start >= end:
            return


def _week_from(day: int) -> tuple[int, ...]:
    return tuple((day + n) % 7 for n in range(7))
