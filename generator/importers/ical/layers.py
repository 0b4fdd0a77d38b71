"""Repeating events as layers: whoever comes in turns of one length at one time of day or week is one rotation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import NamedTuple

from generator import times
from generator.importers.ical.calendar import Event, until
from generator.importers.on_call.hours import Span, put_hours
from generator.importers.tree import List, Map, Written
from generator.records import dataclass

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_PLAIN = frozenset({"FREQ", "INTERVAL", "BYDAY", "UNTIL", "COUNT", "WKST"})


class Shape(NamedTuple):
    """What events of one rotation have in common."""

    level: int
    zone: str
    period: timedelta
    """After this time each of them comes again."""
    days: tuple[int, ...]
    """Of the week; empty: once a period."""
    at: time
    length: timedelta
    ends: datetime | None
    """After this time on the wall none of them begins."""


@dataclass(frozen=True, slots=True)
class Rotation:
    """A layer to be written. `anchor` and `start` are times on the wall."""

    shape: Shape
    turn: timedelta
    people: tuple[str, ...]
    anchor: datetime
    start: datetime
    events: tuple[Event, ...]


def shape_of(event: Event) -> Shape | None:
    """How an event repeats; None where a layer cannot say it."""
    rule = event.rule
    if rule is None or not rule.keys() <= _PLAIN or event.start.second or event.length % timedelta(minutes=1):
        return None
    frequency = str(rule["FREQ"][0]).upper()
    every = int((rule.get("INTERVAL") or [1])[0])
    written = [str(each).upper() for each in rule.get("BYDAY") or ()]
    if frequency not in ("DAILY", "WEEKLY") or every < 1 or not all(each in _DAYS for each in written):
        return None
    if frequency == "DAILY" and written:
        return None
    days = sorted({_DAYS.index(each) for each in written} or {event.start.weekday()})
    if event.start.weekday() not in days:
        return None
    once = frequency == "DAILY" or len(days) == 1
    period = every * (DAY if frequency == "DAILY" else WEEK)
    if event.length > (period if once else DAY):
        return None
    return Shape(
        event.level, event.zone, period, () if once else tuple(days), event.start.time(), event.length, _limit(event)
    )


def _limit(event: Event) -> datetime | None:
    """The last time on the wall at which it may begin; None where it goes on."""
    rule = event.rule or {}
    if rule.get("COUNT"):
        return max(event.starts(), default=event.start)
    return until(rule, event.local)


def _over(event: Event) -> datetime:
    """When its last time is over, on the wall."""
    return max(event.starts(), default=event.start) + event.length


def rotations(shape: Shape, events: Sequence[tuple[Event, str]], now: datetime) -> Iterator[Rotation]:
    """The layers of events of one shape: all of them in turn, or each for itself; none where gaps would be filled."""
    first = min(_begin(shape, event.start) for event, _ in events)

    def offset(each: tuple[Event, str]) -> timedelta:
        return (_begin(shape, each[0].start) - first) % shape.period

    ordered = sorted(events, key=lambda each: (offset(each), each[0].at.line))
    turn = shape.period / len(ordered)
    even = all(offset(each) == index * turn for index, each in enumerate(ordered))
    late = any(event.start >= first + shape.period + DAY and event.instant(event.start) > now for event, _ in ordered)
    if even and not late and _can_be(shape, turn):
        yield _rotation(shape, turn, ordered)
        return
    for each in ordered:
        if _can_be(shape, shape.period):
            yield _rotation(shape, shape.period, [each])


def _rotation(shape: Shape, turn: timedelta, ordered: Sequence[tuple[Event, str]]) -> Rotation:
    first = ordered[0][0].start
    people, events = tuple(person for _, person in ordered), tuple(event for event, _ in ordered)
    return Rotation(shape, turn, people, _begin(shape, first), first, events)


def _begin(shape: Shape, start: datetime) -> datetime:
    """When the turn begins in which an event does: of several days a week, at the start of the week."""
    return datetime.combine(start.date() - start.weekday() * DAY, time()) if shape.days else start


def _can_be(shape: Shape, turn: timedelta) -> bool:
    """Whether turns of that length, with the hours of the shape, give these times and no more."""
    if not timedelta(hours=1) <= turn <= 365 * DAY:
        return False
    if shape.days:
        return turn == WEEK
    return turn in (shape.length, WEEK) or (turn == DAY and shape.length < DAY)


def layer(rotation: Rotation, zone: str, name: str) -> Map:
    """The layer as a source writes it."""
    shape, out = rotation.shape, Map()
    if name:
        out.put("name", name)
    if shape.zone != zone:
        out.put("time_zone", shape.zone)
    out.put("start", Written(f"{rotation.start:%Y-%m-%d %H:%M}"))
    if rotation.anchor != rotation.start:
        out.put("anchor", Written(f"{rotation.anchor:%Y-%m-%d %H:%M}"))
    if shape.ends is not None:
        end = max(map(_over, rotation.events), default=shape.ends)
        out.put("end", Written(f"{end:%Y-%m-%d %H:%M}"))
    out.put("turn", times.format_duration(rotation.turn))
    put_hours(out, _spans(rotation))
    people = out.put("people", List())
    for each in rotation.people:
        people.add(each)
    return out


def _spans(rotation: Rotation) -> list[Span]:
    shape = rotation.shape
    start, length = shape.at.hour * 3600 + shape.at.minute * 60, int(shape.length.total_seconds())
    if shape.days:
        return [Span(day, start, length) for day in shape.days]
    if shape.length == rotation.turn:
        return []
    return [Span(rotation.start.weekday() if rotation.turn == WEEK else None, start, length)]
