"""Whether a team is large enough for what its schedules ask; one that cannot be gets one note about all of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from generator import times
from generator.analysis.oncall.load.coming import MOST, SMALL, TeamLoad, alone, team_load, team_people
from generator.analysis.oncall.load.holidays_on_call import Spoiled, spoiled_holidays
from generator.analysis.oncall.load.patterns import back_to_back
from generator.analysis.oncall.load.rest import ShortNights, short_nights
from generator.analysis.oncall.report import person_name
from generator.catalog import Catalog
from generator.checks.base import check
from generator.checks.oncall.people_fair import named
from generator.context import Context
from generator.findings import Finding
from generator.kinds.team import Schedule, Team


@check("oncall/bus-factor", level="warning")
def bus_factor(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """Only one person takes the turns of a layer, though the team has others.

    When that person is ill, asleep or gone, nobody of the layer is called. Let at least one more take turns. Of a team
    with fewer than six people `oncall/small-team` says it.
    """
    for team in _large(catalog, context.now):
        for schedule in team.schedules:
            found = alone(catalog, schedule, context.now)
            if found:
                yield schedule.finding(
                    key=True,
                    message=f"{_alone(catalog, schedule, context.now)}: nobody of it is called when they cannot answer",
                    hint="let one more person of the team take turns",
                )


@check("oncall/load", level="warning")
def load(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """People are on call for more than a quarter of their time.

    Practice allows a quarter at most, at all levels together: hours on call on any schedule ÷ hours in the coming year
    in which a schedule has the person. Primary and secondary around the clock need eight people that way (2 ÷ 8), one
    level needs four. What a step adds that names a person is not counted here (`tocsin oncall report` shows it), and
    neither are shadow layers; a turn more than the others have, because a year holds no whole number of rounds, is
    allowed. Of a team with fewer than six people `oncall/small-team` says it.
    """
    for team in _large(catalog, context.now):
        found = team_load(catalog, team, context.now)
        if found.over:
            yield team.finding(
                "schedules",
                key=True,
                message=f"{_load(catalog, team, found)}, more than a quarter of their time",
                hint=_more(found),
            )


@check("oncall/rest", level="warning")
def rest(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """Work starts soon after a night on call.

    Whoever may be woken until 09:00 and starts work at 09:00 has no rest after a page. Practice, and rules on working
    time in many places, ask for 11 hours between a night's work and the next start. Said of people whose
    `working_hours` are written, without their holidays and leave, for nights of the coming year (the bucket of 03:00).
    Agree on a later start after pages, hand over in the evening, or let another time zone have the nights. This warns:
    what holds for your team, its contracts and its law say. Of a team with fewer than six people `oncall/small-team`
    says it.
    """
    for team in _large(catalog, context.now):
        for schedule in team.schedules:
            found = short_nights(catalog, schedule, context.now)
            if found:
                yield schedule.finding(
                    key=True,
                    message=f"less than 11 hours of rest after nights on {schedule.id}: {_rest(catalog, found)}",
                    hint="agree on a later start after a page at night, or hand over in the evening",
                )


@check("oncall/holiday", level="note")
def holiday(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """Somebody is on call on a public holiday of theirs, while others have a working day.

    Holidays are those of the person's `country`, and the days of `holidays` in `tocsin.yaml`. Said where at least eight
    hours of a holiday that is no weekend are on call, and somebody else of the layer lives where it is none: they
    could swap. Of a team with fewer than six people `oncall/small-team` says it.
    """
    for team in _large(catalog, context.now):
        for schedule in team.schedules:
            found = spoiled_holidays(catalog, schedule, context.now)
            if found:
                first = min(found, key=lambda each: each.holidays[0].window)
                yield schedule.finding(
                    key=True,
                    message=f"on call on {schedule.id} on public holidays of their own: {_holidays(catalog, found)}",
                    hint=f"{person_name(catalog, first.instead)} has no holiday on {first.holidays[0].day}: "
                    f"see tocsin oncall cover --help",
                )


@check("oncall/small-team", level="note")
def small_team(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A team is too small for rules of larger ones: all that it cannot keep, in one note.

    With fewer than six people taking turns some things cannot be had: a second person everywhere, a quarter of the time
    at most, nights without work the next morning, days off for everybody. One note lists which of them this team goes
    without (`oncall/bus-factor`, `oncall/load`, `oncall/rest`, `oncall/holiday`, `oncall/back-to-back`), so that it is
    known and weighed: more people, fewer hours (`coverage`), another team for the nights, or time off in lieu.
    """
    for team in catalog.all(Team):
        people = team_people(catalog, team, context.now)
        broken = list(_broken(catalog, team, context.now)) if 0 < len(people) < SMALL else []
        if broken:
            many = f"{len(people)} people" if len(people) > 1 else "one person"
            yield team.finding(
                "schedules",
                key=True,
                message=f"{many} take turns in {team.name}, fewer than the {SMALL} that some rules need: "
                f"{'; '.join(broken)}".replace("one person take", "one person takes"),
                hint="know it and weigh it: tocsin oncall report has the numbers",
            )


