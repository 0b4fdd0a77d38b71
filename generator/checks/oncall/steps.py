"""The steps of a policy against people: one person alone on the whole path, and too little time to answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from generator import times
from generator.analysis.oncall.coverage.alone import alone_on_path
from generator.analysis.oncall.coverage.gaps import ahead, first_step_empty, is_complete
from generator.analysis.oncall.report import person_name
from generator.analysis.windows import subtraction, total
from generator.catalog import Catalog
from generator.checks.base import check
from generator.context import Context
from generator.findings import Finding
from generator.kinds.team import EscalationPolicy, Team

ENOUGH = timedelta(minutes=5)
LITTLE = 0.01
"""A share of the year that is not worth a note: an afternoon in which two happen to be one."""
NAMES, SEVERAL = 3, 3


@check("oncall/one-person-path", level="note")
def one_person_path(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """All steps of an escalation policy call the same person, always or at times.

    Whoever misses the page is the only one who is ever called: a telephone without power is an outage that nobody
    knows of. It happens where a policy has one step, and where the lead takes turns as well, in the lead's own weeks.
    Add a step that somebody else answers: a second schedule, or two people beside each other in the last step.

    A team of one or two has nobody else to call, and is not told.
    """
    for policy in catalog.all(EscalationPolicy):
        if policy.steps and is_complete(catalog, policy) and _team_size(catalog, policy) >= SEVERAL:
            alone = _alone(catalog, policy, context)
            share = sum(alone.values(), timedelta()) / ahead(context.now).length
            if share > LITTLE:
                yield policy.finding("steps", message=_said(catalog, policy, alone, share), hint=_mend(policy))


def _team_size(catalog: Catalog, policy: EscalationPolicy) -> int:
    """How many people the team has, as far as its schedules and its lead say."""
    team = catalog.get(Team, policy.team)
    schedules = team.schedules if team else ()
    people = {person for schedule in schedules for layer in schedule.layers for person in layer.people}
    return len(people | ({team.lead} if team and team.lead else set()))


def _alone(catalog: Catalog, policy: EscalationPolicy, context: Context) -> dict[str, timedelta]:
    """Who is the only one called, and for how long; without the hours that a warning tells already."""
    told = [each.window for each in first_step_empty(catalog, policy, context.now)]
    found = alone_on_path(catalog, policy, context.now)
    return {person: total(subtraction(windows, told) if told else windows) for person, windows in found.items()}


def _said(catalog: Catalog, policy: EscalationPolicy, alone: dict[str, timedelta], share: float) -> str:
    names = [person_name(catalog, ident) for ident, time in alone.items() if time]
    named = " or ".join(names) if len(names) <= NAMES else f"each of {len(names)} people in turn"
    when = "always" if share > 1 - LITTLE else f"for {share:.0%} of the coming year"
    return f"{policy.name} calls one person alone {when}: {named}, and nobody after them"


def _mend(policy: EscalationPolicy) -> str:
    if len(policy.steps) == 1:
        return "add a second step that somebody else answers"
    return "let another step call somebody else then"


@check("oncall/short-wait", level="warning")
def short_wait(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A step of an escalation policy waits for less than five minutes.

    Waking up, reading the page and acknowledging it takes five minutes by night. With less, the next one is woken as
    well, every time. What PagerDuty takes at all is a question of its own: `pagerduty/wait`.
    """
    for policy in catalog.all(EscalationPolicy):
        for index, step in enumerate(policy.steps):
            # After the last step of the last pass nobody is called any more.
            goes_on = index + 1 < len(policy.steps) or policy.loops > 0
            if goes_on and step.wait < ENOUGH:
                yield policy.finding(
                    "steps",
                    index,
                    "wait",
                    message=f"step {index + 1} of {policy.name} waits {times.words(step.wait)}:"
                    " nobody wakes up and acknowledges in that time",
                    hint="write wait: 5m or more",
                )
