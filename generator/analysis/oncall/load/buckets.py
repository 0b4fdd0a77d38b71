"""Time on call by the kind of hour it is where the person lives: computed in UTC, classified by the local clock.

Every instant lies in one bucket: a holiday of the person's country, else a weekend there, else the hours of the day.
So the buckets of a span add up to the time that passes in it, on days of 23 and 25 hours too.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from generator import times
from generator.analysis.memo import once_a_catalog
from generator.analysis.oncall.clock import changes_of_clock, to_wall
from generator.analysis.oncall.load.holidays import calendar
from generator.analysis.oncall.load.settings import HOLIDAY, WEEKEND, Buckets, buckets_of
from generator.analysis.windows import Window
from generator.kinds.people import Person
from generator.records import dataclass
from generator.settings import TIME_ZONE

if TYPE_CHECKING:
    from generator.catalog import Catalog

Amounts = tuple[timedelta, ...]
"""Time by bucket, in the order of the buckets' names."""
_DAY, _MICROSECOND, _EPOCH = timedelta(days=1), timedelta(microseconds=1), datetime(1970, 1, 1, tzinfo=UTC)
_WIDTH, _MOST = 64, (1 << 64) - 1
_A_DAY = _DAY // _MICROSECOND
_Hours = tuple[tuple[int, int, int], ...]
"""From when until when of a day, in microseconds, which bucket."""
DEEP_NIGHT = time(3)
"""Whatever the buckets are called, the one of this moment is the night."""


class Passed(dict[datetime, int]):
    """What has passed in each bucket until an instant, as `_packed` has it; calculated when it is asked for."""

    def __init__(self, edges: tuple[int, ...], kinds: tuple[int, ...], before: tuple[int, ...]) -> None:
        super().__init__()
        self._edges, self._kinds, self._before = edges, kinds, before

    def __missing__(self, instant: datetime) -> int:
        """An instant that nobody has asked about yet."""
        number = _number(instant)
        at = bisect_right(self._edges, number) - 1
        found = self[instant] = self._before[at] + _packed(number - self._edges[at], self._kinds[at])
        return found


@dataclass(frozen=True, slots=True)
class Scale:
    """How a span falls into buckets where somebody lives. Windows that are asked about have to lie in the span.

    Instants are whole microseconds since 1970 in here: whole numbers are counted ten times as fast as `datetime`s.
    """

    names: tuple[str, ...]
    edges: tuple[int, ...]
    """Where the bucket changes; the first is the start of the span."""
    kinds: tuple[int, ...]
    """The bucket from each edge on, as a position in `names`."""
    known: Passed = field(compare=False, repr=False)
    """What has passed at each moment that was asked about: hundreds of schedules hand over at the same ones.

    The difference of two of them is what lies between, in one number, and sums of these are sums of each bucket.
    """

    def amounts(self, windows: Iterable[Window]) -> Amounts:
        """How much of disjoint windows falls into each bucket."""
        known = self.known
        return self.unpacked(sum([known[end] - known[start] for start, end in windows]))

    def unpacked(self, count: int) -> Amounts:
        """What such a number says."""
        return tuple((count >> _WIDTH * kind & _MOST) * _MICROSECOND for kind in range(len(self.names)))

    def pieces(self, window: Window) -> Iterator[tuple[Window, str]]:
        """A window in order, cut where the bucket changes."""
        start, index = window.start, bisect_right(self.edges, _number(window.start)) - 1
        while start < window.end:
            following = self.edges[index + 1 : index + 2]
            end = min(_EPOCH + following[0] * _MICROSECOND, window.end) if following else window.end
            yield Window(start, end), self.names[self.kinds[index]]
            start, index = end, index + 1

    def bucket(self, instant: datetime) -> str:
        """The bucket of an instant."""
        return self.names[self.kinds[bisect_right(self.edges, _number(instant)) - 1]]


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
    buckets = buckets_of(catalog)
    place = times.zone(zone)
    first, last = to_wall(span.start, place).year, to_wall(span.end, place).year
    days = calendar(catalog, country, first, last)
    whole = {
        **dict.fromkeys(days.weekends, ((0, _A_DAY, buckets.names.index(WEEKEND)),)),
        **dict.fromkeys(days.names, ((0, _A_DAY, buckets.names.index(HOLIDAY)),)),
    }
    hours = _hours(buckets)
    return _scale(buckets.names, place, span, lambda day: whole.get(day, hours))


@once_a_catalog
def hours_scale(catalog: Catalog, zone: str, span: Window) -> Scale:
    """The same by the clock alone, as if no day were a weekend or a holiday: Sunday has a night too."""
    buckets = buckets_of(catalog)
    hours = _hours(buckets)
    return _scale(buckets.names, times.zone(zone), span, lambda _: hours)


def night_of(buckets: Buckets) -> int | None:
    """Which bucket is the night; None where the day is not divided."""
    if len({name for _, name in buckets.starts}) == 1:
        return None
    return buckets.names.index([name for start, name in buckets.starts if start <= DEEP_NIGHT][-1])


def _hours(buckets: Buckets) -> _Hours:
    starts = [timedelta(hours=start.hour, minutes=start.minute) // _MICROSECOND for start, _ in buckets.starts]
    names = (buckets.names.index(name) for _, name in buckets.starts)
    return tuple(zip(starts, [*starts[1:], _A_DAY], names, strict=True))


def _scale(names: tuple[str, ...], zone: tzinfo, span: Window, hours: Callable[[date], _Hours]) -> Scale:
    edges: list[tuple[int, int]] = []
    for part in _same_offset(zone, span):
        for start, kind in _edges(part, to_wall(part.start, zone) - part.start.replace(tzinfo=None), hours):
            if not edges or edges[-1][1] != kind:
                edges.append((start, kind))
    starts = [start for start, _ in edges]
    parts = (_packed(end - start, kind) for (start, end), (_, kind) in zip(pairwise(starts), edges, strict=False))
    known = tuple(starts), tuple(kind for _, kind in edges)
    return Scale(names, *known, Passed(*known, tuple(accumulate(parts, initial=0))))


def _packed(time: int, kind: int) -> int:
    """Microseconds in one bucket, as a number that has room for those in every other: 64 bits for each."""
    return time << _WIDTH * kind


def _number(instant: datetime) -> int:
    return (instant - _EPOCH) // _MICROSECOND


def _edges(part: Window, offset: timedelta, hours: Callable[[date], _Hours]) -> Iterator[tuple[int, int]]:
    """Where the bucket may change while the offset is the same; the first edge is the start of the part."""
    start, end = map(_number, part)
    day = (part.start + offset).date()
    midnight = _number(datetime.combine(day, time(), UTC)) - offset // _MICROSECOND
    while midnight < end:
        for begins, ends, kind in hours(day):
            if midnight + ends > start and midnight + begins < end:
                yield max(midnight + begins, start), kind
        day, midnight = day + _DAY, midnight + _A_DAY


def _same_offset(zone: tzinfo, span: Window) -> Iterator[Window]:
    """A span, cut at the changes of clock in it."""
    start = span.start
    for change in changes_of_clock(zone, start.replace(microsecond=0), span.end):
        if start < change < span.end:
            yield Window(start, change)
            start = change
    yield Window(start, span.end)
