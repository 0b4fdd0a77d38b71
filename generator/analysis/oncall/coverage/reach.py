"""Who is called at which moment: every step of an escalation policy, resolved to people over a span of time.

A step at which nobody is on call is passed at once, as PagerDuty does it, so whoever stands behind it is called
earlier. Where no step has anybody there is nobody to call, and PagerDuty creates no incident at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from generator.analysis.memo import once_a_catalog
from generator.analysis.oncall.horizon import coming, coming_shifts
from generator.analysis.oncall.shifts import Shift, shifts
from generator.analysis.paths import Step, steps
from generator.analysis.windows import Window
from generator.kinds.people import Person
from generator.kinds.team import EscalationPolicy, Schedule
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.catalog import Catalog

_Shifts = Mapping[str, Iterable[Shift]]


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody who is called: `delay` after the page, by the written step `step` (from 0).

    `schedule` is the id of the schedule that they are on call on; None where the step names them.
    """

    person: str
    step: int
    delay: timedelta
    schedule: str | None = None


class Reach(NamedTuple):
    """A span in which a page calls the same people. `calls` is the first pass, in order; empty: nobody is called.

    `passed` are the written steps (from 0) at which nobody is on call, so that they take no time.
    """

    start: datetime
    end: datetime
    calls: tuple[Call, ...]
    passed: tuple[int, ...] = ()

    @property
    def window(self) -> Window:
        """Its time."""
        return Window(self.start, self.end)

    @property
    def first(self) -> tuple[Call, ...]:
        """Those who are called at once."""
        return tuple(call for call in self.calls if not call.delay)

    @property
    def people(self) -> frozenset[str]:
        """Everybody who is called sooner or later."""
        return frozenset(call.person for call in self.calls)


def reach(catalog: Catalog, policy: EscalationPolicy, start: datetime, end: datetime) -> tuple[Reach, ...]:
    """Who is called between two instants: in order, without holes or overlap, neighbours differ.

    Targets that lead nowhere call nobody. The time is linear in the number of shifts.
    """
    written = tuple(steps(catalog, policy))
    found = {each.id: shifts(catalog, each, start, end) for each in _schedules(written)}
    return tuple(_swept(written, found, Window(start, end)))


@once_a_catalog
def coming_reach(catalog: Catalog, policy: EscalationPolicy, now: datetime) -> tuple[Reach, ...]:
    """The same over the coming year (`horizon.coming`)."""
    written = tuple(steps(catalog, policy))
    found = {each.id: coming_shifts(catalog, each, now) for each in _schedules(written)}
    return tuple(_swept(written, found, coming(now)))


_Called = tuple[tuple[Call, ...], tuple[int, ...]]
"""The calls of the first pass, and the steps that are passed at once."""


_reach = partial(tuple.__new__, Reach)
"""A span from its values: the class does the same in three times the time."""


def _schedules(written: Iterable[Step]) -> Iterator[Schedule]:
    return (target for step in written for target in step.targets if isinstance(target, Schedule))


def _swept(written: tuple[Step, ...], found: _Shifts, span: Window) -> Iterator[Reach]:
    """One pass over the moments at which somebody comes or goes."""
    on_call: list[str | None] = [None] * len(found)
    known: dict[tuple[str | None, ...], _Called] = {}
    present: _Called | None = None
    start = since = span.start
    for moment, place, person in [*_changes(found), (span.end, 0, None)]:
        if moment > since:
            state = tuple(on_call)
            called = known.get(state)
            if called is None:
                called = known[state] = _called(written, dict(zip(found, state, strict=True)))
            if called is not present:
                if present is not None:
                    yield _reach((start, since, *present))
                start, present = since, called
            since = moment
        if on_call:
            on_call[place] = person
    if present is not None:
        yield _reach((start, span.end, *present))


def _changes(found: _Shifts) -> list[tuple[datetime, int, str | None]]:
    """Moment, place of a schedule, and who is on call on it from then on, in order."""
    changes: list[tuple[datetime, int, str | None]] = []
    for place, each in enumerate(found.values()):
        for shift in each:
            if changes and changes[-1][0] == shift.start and changes[-1][1] == place:
                changes.pop()
            changes.append((shift.start, place, shift.person))
            changes.append((shift.end, place, None))
    if len(found) > 1:
        changes.sort(key=_moment)
    return changes


def _moment(change: tuple[datetime, int, str | None]) -> datetime:
    return change[0]


def _called(written: Iterable[Step], on_call: Mapping[str, str | None]) -> _Called:
    calls: list[Call] = []
    passed: list[int] = []
    delay = timedelta()
    for index, step in enumerate(written):
        here = [_call(target, index, delay, on_call) for target in step.targets]
        calls += (call for call in here if call is not None)
        if any(here):
            delay += step.wait
        else:
            passed.append(index)
    return tuple(calls), tuple(passed)


def _call(target: Schedule | Person, index: int, delay: timedelta, on_call: Mapping[str, str | None]) -> Call | None:
    if isinstance(target, Person):
        return Call(target.id, index, delay)
    person = on_call[target.id]
    return None if person is None else Call(person, index, delay, target.id)
