"""Who is on call differently between two states of a schedule: what checks, commands and `diff` say in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from generator.analysis.oncall.shifts import Shift, shifts
from generator.analysis.windows import Window
from generator.kinds.people import Person
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.catalog import Catalog
    from generator.kinds.team import Schedule

State = tuple["Catalog", "Schedule"]


@dataclass(frozen=True, slots=True)
class Moved:
    """Time that was one person's and becomes another's, all out of one turn; None is nobody.

    `start` and `end` are in UTC; hours off duty may lie between. `whole` says that it is all that was asked about of
    the turn (or override) that it was.
    """

    start: datetime
    end: datetime
    before: Shift | None
    after: Shift | None
    whole: bool = True

    @property
    def people(self) -> tuple[str | None, str | None]:
        """Whose it was, and whose it becomes."""
        return _person(self.before), _person(self.after)


def moved(
    before: State, after: State, start: datetime, end: datetime, renamed: Mapping[str, str] | None = None
) -> tuple[Moved, ...]:
    """What of a schedule's time between two instants changes hands, in order.

    `renamed` gives the new ids of people who were called otherwise before.
    """
    new = renamed or {}
    old = [each._replace(person=new.get(each.person, each.person)) for each in shifts(*before, start, end)]
    return compared(old, shifts(*after, start, end))


def compared(before: Sequence[Shift], after: Sequence[Shift]) -> tuple[Moved, ...]:
    """As `moved`, of two expansions in order."""
    runs: list[Moved] = []
    kept: set[object] = set()
    together = False
    for window, old, new in _aligned(before, after):
        if _person(old) == _person(new):
            together = together and old is None
            kept |= {_turn(old)} if old else set()
            continue
        if together and _same(runs[-1], old, new):
            runs[-1] = replace(runs[-1], end=window.end)
        else:
            runs.append(Moved(*window, old, new))
        together = True
    parts = [_turn(run.before) for run in runs]
    times = Counter(parts)
    return tuple(
        replace(run, whole=run.before is not None and part not in kept and times[part] == 1)
        for run, part in zip(runs, parts, strict=True)
    )


def renames(before: Catalog, after: Catalog) -> Mapping[str, str]:
    """The new id of everybody who has another one: the same PagerDuty user, or the same address."""
    old = {each.id: each for each in before.all(Person)}
    known = {key: each.id for each in after.all(Person) if each.id not in old for key in _identities(each)}
    gone = [each for ident, each in old.items() if after.get(Person, ident) is None]
    return {each.id: known[key] for each in gone for key in _identities(each) if key in known}


def _aligned(before: Sequence[Shift], after: Sequence[Shift]) -> Iterator[tuple[Window, Shift | None, Shift | None]]:
    """Stretches in which neither side changes, and whose they are on both."""
    bounds = sorted({time for each in (*before, *after) for time in each.window})
    i = j = 0
    for start, end in pairwise(bounds):
        while i < len(before) and before[i].end <= start:
            i += 1
        while j < len(after) and after[j].end <= start:
            j += 1
        old = before[i] if i < len(before) and before[i].start <= start else None
        new = after[j] if j < len(after) and after[j].start <= start else None
        yield Window(start, end), old, new


def _same(run: Moved, old: Shift | None, new: Shift | None) -> bool:
    """Whether a stretch goes on with the one before: the same people, in the same turns or overrides."""
    if run.people != (_person(old), _person(new)):
        return False
    return _turn(run.before) == _turn(old) if old else _turn(run.after) == _turn(new)


def _turn(shift: Shift | None) -> object:
    return shift and (shift.layer, shift.turn, shift.person, shift.override and shift.override.id)


def _person(shift: Shift | None) -> str | None:
    return None if shift is None else shift.person


def _identities(person: Person) -> list[str]:
    """What stays the same when an id changes."""
    return [each for each in (person.pagerduty, (person.email or "").casefold()) if each]
