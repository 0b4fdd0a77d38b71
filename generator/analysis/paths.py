"""The path from an alert to a person: which policy a service uses, whom it calls, and when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from generator import times
from generator.kinds.people import Person
from generator.kinds.service import Service
from generator.kinds.team import EscalationPolicy, Schedule, Target, Team
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.catalog import Catalog


@dataclass(frozen=True, slots=True)
class Step:
    """Whom a step calls, and how long after the alert; targets that lead nowhere are left out.

    `wait` is how long it takes until the next step.
    """

    delay: timedelta
    targets: tuple[Schedule | Person, ...]
    wait: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Path:
    """The way of a page. `loops` repeats after the first pass."""

    policy: EscalationPolicy
    steps: tuple[Step, ...]
    loops: int


def policy_of(catalog: Catalog, service: Service) -> EscalationPolicy | None:
    """The policy that a service names, else its team's own."""
    team = catalog.get(Team, service.team)
    if team is None:
        return None
    named = catalog.get(EscalationPolicy, f"{team.id}/{service.escalation}") if service.escalation else None
    return named or team.policy


def path(catalog: Catalog, service: Service) -> Path | None:
    """The way that a page about a service takes; None where no policy says so."""
    policy = policy_of(catalog, service)
    return None if policy is None else Path(policy, tuple(steps(catalog, policy)), policy.loops)


def next_step_words(catalog: Catalog, service: Service) -> str:
    """Who is called and who is next: `Platform Team - Primary now, then Erin Navarro after 15 minutes`.

    Schedules by their names, never by who is on call: rules would change every week. Empty without a policy.
    """
    way = path(catalog, service)
    return "" if way is None else ", then ".join(_said(step) for step in way.steps if step.targets)


def _said(step: Step) -> str:
    names = " and ".join(target.name for target in step.targets)
    return f"{names} after {times.words(step.delay)}" if step.delay else f"{names} now"


def steps(catalog: Catalog, policy: EscalationPolicy) -> Iterator[Step]:
    """Every written step of a policy, those that call nobody too."""
    delay = timedelta()
    for step in policy.steps:
        found = (_resolved(catalog, target) for target in step.targets)
        yield Step(delay, tuple(target for target in found if target is not None), step.wait)
        delay += step.wait


def _resolved(catalog: Catalog, target: Target) -> Schedule | Person | None:
    return catalog.get(Schedule, target.id) if target.kind == "schedule" else catalog.get(Person, target.id)
