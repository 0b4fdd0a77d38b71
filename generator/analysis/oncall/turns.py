"""The turns of a layer: who would be next, whatever the restrictions and the other layers say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from generator.analysis.oncall.clock import from_wall, to_wall
from generator.kinds.team import Layer


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a layer. `index` counts from the anchor and is negative before it; times are in UTC."""

    start: datetime
    end: datetime
    index: int
    person: str


def turn_start(layer: Layer, index: int) -> datetime:
    """When a turn starts: whole turns after the anchor on the wall clock of the layer's zone."""
    return from_wall(to_wall(layer.anchor, layer.zone) + index * layer.turn, layer.zone)


def turn_index(layer: Layer, instant: datetime) -> int:
    """The turn that an instant falls into.

    The wall clock gives it, or one before it: an hour that the clock shows again belongs to the turn that it was in.
    """
    index = (to_wall(instant, layer.zone) - to_wall(layer.anchor, layer.zone)) // layer.turn
    while turn_start(layer, index + 1) <= instant:
        index += 1
    return index


def turns(layer: Layer, start: datetime, end: datetime) -> Iterator[Turn]:
    """The turns between two instants, the first and the last as a whole; one that a change of clock skips is absent.

    Turns have no beginning and no end: those of a layer are cut to its `start` and `end` by whoever needs that.
    """
    if not layer.people or start >= end:
        return
    index = turn_index(layer, start)
    begins = turn_start(layer, index)
    while begins < end:
        ends = turn_start(layer, index + 1)
        if begins < ends:
            yield Turn(begins, ends, index, layer.people[index % len(layer.people)])
        index, begins = index + 1, ends
