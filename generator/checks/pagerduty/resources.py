"""PagerDuty: what it refuses, and where it would do something else than the sources say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from generator import times
from generator.analysis.pagerduty.account import Account
from generator.analysis.pagerduty.overlaps import overlap
from generator.analysis.pagerduty.support import fits, written_hours
from generator.analysis.pagerduty.use import account_of, is_used
from generator.analysis.windows import total
from generator.catalog import Catalog
from generator.checks.base import check
from generator.context import Context
from generator.findings import Finding
from generator.kinds.people import Person
from generator.kinds.team import EscalationPolicy, EscalationStep

MOST, MANY = 10, 5
"""Targets of one step: more than these are refused; more than those on some accounts."""


@check("pagerduty/no-email")
def no_email(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """Somebody whom PagerDuty should call has no e-mail.

    PagerDuty knows people by their e-mail. Who has none is left out of its layers, and then everybody's turns move: the
    schedule in PagerDuty is another one than the schedule here. Write `email:` into the file of people; for a team that
    does without PagerDuty write `pages: people` into the team's file, or name the `targets` that you build.
    """
    account = _account(catalog, context)
    if account is None:
        return
    used = _called(account, context.now)
    for person in catalog.all(Person):
        if person.id in used and not person.email:
            yield person.finding(
                message=f"{person.id} {used[person.id]} and has no e-mail: PagerDuty would leave them out",
                hint="write email:, or pages: people for a team without PagerDuty",
            )


def _called(account: Account, now: datetime) -> dict[str, str]:
    """Whom PagerDuty should call, and why."""
    used: dict[str, str] = {}
    for schedule in account.schedules:
        for layer in schedule.layers:
            if not layer.shadow and (layer.end is None or layer.end > now):
                for person in layer.people:
                    used.setdefault(person, f"takes turns in {schedule.id}")
    for policy, _, step in _steps(account):
        for target in step.targets:
            if target.kind == "person":
                used.setdefault(target.id, f"is called by {policy.id}")
    return used


@check("pagerduty/targets")
def targets(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A step of an escalation policy calls more targets than PagerDuty takes.

    It takes ten. A schedule with layers of several time zones counts once for each zone. Divide the step, or let a
    schedule call in its place.
    """
    for policy, index, number in _numbers(_account(catalog, context)):
        if number > MOST:
            yield policy.finding(
                "steps",
                index,
                "page",
                message=f"step {index + 1} of {policy.name} has {number} targets in PagerDuty, which takes {MOST}",
                hint="divide the step, or call a schedule",
            )


@check("pagerduty/many-targets", level="note")
def many_targets(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A step of an escalation policy calls more targets than some accounts of PagerDuty take.

    More than five have failed on some accounts, whatever the documentation says. If the apply is refused, divide the
    step.
    """
    for policy, index, number in _numbers(_account(catalog, context)):
        if MANY < number <= MOST:
            yield policy.finding(
                "steps",
                index,
                "page",
                message=f"step {index + 1} of {policy.name} has {number} targets; some accounts take {MANY}",
            )


@check("pagerduty/wait", level="warning")
def wait(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A step waits a time that PagerDuty cannot wait.

    It waits whole minutes, at least one, and at least three where a step calls several targets at once. The next higher
    time is written to PagerDuty, and pages here say another one. Write what PagerDuty will do.
    """
    account = _account(catalog, context)
    if account is None:
        return
    for policy, index, step in _steps(account):
        minutes = times.UNITS["m"] * account.minutes(step)
        if minutes != step.wait and account.targets(step.targets):
            yield policy.finding(
                "steps",
                index,
                "wait",
                message=f"step {index + 1} of {policy.name} waits {times.format_duration(step.wait)};"
                f" PagerDuty waits {times.format_duration(minutes)}",
                hint=f"write wait: {times.format_duration(minutes)}",
            )


@check("pagerduty/zones-overlap", level="warning")
def zones_overlap(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """Layers of several time zones are on duty together, and PagerDuty calls all of them.

    A schedule of PagerDuty has one zone, so such a schedule becomes several, which one step calls at once. Here the
    upper layer wins; there nobody does, and two people are called. What the upper layer hides in every week of the year
    is taken out of the lower one, and up to two hours, which clocks that change on other days leave over, are no
    finding. What is left: give the layers hours that do not overlap, or one zone.
    """
    account = _account(catalog, context)
    if account is None:
        return
    for schedule in account.schedules:
        found = overlap(account, schedule)
        if found is not None:
            first = times.iso_utc(found.windows[0].start)
            zones = f"{', '.join(found.zones[:-1])} and {found.zones[-1]}"
            yield schedule.finding(
                "layers",
                message=f"layers of {schedule.id} in {zones} are on duty together"
                f" ({times.words(total(found.windows))} in the coming year, first at {first}): PagerDuty calls both",
                hint="give them hours that do not overlap, or one zone",
            )


@check("pagerduty/support-hours", level="warning")
def support_hours(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """Support hours cannot be said in PagerDuty.

    `pagerduty: {outside_support_hours: low}` lets PagerDuty lower the urgency outside of support hours. It knows one
    span a day that does not go over midnight. Hours that do are not written, and pages call at all hours.
    """
    account = _account(catalog, context)
    if account is None or account.settings.outside_support_hours != "low":
        return
    for service in account.services:
        if not all(fits(each) for each in written_hours(account, service)):
            yield service.finding(
                message=f"support hours of {service.id} go over midnight: PagerDuty cannot have them",
                hint="write hours that end by 24:00",
            )


def _account(catalog: Catalog, context: Context) -> Account | None:
    """The account, where anybody counts on one."""
    return account_of(catalog, context.now) if is_used(catalog) else None


def _steps(account: Account) -> Iterator[tuple[EscalationPolicy, int, EscalationStep]]:
    """Every step of the policies that PagerDuty calls by, with its number from 0."""
    policies = (policy for team in account.calling for policy in team.policies)
    return ((policy, index, step) for policy in policies for index, step in enumerate(policy.steps))


def _numbers(account: Account | None) -> Iterator[tuple[EscalationPolicy, int, int]]:
    """How many targets each step has in PagerDuty."""
    if account is not None:
        for policy, index, step in _steps(account):
            yield policy, index, len(account.targets(step.targets))
