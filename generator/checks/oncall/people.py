"""People who are on call although they cannot be: on leave, gone, or in a country whose holidays nobody knows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from generator import times
from generator.analysis.oncall.coverage.pattern import span_words
from generator.analysis.oncall.load.coming import coming_windows, has_left, named_in, schedules_held, spare
from generator.analysis.oncall.load.holidays import regions, unknown
from generator.analysis.oncall.load.settings import HOLIDAYS
from generator.analysis.oncall.load.working_hours import Away, leaves
from generator.analysis.oncall.report import person_name
from generator.analysis.windows import Window, Windows, within
from generator.catalog import Catalog
from generator.checks.base import check
from generator.context import Context
from generator.findings import Finding, Related
from generator.kinds.people import Person
from generator.kinds.team import Schedule, Team


@check("oncall/country", level="warning")
def country(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """Nobody knows the holidays of a person's country or region.

    `country` says whose public holidays a person has: `AR`, or with a region `ES-MD`. They come from a library of 250
    countries. Of a region that it does not know the country's holidays count, of an unknown country none at all, so
    reports take holidays for working days. Write the days of such a place into `tocsin.yaml`, and this is silent:

    ```yaml
    holidays:
      AR-C: [2026-11-11]
    ```
    """
    written = catalog.settings.get(HOLIDAYS)
    for person in catalog.all(Person):
        lost = "" if person.country is None or person.country in written else unknown(person.country)
        if lost:
            effect = "its country's are counted alone" if "region" in lost else "none is counted"
            yield person.finding(
                "country",
                message=f"the holidays of {lost}, where {person.name} is, are not known: {effect}",
                hint=_known_place(str(person.country)),
            )


def _known_place(place: str) -> str:
    code, _, region = place.partition("-")
    write = f"write holidays: {{{place}: [<day>, …]}} in tocsin.yaml"
    known = [each for each in regions(place) if len(each) <= 3]
    if not region or not known:
        return write
    return f"of {code} these are known: {', '.join(known)}; or {write}"


@check("oncall/leave", level="warning")
def leave(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """Somebody is on call while they are on leave.

    A leave says when a person is away, in the person's own zone; `until` is the first day back. It takes nobody off
    call by itself: somebody has to stand in, by an override. The hint has the command that writes it, with whoever of
    the schedule is free then and least on call. Somebody whom a step of an escalation policy names has no shift that
    could be covered: let the step page a schedule.
    """
    for who, theirs in leaves(catalog).items():
        for away in theirs:
            window = Window(max(away.window.start, context.now), away.window.end)
            if window.length and catalog.get(Person, who) is not None:
                yield from _on_leave(catalog, context.now, who, away, window)


def _on_leave(catalog: Catalog, now: datetime, who: str, away: Away, window: Window) -> Iterator[Finding]:
    where = _leave_words(away)
    for schedule in schedules_held(catalog, now).get(who, ()):
        shifts = within(window, coming_windows(catalog, schedule, now).get(who, ()))
        if shifts:
            yield away.leave.finding(
                message=f"{person_name(catalog, who)} is on leave {where}, and on call on {schedule.id} "
                f"{_first(shifts, schedule)}",
                hint=_cover(catalog, schedule, who, shifts, now),
            ).with_related(Related(schedule.ref.key(), "the schedule"))
    for policy, number in named_in(catalog).get(who, ()):
        yield away.leave.finding(
            message=f"{person_name(catalog, who)} is on leave {where}, and step {number} of {policy.name} names them",
            hint="let the step page a schedule, so that others can stand in",
        ).with_related(Related(policy.ref.at("steps", number - 1, "page"), "the step"))


def _leave_words(away: Away) -> str:
    return f"from {away.leave.from_text} until {away.leave.until_text}"


def _cover(catalog: Catalog, schedule: Schedule, who: str, shifts: Windows, now: datetime) -> str:
    """The command, from the first of the shifts until the last."""
    window = Window(shifts[0].start, shifts[-1].end)
    other = spare(catalog, schedule, window, (who,), now)
    start, end = (f"{each.astimezone(schedule.zone):%Y-%m-%d %H:%M}" for each in window)
    command = f'tocsin oncall cover {other or "WHO"} --for {who} --from "{start}" --until "{end}"'
    free = "" if other else "; nobody else of the schedule is free for all of it"
    return f"{command} --schedule {schedule.id}{free}"


@check("oncall/left", level="error")
def left(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """Somebody who is no longer there is still called.

    `until` of a person says from when on they are gone. A page to somebody who has left is answered by nobody, and the
    next step loses its minutes waiting. Take them out of the rotation with `tocsin oncall remove`, which leaves
    whoever is on call where they are, and out of the steps and teams that name them.
    """
    for person in catalog.all(Person):
        if has_left(catalog, person.id, context.now):
            gone = f"{person.name} left on {_day(person)}"
            for schedule, shifts in _shifts_after(catalog, person, context.now):
                yield _in_rotation(catalog, schedule, person, f"{gone} and is still on call", shifts)
            yield from _named_anyway(catalog, person, gone)


@check("oncall/leaving", level="warning")
def leaving(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """Somebody who is about to leave has shifts after their last day.

    `until` of a person says from when on they are gone. Take them out of the rotation in time: whoever is on call stays
    so, and the turns of the others are planned anew only once.
    """
    for person in catalog.all(Person):
        if person.until is not None and person.until > context.now:
            for schedule, shifts in _shifts_after(catalog, person, context.now):
                yield _in_rotation(catalog, schedule, person, f"{person.name} leaves on {_day(person)} and has", shifts)


def _shifts_after(catalog: Catalog, person: Person, now: datetime) -> Iterator[tuple[Schedule, Windows]]:
    """By schedule, the shifts that come once a person is no longer there."""
    for schedule in schedules_held(catalog, now).get(person.id, ()):
        theirs = coming_windows(catalog, schedule, now)[person.id]
        if person.until is not None:
            shifts = within(Window(max(now, person.until), theirs[-1].end), theirs)
            if shifts:
                yield schedule, shifts


def _in_rotation(catalog: Catalog, schedule: Schedule, person: Person, said: str, shifts: Windows) -> Finding:
    entries = [
        layer.ref.at("people", layer.people.index(person.id)) for layer in schedule.layers if person.id in layer.people
    ]
    where = entries[0] if entries else schedule.ref.key()
    has = f"shifts on {schedule.id} after that" if said.endswith("has") else f"on {schedule.id}"
    return Finding(
        where,
        f"{said} {has}: {_first(shifts, schedule)}",
        f"tocsin oncall remove {person.id} {schedule.id}" if entries else "let the override name somebody else",
        (Related(person.ref.at("until"), "their last day"),),
        subject=f"{schedule.id}/{person.id}",
    )


def _named_anyway(catalog: Catalog, person: Person, gone: str) -> Iterator[Finding]:
    """Steps and teams that name somebody who has left."""
    related = Related(person.ref.at("until"), "their last day")
    for policy, number in named_in(catalog).get(person.id, ()):
        message = f"{gone} and step {number} of {policy.name} still calls them"
        yield Finding(
            policy.ref.at("steps", number - 1, "page"), message, "name somebody else, or a schedule", (related,)
        )
    for team in catalog.all(Team):
        if team.lead == person.id:
            yield Finding(team.ref.at("lead"), f"{gone} and is still the lead of {team.name}", "", (related,))


def _day(person: Person) -> str:
    return "" if person.until is None else f"{person.until.astimezone(times.zone(person.time_zone)):%Y-%m-%d}"


def _first(shifts: Sequence[Window], schedule: Schedule) -> str:
    """`2026-12-24 09:00-17:00 (Europe/Madrid), and 2 times more`."""
    more = len(shifts) - 1
    times_more = f", and {more} time{'s' if more > 1 else ''} more" if more else ""
    return f"{span_words(shifts[0], schedule.zone)} ({schedule.zone_name}){times_more}"
