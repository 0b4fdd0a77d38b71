"""Whether people who share a rotation carry the same, bucket by bucket: equal totals hide one person's nights.

What somebody carries is set against the time in which they could: who joins late, leaves early or is away for a month
is not the lazy one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from generator.analysis.memo import once_a_catalog
from generator.analysis.oncall.forms import form_of
from generator.analysis.oncall.horizon import coming, coming_shifts
from generator.analysis.oncall.load.buckets import Amounts, place_of, scale
from generator.analysis.oncall.load.working_hours import absences
from generator.analysis.windows import Window, subtraction, total, union
from generator.kinds.team import Layer, Schedule
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.analysis.oncall.load.duties import Duty
    from generator.catalog import Catalog

_Places = tuple[tuple[str, str | None], ...]
_ZERO = timedelta()


@dataclass(frozen=True, slots=True)
class Fairness:
    """How evenly one bucket falls upon people.

    `overload` is the most that anybody carries by the mean: 1 is even, 2 twice as much. `balance` is the mean over all
    pairs of the less by the more: 1 is even, 0 nothing against all.
    """

    overload: float
    balance: float
    most: str
    least: str


@dataclass(frozen=True, slots=True)
class Carried:
    """What a layer gives to one of its people in the coming year, by bucket, without overrides."""

    person: str
    amounts: tuple[timedelta, ...]
    available: timedelta
    entries: int
    """How often the list of people names them: twice as often is twice as much on purpose."""

    @property
    def total(self) -> timedelta:
        """In all buckets."""
        return sum(self.amounts, _ZERO)


def fairness(carried: Mapping[str, float]) -> Fairness | None:
    """How evenly something falls upon people, who carry so much each; None where it falls upon nobody, or one alone."""
    amounts = sorted(carried.values())
    if len(amounts) < 2 or amounts[-1] <= 0:
        return None
    less = pairs = 0.0
    for index, amount in enumerate(amounts):
        pairs += less / amount if amount > 0 else index  # nothing against nothing is even
        less += amount
    order = sorted(carried, key=lambda person: (carried[person], person))
    most = max(carried, key=lambda person: (carried[person], [-ord(c) for c in person]))
    count = len(amounts)
    return Fairness(amounts[-1] * count / sum(amounts), pairs * 2 / (count * (count - 1)), most, order[0])


def schedule_fairness(
    catalog: Catalog, schedule: Schedule, duties: Sequence[Duty], span: Window
) -> tuple[Fairness | None, ...]:
    """Of everybody in the layers of a schedule, by bucket and then for all time. Covers count where they fell."""
    theirs = {duty.person: duty.amounts for duty in duties if duty.schedule == schedule.id}
    count = len(next(iter(theirs.values()), ()))
    free = {person: available(catalog, schedule.layers, person, span) for person in members(schedule)}
    amounts = {person: theirs.get(person, (_ZERO,) * count) for person, time in free.items() if time > _ZERO}
    every = {person: (*each, sum(each, _ZERO)) for person, each in amounts.items()}
    return tuple(
        fairness({person: each[index] / free[person] for person, each in every.items()})
        for index in range(count + 1 if count else 0)
    )


def members(schedule: Schedule) -> tuple[str, ...]:
    """Everybody in a layer that counts, once, in written order."""
    return tuple(dict.fromkeys(person for layer in schedule.layers if not layer.shadow for person in layer.people))


def available(catalog: Catalog, layers: Sequence[Layer], person: str, span: Window) -> timedelta:
    """For how much of a span somebody could have been on call: while a layer has them, without leave."""
    lives = [
        Window(max(layer.start, span.start), min(layer.end or span.end, span.end))
        for layer in layers
        if person in layer.people and not layer.shadow
    ]
    away = absences(catalog, person, span)
    if not away and len(lives) == 1:
        return lives[0].length
    return total(subtraction(lives, away) if away else union(lives))


@once_a_catalog
def carried_by_layer(catalog: Catalog, schedule: Schedule, now: datetime) -> Mapping[str, tuple[Carried, ...]]:
    """What the layers of a schedule give to each of their people in the coming year, by the layer's name."""
    places = tuple(place_of(catalog, person) for person in members(schedule))
    form = form_of(catalog, schedule)
    first = schedule if form is None else form.first
    counts = _counts(catalog, first, places, now)
    if form is not None:
        counts = {form.layers[name]: form.by_person(each) for name, each in counts.items()}
    return {
        layer.name: tuple(_carried(catalog, layer, counts[layer.name], coming(now)))
        for layer in schedule.layers
        if not layer.shadow
    }


@once_a_catalog
def _counts(
    catalog: Catalog, schedule: Schedule, places: _Places, now: datetime
) -> Mapping[str, Mapping[str, Amounts]]:
    """What each layer gives to its people if they live in these places, by the layer's name."""
    everybody = zip(members(schedule), places, strict=True)
    scales = {person: scale(catalog, zone, country, coming(now)) for person, (zone, country) in everybody}
    counts: dict[str, dict[str, int]] = {}
    for layer in schedule.layers:
        if not layer.shadow:
            counts.setdefault(layer.name, {}).update(dict.fromkeys(layer.people, 0))
    passed = {person: each.known for person, each in scales.items()}
    for start, end, person, name, _, _ in coming_shifts(catalog, schedule, now):
        if name is not None:
            known = passed[person]
            counts[name][person] += known[end] - known[start]
    return {
        name: {person: scales[person].unpacked(count) for person, count in theirs.items()}
        for name, theirs in counts.items()
    }


def _carried(catalog: Catalog, layer: Layer, counts: Mapping[str, Amounts], span: Window) -> Iterator[Carried]:
    for person in dict.fromkeys(layer.people):
        there = available(catalog, (layer,), person, span)
        yield Carried(person, counts[person], there, layer.people.count(person))
