"""The turns of a layer: who would be next, whatever the restrictions and the other layers say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import starmap

from generator.analysis.oncall.clock import from_wall, instants, to_wall
from generator.kinds.team import Layer
from generator.records import dataclass


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a layer. `index` counts from the anchor and is negative before it; times are in UTC."""

    start: datetime
    end: datetime
    index: int
    person: str


def turn_start(layer: Layer, index: int) -> datetime:
    """When a turn starts: whole turns after the anchor on the wall clock of the layer's zone."""
    return from_wall(_first_wall(layer) + index * layer.turn, layer.zone)


def turn_index(layer: Layer, instant: datetime) -> int:
    """The turn that an instant falls into.

    The wall clock gives it, or one before it: an hour that the clock shows again belongs to the turn that it was in.
    """
    index = (to_wall(instant, layer.zone) - _first_wall(layer)) // layer.turn
    while turn_start(layer, index + 1) <= instant:
        index += 1
    return index


def turns(layer: Layer, start: datetime, end: datetime) -> Iterator[Turn]:
    """The turns between two instants, the first and the last as a whole; one that a change of clock skips is absent.

    Turns have no beginning and no end: those of a layer are cut to its `start` and `end` by whoever needs that.
    """
    return starmap(Turn, bare_turns(layer, start, end))


def bare_turns(layer: Layer, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime, int, str]]:
    """The same as tuples, for whoever goes through thousands."""
    if not layer.people or start >= end:
        return
    index, count = turn_index(layer, start), len(layer.people)
    starts = instants(_first_wall(layer) + index * layer.turn, layer.turn, layer.zone)
    begins = next(starts)
    for ends in starts:
        if begins < ends:
            yield begins, ends, index, layer.people[index % count]
        index, begins = index + 1, ends
        if begins >= end:
            return


def _first_wall(layer: Layer) -> datetime:
    return to_wall(layer.anchor, layer.zone)
