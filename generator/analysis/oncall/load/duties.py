"""Who carries how much: time on call by person, step and bucket, shifts, covers. The base for pay or time off in lieu.

Everything is calculated in exact durations; rounding is left to whoever prints. Shadow layers are no load.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from generator.analysis.memo import once_a_catalog
from generator.analysis.oncall.coverage.gaps import policies_in_use
from generator.analysis.oncall.load.buckets import Amounts, scale_of
from generator.analysis.oncall.shifts import Shift, shifts
from generator.analysis.paths import steps
from generator.analysis.windows import Window, Windows, carve, total, union
from generator.kinds.absences import Override
from generator.kinds.people import Person
from generator.kinds.team import EscalationPolicy, Schedule
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.catalog import Catalog

_ZERO, _MICROSECOND = timedelta(), timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Duty:
    """What one thing gives a person in a span: a schedule, or (without one) a step that names the person.

    `step` counts from 1: the first at which a policy calls it (one in use, where there is one); None where none does.
    `shifts` are spans without interruption, `turns` the turns and overrides that they come from. `taken` is what
    overrides give that the layers would not have given, `given` what the layers would have given and others have.
    """

    person: str
    schedule: str | None
    team: str
    step: int | None
    windows: Windows
    amounts: Amounts
    shifts: int = 0
    turns: int = 0
    taken: timedelta = _ZERO
    covers_taken: int = 0
    given: timedelta = _ZERO
    covers_given: int = 0

    @property
    def total(self) -> timedelta:
        """All of its time."""
        return sum(self.amounts, _ZERO)


@dataclass(frozen=True, slots=True)
class Load:
    """All duties of one person in a span. What several give at once counts once in `on_call`."""

    person: str
    duties: tuple[Duty, ...]
    on_call: timedelta
    share: Fraction
    """Of the time that passes: on call at any level, wherever; 1/4 is what practice calls the most."""


@dataclass(frozen=True, slots=True)
class _Cover:
    """A part of an override: who has it, and who would have had it (None: nobody)."""

    override: Override
    window: Window
    instead_of: str | None


def duties(catalog: Catalog, schedules: Iterable[Schedule], span: Window) -> tuple[Duty, ...]:
    """What schedules give in a span, by schedule and then person."""
    return tuple(duty for each in schedules for duty in _of_schedule(catalog, each, span))


def named_duties(catalog: Catalog, policies: Iterable[EscalationPolicy], span: Window) -> tuple[Duty, ...]:
    """What steps give to people whom they name: all of the span. Policies that nothing uses call nobody."""
    first: dict[tuple[str, str], int] = {}
    used = policies_in_use(catalog)
    for policy in policies:
        if policy.id not in used:
            continue
        for number, step in enumerate(steps(catalog, policy), 1):
            for target in step.targets:
                if isinstance(target, Person):
                    first.setdefault((policy.team, target.id), number)
    return tuple(
        Duty(who, None, team, number, (span,), scale_of(catalog, who, span).amounts([span]))
        for (team, who), number in first.items()
    )


def loads(
    catalog: Catalog, schedules: Sequence[Schedule], policies: Sequence[EscalationPolicy], span: Window
) -> tuple[Load, ...]:
    """What these schedules and policies give everybody, by the people's ids."""
    found: dict[str, list[Duty]] = {}
    for duty in (*duties(catalog, schedules, span), *named_duties(catalog, policies, span)):
        found.setdefault(duty.person, []).append(duty)
    return tuple(_load(person, found[person], span) for person in sorted(found))


@once_a_catalog
def steps_of(catalog: Catalog) -> Mapping[str, int]:
    """The first step, from 1, at which any policy in use calls a schedule, by its id; where none does, any policy."""
    used = policies_in_use(catalog)
    every = catalog.all(EscalationPolicy)
    return {
        **_first_steps(catalog, every),
        **_first_steps(catalog, [policy for policy in every if policy.id in used]),
    }


def _first_steps(catalog: Catalog, policies: Iterable[EscalationPolicy]) -> dict[str, int]:
    found: dict[str, int] = {}
    for policy in policies:
        for number, step in enumerate(steps(catalog, policy), 1):
            for target in step.targets:
                if isinstance(target, Schedule):
                    found[target.id] = min(number, found.get(target.id, number))
    return found


def _load(person: str, given: list[Duty], span: Window) -> Load:
    on_call = total(window for duty in given for window in duty.windows)
    return Load(person, tuple(given), on_call, Fraction(on_call // _MICROSECOND, span.length // _MICROSECOND))


def _of_schedule(catalog: Catalog, schedule: Schedule, span: Window) -> Iterator[Duty]:
    by_person: dict[str, list[Shift]] = {}
    for shift in shifts(catalog, schedule, *span):
        by_person.setdefault(shift.person, []).append(shift)
    covers = tuple(_covers(catalog, schedule, by_person))
    people = dict.fromkeys([*by_person, *(each.instead_of for each in covers if each.instead_of)])
    for person in sorted(people):
        yield _with_covers(_duty(catalog, schedule, person, by_person.get(person, []), span), covers)


def _duty(catalog: Catalog, schedule: Schedule, person: str, theirs: Sequence[Shift], span: Window) -> Duty:
    scale = scale_of(catalog, person, span)
    windows = union(shift.window for shift in theirs)
    return Duty(
        person=person,
        schedule=schedule.id,
        team=schedule.team,
        step=steps_of(catalog).get(schedule.id),
        windows=windows,
        amounts=scale.amounts(windows),
        shifts=len(windows),
        turns=len({(shift.layer, shift.turn, shift.override) for shift in theirs}),
    )


def _with_covers(duty: Duty, covers: Iterable[_Cover]) -> Duty:
    taken = [each for each in covers if each.override.who == duty.person]
    given = [each for each in covers if each.instead_of == duty.person]
    return replace(
        duty,
        taken=sum((each.window.length for each in taken), _ZERO),
        covers_taken=len({each.override for each in taken}),
        given=sum((each.window.length for each in given), _ZERO),
        covers_given=len({each.override for each in given}),
    )


def _covers(catalog: Catalog, schedule: Schedule, by_person: Mapping[str, Sequence[Shift]]) -> Iterator[_Cover]:
    """What overrides change: the parts that somebody else, or nobody, would have had."""
    given = [(shift, shift.override) for each in by_person.values() for shift in each if shift.override is not None]
    if not given:
        return
    without = replace(catalog, entities={**catalog.entities, Override: {}})
    for shift, override in sorted(given, key=lambda each: each[0].start):
        would = shifts(without, schedule, *shift.window)
        held = union(each.window for each in would)
        for each in would:
            if each.person != shift.person:
                yield _Cover(override, each.window, each.person)
        for gap in carve(shift.window, held):
            yield _Cover(override, gap, None)
