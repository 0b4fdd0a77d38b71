"""Handoffs: when one person of a layer gives the pager to the next, and in what hours of the layer that falls."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from generator.analysis.oncall.horizon import coming
from generator.analysis.oncall.recurring import recurring
from generator.analysis.oncall.turns import bare_turns
from generator.analysis.windows import Window, Windows
from generator.kinds.team import Layer

_DAY = timedelta(days=1)


class Handoff(NamedTuple):
    """At an instant somebody leaves and another comes. `hours` are the layer's, which begin then or go on.

    `inside` says that the hours began before: somebody is on call at that moment, and hands over to another.
    """

    at: datetime
    leaves: str
    comes: str
    hours: Window

    @property
    def inside(self) -> bool:
        """Whether somebody is on call until that very moment."""
        return self.hours.start < self.at


def handoffs(layer: Layer, now: datetime) -> Iterator[Handoff]:
    """Those of the coming year from now on, at moments at which the layer is on duty; none where turns are hours.

    Where it is not, the next one simply begins with the next hours: nothing is handed over at that moment.
    """
    span = coming(now)
    start, end = max(layer.start, now), min(layer.end or span.end, span.end)
    if layer.turn < _DAY or len({*layer.people}) < 2 or start >= end:
        return
    on_duty = recurring(layer.restrictions, layer.zone, max(layer.start, span.start), end)
    for (_, _, _, leaves), (at, _, _, comes) in pairwise(bare_turns(layer, start, end)):
        if at >= start and leaves != comes:
            hours = _at(on_duty, at)
            if hours is not None:
                yield Handoff(at, leaves, comes, hours)


def _at(on_duty: Windows, instant: datetime) -> Window | None:
    index = bisect_right(on_duty, instant, key=_start) - 1
    return on_duty[index] if index >= 0 and instant < on_duty[index][1] else None


_start = itemgetter(0)
