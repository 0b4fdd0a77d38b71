"""Layers that hide each other: who has hours in a schedule, and is not on call in them because of a layer above."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations

from generator.analysis.oncall.horizon import coming
from generator.analysis.oncall.recurring import recurring
from generator.analysis.windows import Windows, intersection, subtraction, union
from generator.kinds.team import Layer, Schedule

SHORT = timedelta(hours=3)
"""Hours that two layers share at their edges; a layer that is for hours under another is its fallback."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """`hours` of the layer number `lower` that the layers `upper` take. `all` says that nothing is left of it."""

    lower: int
    upper: tuple[int, ...]
    hours: Windows
    all: bool


def overlaps(schedule: Schedule, now: datetime) -> Iterator[Overlap]:
    """What is likely not meant: layers that are hidden altogether, and hours of one zone that meet with an overlap.

    A layer that is now and then under another is a fallback, and layers of different zones overlap so that no change
    of clock opens a gap: both are meant.
    """
    duty = {
        index: _on_duty(layer, now) for index, layer in enumerate(schedule.layers) if layer.people and not layer.shadow
    }
    hidden = {each.lower: each for each in _hidden(duty)}
    yield from hidden.values()
    for lower, upper in combinations(duty, 2):
        if not {lower, upper} & {*hidden} and _alike(schedule.layers[lower], schedule.layers[upper]):
            yield from _at_the_edges(lower, upper, duty)


def _on_duty(layer: Layer, now: datetime) -> Windows:
    span = coming(now)
    start, end = max(layer.start, span.start), min(layer.end or span.end, span.end)
    return recurring(layer.restrictions, layer.zone, start, end) if start < end else ()


def _hidden(duty: dict[int, Windows]) -> Iterator[Overlap]:
    taken: Windows = ()
    for index, hours in reversed(duty.items()):
        if hours and not subtraction(hours, taken):
            yield Overlap(index, tuple(sorted(_above(index, duty))), hours, all=True)
        taken = union(taken, hours)


def _above(index: int, duty: dict[int, Windows]) -> Iterator[int]:
    """The layers that hold a layer's hours, the one on top first; of those below only what is left for them."""
    left = duty[index]
    for other in sorted((other for other in duty if other > index), reverse=True):
        if intersection(left, duty[other]):
            yield other
        left = subtraction(left, duty[other])


def _alike(one: Layer, other: Layer) -> bool:
    """Whether the hours of both were written for each other."""
    return bool(one.restrictions and other.restrictions and one.zone_name == other.zone_name)


def _at_the_edges(lower: int, upper: int, duty: dict[int, Windows]) -> Iterator[Overlap]:
    both = intersection(duty[lower], duty[upper])
    if both and max(each.length for each in both) <= SHORT:
        apart = subtraction(duty[lower], duty[upper]) and subtraction(duty[upper], duty[lower])
        if apart and not {*both}.intersection(duty[lower], duty[upper]):
            yield Overlap(lower, (upper,), both, all=False)
