"""How a layer changes without a reshuffle: a new list of people, and the anchor that keeps the right one on call.

Turn k belongs to person k modulo n, so a list of another length moves everybody. The grid of turns stays as it is, and
the anchor moves along it by whole turns until the present turn is its holder's again. See docs/on-call.md.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from generator.analysis.oncall.clock import from_wall, to_wall
from generator.analysis.oncall.turns import turn_index, turn_start
from generator.errors import EditRefused
from generator.records import dataclass
from generator.times import can_be_present

if TYPE_CHECKING:
    from generator.kinds.team import Layer

TRIES = 200
"""How many rotations before and after are tried for an anchor whose local time exists."""


class Rollout(StrEnum):
    """From which turn on the new list counts: the present one, the next, or the one after everybody's next."""

    IMMEDIATE = "immediate"
    AFTER_SHIFT = "after-current-shift"
    AFTER_ROTATION = "after-full-rotation"


@dataclass(frozen=True, slots=True)
class Change:
    """The layer after a change.

    `anchor` is the wall clock of the layer's zone, naive. `since` None: the layer itself changes; else it ends at that
    instant (in UTC), where a version of it with these people starts.
    """

    people: tuple[str, ...]
    anchor: datetime
    since: datetime | None = None


def added(layer: Layer, person: str, now: datetime, rollout: Rollout) -> Change:
    """Somebody joins behind the present holder; with AFTER_ROTATION when everybody has had a turn.

    Raises EditRefused where that cannot be written.
    """
    turn = present_turn(layer, now)
    holder = turn % len(layer.people)
    if rollout is not Rollout.AFTER_ROTATION or holder == 0:
        place = holder + 1 if rollout is not Rollout.AFTER_ROTATION else len(layer.people)
    else:
        place, holder = holder, holder + 1
    people = (*layer.people[:place], person, *layer.people[place:])
    return Change(people, anchor_for(layer, len(people), holder, turn))


def removed(layer: Layer, person: str, now: datetime, rollout: Rollout) -> Change:
    """Somebody leaves, and the others stay in their order. EditRefused where nobody would be left."""
    people = tuple(each for each in layer.people if each != person)
    if not people:
        raise EditRefused(
            f"{person} is the only one in layer {name_of(layer)}: it would be empty",
            "add somebody first, or give the layer an end",
        )
    turn, since = _first_new_turn(layer, now, rollout, frozenset({person}))
    # Whoever of those who stay comes first from that turn on: as many of them as stand before it in the list.
    holder = sum(each != person for each in layer.people[: turn % len(layer.people)]) % len(people)
    return Change(people, anchor_for(layer, len(people), holder, turn), since)


def swapped(layer: Layer, person: str, other: str, now: datetime, rollout: Rollout) -> Change:
    """Two people have each other's turns from then on, and nobody else moves."""
    new = {person: other, other: person}
    people = tuple(new.get(each, each) for each in layer.people)
    turn, since = _first_new_turn(layer, now, rollout, frozenset(new))
    return Change(people, anchor_for(layer, len(people), turn % len(people), turn), since)


def keeping_past(layer: Layer, change: Change, now: datetime) -> Change:
    """The same change in a version of its own, so that what is past still reads as it was.

    It counts from the next handoff where the present turn stays whose it is, else from now.
    """
    turn = present_turn(layer, now)
    if change.since is not None or layer.start >= now:
        return change
    new = replace(layer, people=change.people, anchor=from_wall(change.anchor, layer.zone))
    same = new.people[turn_index(new, now) % len(new.people)] == layer.people[turn % len(layer.people)]
    since = turn_start(layer, turn + 1) if same else now
    if layer.end is not None and layer.end <= since:
        raise EditRefused(f"layer {name_of(layer)} ends before the change would count", "leave it as it is")
    return replace(change, since=since)


def present_turn(layer: Layer, now: datetime) -> int:
    """The turn that is running, or the first of a layer that has not begun. EditRefused where it is over."""
    if layer.end is not None and layer.end <= now:
        raise EditRefused(f"layer {name_of(layer)} has ended: nobody is on call by it any more")
    return turn_index(layer, max(now, layer.start))


def name_of(layer: Layer) -> str:
    """The layer's name as a line of text can hold it."""
    return one_line(layer.name)


def one_line(text: str) -> str:
    """Text without line breaks and other control characters."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def anchor_for(layer: Layer, size: int, position: int, turn: int) -> datetime:
    """The local time from which turns count so that a turn is that of one position in a list of a size.

    The present anchor where it fits; else the start of the first person's turn in the same rotation, or in one near by
    whose local time exists: a clock that skips it would move every handoff.
    """
    wall, away = to_wall(layer.anchor, layer.zone), turn - position
    if away % size == 0:
        return wall
    for rotations in sorted(range(-TRIES, TRIES + 1), key=abs):
        found = _plus(wall, away + rotations * size, layer.turn)
        if found is not None and to_wall(from_wall(found, layer.zone), layer.zone) == found:
            return found
    raise EditRefused(f"no anchor between 1970 and 2105 gives layer {name_of(layer)} these turns")


def _first_new_turn(
    layer: Layer, now: datetime, rollout: Rollout, moved: frozenset[str]
) -> tuple[int, datetime | None]:
    """The first turn by the new list, and from when a version of the layer is needed because turns before it differ."""
    turn, size = present_turn(layer, now), len(layer.people)
    if rollout is Rollout.IMMEDIATE:
        return turn, None
    later = turn + (1 if rollout is Rollout.AFTER_SHIFT else size)
    if not moved & {layer.people[each % size] for each in range(turn, later)}:
        return turn, None
    since = turn_start(layer, later)
    if layer.end is not None and layer.end <= since:
        raise EditRefused(
            f"layer {name_of(layer)} ends before the change would count", "choose --rollout immediate, or leave it"
        )
    return later, since


def _plus(wall: datetime, turns: int, turn: timedelta) -> datetime | None:
    """A wall-clock time some turns away; None outside of the years that sources may name."""
    try:
        found = wall + turns * turn
    except OverflowError:
        return None
    return found if can_be_present(found) else None
