"""Overrides: for somebody who is on call then, of a schedule that is known, each time once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from generator import times
from generator.analysis.memo import once_a_catalog
from generator.analysis.oncall import Shift, overrides_of, shifts_below
from generator.analysis.oncall.coverage.pattern import hours_words, span_words
from generator.analysis.oncall.report import person_name
from generator.analysis.windows import Window, subtraction, total
from generator.catalog import Catalog
from generator.checks.base import check
from generator.context import Context
from generator.findings import Finding, Related
from generator.kinds.absences import Override
from generator.kinds.people import Person
from generator.kinds.team import Schedule, Team
from generator.records import dataclass

OLD = timedelta(days=31)
"""Last month's are what a report of it asks for."""
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Placed:
    """An override of a schedule that is not over, its time, and who would be on call without it."""

    override: Override
    schedule: Schedule
    window: Window
    held: tuple[Shift, ...]

    @property
    def said(self) -> str:
        """`override 2026-12-24 09:00-17:00`."""
        return f"override {span_words(self.window, self.schedule.zone)}"


@check("oncall/override-past", level="note")
def past(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """Overrides that have been over for more than a month are in the file.

    They change nothing any more, and whoever looks for the next cover reads over them; or a year is wrong, and a cover
    that is counted on never comes. Mend the date, or take them out: Git keeps them. `tocsin oncall report` counts who
    has covered for whom, so those of a time that is still to be reported are worth keeping: then silence this note.
    """
    old: dict[str, list[Override]] = {}
    for override in catalog.all(Override):
        if override.span(times.zone("Etc/UTC"))[1] < context.now - OLD:
            old.setdefault(override.ref.path, []).append(override)
    for found in old.values():
        last = max(found, key=lambda override: override.span(times.zone("Etc/UTC"))[1])
        many = f"{len(found)} overrides have" if len(found) > 1 else "1 override has"
        yield found[0].finding(
            message=f"{many} been over for more than a month, the last one since {last.until_text}",
            hint="mend the date if it is wrong, else take them out: Git keeps what was",
        )


@check("oncall/override-of-none")
def of_none(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """An override does not say which schedule it is of, and its team has several.

    It belongs to none of them: whoever it was for is called. Write `schedule:` with the key of one; a cover of two
    schedules is two lines.
    """
    for override in catalog.all(Override):
        team = catalog.get(Team, override.team)
        if team is None or override.schedule is not None or len(team.schedules) == 1:
            continue
        zone = team.schedules[0].zone if team.schedules else times.zone("Etc/UTC")
        if override.span(zone)[1] > context.now:
            keys = ", ".join(schedule.key for schedule in team.schedules)
            yield override.finding(
                message=f"override for {person_name(catalog, override.who)} belongs to no schedule: team {team.id} has "
                + (f"several, {keys}" if keys else "none"),
                hint=f"write schedule: and one of {keys}" if keys else "give the team a schedule",
            )


@check("oncall/override-for-nobody", level="warning")
def for_nobody(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """An override says for whom it is, and that person is not on call then, or not all the time.

    Somebody else is replaced, which nobody has asked for. Often a date is wrong, or the turns have moved since. See who
    is on call with `tocsin oncall show`, and write the override for that time and person.
    """
    for each in _placed(catalog, context.now):
        override = each.override
        if override.instead_of is None or override.instead_of == override.who:
            continue
        theirs = total(shift.window for shift in each.held if shift.person == override.instead_of)
        others = list(dict.fromkeys(shift.person for shift in each.held if shift.person != override.instead_of))
        if theirs and not others:
            continue
        name, instead = person_name(catalog, override.instead_of), _people(catalog, others)
        if not theirs:
            message = f"{name} is not on call then: {instead or 'nobody'} is"
        else:
            message = (
                f"{name} is on call for {hours_words(round(theirs / HOUR, 1))} of it; {instead} would be replaced too"
            )
        yield override.finding(
            "for",
            message=f"{each.said} is for {name}, but {message} ({each.schedule.zone_name})",
            hint=f"tocsin oncall show {each.schedule.id} --from {override.from_text[:10]} says who is on call",
        )


@check("oncall/override-more-hours", level="warning")
def more_hours(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """An override that covers for somebody also holds in hours in which nobody would be on call.

    An override holds for all of its span, also where the layers have nobody. Covering three days of a schedule of 16
    hours a day in one line puts the stand-in on call for three nights that nobody else has. Write one line a shift, or
    leave `for` out where the nights are meant.
    """
    for each in _placed(catalog, context.now):
        added = subtraction([each.window], (shift.window for shift in each.held))
        if each.override.instead_of is not None and each.held and added:
            who = person_name(catalog, each.override.who)
            yield each.override.finding(
                message=f"{each.said} puts {who} on call for {hours_words(round(total(added) / HOUR, 1))} in which"
                f" nobody would be, first {span_words(added[0], each.schedule.zone)} ({each.schedule.zone_name})",
                hint="write one line a shift, or leave for: out if these hours are meant",
            )


@check("oncall/override-overlap", level="warning")
def overlap(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """Two overrides of a schedule hold at the same time: the later line wins.

    Whoever wrote the earlier one believes to be on call, or to be free. Cut one of them, or take out what no longer
    holds.
    """
    by_schedule: dict[str, list[Placed]] = {}
    for each in _placed(catalog, context.now):
        by_schedule.setdefault(each.schedule.id, []).append(each)
    for found in by_schedule.values():
        yield from _overlapping(catalog, found)


def _overlapping(catalog: Catalog, found: Sequence[Placed]) -> Iterator[Finding]:
    order = {each.override.id: index for index, each in enumerate(found)}
    running: list[Placed] = []
    for each in sorted(found, key=lambda each: each.window):
        running = [other for other in running if other.window.end > each.window.start]
        for other in running:
            first, last = sorted((each, other), key=lambda one: order[one.override.id])
            both = Window(max(each.window.start, other.window.start), min(each.window.end, other.window.end))
            who, loses = (person_name(catalog, one.override.who) for one in (last, first))
            yield last.override.finding(
                message=f"{last.said} overlaps an earlier one, {span_words(both, each.schedule.zone)}:"
                f" {who} is on call then, not {loses} ({each.schedule.zone_name})",
                hint="cut one of them, or take out the one that no longer holds",
            ).with_related(Related(first.override.ref, f"the earlier one, {loses}"))
        running.append(each)


@check("oncall/override-idle", level="note")
def idle(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """An override names somebody who is on call then anyway, so it changes nothing.

    It was written before the turns moved, or with the wrong person or day: whoever it was to relieve is on call. Take
    it out where it has had its time, or mend it.
    """
    for each in _placed(catalog, context.now):
        free = subtraction([each.window], (shift.window for shift in each.held))
        if each.held and not free and {shift.person for shift in each.held} == {each.override.who}:
            who = person_name(catalog, each.override.who)
            yield each.override.finding(
                message=f"{each.said} changes nothing: {who} is on call on {each.schedule.name} then anyway",
                hint="take it out, or mend who: or the time",
            )


@once_a_catalog
def _placed(catalog: Catalog, now: datetime) -> tuple[Placed, ...]:
    """Overrides of a known schedule that end after now, by people who are known."""
    return tuple(
        Placed(override, schedule, window, shifts_below(catalog, schedule, override))
        for schedule in catalog.all(Schedule)
        for override in overrides_of(catalog, schedule)
        for window in [Window(*override.span(schedule.zone))]
        if window.end > max(now, window.start) and catalog.get(Person, override.who) is not None
    )


def _people(catalog: Catalog, people: Sequence[str]) -> str:
    return " and ".join(person_name(catalog, ident) for ident in people)
