"""Between instants and the wall clock of a zone, right through changes of clock.

Wall-clock times are naive `datetime`s: adding to them means what people mean by "the same time tomorrow".
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache

_MICROSECOND, _SECOND = timedelta(microseconds=1), timedelta(seconds=1)
_STEP = timedelta(weeks=1)
"""No zone moves its clock twice in a week."""
_LATELY = timedelta(days=2)
"""More than any clock was ever moved by."""


def to_wall(instant: datetime, zone: tzinfo) -> datetime:
    """What the wall clock of a zone shows at an instant."""
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)


def from_wall(wall: datetime, zone: tzinfo) -> datetime:
    """The first instant, in UTC, at which the wall clock of a zone shows a time or has passed it.

    A time that occurs twice is its first occurrence; one that a change of clock skips is the first instant after it.
    The result never goes back when `wall` goes on.
    """
    found = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if to_wall(found, zone) == wall:
        return found
    return _end_of_gap(wall, zone, before=wall.replace(tzinfo=zone, fold=1).astimezone(UTC), after=found)


def _end_of_gap(wall: datetime, zone: tzinfo, before: datetime, after: datetime) -> datetime:
    """The instant between two at which the clock jumps over `wall`, by halving."""
    while after - before > _MICROSECOND:
        middle = before + (after - before) / 2
        if to_wall(middle, zone) < wall:
            before = middle
        else:
            after = middle
    return after


def instants(wall: datetime, step: timedelta, zone: tzinfo) -> Iterator[datetime]:
    """`from_wall` of a wall-clock time and of all that follow it in equal steps, as long as one asks.

    Between two changes of clock instants are as far apart as wall-clock times, so only those near a change are looked
    up: a year of days takes a tenth of the time.
    """
    while True:
        found = from_wall(wall, zone)
        yield found
        wall += step
        # Up to here the clock goes on evenly, and it has not gone back lately, so no time is shown a second time.
        calm = _next_change(found - _LATELY, zone) - _LATELY
        while found + step < calm:
            found += step
            wall += step
            yield found


def _next_change(instant: datetime, zone: tzinfo) -> datetime:
    """The first change of clock after an instant; where none comes for a while, a moment until which none does."""
    changes = _changes_around(zone, instant.year)
    index = bisect_right(changes, instant)
    return changes[index] if index < len(changes) else datetime(instant.year + 1, 6, 1, tzinfo=UTC)


@lru_cache(maxsize=4096)
def _changes_around(zone: tzinfo, year: int) -> tuple[datetime, ...]:
    """From before a year until the middle of the next."""
    return changes_of_clock(zone, datetime(year, 1, 1, tzinfo=UTC) - _STEP, datetime(year + 1, 6, 1, tzinfo=UTC))


@lru_cache(maxsize=512)
def changes_of_clock(zone: tzinfo, start: datetime, end: datetime) -> tuple[datetime, ...]:
    """The instants between two, in UTC and to the second, at which the clock of a zone is moved."""
    found = []
    before = start.astimezone(UTC)
    while before < end:
        after = min(before + _STEP, end.astimezone(UTC))
        if before.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
            found.append(_change(before, after, zone))
        before = after
    return tuple(found)


def _change(before: datetime, after: datetime, zone: tzinfo) -> datetime:
    """The change between two instants, by halving."""
    old = before.astimezone(zone).utcoffset()
    while after - before > _SECOND:
        middle = before + timedelta(seconds=(after - before) // (2 * _SECOND))
        if middle.astimezone(zone).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after
