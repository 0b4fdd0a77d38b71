"""Schedules against what they mean to cover: gaps, layers that hide each other, clocks that change apart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from generator.analysis.oncall.clock import to_wall
from generator.analysis.oncall.coverage.drift import Change, Drift, drifts
from generator.analysis.oncall.coverage.gaps import (
    ahead,
    coming_gaps,
    first_step_empty,
    is_complete,
    nobody_called,
    policies_by_schedule,
    policies_in_use,
    step_schedules,
)
from generator.analysis.oncall.coverage.overlap import overlaps
from generator.analysis.oncall.coverage.pattern import hours_words, pattern, span_words
from generator.analysis.routing.steps import on_call_people
from generator.analysis.windows import Windows, subtraction, union
from generator.catalog import Catalog
from generator.checks.base import check
from generator.context import Context
from generator.findings import Finding, Related
from generator.kinds.team import Schedule


@check("oncall/gap", level="warning")
def gap(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """At some time nobody is on call on a schedule, in hours that it means to cover.

    Looked at is the coming year against the schedule's `coverage`: always, where nothing is said. A schedule for
    business hours says so (`coverage: {days: mon-fri, hours: 09:00-18:00}`), and its nights are no gap.

    Gaps that make a page go elsewhere are told where that happens: `oncall/nobody`, `oncall/next-level`.
    """
    for schedule in catalog.all(Schedule):
        gaps = coming_gaps(catalog, schedule, context.now)
        left = subtraction(gaps, _told(catalog, schedule, context.now)) if gaps else ()
        found = pattern(left, schedule.zone, ahead(context.now))
        if found is not None and not _empty(catalog, schedule, context.now):
            weekly = found.hours_a_week
            much = f", {hours_words(weekly)} a week, next {span_words(found.first, schedule.zone)}" if weekly else ""
            yield schedule.finding(
                message=f"nobody is on call on {schedule.name} {found.words}{much} ({schedule.zone_name})",
                hint="add a layer for these hours, or write coverage: with the hours that are meant",
            )


def _told(catalog: Catalog, schedule: Schedule, now: datetime) -> Windows:
    """The gaps that other findings tell."""
    told: list[Windows] = [each.gaps for each in drifts(catalog, schedule, now)]
    for policy in policies_by_schedule(catalog).get(schedule.id, ()):
        if is_complete(catalog, policy):
            if policy.id in policies_in_use(catalog):
                told.append(nobody_called(catalog, policy, now))
            if schedule in step_schedules(catalog, policy, 0):
                told.append(tuple(each.window for each in first_step_empty(catalog, policy, now)))
    return union(*told)


def _empty(catalog: Catalog, schedule: Schedule, now: datetime) -> bool:
    """Whether it calls nobody at all, and a policy's finding says so."""
    policies = policies_by_schedule(catalog).get(schedule.id, ())
    used = any(policy.id in policies_in_use(catalog) for policy in policies)
    return used and not on_call_people(catalog, schedule.id, now)


@check("oncall/sun-drift", level="warning")
def sun_drift(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """Layers of several time zones meet in one season, and leave a gap in another.

    Europe, America and Australia change their clocks on different days, and many countries never do. Hours that follow
    the sun and meet to the minute today are an hour apart for some weeks or for half a year. Let each layer begin an
    hour before the other ends: where two have somebody, the last one wins, so an overlap does no harm.
    """
    for schedule in catalog.all(Schedule):
        found = drifts(catalog, schedule, context.now)
        if found:
            zones = " and ".join(sorted({each.zone for drift in found for each in (drift.since, drift.until) if each}))
            yield schedule.finding(
                "layers",
                message=f"{schedule.name} is left without anybody by changes of clock in {zones}: "
                + "; ".join(_drift(each, schedule) for each in found),
                hint="let the layers overlap by an hour or more: the last one wins",
            )


def _drift(drift: Drift, schedule: Schedule) -> str:
    """`from 2027-03-14 until 2027-03-28 at 14:00-15:00`."""
    walls = ([to_wall(instant, schedule.zone) for instant in gap] for gap in drift.gaps)
    hours = dict.fromkeys(f"{start:%H:%M}-{end:%H:%M}" for start, end in walls)
    until = f"until {_day(drift.until, schedule)}" if drift.until else "on"
    return f"from {_day(drift.since, schedule) if drift.since else 'now'} {until} at {' or '.join(hours)}"


def _day(change: Change, schedule: Schedule) -> str:
    return f"{to_wall(change.at, schedule.zone):%Y-%m-%d}"


@check("oncall/overlap", level="warning")
def overlap(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A layer is hidden by those above it, all the time or where their hours meet.

    Of several layers the last one that has somebody wins; those below it are not called. A layer that lies under others
    for all of the coming year is one that somebody forgot to end or wrote in the wrong place. Hours of one time zone
    that meet with an overlap (`09:00-18:00` and `17:00-09:00`) are one handoff that two people understand differently.

    A layer for all hours under one with restrictions is a fallback, and no finding; neither are overlaps between layers
    of different zones, which keep changes of clock from opening a gap.
    """
    for schedule in catalog.all(Schedule):
        for each in overlaps(schedule, context.now):
            lower = schedule.layers[each.lower]
            above = [schedule.layers[index] for index in each.upper]
            names = " and ".join(layer.name for layer in above)
            found = pattern(each.hours, schedule.zone, ahead(context.now))
            if each.all:
                holds = "hold" if len(above) > 1 else "holds"
                message = f"layer {lower.name} of {schedule.name} is never on call: {names} {holds} all its hours"
                hint = "give the layer above its hours or an end, or take this one out"
            else:
                words = found.words if found else ""
                message = f"layers {lower.name} and {names} of {schedule.name} overlap {words}: {names} wins"
                hint = "let one begin when the other ends"
            yield Finding(lower.ref, message, hint).with_related(
                *(Related(layer.ref, f"{layer.name}, above it") for layer in above)
            )
