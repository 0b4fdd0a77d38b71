"""Which layer of a schedule a change is about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from generator.analysis.oncall.changes.reanchor import name_of
from generator.errors import UsageError
from generator.findings import did_you_mean

if TYPE_CHECKING:
    from generator.kinds.team import Layer, Schedule


def layer_to_join(schedule: Schedule, person: str, named: str | None, now: datetime) -> Layer:
    """The layer that somebody joins: the only one that goes on, or the one named; its last version.

    Raises UsageError where several could be meant, or the person is in it.
    """
    pool = _named(schedule, named, now)
    layer = _one([each for each in pool if named is not None or not each.shadow] or pool, "joins")
    if person in layer.people:
        raise UsageError(f"{person} is in layer {name_of(layer)} of {schedule.id} already")
    return layer


def layer_with(schedule: Schedule, people: Sequence[str], named: str | None, now: datetime) -> Layer:
    """The layer that people are in: the only such one, or the one named; its last version.

    Raises UsageError where several could be meant, or none.
    """
    pool = _named(schedule, named, now)
    found = [each for each in pool if set(people) <= set(each.people)]
    if not found:
        where = f"layer {named} of {schedule.id}" if named is not None else f"a layer of {schedule.id} that goes on"
        known = list(dict.fromkeys(each for layer in pool for each in layer.people))
        absent = [each for each in people if each not in known] or list(people)
        together = "together " if len(absent) > 1 else ""
        hint = did_you_mean(absent[0], known) or f"there are {', '.join(known)}"
        raise UsageError(f"{' and '.join(absent)} {'are' if together else 'is'} not {together}in {where}", hint)
    return _one(found, "is meant")


def _named(schedule: Schedule, named: str | None, now: datetime) -> list[Layer]:
    """The layers that go on, of one name where it is said."""
    pool = [each for each in schedule.layers if each.end is None or each.end > now]
    if not pool:
        raise UsageError(f"every layer of {schedule.id} has ended", "write a new one into the file")
    found = [each for each in pool if named is None or each.name == named]
    if not found:
        known = list(map(name_of, pool))
        raise UsageError(
            f"{schedule.id} has no layer '{named}' that goes on",
            did_you_mean(str(named), known) or f"there is {', '.join(known)}",
        )
    return found


def _one(pool: Sequence[Layer], doing: str) -> Layer:
    """The last of several versions of one layer."""
    names = list(dict.fromkeys(map(name_of, pool)))
    if len(names) > 1:
        raise UsageError(f"it is not clear which layer {doing}", f"say --layer with one of: {', '.join(names)}")
    return pool[-1]
