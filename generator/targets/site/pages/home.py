"""The first page: who is on call, what is open, what there is."""

from __future__ import annotations

from collections.abc import Iterator

from generator.analysis.status.incidents import IncidentState, incident_states
from generator.analysis.status.settings import STATUS
from generator.artifacts import Page
from generator.kinds.service import Service
from generator.kinds.team import Schedule, Team
from generator.settings import LANGUAGES, NAME
from generator.targets.markdown import box, bullets, escape, link, page
from generator.targets.site.box import on_call_now
from generator.targets.site.more import more_schedules
from generator.targets.site.pages.on_call import as_of, shift_table
from generator.targets.site.site import HOME, ON_CALL, SERVICES, Site

_SHOWN = 6
"""More schedules than this are listed on a page of their own."""
_LISTED = 30


def pages(site: Site) -> Iterator[Page]:
    """The page itself."""
    name = site.catalog.settings.get(NAME)
    text = page(f"# {escape(name)}", _on_call(site), _status(site), _services(site), _teams(site), _shifts(site))
    sources = tuple(sorted({each.ref.path for kind in (Service, Team) for each in site.catalog.all(kind)}))
    yield Page(HOME, name, text, sources, (site.say("Home"),))


def _on_call(site: Site) -> str:
    schedules = site.catalog.all(Schedule)
    lines = [f"**{site.schedule_link(HOME, each)}**: {on_call_now(site, each)}" for each in schedules[:_LISTED]]
    more = more_schedules(site, HOME, len(schedules) - _LISTED)
    return box("oncall", site.say("On call"), bullets(lines), more, as_of(site)) if lines else ""


def _status(site: Site) -> str:
    """What the public is told: the incidents that are open, and where the page is."""
    public = site.catalog.settings.get(STATUS).url
    where = link(site.say("The public status page"), public) if public else ""
    states = [each for each in incident_states(site.catalog, site.context.now) if each.is_open]
    lines = [f"{_title(site, each)}: {_status_words(site, each)}" for each in states]
    return box("danger", site.say("Open incidents"), bullets(lines), where) if lines else where


def _title(site: Site, state: IncidentState) -> str:
    first, *_ = site.catalog.settings.get(LANGUAGES)
    return escape(state.incident.title.text(first, first))


def _status_words(site: Site, state: IncidentState) -> str:
    known = {
        "investigating": site.say("investigating"),
        "identified": site.say("identified"),
        "monitoring": site.say("monitoring"),
    }
    return known.get(state.status) or escape(state.status)


def _services(site: Site) -> str:
    services = site.catalog.all(Service)
    lines = [
        f"{site.service_link(HOME, each.id)}{f': {escape(each.description)}' if each.description else ''}"
        for each in services[:_LISTED]
    ]
    more = site.link(HOME, site.say("All {number} services", number=len(services)), SERVICES)
    return page(f"## {site.say('Services')}", bullets(lines), more if len(services) > _LISTED else "") if lines else ""


def _teams(site: Site) -> str:
    teams = site.catalog.all(Team)
    lines = [_team(site, team) for team in teams[:_LISTED]]
    more = site.link(HOME, site.say("All {number} teams", number=len(teams)), ON_CALL)
    return page(f"## {site.say('Teams')}", bullets(lines), more if len(teams) > _LISTED else "") if lines else ""


def _team(site: Site, team: Team) -> str:
    channel = f", {escape(team.slack)}" if team.slack else ""
    lead = f", {site.say('lead {person}', person=site.person(team.lead))}" if team.lead else ""
    return f"{site.team_link(HOME, team.id)}{channel}{lead}"


def _shifts(site: Site) -> str:
    schedules = site.catalog.all(Schedule)
    if not schedules or len(schedules) > _SHOWN:
        return ""
    tables = [text for schedule in schedules for text in (_heading(site, schedule), shift_table(site, schedule, 8))]
    return page(f"## {site.say('The coming shifts')}", *tables)


def _heading(site: Site, schedule: Schedule) -> str:
    zone = site.say("Times in {zone}.", zone=escape(schedule.zone_name))
    return f"### {escape(schedule.name)}\n\n{zone}"
