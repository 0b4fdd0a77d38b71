"""Where one of our schedules is several of PagerDuty's: they are called at once, and none of them wins."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from generator.analysis.pagerduty.account import Account
from generator.analysis.pagerduty.precedence import Hours, hours_of, on_duty
from generator.analysis.windows import Windows, intersection, union
from generator.kinds.team import Schedule

AHEAD = timedelta(weeks=53)
HANDOVER = timedelta(hours=2)
"""So long two people may be called at once: clocks that change on other days, and a handover, leave no more over."""


class Overlap(NamedTuple):
    """Zones of a schedule that have somebody together for longer than a handover, and when within a year."""

    zones: tuple[str, ...]
    windows: Windows


def overlap(account: Account, schedule: Schedule) -> Overlap | None:
    """When several of a schedule's zones are on duty; our own schedule calls the upper layer alone."""
    rotations = account.rotations_of(schedule.id)
    if len(rotations) < 2:
        return None
    return _overlap(tuple((each.zone, tuple(map(hours_of, each.layers))) for each in rotations), account.now)


@lru_cache(maxsize=1024)
def _overlap(rotations: tuple[tuple[str, tuple[Hours, ...]], ...], start: datetime) -> Overlap | None:
    """The same by zone and hours, which many schedules share."""
    duty = [(zone, _on_duty(layers, start, start + AHEAD)) for zone, layers in rotations]
    found = [(one, other, intersection(ones, others)) for (one, ones), (other, others) in combinations(duty, 2)]
    found = [(one, other, tuple(each for each in both if each.length > HANDOVER)) for one, other, both in found]
    zones = dict.fromkeys(zone for one, other, both in found if both for zone in (one, other))
    return Overlap(tuple(zones), union(*(both for _, _, both in found))) if zones else None


def _on_duty(layers: Iterable[Hours], start: datetime, end: datetime) -> Windows:
    return union(*(on_duty(layer, start, end) for layer in layers))
