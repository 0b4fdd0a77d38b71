"""Who is on call, slowly: every instant at which something may change is asked for who has it then.

This is a judge of the product's expansion, so it shares nothing with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from tests.pagerduty_fake.layers import turn
from tests.pagerduty_fake.state import Record
from tests.pagerduty_fake.times import first_instant, wall_clock

_DAY = timedelta(days=1)
_LONG = timedelta(days=400)
"""Further than any turn reaches."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody on call without a change of turn. `why` tells two entries of one person apart."""

    start: datetime
    end: datetime
    user: str
    why: tuple[Any, ...]


def entries(
    layers: Sequence[Record], overrides: Sequence[Record], zone: ZoneInfo, since: datetime, until: datetime
) -> list[Entry]:
    """The final schedule between two instants, cut at both. One layer alone is a schedule of one layer."""
    edges = sorted({since, until, *_edges(layers, overrides, zone, since, until)})
    pieces = [
        Entry(start, end, *found)
        for start, end in pairwise(edges)
        if (found := _on_call(layers, overrides, zone, start)) is not None
    ]
    return _joined(pieces)


def overflowing(
    layers: Sequence[Record], overrides: Sequence[Record], zone: ZoneInfo, since: datetime, until: datetime
) -> list[Entry]:
    """The same, but entries that reach over the ends are whole."""
    reach = max([_DAY, *(min(turn(layer) + _DAY, _LONG) for layer in layers)])
    begin = min([since - reach, *(each["_start"] for each in overrides)])
    finish = max([until + reach, *(each["_end"] for each in overrides)])
    return [each for each in entries(layers, overrides, zone, begin, finish) if each.start < until and each.end > since]


def covered(found: Iterable[Entry], since: datetime, until: datetime) -> float:
    """How much of the time somebody is on call, in percent."""
    inside = (min(each.end, until) - max(each.start, since) for each in found)
    return round(100 * (sum(inside, timedelta()) / (until - since)), 1)


def _on_call(
    layers: Sequence[Record], overrides: Sequence[Record], zone: ZoneInfo, at: datetime
) -> tuple[str, tuple[Any, ...]] | None:
    """Who has an instant, and by what: overrides win over all layers, the last one made; then the last layer."""
    for each in reversed(overrides):
        if each["_start"] <= at < each["_end"]:
            return each["_user"], ("override", each["id"])
    for layer in reversed(layers):
        index = _turn_of(layer, zone, at)
        if index is not None:
            return layer["users"][index % len(layer["users"])], ("layer", layer["id"], index)
    return None


def _turn_of(layer: Record, zone: ZoneInfo, at: datetime) -> int | None:
    """The turn that a layer is in at an instant, None where it is off duty. Turns go on all the same."""
    if at < layer["_start"] or (layer["_end"] is not None and at >= layer["_end"]):
        return None
    if not _on_duty(layer, zone, at):
        return None
    index = (wall_clock(at, zone) - wall_clock(layer["_virtual"], zone)) // turn(layer)
    while _handoff(layer, zone, index + 1) <= at:
        index += 1
    while _handoff(layer, zone, index) > at:
        index -= 1
    return index


def _handoff(layer: Record, zone: ZoneInfo, index: int) -> datetime:
    """When a turn begins: whole turns after the virtual start on the wall clock."""
    return first_instant(wall_clock(layer["_virtual"], zone) + index * turn(layer), zone)


def _on_duty(layer: Record, zone: ZoneInfo, at: datetime) -> bool:
    """Several restrictions are a union; none is all of the time."""
    today = wall_clock(at, zone).date()
    spans = (span for each in layer["restrictions"] for span in _spans(each, zone, today - 9 * _DAY, today + 2 * _DAY))
    return not layer["restrictions"] or any(start <= at < end for start, end in spans)


def _spans(restriction: Record, zone: ZoneInfo, first: date, last: date) -> Iterator[tuple[datetime, datetime]]:
    """When a restriction lets its layer be on duty, by the days on which it begins."""
    day = first
    while day <= last:
        wanted = restriction.get("start_day_of_week")
        if not wanted or day.isoweekday() == wanted:
            begins = datetime.combine(day, time.fromisoformat(restriction["start_time_of_day"]))
            ends = begins + timedelta(seconds=restriction["duration_seconds"])
            yield first_instant(begins, zone), first_instant(ends, zone)
        day += _DAY


def _edges(
    layers: Sequence[Record], overrides: Sequence[Record], zone: ZoneInfo, since: datetime, until: datetime
) -> Iterator[datetime]:
    """Every instant between two at which somebody else may be on call."""
    marks = [each[key] for each in overrides for key in ("_start", "_end")]
    for layer in layers:
        marks += [layer["_start"], *([layer["_end"]] if layer["_end"] else [])]
        marks += _handoffs(layer, zone, since, until)
        first, last = wall_clock(since, zone).date() - 9 * _DAY, wall_clock(until, zone).date() + _DAY
        marks += [edge for each in layer["restrictions"] for span in _spans(each, zone, first, last) for edge in span]
    return (mark.astimezone(UTC) for mark in marks if since < mark < until)


def _handoffs(layer: Record, zone: ZoneInfo, since: datetime, until: datetime) -> Iterator[datetime]:
    virtual = wall_clock(layer["_virtual"], zone)
    index = (wall_clock(since, zone) - virtual) // turn(layer) - 2
    last = (wall_clock(until, zone) - virtual) // turn(layer) + 2
    return (_handoff(layer, zone, each) for each in range(index, last + 1))


def _joined(pieces: Sequence[Entry]) -> list[Entry]:
    """Pieces of one turn that touch are one entry."""
    found: list[Entry] = []
    for piece in pieces:
        if found and found[-1].end == piece.start and found[-1].why == piece.why:
            found[-1] = Entry(found[-1].start, piece.end, piece.user, piece.why)
        else:
            found.append(piece)
    return found
