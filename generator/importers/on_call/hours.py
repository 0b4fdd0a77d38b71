"""Repeating spans of local time as a source writes them: hours, days and hours, or spans of the week."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.importers.tree import List, Map
from generator.records import dataclass
from generator.times import DAYS

DAY, WEEK, MINUTE = 86_400, 604_800, 60


@dataclass(frozen=True, slots=True)
class Span:
    """On duty from so many seconds after midnight, for so many; every day, or on one day of the week (0 is Monday)."""

    day: int | None
    start: int
    length: int


def put_hours(layer: Map, spans: Iterable[Span]) -> None:
    """Writes when a layer is on duty, in the shortest of the three forms; nothing where that is always."""
    rounded = [_rounded(span) for span in spans]
    daily = _joined(sorted((each.start, each.length) for each in rounded if each.day is None), DAY)
    weekly = [(each.day * DAY + each.start, each.length) for each in rounded if each.day is not None]
    if any(length >= DAY for _, length in daily) or not rounded:
        return
    if len(daily) == 1 and not weekly:
        layer.put("hours", _hours(*daily[0]))
        return
    _weekly(
        layer, _joined(sorted([*weekly, *((day * DAY + start, n) for start, n in daily for day in range(7))]), WEEK)
    )


def is_exact(span: Span) -> bool:
    """Whether it begins and ends at whole minutes: others cannot be written."""
    return not span.start % MINUTE and not span.length % MINUTE


def _rounded(span: Span) -> Span:
    """The next minutes around it."""
    start = span.start - span.start % MINUTE
    end = -(-(span.start + span.length) // MINUTE) * MINUTE
    return Span(span.day, start, end - start)


def _joined(spans: Sequence[tuple[int, int]], whole: int) -> list[tuple[int, int]]:
    """(start, length) on a circle, joined where they overlap or touch."""
    out: list[tuple[int, int]] = []
    for start, length in spans:
        if out and start <= sum(out[-1]):
            out[-1] = (out[-1][0], max(out[-1][1], start + length - out[-1][0]))
        else:
            out.append((start, length))
    while len(out) > 1 and sum(out[-1]) - whole >= out[0][0]:
        (first, length), (last, reach) = out.pop(0), out[-1]
        out[-1] = (last, max(reach, first + whole + length - last))
    return [(0, whole)] if any(length >= whole for _, length in out) else out


def _weekly(layer: Map, spans: Sequence[tuple[int, int]]) -> None:
    if spans == [(0, WEEK)]:
        return
    cut = [part for span in spans for part in _whole_days(*span)]
    hours = {(start % DAY, length) for start, length in cut}
    if len(hours) == 1 and _is_hours(*next(iter(hours))):
        layer.put("days", days(sorted({start // DAY % 7 for start, _ in cut})))
        layer.put("hours", _hours(*next(iter(hours))))
        return
    out = layer.put("restrictions", List())
    for start, length in spans:
        item = out.add(Map())
        item.put("from", _moment(start))
        item.put("until", _moment(start + length))


def _is_hours(start: int, length: int) -> bool:
    """Whether it can be said as hours: a whole day only from midnight on."""
    return length < DAY or (length == DAY and not start)


def _whole_days(start: int, length: int) -> list[tuple[int, int]]:
    """A span from midnight to midnight day by day; others as they are."""
    if start % DAY or length % DAY:
        return [(start, length)]
    return [(start + n * DAY, DAY) for n in range(length // DAY)]


def days(found: Sequence[int]) -> str | List:
    """`mon-fri`, `sat`, or a list of days."""
    for first in found:  # also over the week's end: sat-mon
        run = [(first + n) % 7 for n in range(len(found))]
        if sorted(run) == list(found):
            return DAYS[first] if len(found) == 1 else f"{DAYS[run[0]]}-{DAYS[run[-1]]}"
    out = List()
    for day in found:
        out.add(DAYS[day])
    return out


def _hours(start: int, length: int) -> str:
    end = start + length
    return f"{_clock(start)}-{'24:00' if end == DAY else _clock(end % DAY)}"


def _moment(at: int) -> str:
    return f"{DAYS[at // DAY % 7]} {_clock(at % DAY)}"


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}"
