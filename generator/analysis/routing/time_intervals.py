"""Times as Alertmanager writes them in `time_intervals`: by day of a calendar, minute by minute, in a zone.

An interval is a list of spans, and holds at an instant where any of them does: where the day fits in every field that
is given, and the minute lies in one of the times. No field crosses midnight, so what does is split there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from generator.analysis.windows import Window, union
from generator.kinds.restrictions import Restriction
from generator.records import dataclass

DAY = 24 * 60
"""Minutes of a day."""
_MINUTE = timedelta(minutes=1)
_MIDNIGHT = timedelta(days=1)
_WEEK = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
"""As Alertmanager counts: its ranges never go over the end of a week, which is a Saturday."""

Minutes = tuple[tuple[int, int], ...]
"""Spans of a day in minutes after midnight, half open, sorted and apart."""


@dataclass(frozen=True, slots=True)
class Span:
    """One entry. `times` empty: the whole day. Days are either dates of one month, or days of the week (0 = Monday)."""

    times: Minutes = ()
    year: int | None = None
    month: int | None = None
    days: tuple[int, ...] = ()
    weekdays: tuple[int, ...] = ()
    zone: str | None = None

    @property
    def _week(self) -> tuple[int, ...]:
        return tuple(sorted((day + 1) % 7 for day in self.weekdays))

    def fields(self) -> dict[str, Any]:
        """The entry in Alertmanager's keys. Ranges are `first:last`, both included; the end of a time is not."""
        found = {
            "years": [] if self.year is None else [str(self.year)],
            "months": [] if self.month is None else [str(self.month)],
            "days_of_month": [_range(first, last) for first, last in _runs(self.days)],
            "weekdays": [_range(_WEEK[first], _WEEK[last]) for first, last in _runs(self._week)],
            "times": [{"start_time": _clock(start), "end_time": _clock(end)} for start, end in self.times],
            "location": self.zone,
        }
        return {name: value for name, value in found.items() if value}


@dataclass(frozen=True, slots=True)
class TimeInterval:
    """A named time of Alertmanager. `why` says in words what it is."""

    name: str
    spans: tuple[Span, ...]
    why: str


def outwards(windows: Iterable[Window]) -> tuple[Window, ...]:
    """Windows in whole minutes that hold all of the given ones."""
    return union(
        Window(_floor(window.start), -(-_since(window.end) // _MINUTE) * _MINUTE + _EPOCH) for window in windows
    )


def downwards(windows: Iterable[Window]) -> tuple[Window, ...]:
    """Windows with both ends at the minute before: those that follow each other still do, without overlap."""
    return union(Window(_floor(window.start), _floor(window.end)) for window in windows)


def of_windows(windows: Iterable[Window]) -> tuple[Span, ...]:
    """Windows of whole minutes, in UTC. Days of one month with the same minutes are one span."""
    by_day: dict[date, list[tuple[int, int]]] = {}
    for window in union(windows):
        for day, start, end in _split(window):
            by_day.setdefault(day, []).append((start, end))
    alike: dict[tuple[int, int, Minutes], list[int]] = {}
    for day, minutes in sorted(by_day.items()):
        alike.setdefault((day.year, day.month, _merged(minutes)), []).append(day.day)
    return tuple(
        Span(_unless_whole(minutes), year, month, tuple(days)) for (year, month, minutes), days in alike.items()
    )


def of_restrictions(restrictions: Iterable[Restriction], zone: str) -> tuple[Span, ...]:
    """Hours that repeat every week, on the clock of a zone. Days with the same hours are one span."""
    by_day: list[list[tuple[int, int]]] = [[] for _ in _WEEK]
    for restriction in restrictions:
        for first in restriction.days:
            for day, start, end in _over_days(restriction):
                by_day[(first + day) % 7].append((start, end))
    alike: dict[Minutes, list[int]] = {}
    for weekday, minutes in enumerate(by_day):
        if minutes:
            alike.setdefault(_merged(minutes), []).append(weekday)
    return tuple(Span(_unless_whole(minutes), weekdays=tuple(days), zone=zone) for minutes, days in alike.items())


def described(intervals: Iterable[TimeInterval]) -> Mapping[str, list[dict[str, Any]]]:
    """Name → entries, as Alertmanager has them."""
    return {interval.name: [span.fields() for span in interval.spans] for interval in intervals}


def _split(window: Window) -> Iterator[tuple[date, int, int]]:
    """The days that a window touches, each with its first and last minute."""
    start = window.start.astimezone(UTC)
    end = window.end.astimezone(UTC)
    while start < end:
        midnight = datetime(start.year, start.month, start.day, tzinfo=UTC)
        until = min(end, midnight + _MIDNIGHT)
        yield start.date(), (start - midnight) // _MINUTE, (until - midnight) // _MINUTE
        start = until


def _over_days(restriction: Restriction) -> Iterator[tuple[int, int, int]]:
    """Day after the first, first and last minute of each day that a restriction touches; it has at most a week."""
    start = restriction.start.hour * 60 + restriction.start.minute
    end = start + restriction.length // _MINUTE
    for day in range(-(-end // DAY)):
        yield day, max(start - day * DAY, 0), min(end - day * DAY, DAY)


def _merged(minutes: Iterable[tuple[int, int]]) -> Minutes:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(minutes):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        elif start < end:
            joined.append((start, end))
    return tuple(joined)


def _unless_whole(minutes: Minutes) -> Minutes:
    return () if minutes == ((0, DAY),) else minutes


def _runs(numbers: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """Numbers that follow each other, as first and last."""
    first = None
    for index, number in enumerate(numbers):
        first = number if first is None else first
        if number + 1 not in numbers[index + 1 : index + 2]:
            yield first, number
            first = None


def _range(first: object, last: object) -> str:
    return str(first) if first == last else f"{first}:{last}"


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _since(instant: datetime) -> timedelta:
    return instant.astimezone(UTC) - _EPOCH


def _floor(instant: datetime) -> datetime:
    return _EPOCH + _since(instant) // _MINUTE * _MINUTE
