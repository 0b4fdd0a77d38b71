"""Many spans of time in a few words: `every day 01:00-09:00`, instead of 371 dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from itertools import combinations, pairwise

from generator import times
from generator.analysis.oncall.clock import to_wall
from generator.analysis.windows import Window, Windows, total
from generator.records import dataclass

_HOUR, _DAY, _WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
_OFTEN = 3
"""What came back so many times a week apart is a habit."""
_FEW = 2
"""So many spans that are no habit are named; more are counted."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """What spans of time have in common. `first` and `last` are spans of those given; `words` needs no zone beside it.

    `hours` is all of them; `hours_a_week` what comes back every week, by the wall clock, None where nothing does.
    """

    words: str
    first: Window
    last: Window
    count: int
    hours: float
    hours_a_week: float | None


@dataclass(frozen=True, slots=True)
class _Form:
    """What a span looks like on a wall: from when, and for how long."""

    start: time
    length: timedelta


_Habits = dict[_Form, set[date]]


@lru_cache(maxsize=256)
def pattern(windows: Windows, zone: tzinfo, over: Window) -> Pattern | None:
    """The spans, which have to be sorted and disjoint, in the words of a zone; None where there are none.

    What the ends of `over` cut short is left out of the words where something else is not.
    """
    if not windows:
        return None
    habits, others = _sorted(_whole(windows, over), zone)
    weekly = tuple(_habits(habits))
    return Pattern(
        " and ".join([*(words for words, _ in weekly), *_others(others, zone, over)]),
        windows[0],
        windows[-1],
        len(windows),
        total(windows) / _HOUR,
        sum((length for _, length in weekly), timedelta()) / _HOUR if weekly else None,
    )


def _whole(windows: Windows, over: Window) -> Sequence[Window]:
    """Without what is cut short at an end: at most the first and the last, where others are as long."""
    cut = [each for each in {windows[0], windows[-1]} if each.start <= over.start or each.end >= over.end]
    longest = max((each.length for each in windows if each not in cut), default=timedelta())
    return [each for each in windows if each not in cut or each.length > longest]


def _sorted(windows: Iterable[Window], zone: tzinfo) -> tuple[_Habits, list[Window]]:
    """Forms that come back on the same days of the week, with their dates; and what is left."""
    seen: dict[tuple[_Form, int], list[tuple[datetime, Window]]] = {}
    for window in windows:
        start, end = to_wall(window.start, zone), to_wall(window.end, zone)
        seen.setdefault((_Form(start.time(), end - start), start.weekday()), []).append((start, window))
    habits: _Habits = {}
    others: list[Window] = []
    for (form, _), each in seen.items():
        if _weekly([start for start, _ in each]):
            habits.setdefault(form, set()).update(start.date() for start, _ in each)
        else:
            others += (window for _, window in each)
    return habits, sorted(others)


def _weekly(starts: Sequence[datetime]) -> bool:
    """Whether most of them are a week after the one before: not all, because an override may fill one."""
    near = sum(later - earlier == _WEEK for earlier, later in pairwise(starts))
    return len(starts) >= _OFTEN and near * 4 >= 3 * (len(starts) - 1)


def _habits(habits: _Habits) -> Iterator[tuple[str, timedelta]]:
    """`every day 01:00-09:00` and its time a week, forms of the same days together."""
    by_days: dict[frozenset[int], list[_Form]] = {}
    for form in sorted(habits, key=lambda each: (-len(_days(habits[each])), min(_days(habits[each])), each.start)):
        by_days.setdefault(_days(habits[form]), []).append(form)
    for days, forms in by_days.items():
        # Two spans of one day are both meant; those of different seasons come of a clock that was changed.
        also = any(habits[one] & habits[other] for one, other in combinations(forms, 2))
        joined, lengths = " and " if also else " or ", [form.length for form in forms]
        each = len(days) * (sum(lengths, timedelta()) if also else max(lengths))
        if len(days) == 1 and max(lengths) > _DAY:
            yield joined.join(_over_days(min(days), form) for form in forms), each
        else:
            yield f"{day_words(days)} {joined.join(map(_hours, forms))}", each


def _days(dates: set[date]) -> frozenset[int]:
    return frozenset(each.weekday() for each in dates)


def _hours(form: _Form) -> str:
    end = (datetime.combine(date.min, form.start) + form.length).time()
    if form.length >= _DAY:
        return "all day" if form == _Form(time(), _DAY) else f"{form.start:%H:%M} for {times.words(form.length)}"
    return f"{form.start:%H:%M}-{'24:00' if end == time() else f'{end:%H:%M}'}"


def _over_days(day: int, form: _Form) -> str:
    """`fri 18:00 to mon 09:00`."""
    end = datetime.combine(date.min, form.start) + form.length
    last = (day + (end.date() - date.min).days) % 7
    return f"{times.DAYS[day]} {form.start:%H:%M} to {times.DAYS[last]} {end:%H:%M}"


def day_words(days: frozenset[int]) -> str:
    """`every day`, `mon-fri`, `sat and sun`."""
    if len(days) == 7:
        return "every day"
    found = sorted(days)
    if len(found) > 2 and found[-1] - found[0] == len(found) - 1:
        return f"{times.DAYS[found[0]]}-{times.DAYS[found[-1]]}"
    *some, last = (times.DAYS[day] for day in found)
    return f"{', '.join(some)} and {last}" if some else last


def _others(others: Sequence[Window], zone: tzinfo, over: Window) -> Iterator[str]:
    if len(others) > _FEW:
        yield f"{len(others)} times from {day_and_time(others[0].start, zone)} on"
    elif others:
        yield " and ".join(_cut(each, zone, over) for each in others)


def _cut(window: Window, zone: tzinfo, over: Window) -> str:
    if window.end >= over.end:
        return f"from {day_and_time(window.start, zone)} on" if window.start > over.start else "all the time"
    if window.start <= over.start:
        return f"until {day_and_time(window.end, zone)}"
    return span_words(window, zone)


def span_words(window: Window, zone: tzinfo) -> str:
    """`2026-12-24 09:00-17:00`, or with both days: `2026-12-24 09:00 to 2026-12-25 01:00`."""
    start, end = to_wall(window.start, zone), to_wall(window.end, zone)
    if start.date() == end.date():
        return f"{start:%Y-%m-%d %H:%M}-{end:%H:%M}"
    return f"{start:%Y-%m-%d %H:%M} to {end:%Y-%m-%d %H:%M}"


def day_and_time(instant: datetime, zone: tzinfo) -> str:
    """`2026-12-24 09:00`."""
    return f"{to_wall(instant, zone):%Y-%m-%d %H:%M}"


def hours_words(hours: float) -> str:
    """`56 hours`, `1 hour`, `0.5 hours`."""
    return f"{hours:g} hour" + ("" if hours == 1 else "s")
