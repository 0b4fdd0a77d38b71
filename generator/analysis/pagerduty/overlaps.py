"""Where one of our schedules is several of PagerDuty's: they are called at once, and none of them wins."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import combinations
from typing import NamedTuple

from generator.analysis.oncall import recurring
from generator.analysis.pagerduty.account import Account
from generator.analysis.windows import Window, Windows, clip, intersection, union
from generator.kinds.team import Layer, Schedule

AHEAD = timedelta(weeks=53)


class Overlap(NamedTuple):
    """Zones of a schedule that have somebody together, and when within a year."""

    zones: tuple[str, ...]
    windows: Windows


def overlap(account: Account, schedule: Schedule) -> Overlap | None:
    """When several of a schedule's zones are on duty; our own schedule calls the upper layer alone."""
    rotations, start = account.rotations_of(schedule.id), account.now
    if len(rotations) < 2:
        return None
    on_duty = [(each.zone, _on_duty(each.layers, start, start + AHEAD)) for each in rotations]
    found = [(one, other, intersection(ones, others)) for (one, ones), (other, others) in combinations(on_duty, 2)]
    zones = dict.fromkeys(zone for one, other, both in found if both for zone in (one, other))
    return Overlap(tuple(zones), union(*(both for _, _, both in found))) if zones else None


def _on_duty(layers: Iterable[Layer], start: datetime, end: datetime) -> Windows:
    return union(window for layer in layers for window in _of_layer(layer, start, end))


def _of_layer(layer: Layer, start: datetime, end: datetime) -> Windows:
    start, end = max(start, layer.start), min(end, layer.end or end)
    if start >= end:
        return ()
    spans: Iterable[Window] = recurring(layer.restrictions, layer.zone, start, end)
    return clip(spans, start, end)
