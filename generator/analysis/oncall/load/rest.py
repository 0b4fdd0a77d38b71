"""Rest: nights on call after which work starts too soon."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import datetime, timedelta
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


@dataclass(frozen=True, slots=True)
class _Nights:
    """The nights of a place, for all who live there and have the same working hours; one ends when work starts."""

    starts: tuple[datetime, ...]
    ends: tuple[datetime, ...]
    works: tuple[datetime, ...]
    """When work starts after each."""
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
            spans = list(_spans(nights, windows, away, now))
            count = sum(each[0] for each in spans)
            if count:
                _, end, work = next(each for each in spans if each[0])
                found.append(ShortNights(person, count, end, work))
    return tuple(found)


def _spans(nights: _Nights, windows: Windows, away: Windows, now: datetime) -> Iterator[tuple[int, datetime, datetime]]:
    """The short nights of times on call, as (how many, the first one's end for the person, when work starts then)."""
    last, starts, count = 0, nights.starts, len(nights.starts)
    for window in windows:
        while last < count and nights.ends[last] <= window[0]:
            last += 1
        if last == count:
            return
        # Most times on call are by day.
        if starts[last] < window[1]:
            first, last = last, bisect_left(starts, window[1], last)
            yield from _of_window(nights, first, last, window[1], away, now)
            last -= 1  # the next time may begin in the same night


def _of_window(
    nights: _Nights, first: int, last: int, until: datetime, away: Windows, now: datetime
) -> Iterator[tuple[int, datetime, datetime]]:
    """Those of one time on call, which has the nights from one position until before another, the last in part."""
    if until < nights.ends[last - 1]:  # relieved during the last one
        last -= 1
        if until > now and nights.works[last] < until + REST and not _away(nights.works[last], away):
            yield 1, until, nights.works[last]
    for start, end in _without(nights, first, last, away) if away else ((first, last),):
        count = nights.short[end] - nights.short[start]
        if count:
            index = bisect_right(nights.short, nights.short[start], start, end + 1) - 1
            yield count, nights.ends[index], nights.works[index]


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
    return _Nights(starts, ends, works, tuple(short))


def _followed(night: Window, begins: list[datetime]) -> Iterator[tuple[datetime, datetime, datetime]]:
    """A night with the work after it. Work that starts in its first half is night work, and follows no night."""
    following = bisect_right(begins, night.start)
    for work in begins[following : following + 1]:
        if work - night.start > night.length / 2:
            yield night.start, min(night.end, work), work
