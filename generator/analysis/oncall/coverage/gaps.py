"""Whether somebody is called when somebody should be: gaps of schedules, and what they do to escalation policies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from generator.analysis.memo import once_a_catalog
from generator.analysis.oncall.coverage.reach import Reach, coming_reach
from generator.analysis.oncall.forms import first_of
from generator.analysis.oncall.horizon import coming, coming_shifts
from generator.analysis.oncall.recurring import recurring
from generator.analysis.oncall.shifts import Shift
from generator.analysis.paths import policy_of, steps
from generator.analysis.windows import Window, Windows, subtraction, union, within
from generator.kinds.people import Person
from generator.kinds.service import Service
from generator.kinds.team import EscalationPolicy, Schedule

if TYPE_CHECKING:
    from generator.catalog import Catalog


def ahead(now: datetime) -> Window:
    """What is left of the coming year: findings are about what still comes."""
    return Window(now, coming(now).end)


def intended(catalog: Catalog, schedule: Schedule, now: datetime) -> Windows:
    """When a schedule means to have somebody, from now until the end of the coming year.

    It begins with the first of its layers: before, it is not in use.
    """
    return _intended(catalog, first_of(catalog, schedule), now)


@once_a_catalog
def _intended(_catalog: Catalog, schedule: Schedule, now: datetime) -> Windows:
    span = ahead(now)
    begins = min((layer.start for layer in schedule.layers), default=span.start)
    start = max(span.start, begins)
    return recurring(schedule.coverage, schedule.zone, start, span.end) if start < span.end else ()


def coming_gaps(catalog: Catalog, schedule: Schedule, now: datetime) -> Windows:
    """When nobody is on call although the schedule means to have somebody, from now on over the coming year."""
    return _gaps(catalog, first_of(catalog, schedule), now)


@once_a_catalog
def _gaps(catalog: Catalog, schedule: Schedule, now: datetime) -> Windows:
    return subtraction(_intended(catalog, schedule, now), held(catalog, schedule, now))


def held(catalog: Catalog, schedule: Schedule, now: datetime) -> Windows:
    """When anybody is on call on a schedule in the coming year."""
    return _held(catalog, first_of(catalog, schedule), now)


@once_a_catalog
def _held(catalog: Catalog, schedule: Schedule, now: datetime) -> Windows:
    return tuple(_taken(coming_shifts(catalog, schedule, now)))


def _taken(shifts: Iterable[Shift]) -> Iterator[Window]:
    """The time of shifts, which are in order; those that touch become one, and few are left of thousands."""
    first = last = None
    for shift in shifts:
        if shift[0] != last:
            if first is not None and last is not None:
                yield Window(first, last)
            first = shift[0]
        last = shift[1]
    if first is not None and last is not None:
        yield Window(first, last)


@once_a_catalog
def policies_in_use(catalog: Catalog) -> frozenset[str]:
    """The ids of the policies that pages of services go by; all of them where a repository keeps no services."""
    services = catalog.all(Service)
    if not services:
        return frozenset(policy.id for policy in catalog.all(EscalationPolicy))
    found = (policy_of(catalog, service) for service in services)
    return frozenset(policy.id for policy in found if policy is not None)


@once_a_catalog
def policies_by_schedule(catalog: Catalog) -> Mapping[str, tuple[EscalationPolicy, ...]]:
    """The policies that call each schedule, by its id."""
    found: dict[str, dict[str, EscalationPolicy]] = {}
    for policy in catalog.all(EscalationPolicy):
        for target in (target for step in policy.steps for target in step.targets if target.kind == "schedule"):
            found.setdefault(target.id, {})[policy.id] = policy
    return {ident: tuple(policies.values()) for ident, policies in found.items()}


def is_complete(catalog: Catalog, policy: EscalationPolicy) -> bool:
    """Whether all its targets are known; where one is not, other findings say so, and nobody knows who is called."""
    known = {"schedule": Schedule, "person": Person}
    return all(
        catalog.get(known[target.kind], target.id) is not None for step in policy.steps for target in step.targets
    )


@once_a_catalog
def nobody_called(catalog: Catalog, policy: EscalationPolicy, now: datetime) -> Windows:
    """When no step calls anybody, meant or not, from now on over the coming year."""
    targets = [target for step in steps(catalog, policy) for target in step.targets]
    if any(isinstance(target, Person) for target in targets):
        return ()
    there = (held(catalog, target, now) for target in targets if isinstance(target, Schedule))
    return subtraction([ahead(now)], union(*there))


@once_a_catalog
def first_step_empty(catalog: Catalog, policy: EscalationPolicy, now: datetime) -> tuple[Reach, ...]:
    """When nobody is on call at the first step although its schedules mean to have somebody, and another is called."""
    wanted = first_step_intended(catalog, policy, now)
    if not _passed(catalog, policy, now, wanted):
        return ()
    return tuple(
        each._replace(start=part.start, end=part.end)
        for each in coming_reach(catalog, policy, now)
        if each.calls and 0 in each.passed
        for part in within(each.window, wanted)
    )


def _passed(catalog: Catalog, policy: EscalationPolicy, now: datetime, wanted: Windows) -> bool:
    """Whether the first step is ever passed when it should not be: of most policies it is not, and nobody is asked."""
    first = next(steps(catalog, policy), None)
    if first is None or any(isinstance(target, Person) for target in first.targets):
        return False
    there = (held(catalog, target, now) for target in first.targets if isinstance(target, Schedule))
    return bool(subtraction(wanted, union(*there)))


def first_step_intended(catalog: Catalog, policy: EscalationPolicy, now: datetime) -> Windows:
    """When the schedules of the first step mean to have somebody."""
    return union(*(intended(catalog, each, now) for each in step_schedules(catalog, policy, 0)))


def policy_intended(catalog: Catalog, policy: EscalationPolicy, now: datetime) -> Windows:
    """When any schedule of the policy means to have somebody."""
    every = (each for index in range(len(policy.steps)) for each in step_schedules(catalog, policy, index))
    return union(*(intended(catalog, each, now) for each in every))


def step_schedules(catalog: Catalog, policy: EscalationPolicy, index: int) -> tuple[Schedule, ...]:
    """The schedules that a written step calls."""
    targets = policy.steps[index].targets if index < len(policy.steps) else ()
    found = (catalog.get(Schedule, target.id) for target in targets if target.kind == "schedule")
    return tuple(schedule for schedule in found if schedule is not None)
