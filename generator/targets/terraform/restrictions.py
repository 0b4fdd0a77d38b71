"""When a layer is on duty, as PagerDuty says it: daily spans, or spans of the week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from generator.kinds.restrictions import WEEK, Restriction
from generator.targets.terraform.hcl import Item, attributes

_DAY = timedelta(days=1)


def restrictions(written: tuple[Restriction, ...]) -> list[tuple[Item, ...]]:
    """The bodies of `restriction` blocks; none where all of the time is left."""
    daily = [each for each in written if each.daily]
    if any(each.length >= _DAY for each in daily):
        return []
    weekly = _weekly(each for each in written if not each.daily)
    if weekly == [(timedelta(), WEEK)]:
        return []
    return [
        *(attributes(**_start("daily_restriction", each.length, _midnight(each))) for each in daily),
        *(attributes(**_start("weekly_restriction", length, at)) for at, length in weekly),
    ]


def _start(kind: str, length: timedelta, at: timedelta) -> dict[str, str | int]:
    hours, rest = divmod(seconds(at % _DAY), 3600)
    start: dict[str, str | int] = {"type": kind}
    if kind == "weekly_restriction":
        start["start_day_of_week"] = at // _DAY + 1
    return {
        **start,
        "start_time_of_day": f"{hours:02}:{rest // 60:02}:{rest % 60:02}",
        "duration_seconds": seconds(length),
    }


def _midnight(restriction: Restriction) -> timedelta:
    """How long after midnight it starts."""
    at = restriction.start
    return timedelta(hours=at.hour, minutes=at.minute, seconds=at.second)


def _weekly(written: Iterator[Restriction]) -> list[tuple[timedelta, timedelta]]:
    """(start in the week, length), joined where they touch; a whole week is one from its beginning."""
    spans = sorted(
        (day * _DAY + _midnight(each), min(each.length, WEEK)) for each in written for day in sorted(each.days)
    )
    joined: list[tuple[timedelta, timedelta]] = []
    for start, length in spans:
        if joined and start <= joined[-1][0] + joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], start + length - joined[-1][0]))
        else:
            joined.append((start, length))
    return _around_the_week(joined)


def _around_the_week(spans: list[tuple[timedelta, timedelta]]) -> list[tuple[timedelta, timedelta]]:
    """The last span may reach over the week's end into the first ones."""
    while len(spans) > 1 and spans[-1][0] + spans[-1][1] - WEEK >= spans[0][0]:
        (first, length), (last, reach) = spans.pop(0), spans[-1]
        spans[-1] = (last, max(reach, first + WEEK + length - last))
    return [(timedelta(), WEEK)] if any(length >= WEEK for _, length in spans) else spans


def seconds(duration: timedelta) -> int:
    """A duration in whole seconds."""
    return duration // timedelta(seconds=1)
