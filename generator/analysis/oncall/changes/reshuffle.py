"""Whether a change of the layers takes people out of the order that they count on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from generator.analysis.oncall.changes.moved import Moved, State, compared
from generator.analysis.oncall.changes.reanchor import anchor_for
from generator.analysis.oncall.clock import to_wall
from generator.analysis.oncall.horizon import WEEKS
from generator.analysis.oncall.shifts import Shift, shifts
from generator.analysis.oncall.turns import turn_index, turn_start
from generator.catalog import Catalog
from generator.errors import EditRefused
from generator.findings import Ref

if TYPE_CHECKING:
    from generator.kinds.team import Layer, Schedule

_NOWHERE = Ref("")


def reshuffled(before: State, after: State, now: datetime, renamed: Mapping[str, str]) -> tuple[Moved, ...]:
    """What changes hands, where the change of layers does more than let people in and out; else nothing.

    Nothing is wrong where the present turn stays whose it is, and those who are in both states follow each other as
    before; nor where two people exchange their turns and all others keep theirs. Overrides are left out: they are
    meant. People who were renamed are the same.
    """
    if _layers(before[1], renamed) == _layers(after[1], {}):
        return ()
    end = now + _rotation([*before[1].layers, *after[1].layers], now)
    old = [_renamed(each, renamed) for each in shifts(_bare(before[0]), before[1], now, end)]
    new = shifts(_bare(after[0]), after[1], now, end)
    # Hours that nobody has any more, or that nobody had, are no handover: other checks tell of gaps.
    runs = tuple(run for run in compared(old, new) if None not in run.people)
    if not runs:
        return ()
    hurt = any(_turn(run.before) == _turn(old[0]) for run in runs)
    return runs if hurt or not _in_order(old, new, runs) else ()


def keeping_anchor(
    before: Layer, after: Layer, now: datetime, renamed: Mapping[str, str]
) -> tuple[str, datetime] | None:
    """The present holder and the anchor (local time) with which they stay, in a layer whose list was changed by hand.

    None where the turns are others now, the holder is gone, or stays anyway.
    """
    turn = turn_index(before, max(now, before.start))
    holder = before.people[turn % len(before.people)]
    holder = renamed.get(holder, holder)
    here = turn_index(after, max(now, before.start))
    if holder not in after.people or turn_start(before, turn) != turn_start(after, here) or before.turn != after.turn:
        return None
    try:
        anchor = anchor_for(after, len(after.people), after.people.index(holder), here)
    except EditRefused:
        return None
    return None if anchor == to_wall(after.anchor, after.zone) else (holder, anchor)


def _in_order(old: Iterable[Shift], new: Iterable[Shift], runs: Iterable[Moved]) -> bool:
    """Whether those who stay come first in the same order, or just two people exchange."""
    first, second = _first_turns(old), _first_turns(new)
    common = set(first) & set(second)
    one, other = ([each for each in people if each in common] for people in (first, second))
    if one == other:
        return True
    exchanged = {person for run in runs for person in run.people}
    return len(exchanged) == 2


def _first_turns(found: Iterable[Shift]) -> list[str]:
    return list(dict.fromkeys(each.person for each in found))


def _rotation(layers: Iterable[Layer], now: datetime) -> timedelta:
    """Until everybody has had a turn in the longest rotation that goes on, and one turn more; a year at most."""
    going = [each for each in layers if each.end is None or each.end > now]
    return max((min(each.turn * (len(each.people) + 1), timedelta(weeks=WEEKS)) for each in going), default=timedelta())


def _layers(schedule: Schedule, renamed: Mapping[str, str]) -> list[Layer]:
    """What says who is on call, wherever it is written."""
    return [
        replace(each, ref=_NOWHERE, name="", people=tuple(renamed.get(person, person) for person in each.people))
        for each in schedule.layers
        if not each.shadow
    ]


def _bare(catalog: Catalog) -> Catalog:
    return Catalog(settings=catalog.settings, documents={}, entities={})


def _renamed(shift: Shift, renamed: Mapping[str, str]) -> Shift:
    return shift._replace(person=renamed.get(shift.person, shift.person))


def _turn(shift: Shift | None) -> object:
    return shift and (shift.layer, shift.turn)
