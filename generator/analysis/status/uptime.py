"""Uptime of a component, day by day: exact, from the spans that incidents and maintenances gave it.

Major outages count whole, partial ones by a weight, degraded performance and maintenance not at all. Overlapping
spans are merged, never added. Days are the page's: they have 23 or 25 hours when its clocks change.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from generator.analysis.status.incidents import OPERATIONAL, SEVERITY
from generator.analysis.status.summary import StatusSpan
from generator.analysis.windows import Window, clip
from generator.records import dataclass

DAYS = 90
_NONE = timedelta()
_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Day:
    """One day of one component; `total` is the part of it that has passed and is counted (none before `since`)."""

    day: date
    worst: str
    """The worst status of the day; `operational` too where nothing is counted."""
    total: timedelta
    major: timedelta
    partial: timedelta
    """Time in a partial outage that was not a major one."""

    @property
    def is_counted(self) -> bool:
        """Whether there is anything to take a percentage of."""
        return self.total > _NONE

    def uptime(self, weight: Decimal) -> Fraction | None:
        """The share of the day that counts as up, from 0 to 1."""
        return uptime((self,), weight)


def uptime(days: Iterable[Day], weight: Decimal) -> Fraction | None:
    """The share of some days that counts as up, from 0 to 1; None where nothing is counted."""
    whole = major = partial = _NONE
    for day in days:
        whole += day.total
        if day.major or day.partial:
            major, partial = major + day.major, partial + day.partial
    if not whole:
        return None
    if not major and not partial:
        return Fraction(1)
    part, ones = weight.as_integer_ratio()
    counted = whole // _TICK * ones
    return Fraction(counted - major // _TICK * ones - partial // _TICK * part, counted)


def component_days(
    spans: Sequence[StatusSpan], now: datetime, zone: tzinfo, *, since: date | None = None, days: int = DAYS
) -> tuple[Day, ...]:
    """The last days of a component, oldest first, today until `now` the last."""
    return days_of(spans, quiet_days(now, zone, days), since)


class Quiet(NamedTuple):
    """A day on which nothing happened, and the part of it that has passed. Made once, shared by all components."""

    day: Day
    window: Window


def quiet_days(now: datetime, zone: tzinfo, days: int = DAYS) -> tuple[Quiet, ...]:
    """The last days, oldest first, the day of `now` the last."""
    windows = ((day, Window(start, min(end, now))) for day, start, end in day_bounds(now, zone, days))
    return tuple(Quiet(Day(day, OPERATIONAL, each.length, _NONE, _NONE), each) for day, each in windows)


def days_of(spans: Sequence[StatusSpan], calendar: Sequence[Quiet], since: date | None = None) -> tuple[Day, ...]:
    """The days of a calendar as one component had them; it takes time by the spans and the days they touch."""
    days = [_before(each.day) if since is not None and each.day.day < since else each.day for each in calendar]
    touched: dict[int, dict[str, timedelta]] = {}
    for status, level in SEVERITY.items():
        for index, length in _lengths(spans, level, calendar) if level else ():
            lengths = touched.setdefault(index, {})
            lengths[status] = lengths.get(status, _NONE) + length
    for index, lengths in touched.items():
        if days[index].total:
            days[index] = _day(days[index], lengths)
    return tuple(days)


def _before(day: Day) -> Day:
    """A day on which the component was not there yet."""
    return Day(day.day, OPERATIONAL, _NONE, _NONE, _NONE)


def _lengths(spans: Iterable[StatusSpan], level: int, calendar: Sequence[Quiet]) -> Iterator[tuple[int, timedelta]]:
    """How long the component was in a status of a level or a worse one, by the place of the day in the calendar."""
    first, now = calendar[0].window.start, calendar[-1].window.end
    windows = clip((Window(s.start, s.end or now) for s in spans if SEVERITY[s.status] >= level), first, now)
    for start, end in windows:
        index = bisect_right(calendar, start, key=lambda each: each.window.start) - 1
        while index < len(calendar) and calendar[index].window.start < end:
            day = calendar[index].window
            length = min(end, day.end) - max(start, day.start)
            if length > _NONE:
                yield index, length
            index += 1


def _day(quiet: Day, lengths: Mapping[str, timedelta]) -> Day:
    """`lengths` has for each status the time in which the component was in it or in a worse one."""
    worst = next(status for status in reversed(SEVERITY) if status in lengths)
    major = lengths.get("major_outage", _NONE)
    return Day(quiet.day, worst, quiet.total, major, lengths.get("partial_outage", _NONE) - major)


def day_bounds(now: datetime, zone: tzinfo, days: int = DAYS) -> Iterator[tuple[date, datetime, datetime]]:
    """The last days of a zone with their beginnings and ends in UTC, oldest first, the day of `now` the last."""
    today = now.astimezone(zone).date()
    for back in range(days - 1, -1, -1):
        day = today - timedelta(days=back)
        yield day, _midnight(day, zone), _midnight(day + timedelta(days=1), zone)


def _midnight(day: date, zone: tzinfo) -> datetime:
    # Where the clocks skip midnight, fold 0 is the instant of the change: the first one of the day.
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)
