"""Time on call by the kind of hour it is where the person lives: computed in UTC, classified by the local clock.

Every instant lies in one bucket: a holiday of the person's country, else a weekend there, else the hours of the day.
So the buckets of a span add up to the time that passes in it, on days of 23 and 25 hours too.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import pairwise
from typing import TYPE_CHECKING

from generator import times
from generator.analysis.memo import once_a_catalog
from generator.analysis.oncall.clock import to_wall
from generator.analysis.oncall.holidays import calendar
from generator.analysis.oncall.settings import HOLIDAY, ONCALL, WEEKEND, Buckets
from generator.analysis.windows import Window
from generator.kinds.people import Person
from generator.settings import TIME_ZONE

if TYPE_CHECKING:
    from generator.catalog import Catalog

Amounts = tuple[timedelta, ...]
"""Time by bucket, in the order of the buckets' names."""
_DAY, _MICROSECOND, _ZERO = timedelta(days=1), timedelta(microseconds=1), timedelta()
_STEP = timedelta(hours=6)
"""No zone changes its clock twice within it."""
_Kinds = Callable[[date], Sequence[tuple[time, int]]]
DEEP_NIGHT = time(3)
"""Whatever the buckets are called, the one of this moment is the night."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How a span falls into buckets where somebody lives. Windows that are asked about have to lie in the span."""

    names: tuple[str, ...]
    edges: tuple[datetime, ...]
    """Where the bucket changes; the first is the start of the span."""
    kinds: tuple[int, ...]
    """The bucket from each edge on, as a position in `names`."""
    before: tuple[Amounts, ...]
    """What has passed in each bucket at each edge."""

    def amounts(self, window: Window) -> Amounts:
        """How much of a window falls into each bucket."""
        first, last = self._at(window.start), self._at(window.end)
        if first == last:
            return self._lone(self.kinds[first], window.length)
        start, end = self._passed(first, window.start), self._passed(last, window.end)
        return tuple(map(timedelta.__sub__, end, start))

    def pieces(self, window: Window) -> Iterator[tuple[Window, str]]:
        """A window in order, cut where the bucket changes."""
        start = window.start
        for index in range(self._at(start), len(self.edges)):
            end = self.edges[index + 1] if index + 1 < len(self.edges) else window.end
            yield Window(start, min(end, window.end)), self.names[self.kinds[index]]
            start = end
            if end >= window.end:
                return

    def bucket(self, instant: datetime) -> str:
        """The bucket of an instant."""
        return self.names[self.kinds[self._at(instant)]]

    def _at(self, instant: datetime) -> int:
        return max(bisect_right(self.edges, instant) - 1, 0)

    def _passed(self, index: int, instant: datetime) -> Amounts:
        passed = list(self.before[index])
        passed[self.kinds[index]] += instant - self.edges[index]
        return tuple(passed)

    def _lone(self, kind: int, length: timedelta) -> Amounts:
        return tuple(length if each == kind else _ZERO for each in range(len(self.names)))


def scale_of(catalog: Catalog, person: str, span: Window) -> Scale:
    """The buckets of a person; of one who is not known, those of the settings' zone without holidays."""
    zone, country = place_of(catalog, person)
    return scale(catalog, zone, country, span)


def place_of(catalog: Catalog, person: str) -> tuple[str, str | None]:
    """The zone and the country by which somebody's time is counted."""
    known = catalog.get(Person, person)
    return (catalog.settings.get(TIME_ZONE), None) if known is None else (known.time_zone, known.country)


@once_a_catalog
def scale(catalog: Catalog, zone: str, country: str | None, span: Window) -> Scale:
    """The buckets of everybody who lives in a zone and has a country's holidays."""
    buckets = catalog.settings.get(ONCALL)
    place = times.zone(zone)
    first, last = to_wall(span.start, place).year, to_wall(span.end, place).year
    days = calendar(catalog, country, first, last)
    whole = {
        **dict.fromkeys(days.weekends, ((time(), buckets.names.index(WEEKEND)),)),
        **dict.fromkeys(days.names, ((time(), buckets.names.index(HOLIDAY)),)),
    }
    hours = _hours(buckets)
    return _scale(buckets.names, place, span, lambda day: whole.get(day, hours))


@once_a_catalog
def hours_scale(catalog: Catalog, zone: str, span: Window) -> Scale:
    """The same by the clock alone, as if no day were a weekend or a holiday: Sunday has a night too."""
    buckets = catalog.settings.get(ONCALL)
    hours = _hours(buckets)
    return _scale(buckets.names, times.zone(zone), span, lambda _: hours)


def night_of(buckets: Buckets) -> int | None:
    """Which bucket is the night; None where the day is not divided."""
    if len({name for _, name in buckets.starts}) == 1:
        return None
    return buckets.names.index([name for start, name in buckets.starts if start <= DEEP_NIGHT][-1])


def added(amounts: Iterable[Amounts], count: int) -> Amounts:
    """Sums by bucket."""
    total = [_ZERO] * count
    for each in amounts:
        for index, amount in enumerate(each):
            total[index] += amount
    return tuple(total)


def _hours(buckets: Buckets) -> tuple[tuple[time, int], ...]:
    return tuple((start, buckets.names.index(name)) for start, name in buckets.starts)


def _scale(names: tuple[str, ...], zone: tzinfo, span: Window, kinds: _Kinds) -> Scale:
    edges: list[tuple[datetime, int]] = []
    for part in _same_offset(zone, span):
        for instant, kind in _edges(part, to_wall(part.start, zone) - part.start.replace(tzinfo=None), kinds):
            if not edges or edges[-1][1] != kind:
                edges.append((instant, kind))
    before, passed = [(_ZERO,) * len(names)], [_ZERO] * len(names)
    for (start, kind), (end, _) in pairwise(edges):
        passed[kind] += end - start
        before.append(tuple(passed))
    return Scale(names, tuple(start for start, _ in edges), tuple(kind for _, kind in edges), tuple(before))


def _edges(part: Window, offset: timedelta, kinds: _Kinds) -> Iterator[tuple[datetime, int]]:
    """Where the bucket may change while the offset is the same; the first edge is the start of the part."""
    start = part.start.replace(tzinfo=None) + offset
    end = part.end.replace(tzinfo=None) + offset
    day = start.date()
    while (midnight := datetime.combine(day, time())) < end:
        of_day = kinds(day)
        for index, (begins, kind) in enumerate(of_day):
            wall = datetime.combine(day, begins)
            later = datetime.combine(day, of_day[index + 1][0]) if index + 1 < len(of_day) else midnight + _DAY
            if later > start and wall < end:
                yield part.start + (max(wall, start) - start), kind
        day += _DAY


def _same_offset(zone: tzinfo, span: Window) -> Iterator[Window]:
    """A span, cut at the changes of clock in it."""
    start = here = span.start
    while here < span.end:
        then = min(here + _STEP, span.end)
        if then.astimezone(zone).utcoffset() != here.astimezone(zone).utcoffset():
            change = _change(zone, here, then)
            if change < span.end:
                yield Window(start, change)
                start = change
        here = then
    yield Window(start, span.end)


def _change(zone: tzinfo, before: datetime, after: datetime) -> datetime:
    """The first instant with the new offset."""
    old = before.astimezone(zone).utcoffset()
    while after - before > _MICROSECOND:
        middle = before + (after - before) / 2
        if middle.astimezone(zone).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after
