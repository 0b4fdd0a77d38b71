"""The final schedule: layers over each other, the last one on top, overrides above them all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from operator import itemgetter
from typing import NamedTuple

from generator.analysis.oncall.placed import Placed, placed_within, stacked
from generator.analysis.oncall.recurring import recurring
from generator.analysis.oncall.turns import bare_turns, turns
from generator.analysis.windows import Window, Windows, subtraction, union
from generator.catalog import Catalog
from generator.kinds.absences import Override
from generator.kinds.team import Layer, Schedule

_INSTANT = timedelta(microseconds=1)


class Shift(NamedTuple):
    """Somebody on call without interruption, and why: a layer's turn, or an override.

    A tuple, because a company has hundreds of thousands of them a year. `start` and `end` are aware and in UTC.
    `layer` is the name of the layer and `turn` the index of its turn (counted from the anchor); both are None for an
    override, which is given then.
    """

    start: datetime
    end: datetime
    person: str
    layer: str | None = None
    turn: int | None = None
    override: Override | None = None

    @property
    def window(self) -> Window:
        """Its time."""
        return _window((self[0], self[1]))


_window = partial(tuple.__new__, Window)
_shift = partial(tuple.__new__, Shift)
"""A shift from its values, as a window above: the classes do the same in three times the time."""


def shifts(catalog: Catalog, schedule: Schedule, start: datetime, end: datetime) -> tuple[Shift, ...]:
    """Who is on call between two instants, cut at both, in order and without overlap. Gaps are absent."""
    return _stacked(_from_the_top(schedule, placed_within(catalog, schedule, start, end), start, end))


def shifts_below(catalog: Catalog, schedule: Schedule, override: Override) -> tuple[Shift, ...]:
    """Who would be on call in the span of an override if it and all later ones had not been written."""
    span = Window(*override.span(schedule.zone))
    every = placed_within(catalog, schedule, *span)
    before = every[: next((index for index, each in enumerate(every) if each.override.id == override.id), len(every))]
    return _stacked(_from_the_top(schedule, before, *span))


def whole_shifts(catalog: Catalog, schedule: Schedule, start: datetime, end: datetime) -> tuple[Shift, ...]:
    """As `shifts`, but shifts that reach over `start` or `end` are there in full length."""
    asked = Window(start, end)
    over = [each.window for each in placed_within(catalog, schedule, start, end)]
    return _overlapping(asked, shifts(catalog, schedule, *_reach(asked, schedule, over, shadow=False)))


def on_call_at(catalog: Catalog, schedule: Schedule, instant: datetime) -> Shift | None:
    """The shift at an instant, in full length; None where nobody is on call."""
    return next(iter(whole_shifts(catalog, schedule, instant, instant + _INSTANT)), None)


def gaps(catalog: Catalog, schedule: Schedule, start: datetime, end: datetime) -> Windows:
    """When nobody is on call although the schedule intends to cover the time, between two instants."""
    wanted = recurring(schedule.coverage, schedule.zone, start, end)
    return subtraction(wanted, (shift.window for shift in shifts(catalog, schedule, start, end)))


def shadow_shifts(schedule: Schedule, start: datetime, end: datetime) -> tuple[Shift, ...]:
    """Who goes along to learn between two instants: the shadow layers, each for itself, so these may overlap."""
    found = (shift for layer in schedule.layers if layer.shadow for shift in _layer(layer, start, end))
    return tuple(sorted(found, key=_start))


def whole_shadow_shifts(schedule: Schedule, start: datetime, end: datetime) -> tuple[Shift, ...]:
    """As `shadow_shifts`, but shifts that reach over `start` or `end` are there in full length."""
    asked = Window(start, end)
    return _overlapping(asked, shadow_shifts(schedule, *_reach(asked, schedule, (), shadow=True)))


class _Lot(NamedTuple):
    """What one override or layer gives: shifts in order, and all the time that they take."""

    shifts: Sequence[Shift]
    taken: Windows


def _stacked(lots: Iterable[_Lot]) -> tuple[Shift, ...]:
    """The final schedule: of each lot what those before it have left."""
    found: list[Shift] = []
    taken: Windows = ()
    *above, bottom = [*lots] or [_Lot((), ())]
    for lot in above:
        found += _left(lot.shifts, taken) if taken else lot.shifts
        taken = union(taken, lot.taken) if taken else lot.taken
    found += _left(bottom.shifts, taken) if taken else bottom.shifts
    found.sort(key=_start)
    return tuple(found)


def _from_the_top(schedule: Schedule, overrides: Sequence[Placed], start: datetime, end: datetime) -> Iterator[_Lot]:
    """What gives shifts, the one that wins first."""
    if overrides:
        pieces, taken = stacked(overrides, start, end)
        yield _Lot([Shift(*each.window, each.override.who, override=each.override) for each in pieces], taken)
    for layer in reversed(schedule.layers):
        inside = _cut(Window(layer.start, layer.end or end), start, end)
        if not layer.shadow and layer.people and inside.start < inside.end:
            on_duty = recurring(layer.restrictions, layer.zone, *inside)
            yield _Lot(list(_turns_within(layer, inside, on_duty)), on_duty)


def _left(shifts: Iterable[Shift], taken: Windows) -> Iterator[Shift]:
    """What of shifts nothing above them has taken. Both are in order: one pass."""
    index, count = 0, len(taken)
    for shift in shifts:
        start, end = shift[0], shift[1]
        while index < count and taken[index][1] <= start:
            index += 1
        if index == count or taken[index][0] >= end:
            yield shift
            continue
        for here in range(index, count):
            hole_start, hole_end = taken[here]
            if hole_start >= end:
                break
            if hole_start > start:
                yield _shift((start, hole_start, *shift[2:]))
            start = hole_end
        if start < end:
            yield _shift((start, end, *shift[2:]))


def _layer(layer: Layer, start: datetime, end: datetime) -> Iterator[Shift]:
    """What a layer alone says: its turns, inside its life and its restrictions."""
    inside = _cut(Window(layer.start, layer.end or end), start, end)
    if inside.start < inside.end:
        yield from _turns_within(layer, inside, recurring(layer.restrictions, layer.zone, *inside))


def _turns_within(layer: Layer, inside: Window, on_duty: Windows) -> Iterator[Shift]:
    """The parts of turns at which the layer is on duty. Both are in order: one pass."""
    index, count, name = 0, len(on_duty), layer.name
    for begins, ends, turn, person in bare_turns(layer, *inside):
        while index < count:
            start, end = on_duty[index]
            if start >= ends:
                break
            if end > ends:
                yield _shift((start if start > begins else begins, ends, person, name, turn, None))  # noqa: FURB136 (a call takes longer)
                break
            if end > begins:
                yield _shift((start if start > begins else begins, end, person, name, turn, None))  # noqa: FURB136
            index += 1


def _reach(asked: Window, schedule: Schedule, over: Iterable[Window], *, shadow: bool) -> Window:
    """The time asked for, and the whole of every turn (and of `over`) that reaches into it: no shift is longer."""
    layers = (layer for layer in schedule.layers if layer.shadow is shadow)
    reaching = [*over, *(Window(turn.start, turn.end) for layer in layers for turn in turns(layer, *asked))]
    return Window(
        min([asked.start, *(window.start for window in reaching)]), max([asked.end, *(w.end for w in reaching)])
    )


def _overlapping(asked: Window, found: Iterable[Shift]) -> tuple[Shift, ...]:
    return tuple(shift for shift in found if shift.start < asked.end and shift.end > asked.start)


def _cut(window: Window, start: datetime, end: datetime) -> Window:
    return Window(max(window.start, start), min(window.end, end))


_start = itemgetter(0)
