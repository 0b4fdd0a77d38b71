"""What a layer of another zone hides: PagerDuty lets no schedule win over another, so the lower one steps back itself.

Only what is hidden in every week of the coming year is taken out of the lower layer. What clocks that change on other
days leave over is an hour or two in which both are called; a gap is never opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from functools import lru_cache
from typing import NamedTuple

from generator.analysis.oncall import recurring
from generator.analysis.oncall.clock import from_wall, to_wall
from generator.analysis.windows import Window, Windows, clip, intersection, subtraction, union
from generator.kinds.restrictions import WEEK, Restriction
from generator.kinds.team import Layer

WEEKS = 53


class Hours(NamedTuple):
    """What of a layer says when it has somebody, whoever that is: many layers of a company have the same."""

    start: datetime
    end: datetime | None
    zone: tzinfo
    restrictions: tuple[Restriction, ...]


_MONDAY = datetime(2001, 1, 1)  # noqa: DTZ001  # any Monday: the week is one of the wall clock
_DAY = timedelta(days=1)
_WEEK = Window(_MONDAY, _MONDAY + WEEK)


def step_back(layer: Layer, above: Sequence[Layer], now: datetime) -> Layer | None:
    """The layer without what layers above it hide; itself where they hide nothing, None where they hide all of it."""
    hidden = _always(tuple(map(hours_of, above)), layer.zone, now) if above else ()
    own = union(_written(layer.restrictions))
    if not intersection(own, hidden):
        return layer
    left = subtraction(own, hidden)
    return replace(layer, restrictions=tuple(_restriction(each) for each in left)) if left else None


def hours_of(layer: Layer) -> Hours:
    """The hours of a layer."""
    return Hours(layer.start, layer.end, layer.zone, layer.restrictions)


@lru_cache(maxsize=1024)
def _always(layers: tuple[Hours, ...], zone: tzinfo, now: datetime) -> Windows:
    """What of a week some layers are on duty in, in every week of the coming year, on the wall clock of a zone."""
    today = to_wall(now, zone).replace(hour=0, minute=0, second=0, microsecond=0)
    monday = today - _DAY * today.weekday() + WEEK
    first, last = from_wall(monday, zone), from_wall(monday + WEEK * WEEKS, zone)
    staying = [each for each in layers if each.start <= first and (each.end is None or each.end >= last)]
    found: Windows = (_WEEK,)
    for week in _weeks(monday, (zone, *dict.fromkeys(each.zone for each in staying))):
        found = intersection(found, _of_week(staying, zone, week)) if found else ()
    return found


@lru_cache(maxsize=256)
def _weeks(monday: datetime, zones: tuple[tzinfo, ...]) -> tuple[datetime, ...]:
    """The Mondays of a year, each sort once: weeks in which no clock differs from another week's are alike."""
    kinds: dict[tuple[timedelta | None, ...], datetime] = {}
    for number in range(WEEKS):
        week = monday + WEEK * number
        ends = (from_wall(each, zones[0]) for each in (week, week + WEEK))
        offsets = tuple(end.astimezone(zone).utcoffset() for end in ends for zone in zones)
        kinds.setdefault(offsets, week)
    return tuple(kinds.values())


def _of_week(layers: Iterable[Hours], zone: tzinfo, monday: datetime) -> Windows:
    start, end = from_wall(monday, zone), from_wall(monday + WEEK, zone)
    duty = union(*(on_duty(layer, start, end) for layer in layers))
    shift = _MONDAY - monday
    return union(Window(to_wall(each.start, zone) + shift, _end(each.end, end, monday, zone) + shift) for each in duty)


def _end(instant: datetime, end: datetime, monday: datetime, zone: tzinfo) -> datetime:
    return monday + WEEK if instant >= end else to_wall(instant, zone)


def on_duty(layer: Layer | Hours, start: datetime, end: datetime) -> Windows:
    """When a layer has somebody, whoever it is, between two instants."""
    start, end = max(start, layer.start), min(end, layer.end or end)
    return clip(recurring(layer.restrictions, layer.zone, start, end), start, end) if start < end else ()


def _written(restrictions: Iterable[Restriction]) -> Iterable[Window]:
    """The week of a layer; what goes over its end goes on at its beginning."""
    spans = [
        Window(start, start + min(each.length, WEEK))
        for each in restrictions
        for day in each.days
        for start in (datetime.combine(_MONDAY + _DAY * day, each.start),)
    ]
    if not spans:
        return (_WEEK,)
    return (*clip(spans, *_WEEK), *clip((Window(one - WEEK, other - WEEK) for one, other in spans), *_WEEK))


def _restriction(window: Window) -> Restriction:
    return Restriction(frozenset({window.start.weekday()}), window.start.time(), window.length)
