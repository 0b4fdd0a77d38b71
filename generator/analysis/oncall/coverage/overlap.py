"""Layers that hide each other: who has hours in a schedule, and is not on call in them because of a layer above."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import combinations

from generator.analysis.oncall.horizon import coming
from generator.analysis.oncall.recurring import recurring
from generator.analysis.windows import Window, Windows, intersection, subtraction, union
from generator.kinds.team import Layer, Schedule
from generator.records import dataclass

_WEEKS = timedelta(weeks=5)
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
    if len(schedule.layers) < 2:
        return
    span = coming(now)
    layers = {index: each for index, each in enumerate(schedule.layers) if each.people and not each.shadow}
    hidden: set[int] = set()
    for lower, layer in layers.items():
        above = {index: other for index, other in layers.items() if index > lower}
        # A look at its first weeks spares most of the years.
        start = max(span.start, layer.start)
        if above and _is_hidden(layer, above, Window(start, start + _WEEKS)) and _is_hidden(layer, above, span):
            hidden.add(lower)
            hours = _on_duty(layer, span)
            yield Overlap(lower, tuple(sorted(_above(hours, above, span))), hours, all=True)
    for lower, upper in combinations(layers, 2):
        if not {lower, upper} & hidden and _alike(layers[lower], layers[upper]):
            yield from _at_the_edges(lower, upper, layers, span)


def _on_duty(layer: Layer, span: Window) -> Windows:
    start, end = max(layer.start, span.start), min(layer.end or span.end, span.end)
    return recurring(layer.restrictions, layer.zone, start, end) if start < end else ()


def _is_hidden(lower: Layer, above: Mapping[int, Layer], span: Window) -> bool:
    hours = _on_duty(lower, span)
    return bool(hours) and not subtraction(hours, union(*(_on_duty(layer, span) for layer in above.values())))


def _above(hours: Windows, above: Mapping[int, Layer], span: Window) -> Iterator[int]:
    """The layers that hold the hours, the one on top first; of those below only what is left for them."""
    for index in sorted(above, reverse=True):
        duty = _on_duty(above[index], span)
        if intersection(hours, duty):
            yield index
        hours = subtraction(hours, duty)


def _alike(one: Layer, other: Layer) -> bool:
    """Whether the hours of both were written for each other."""
    return bool(one.restrictions and other.restrictions and one.zone_name == other.zone_name)


def _at_the_edges(lower: int, upper: int, layers: Mapping[int, Layer], span: Window) -> Iterator[Overlap]:
    """Hours of a week are those of any other, so some weeks are enough."""
    start = max(span.start, layers[lower].start, layers[upper].start)
    below, above = (_on_duty(layers[index], Window(start, min(start + _WEEKS, span.end))) for index in (lower, upper))
    both = intersection(below, above)
    short = both and max(each.length for each in both) <= SHORT and not {*both}.intersection(below, above)
    if short and subtraction(below, above) and subtraction(above, below):
        yield Overlap(lower, (upper,), both, all=False)