def _broken(catalog: Catalog, team: Team, now: datetime) -> Iterator[str]:
    """What a small team goes without."""
    for schedule in team.schedules:
        if alone(catalog, schedule, now):
            yield f"bus factor: {_alone(catalog, schedule, now)}"
    found = team_load(catalog, team, now)
    if found.over:
        yield f"load: {_load(catalog, team, found)}, above a quarter ({_more(found)})"
    for schedule in team.schedules:
        runs = [run for run in back_to_back(catalog, schedule, now) if len(_takers(schedule, run.layers)) == 2]
        if runs:
            yield f"back to back: {person_name(catalog, runs[0].person)} on {schedule.id}"
        nights = short_nights(catalog, schedule, now)
        if nights:
            yield f"rest: {_rest(catalog, nights)}"
        spoiled = spoiled_holidays(catalog, schedule, now)
        if spoiled:
            yield f"holidays on call: {_holidays(catalog, spoiled)}"


def _takers(schedule: Schedule, layers: tuple[str, ...]) -> set[str]:
    return {person for layer in schedule.layers if layer.name in layers for person in layer.people}


def _large(catalog: Catalog, now: datetime) -> Iterator[Team]:
    return (team for team in catalog.all(Team) if len(team_people(catalog, team, now)) >= SMALL)


def _alone(catalog: Catalog, schedule: Schedule, now: datetime) -> str:
    found = alone(catalog, schedule, now)
    said = [f"only {person_name(catalog, person)} on {layer.name}" for layer, person in found]
    return f"{schedule.id} has {', '.join(said)}"


def _load(catalog: Catalog, team: Team, found: TeamLoad) -> str:
    shown = [f"{person_name(catalog, person)} {100 * share:.1f} %" for person, share in found.over[:3]]
    more = f" and {len(found.over) - 3} more" if len(found.over) > 3 else ""
    return f"on call on the schedules of {team.name}: {', '.join(shown)}{more}"


def _more(found: TeamLoad) -> str:
    if found.mean > MOST:
        return f"{max(found.enough, len(found.people) + 1)} people would be enough, and {len(found.people)} take turns"
    return f"the mean is {100 * found.mean:.1f} %, so share it more evenly"


def _rest(catalog: Catalog, found: tuple[ShortNights, ...]) -> str:
    first = min(found, key=lambda each: (each.first, each.person.id))
    zone = times.zone(first.person.time_zone)
    end, work = first.first.astimezone(zone), first.work.astimezone(zone)
    many = max(each.count for each in found)
    return (
        f"{named(catalog, [each.person.id for each in found])}, {'at most ' if len(found) > 1 else ''}{many} night"
        f"{'s' if many > 1 else ''} in the coming year (first: {first.person.name}, {end:%Y-%m-%d}, on call until "
        f"{end:%H:%M}, work from {'' if work.date() == end.date() else f'{work:%Y-%m-%d} '}{work:%H:%M})"
    )


def _holidays(catalog: Catalog, found: tuple[Spoiled, ...]) -> str:
    said = []
    for each in sorted(found, key=lambda each: each.holidays[0].window)[:3]:
        first, many = each.holidays[0], len(each.holidays)
        days = f"{many} days, first " if many > 1 else ""
        said.append(f"{person_name(catalog, each.person.id)} ({days}{first.day}, {first.name})")
    return ", ".join(said) + (f" and {len(found) - 3} more" if len(found) > 3 else "")
