"""Who is on call: an index by team, a page a team with who answers when, and a page a schedule."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, timedelta

from generator import times
from generator.analysis import addresses
from generator.analysis.oncall.stints import Stint, stints
from generator.artifacts import Page
from generator.kinds.absences import Override
from generator.kinds.people import Person
from generator.kinds.team import EscalationPolicy, Layer, Schedule, Team
from generator.targets.divided import divided
from generator.targets.markdown import box, bullets, escape, numbered, page, table
from generator.targets.site.box import on_call_now
from generator.targets.site.pages.answering import answering
from generator.targets.site.pages.calendar import calendar
from generator.targets.site.pages.load import load
from generator.targets.site.site import ON_CALL, Site, moment


def pages(site: Site) -> Iterator[Page]:
    """The index and the schedules; nothing without teams."""
    teams = site.catalog.all(Team)
    if not teams:
        return
    yield from divided(
        (ON_CALL, "On call", ("On call",)),
        teams,
        lambda here, some: page(*(_team(site, here, team) for team in some)),
        lambda team: team.name,
        lambda team: _sources(site, team),
        as_of(site),
    )
    for team in teams:
        path = f"{addresses.team_page(team.id)}index.md"
        yield Page(path, f"{team.name} on call", _whole_team(site, path, team), _sources(site, team))
    for schedule in site.catalog.all(Schedule):
        path = f"{addresses.schedule_page(schedule.id)}index.md"
        yield Page(path, schedule.name, _schedule(site, path, schedule), _sources(site, schedule))


def as_of(site: Site) -> str:
    """When the page was made: whoever reads it later has to look at the shifts."""
    return f"As of {moment(site.context.now, UTC)} UTC; the shifts below say who is next."


def shift_table(site: Site, schedule: Schedule, most: int | None = None) -> str:
    """The present stint and the coming ones: shifts of one person in a row are one line."""
    rows = [
        (
            site.person(stint.person),
            moment(stint.start, schedule.zone),
            moment(stint.end, schedule.zone),
            _why(site, stint),
        )
        for stint in stints(site.shifts(schedule))[:most]
    ]
    return table(("Who", "From", "Until", "Why"), rows) or "Nobody is on call in the coming four weeks."


def _why(site: Site, stint: Stint) -> str:
    first, *more = stint.shifts
    if first.override is not None:
        instead = f"instead of {site.person(first.override.instead_of)}" if first.override.instead_of else "override"
        return f"{instead}{f' ({escape(first.override.why)})' if first.override.why else ''}"
    layers = ", ".join(escape(name) for name in dict.fromkeys(shift.layer or "" for shift in stint.shifts))
    return f"{layers}, {len(more) + 1} shifts, {hours(stint.on_call)} on call" if more else layers


def hours(duration: timedelta) -> str:
    """`112 h`, `7.5 h`."""
    return f"{duration / timedelta(hours=1):.2f}".rstrip("0").rstrip(".") + " h"


def _sources(site: Site, *entities: Team | Schedule) -> tuple[str, ...]:
    paths = {each.ref.path for each in (*entities, *site.catalog.all(Override), *site.catalog.all(Person))}
    return tuple(sorted(paths))


def _team(site: Site, here: str, team: Team) -> str:
    reached = [escape(team.slack or ""), f"lead {site.person(team.lead)}" if team.lead else ""]
    return page(
        f"## {escape(team.name)}",
        ", ".join(each for each in reached if each),
        _present(site, here, team),
        *(page(f"**{escape(each.name)}**", _policy(site, here, each)) for each in team.policies),
        site.link(here, "Who answers when, and how the load is shared", f"{addresses.team_page(team.id)}index.md"),
    )


def _whole_team(site: Site, here: str, team: Team) -> str:
    return page(
        f"# {escape(team.name)} on call",
        _present(site, here, team),
        as_of(site),
        *(page(f"## {escape(each.name)}", _policy(site, here, each), answering(site, each)) for each in team.policies),
        load(site, team),
    )


def _present(site: Site, here: str, team: Team) -> str:
    lines = [f"**{site.schedule_link(here, each)}**: {on_call_now(site, each)}" for each in team.schedules]
    return box("oncall", "On call", bullets(lines)) if lines else ""


def _policy(site: Site, here: str, policy: EscalationPolicy) -> str:
    lines = []
    for step in policy.steps:
        names = [_called(site, here, target.kind, target.id) for target in step.targets]
        lines.append(f"{' and '.join(names)}; {times.words(step.wait)} until the next step")
    again = {0: "Not repeated.", 1: "Repeated once."}.get(policy.loops, f"Repeated {policy.loops} times.")
    return page(numbered(lines), again)


def _called(site: Site, here: str, kind: str, ident: str) -> str:
    schedule = site.catalog.get(Schedule, ident) if kind == "schedule" else None
    return site.schedule_link(here, schedule) if schedule else site.person(ident)


def _schedule(site: Site, here: str, schedule: Schedule) -> str:
    return page(
        f"# {escape(schedule.name)}",
        box("oncall", "On call", bullets([on_call_now(site, schedule, schedule.zone_name)]), as_of(site)),
        f"Of {site.team_link(here, schedule.team)}. Times in {escape(schedule.zone_name)}.",
        "## The coming weeks",
        calendar(site, schedule),
        shift_table(site, schedule),
        "## Layers",
        "The last layer wins.",
        table(("Layer", "Turn", "People"), [_layer(site, layer) for layer in schedule.layers]),
    )


def _layer(site: Site, layer: Layer) -> tuple[str, str, str]:
    name = escape(layer.name) + (" (learns, is never paged)" if layer.shadow else "")
    return name, times.words(layer.turn), ", ".join(site.person(each) for each in layer.people)
