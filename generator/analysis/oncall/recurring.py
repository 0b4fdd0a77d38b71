"""Spans of local time that repeat (restrictions, coverage, support hours) as windows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache

from generator.analysis.oncall.clock import from_wall, to_wall
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
@lru_cache(maxsize=512)
def _expanded(written: tuple[Restriction, ...], zone: tzinfo, start: datetime, end: datetime) -> Windows:
    last = to_wall(end, zone).date() + _DAY
    spans = [
        _span(day, restriction, zone)
        for restriction in written
        for day in _days(to_wall(start, zone).date() - restriction.length - 2 * _DAY, last)
        if day.weekday() in restriction.days
    ]
    return clip(spans, start, end)


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _span(day: date, restriction: Restriction, zone: tzinfo) -> Window:
    wall = datetime.combine(day, restriction.start)
    return Window(from_wall(wall, zone), from_wall(wall + restriction.length, zone))
