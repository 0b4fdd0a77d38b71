"""Rest: nights on call after which work starts too soon."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING

from generator.analysis.memo import once_a_catalog
from generator.analysis.oncall.horizon import coming
from generator.analysis.oncall.load.buckets import hours_scale, night_of
from generator.analysis.oncall.load.coming import coming_windows
from generator.analysis.oncall.load.settings import buckets_of
from generator.analysis.oncall.load.working_hours import absences, hours_in
from generator.analysis.windows import Window, Windows
from generator.kinds.people import Person
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.catalog import Catalog
    from generator.kinds.restrictions import Restriction
    from generator.kinds.team import Schedule

REST = timedelta(hours=11)
"""Between the last moment at which a page may come at night, and the next start of work."""


@dataclass(frozen=True, slots=True)
class ShortNights:
    """The nights after which somebody's work starts too soon: how many, the end and the work of the first."""

    person: Person
    count: int
    first: datetime
    work: datetime


class _Positions(dict[datetime, int]):
    """How many of some moments, which are in order, have passed at an instant: many ask for the same ones."""

    def __init__(self, look: Callable[[datetime], int]) -> None:
        super().__init__()
        self._look = look

    def __missing__(self, instant: datetime) -> int:
        """An instant that nobody has asked about yet."""
        found = self[instant] = self._look(instant)
        return found


@dataclass(frozen=True, slots=True)
class _Nights:
    """The nights of a place, for all who live there and have the same working hours; one ends when work starts."""

    begun: _Positions
    ended: _Positions
    ends: tuple[datetime, ...]
    works: tuple[datetime, ...]
    """When work starts after each."""
    latest: tuple[datetime, ...]
    """Who is relieved later than this, before it ends, has too little rest."""
    short: tuple[int, ...]
    """How many of the nights before each leave too little rest when somebody is on call until they end."""


@once_a_catalog
def short_nights(catalog: Catalog, schedule: Schedule, now: datetime) -> tuple[ShortNights, ...]:
    """Whose working hours start within the rest after nights on a schedule; of those only whose hours are written."""
    night = night_of(buckets_of(catalog))
    found = []
    for ident, windows in coming_windows(catalog, schedule, now).items() if night is not None else ():
        person = catalog.get(Person, ident)
        if person is not None and person.working_hours:
            nights = _nights(catalog, person, now)
            away = absences(catalog, ident, Window(now, coming(now).end))
            count, first = _short(nights, windows, away, now)
            if first is not None:
                found.append(ShortNights(person, count, *first))
    return tuple(found)


_First = tuple[datetime, datetime]
"""When a night ends for somebody, and when work starts after it."""


def _short(nights: _Nights, windows: Windows, away: Windows, now: datetime) -> tuple[int, _First | None]:
    """How many nights of some times on call are short, and the first of them."""
    ended, begun = nights.ended, nights.begun
    count, first = 0, None
    for begins, relieved in windows:
        at, last = ended[begins], begun[relieved]
        if at >= last:
            continue  # most times on call are by day
        if relieved < nights.ends[last - 1]:  # during the last one
            last -= 1
            if relieved > now and relieved > nights.latest[last] and not _away(nights.works[last], away):
                count, first = count + 1, first or (relieved, nights.works[last])
        for start, end in _without(nights, at, last, away) if away else ((at, last),):
            many = nights.short[end] - nights.short[start]
            if many:
                count, first = count + many, first or _first(nights, start, end)
    return count, first


def _first(nights: _Nights, start: int, end: int) -> _First:
    """The first short night of a range that has one."""
    index = bisect_right(nights.short, nights.short[start], start, end + 1) - 1
    return nights.ends[index], nights.works[index]


def _without(nights: _Nights, first: int, last: int, away: Windows) -> Iterator[tuple[int, int]]:
    """A range of nights without those whose work falls into an absence."""
    for window in away:
        start, end = bisect_left(nights.works, window.start, first), bisect_left(nights.works, window.end, first)
        if start < last and end > first:
            yield first, min(start, last)
            first = max(first, end)
    if first < last:
        yield first, last


def _away(instant: datetime, away: Windows) -> bool:
    return any(window.start <= instant < window.end for window in away)


def _nights(catalog: Catalog, person: Person, now: datetime) -> _Nights:
    return _nights_of(catalog, person.working_hours, person.time_zone, person.country, now)


@once_a_catalog
def _nights_of(
    catalog: Catalog, written: tuple[Restriction, ...], zone: str, country: str | None, now: datetime
) -> _Nights:
    year = coming(now)
    scale = hours_scale(catalog, zone, year)
    night = scale.names[night_of(buckets_of(catalog)) or 0]
    begins = [each.start for each in hours_in(catalog, written, zone, country, year)]
    nights = (window for window, bucket in scale.pieces(year) if bucket == night and window.end > now)
    rows = [row for window in nights for row in _followed(window, begins)]
    short = accumulate((work < end + REST for _, end, work in rows), initial=0)
    starts, ends, works = zip(*rows, strict=True) if rows else ((), (), ())
    begun, ended = _Positions(partial(bisect_left, starts)), _Positions(partial(bisect_right, ends))
    return _Nights(begun, ended, ends, works, tuple(work - REST for work in works), tuple(short))


def _followed(night: Window, begins: list[datetime]) -> Iterator[tuple[datetime, datetime, datetime]]:
    """A night with the work after it. Work that starts in its first half is night work, and follows no night."""
    following = bisect_right(begins, night.start)
    for work in begins[following : following + 1]:
        if work - night.start > night.length / 2:
            yield night.start, min(night.end, work), work
