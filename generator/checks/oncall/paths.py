"""The whole path of a page: whether it reaches somebody at every minute, and whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from generator import times
from generator.analysis.oncall.coverage.drift import drifts
from generator.analysis.oncall.coverage.gaps import (
    ahead,
    first_step_empty,
    is_complete,
    nobody_called,
    policies_in_use,
    policy_intended,
    step_schedules,
)
from generator.analysis.oncall.coverage.pattern import Pattern, hours_words, pattern, span_words
from generator.analysis.oncall.coverage.reach import Reach
from generator.analysis.oncall.report import person_name
from generator.analysis.routing.steps import called
from generator.analysis.windows import Windows, intersection, subtraction, union
from generator.catalog import Catalog
from generator.checks.base import check
from generator.context import Context
from generator.findings import Finding, Related
from generator.kinds.team import EscalationPolicy, Schedule, Team


@check("oncall/nobody")
def nobody(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """At some time no step of an escalation policy calls anybody.

    PagerDuty then creates no incident at all: nobody is called, now or later, and the alert is in no list. Fill the
    gap of one of the schedules, or end the policy with a person.

    Looked at is the coming year, and of it the time in which any schedule of the policy means to have somebody
    (`coverage`, always where nothing is said), for the policies that services use.
    """
    for policy in _judged(catalog, context):
        lost = nobody_called(catalog, policy, context.now)
        found = _pattern(catalog, policy, intersection(lost, policy_intended(catalog, policy, context.now)), context)
        if policy.id in policies_in_use(catalog) and found is not None:
            yield policy.finding(
                message=f"{policy.name} calls nobody {_when(catalog, policy, found)}: no incident is created then",
                hint="fill the gap with a layer, or add a last step that pages a person; where these hours are not to"
                " be covered, write the schedule's coverage:",
            )


@check("oncall/out-of-hours", level="note")
def out_of_hours(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """Outside the hours that its schedules mean to cover, an escalation policy calls nobody.

    That is meant: `coverage` says so. It is told because of what follows: PagerDuty creates no incident for a page of
    these hours, so nobody finds it in the morning either. Let such alerts be tickets, or write `support_hours`.
    """
    for policy in _judged(catalog, context):
        lost = nobody_called(catalog, policy, context.now)
        meant = subtraction(lost, policy_intended(catalog, policy, context.now))
        found = _pattern(catalog, policy, meant, context)
        if policy.id in policies_in_use(catalog) and found is not None:
            yield policy.finding(
                message=f"{policy.name} calls nobody {_when(catalog, policy, found)}, as coverage says:"
                " a page then creates no incident",
                hint="end the policy with a person, or let what may wait be a ticket",
            )


@check("oncall/next-level", level="warning")
def next_level(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """Nobody is on call at the first step of an escalation policy, so the next step is called at once.

    PagerDuty does not wait at a step without people. The schedule has a gap in the hours that it means to cover, and
    whoever stands behind it (often the lead) is called for every page of these hours, without turns and without rest.
    Add a layer for the hours, or let the next step be a schedule on which several people take turns.

    Where the hours are left out on purpose, say it with the schedule's `coverage`: then this is silent.
    """
    for policy in _judged(catalog, context):
        by_step: dict[int, list[Reach]] = {}
        for each in first_step_empty(catalog, policy, context.now):
            by_step.setdefault(each.calls[0].step, []).append(each)
        for index, found in sorted(by_step.items()):
            yield from _next_level(catalog, context, policy, index, found)


def _next_level(
    catalog: Catalog, context: Context, policy: EscalationPolicy, index: int, found: Sequence[Reach]
) -> Iterator[Finding]:
    schedules = step_schedules(catalog, policy, 0)
    drifting = union(*(each.gaps for schedule in schedules for each in drifts(catalog, schedule, context.now)))
    left = subtraction((each.window for each in found), drifting)
    folded = _pattern(catalog, policy, left, context)
    if folded is None or not called(catalog, policy.id, context.now)[0].reaches:
        return
    empty = " and ".join(schedule.name for schedule in schedules)
    usually = sum((step.wait for step in policy.steps[:index]), timedelta())
    yield policy.finding(
        "steps",
        0,
        "page",
        message=f"nobody is on call on {empty} {_how_much(folded)}: every page of these hours calls"
        f" {_callee(catalog, policy, index, found)} at once instead of after {times.words(usually)}{_alone(found)}"
        f" ({_next(catalog, policy, folded)})",
        hint="give these hours a layer of people who take turns;"
        f" if they are left out on purpose, write {_coverage(schedules[0])} on {schedules[0].id}",
    ).with_related(Related(schedules[0].ref.at("layers"), "its layers, none of which is on duty then"))


def _callee(catalog: Catalog, policy: EscalationPolicy, index: int, found: Sequence[Reach]) -> str:
    """`Erin Navarro, the lead,`, `whoever is on Platform Team - Secondary`."""
    calls = dict.fromkeys(call.schedule or call.person for each in found for call in each.calls if call.step == index)
    team = catalog.get(Team, policy.team)
    names = []
    for ident in calls:
        schedule = catalog.get(Schedule, ident)
        lead = ", the lead," if team is not None and team.lead == ident else ""
        names.append(f"whoever is on {schedule.name}" if schedule else f"{person_name(catalog, ident)}{lead}")
    return " and ".join(names)


def _alone(found: Sequence[Reach]) -> str:
    return ", and nobody else" if len(frozenset().union(*(each.people for each in found))) == 1 else ""


def _coverage(schedule: Schedule) -> str:
    """What says that the present hours are meant, where it can be written in one line."""
    layers = [layer for layer in schedule.layers if not layer.shadow]
    if len(layers) == 1 and len(layers[0].restrictions) == 1 and layers[0].restrictions[0].daily:
        start, length = layers[0].restrictions[0].start, layers[0].restrictions[0].length
        end = (start.hour * 60 + start.minute + length // timedelta(minutes=1)) % (24 * 60)
        return f"coverage: {{hours: {start:%H:%M}-{end // 60:02}:{end % 60:02}}}"
    return "coverage: with the hours that are meant"


def _judged(catalog: Catalog, context: Context) -> Iterator[EscalationPolicy]:
    """Policies whose targets are known and that call somebody now and then; others have findings of their own."""
    for policy in catalog.all(EscalationPolicy):
        if is_complete(catalog, policy) and any(step.reaches for step in called(catalog, policy.id, context.now)):
            yield policy


def _pattern(catalog: Catalog, policy: EscalationPolicy, windows: Windows, context: Context) -> Pattern | None:
    return pattern(windows, _schedule(catalog, policy).zone, ahead(context.now)) if windows else None


def _when(catalog: Catalog, policy: EscalationPolicy, found: Pattern) -> str:
    """`every day 01:00-09:00, 56 hours a week (next: 2026-11-25 01:00-09:00, Europe/Madrid)`."""
    return f"{_how_much(found)} ({_next(catalog, policy, found)})"


def _how_much(found: Pattern) -> str:
    """`every day 01:00-09:00, 56 hours a week`."""
    if found.hours_a_week is None:
        return found.words
    return f"{found.words}, {hours_words(found.hours_a_week)} a week"


def _next(catalog: Catalog, policy: EscalationPolicy, found: Pattern) -> str:
    schedule = _schedule(catalog, policy)
    if found.hours_a_week is None:
        return schedule.zone_name
    return f"next: {span_words(found.first, schedule.zone)}, {schedule.zone_name}"


def _schedule(catalog: Catalog, policy: EscalationPolicy) -> Schedule:
    """The first schedule of a policy: its zone is the one that times are told in. A gap implies that there is one."""
    return next(each for index in range(len(policy.steps)) for each in step_schedules(catalog, policy, index))
