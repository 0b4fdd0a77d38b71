"""Schedules as PagerDuty can have them: one zone each. Layers of zones with other rules become schedules beside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from generator.analysis.pagerduty import addresses
from generator.analysis.pagerduty.addresses import Address
from generator.analysis.pagerduty.precedence import step_back
from generator.analysis.pagerduty.zones import same_rules
from generator.kinds.team import Layer, Schedule
from generator.records import dataclass


@dataclass(frozen=True, slots=True)
class Rotation:
    """The layers of a schedule that one schedule of PagerDuty can have, the bottom one first."""

    address: Address
    schedule: Schedule
    zone: str
    """As written; PagerDuty may know it by another name."""
    layers: tuple[Layer, ...]
    """Without what layers of other zones hide of them (`precedence`)."""
    alone: bool
    """Whether it is the whole schedule."""


def split(schedule: Schedule, now: datetime, lives: Callable[[Layer], bool]) -> Iterator[Rotation]:
    """One for all zones of the same rules. Addresses hang on all that is written, so they stay when a layer ends."""
    groups = zones_of(schedule, now)
    for zone, layers in groups.items():
        own = len(groups) == 1 or zone == schedule.zone_name
        alive = [layer for layer in layers if lives(layer)]
        if len(groups) > 1:
            others = [each for other, found in groups.items() if other != zone for each in found if lives(each)]
            alive = [left for each in alive if (left := _stepped_back(schedule, each, others, now)) is not None]
        if alive:
            address = addresses.schedule(schedule.id, "" if own else zone)
            yield Rotation(address, schedule, zone, tuple(alive), len(groups) == 1)


def _stepped_back(schedule: Schedule, layer: Layer, others: list[Layer], now: datetime) -> Layer | None:
    order = {each.ref: index for index, each in enumerate(schedule.layers)}
    return step_back(layer, [each for each in others if order[each.ref] > order[layer.ref]], now)


def zones_of(schedule: Schedule, now: datetime) -> dict[str, list[Layer]]:
    """The layers that are paged, by zone; zones whose clocks agree count as one, the schedule's own before others."""
    groups: dict[str, list[Layer]] = {}
    for layer in schedule.layers:
        if not layer.shadow:
            known = (zone for zone in (schedule.zone_name, *groups) if same_rules(zone, layer.zone_name, now))
            groups.setdefault(next(known, layer.zone_name), []).append(layer)
    return groups
