"""Who is on call: an index by team, a page a team with who answers when, and a page a schedule."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, timedelta

from generator.analysis import addresses
from generator.analysis.oncall.stints import Stint, stints
from generator.artifacts import Page
from generator.kinds.absences import Override
from generator.kinds.people import Person
from generator.kinds.team import EscalationPolicy, Layer, Schedule, Team
from generator.targets.divided import Place, divided
from generator.targets.markdown import box, bullets, escape, numbered, page, table
from generator.targets.site.box import on_call_now
from generator.targets.site.pages.answering import answering
from generator.targets.site.pages.calendar import calendar
from generator.targets.site.pages.load import load
from generator.targets.site.site import ON_CALL, Site


def pages(site: Site) -> Iterator[Page]:
    """The index and the schedules; nothing without teams."""
    teams = site.catalog.all(Team)
    if not teams:
        return
    yield from divided(
        Place(ON_CALL, site.say("On call"), (site.say("On call"),), site.speech),
        teams,
        lambda here, some: page(*(_team(site, here, team) for team in some)),
        lambda team: team.name,
        lambda team: _sources(site, team),
        as_of(site),
    )
    for team in teams:
        path = f"{addresses.team_page(team.id)}index.md"
        yield Page(
            path, site.say("{team} on call", team=team.name), _whole_team(site, path, team), _sources(site, team)
        )
    for schedule in site.catalog.all(Schedule):
        path = f"{addresses.schedule_page(schedule.id)}index.md"
        yield Page(path, schedule.name, _schedule(site, path, schedule), _sources(site, schedule))


def as_of(site: Site) -> str:
    """When the page was made: whoever reads it later has to look at the shifts."""
    return site.say("As of {moment} UTC; the shifts say who is next.", moment=site.moment(site.context.now, UTC))


def shift_table(site: Site, schedule: Schedule, most: int | None = None) -> str:
    """The present stint and the coming ones: shifts of one person in a row are one line."""
    rows = [
        (
            site.person(stint.person),
            site.moment(stint.start, schedule.zone),
            site.moment(stint.end, schedule.zone),
            _why(site, stint),
        )
        for stint in stints(site.shifts(schedule))[:most]
    ]
    head = (site.say("Who"), site.say("From"), site.say("Until"), site.say("Why"))
    return table(head, rows) or site.say("Nobody is on call in the coming four weeks.")


def _why(site: Site, stint: Stint) -> str:
    first, *more = stint.shifts
    if first.override is not None:
        other = site.person(first.override.instead_of) if first.override.instead_of else ""
        instead = site.say("instead of {person}", person=other) if other else site.say("override")
        return f"{instead}{f' ({escape(first.override.why)})' if first.override.why else ''}"
    layers = ", ".join(escape(name) for name in dict.fromkeys(shift.layer or "" for shift in stint.shifts))
    if not more:
        return layers
    shifts, length = len(more) + 1, hours(stint.on_call)
    return site.say("{layers}, {shifts} shifts, {hours} on call", layers=layers, shifts=shifts, hours=length)


def hours(duration: timedelta) -> str:
    """`112 h`, `7.5 h`."""
    return f"{duration / timedelta(hours=1):.2f}".rstrip("0").rstrip(".") + " h"


def _sources(site: Site, *entities: Team | Schedule) -> tuple[str, ...]:
    paths = {each.ref.path for each in (*entities, *site.catalog.all(Override), *site.catalog.all(Person))}
    return tuple(sorted(paths))


def _team(site: Site, here: str, team: Team) -> str:
    reached = [escape(team.slack or ""), site.say("lead {person}", person=site.person(team.lead)) if team.lead else ""]
    return page(
        f"## {escape(team.name)}",
        ", ".join(each for each in reached if each),
        _present(site, here, team),
        *(page(f"**{escape(each.name)}**", _policy(site, here, each)) for each in team.policies),
        site.link(
            here, site.say("Who answers when, and how the load is shared"), f"{addresses.team_page(team.id)}index.md"
        ),
    )


def _whole_team(site: Site, here: str, team: Team) -> str:
    return page(
        f"# {site.say('{team} on call', team=escape(team.name))}",
        _present(site, here, team),
        as_of(site),
        *(page(f"## {escape(each.name)}", _policy(site, here, each), answering(site, each)) for each in team.policies),
        load(site, team),
    )


def _present(site: Site, here: str, team: Team) -> str:
    lines = [f"**{site.schedule_link(here, each)}**: {on_call_now(site, each)}" for each in team.schedules]
    return box("oncall", site.say("On call"), bullets(lines)) if lines else ""


def _policy(site: Site, here: str, policy: EscalationPolicy) -> str:
    lines = []
    for step in policy.steps:
        names = [_called(site, here, target.kind, target.id) for target in step.targets]
        wait = site.words(step.wait)
        lines.append(site.say("{names}; {duration} until the next step", names=site.both(names), duration=wait))
    again = site.speech.many("Repeated once.", "Repeated {number} times.", policy.loops)
    return page(numbered(lines), again if policy.loops else site.say("Not repeated."))


def _called(site: Site, here: str, kind: str, ident: str) -> str:
    schedule = site.catalog.get(Schedule, ident) if kind == "schedule" else None
    return site.schedule_link(here, schedule) if schedule else site.person(ident)


def _schedule(site: Site, here: str, schedule: Schedule) -> str:
    return page(
        f"# {escape(schedule.name)}",
        box("oncall", site.say("On call"), bullets([on_call_now(site, schedule, schedule.zone_name)]), as_of(site)),
        site.say(
            "Of {team}. Times in {zone}.",
            team=site.team_link(here, schedule.team),
            zone=escape(schedule.zone_name),
        ),
        f"## {site.say('The coming weeks')}",
        calendar(site, schedule),
        shift_table(site, schedule),
        f"## {site.say('Layers')}",
        site.say("The last layer wins."),
        table(
            (site.say("Layer"), site.say("Turn"), site.say("People")),
            [_layer(site, layer) for layer in schedule.layers],
        ),
    )


def _layer(site: Site, layer: Layer) -> tuple[str, str, str]:
    name = escape(layer.name)
    name = site.say("{layer} (learns, is never paged)", layer=name) if layer.shadow else name
    return name, site.words(layer.turn), ", ".join(site.person(each) for each in layer.people)
