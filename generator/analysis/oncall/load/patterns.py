"""What the pattern of a rotation does to single people: never on call, only at night, more weekends than the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from generator.analysis.memo import once_a_catalog
from generator.analysis.oncall.forms import first_of, form_of
from generator.analysis.oncall.horizon import coming, coming_shifts
from generator.analysis.oncall.load.buckets import hours_scale, night_of, place_of
from generator.analysis.oncall.load.coming import coming_windows
from generator.analysis.oncall.load.fairness import Carried, Fairness, carried_by_layer, fairness
from generator.analysis.oncall.load.settings import HOLIDAY, buckets_of
from generator.analysis.oncall.placed import overrides_of
from generator.analysis.windows import Window
from generator.kinds.team import Layer, Schedule
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.catalog import Catalog

OVERLOAD = 1.5
"""From so many times the mean on, a bucket is unfair…"""
EXCESS = timedelta(hours=100)
"""…if it is also so much above the mean in the coming year: four days, or twelve nights."""
ENOUGH_TURNS = 3
"""With fewer turns a year it is chance, and not the pattern, who has what."""
_NIGHTS = 0.9


@dataclass(frozen=True, slots=True)
class Uneven:
    """A bucket of a layer that falls upon one person far more than upon the others."""

    layer: Layer
    bucket: str
    fair: Fairness
    most: timedelta
    mean: timedelta


@dataclass(frozen=True, slots=True)
class Run:
    """Turns of one person back to back; `covers` where an override is one of them."""

    person: str
    window: Window
    layers: tuple[str, ...]
    covers: bool


@once_a_catalog
def never_on_call(catalog: Catalog, schedule: Schedule, now: datetime) -> tuple[tuple[Layer, tuple[str, ...]], ...]:
    """The people of each layer who get turns and never a shift, while others of the layer do."""
    carried = carried_by_layer(catalog, schedule, now)
    found = []
    for layer in schedule.layers:
        theirs = carried.get(layer.name, ())
        if any(each.total for each in theirs):
            idle = tuple(each.person for each in theirs if not each.total and _turns(each, layer) >= ENOUGH_TURNS)
            if idle:
                found.append((layer, idle))
    return tuple(found)


@once_a_catalog
def only_nights(catalog: Catalog, schedule: Schedule, now: datetime) -> tuple[str, ...]:
    """Who has nine tenths of their time on a schedule at night, while others of it have not."""
    night = night_of(buckets_of(catalog))
    windows = coming_windows(catalog, schedule, now)
    if night is None or len(windows) < 2:
        return ()
    by_day = _by_day(catalog, schedule, now, night)
    form, first = form_of(catalog, schedule), first_of(catalog, schedule)
    there = {person: person for person in windows} if form is None else {each: who for who, each in form.people.items()}
    found = [
        person
        for person in windows
        if person not in by_day and _nightly(catalog, first, there[person], place_of(catalog, person)[0], now, night)
    ]
    return tuple(sorted(found)) if len(found) < len(windows) else ()


@once_a_catalog
def uneven(catalog: Catalog, schedule: Schedule, now: datetime) -> tuple[Uneven, ...]:
    """The buckets of each layer that fall upon one of its people far more than upon the others.

    Not of holidays: which of them fall into whose turn is chance. Not where somebody has only nights, which says it.
    """
    nightly = only_nights(catalog, schedule, now)
    carried = carried_by_layer(catalog, schedule, now)
    return tuple(
        each
        for layer in schedule.layers
        for each in _uneven(catalog, layer, carried.get(layer.name, ()), coming(now).length)
        if not set(layer.people) & set(nightly)
    )


@once_a_catalog
def back_to_back(catalog: Catalog, schedule: Schedule, now: datetime) -> tuple[Run, ...]:
    """Turns of one person that follow each other, where the layer has others who could take one of them."""
    form = form_of(catalog, schedule)
    if form is not None:
        return tuple(
            replace(run, person=form.people[run.person], layers=tuple(form.layers[each] for each in run.layers))
            for run in back_to_back(catalog, form.first, now)
        )
    layers = {layer.name: layer for layer in schedule.layers if not layer.shadow and len(set(layer.people)) > 1}
    if not _can_repeat(catalog, schedule):
        return ()
    lengths = {name: layer.turn for name, layer in layers.items()}
    found: list[Run] = []
    slots: dict[tuple[object, ...], None] = {}
    begins = until = now
    person, turn, none = "", timedelta(), timedelta()
    for start, end, who, name, number, override in coming_shifts(catalog, schedule, now):
        own = lengths.get(name or "", none)
        if who != person or (start != until and start - until >= max(turn, own) > none):
            if len(slots) > 1 and none < turn < until - begins:
                found += _run(person, Window(begins, until), slots, turn)
            begins, person, slots, turn = start, who, {}, none
        turn = max(turn, own)
        until = end
        if own or override is not None:
            slots[(name, number, override)] = None
        else:
            turn = timedelta.max  # the only one of a layer: nobody else could
    return (*found, *_run(person, Window(begins, until), slots, turn))


def _can_repeat(catalog: Catalog, schedule: Schedule) -> bool:
    """Whether anything can give somebody two turns in a row: of most schedules a look at their lists says no."""
    layers = [layer for layer in schedule.layers if not layer.shadow]
    lists = (layer.people for layer in layers)
    twice = any(each[index - 1] == each[index] for each in lists for index in range(len(each)) if len(each) > 1)
    return twice or len(layers) > 1 or bool(overrides_of(catalog, schedule))


def _run(person: str, run: Window, slots: dict[tuple[object, ...], None], turn: timedelta) -> Iterator[Run]:
    """A run that is longer than a turn and most of another."""
    if len(slots) > 1 and timedelta() < turn < timedelta.max and run.length > turn * 1.75:
        names = dict.fromkeys(str(slot[0]) for slot in slots if slot[0] is not None)
        yield Run(person, run, tuple(names), any(slot[2] is not None for slot in slots))


def _by_day(catalog: Catalog, schedule: Schedule, now: datetime, night: int) -> set[str]:
    """Those whose working days show already that they have more than nights; asking again of all would take long."""
    names = buckets_of(catalog).names
    counted: dict[str, list[timedelta]] = {}
    for each in (one for theirs in carried_by_layer(catalog, schedule, now).values() for one in theirs):
        sums = counted.setdefault(each.person, [timedelta(), timedelta()])
        sums[0] += sum(
            (time for index, time in enumerate(each.amounts[: len(names) - 2]) if index != night), timedelta()
        )
        sums[1] += each.total
    return {person for person, (day, every) in counted.items() if day > (1 - _NIGHTS) * every}


@once_a_catalog
def _nightly(catalog: Catalog, schedule: Schedule, person: str, zone: str, now: datetime, night: int) -> bool:
    """Whether somebody's shifts are at night if they live in a zone."""
    scale = hours_scale(catalog, zone, coming(now))
    amounts = scale.amounts(coming_windows(catalog, schedule, now)[person])
    return amounts[night] >= _NIGHTS * sum(amounts, timedelta())


def _uneven(catalog: Catalog, layer: Layer, carried: tuple[Carried, ...], year: timedelta) -> Iterator[Uneven]:
    judged = [each for each in carried if _turns(each, layer) >= ENOUGH_TURNS]
    for index, bucket in enumerate(buckets_of(catalog).names):
        rates = {each.person: each.amounts[index] / (each.available * each.entries) for each in judged}
        fair = None if bucket == HOLIDAY or _is_even(rates.values()) else fairness(rates)
        if fair is not None and fair.overload > OVERLOAD:
            most, mean = (rate * year for rate in (rates[fair.most], sum(rates.values()) / len(rates)))
            if most - mean >= EXCESS:
                yield Uneven(layer, bucket, fair, most, mean)


def _is_even(rates: Iterable[float]) -> bool:
    """Whether nobody has too much: a look at the largest says so of most, and spares the comparison of all pairs."""
    order = sorted(rates)
    return not order or order[-1] * len(order) <= OVERLOAD * sum(order)


def _turns(carried: Carried, layer: Layer) -> float:
    """How many turns somebody has while the layer has them."""
    return carried.available / layer.turn * carried.entries / len(layer.people)
