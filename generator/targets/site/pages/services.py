"""Services: an index, and a page each with SLOs, alerts, team and links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from generator import times
from generator.analysis.postmortems.metrics import services_of
from generator.analysis.slos.legs import budget, plain
from generator.artifacts import Page
from generator.kinds.postmortem import Postmortem
from generator.kinds.runbook import Runbook
from generator.kinds.service import Service
from generator.kinds.slo import Slo
from generator.targets.divided import divided
from generator.targets.markdown import bullets, escape, link, page, table
from generator.targets.site.box import action_box, escalation, standing
from generator.targets.site.pages.alerts import alert_table
from generator.targets.site.pages.alerts_past import past_incidents
from generator.targets.site.pages.alerts_rules import about, leg_table
from generator.targets.site.site import SERVICES, Site


def pages(site: Site) -> Iterator[Page]:
    """The index and a page each; nothing without services."""
    services = site.catalog.all(Service)
    if not services:
        return

    def listed(here: str, some: Sequence[Service]) -> str:
        rows = [
            (site.service_link(here, each.id), site.team_link(here, each.team), escape(each.description))
            for each in some
        ]
        return table(("Service", "Team", "What it is"), rows)

    place = (SERVICES, "Services", ("Services",))
    yield from divided(place, services, listed, lambda each: each.id, lambda each: (each.ref.path,))
    incidents = _incidents(site)
    for service in services:
        path = site.sources[service.ref.path]
        past = incidents.get(service.id, [])
        yield Page(path, service.id, _service(site, path, service, past), _sources(site, service, past))


def _incidents(site: Site) -> dict[str, list[Postmortem]]:
    """Id of a service → the postmortems of its incidents, newest first."""
    found: dict[str, list[Postmortem]] = {}
    for postmortem in sorted(site.catalog.all(Postmortem), key=lambda each: each.id, reverse=True):
        for ident in services_of(site.catalog, postmortem):
            found.setdefault(ident, []).append(postmortem)
    return found


def _sources(site: Site, service: Service, past: list[Postmortem]) -> tuple[str, ...]:
    severities = {each.ref.path for each in site.catalog.severities if each.ref.path in site.sources}
    return tuple(sorted({service.ref.path, *severities, *(each.ref.path for each in past)}))


def _service(site: Site, here: str, service: Service, past: list[Postmortem]) -> str:
    steps = escalation(site, here, service)
    alerts = alert_table(site, here, site.alerts_of.get(service.id, ()))
    runbooks, incidents = bullets(_runbooks(site, here, service)), past_incidents(site, here, past)
    return page(
        f"# {escape(service.id)}",
        escape(service.description),
        action_box("In short", _lines(site, here, service)),
        *(text for slo in service.slos for text in _slo(site, here, service, slo)),
        page("## Alerts", alerts) if alerts else "",
        page("## Runbooks", runbooks) if runbooks else "",
        page("## Who is called", steps) if steps else "",
        page("## Incidents", incidents) if incidents else "",
    )


def _runbooks(site: Site, here: str, service: Service) -> Iterator[str]:
    """Each runbook of the service's alerts once, with the day of its review."""
    for slug, alert in {each.runbook: each for each in reversed(site.alerts_of.get(service.id, ()))}.items():
        runbook = site.catalog.get(Runbook, slug)
        if runbook is not None:
            reviewed = f"reviewed {runbook.reviewed.isoformat()}" if runbook.reviewed else "never reviewed"
            yield f"{site.runbook_link(here, alert)}, {reviewed}"
        elif alert.external_runbook:
            yield link(slug, slug)


def _lines(site: Site, here: str, service: Service) -> Iterator[str]:
    yield from standing(site, here, service)
    if service.depends_on:
        yield f"**Depends on** {', '.join(site.service_link(here, each) for each in service.depends_on)}"


def _slo(site: Site, here: str, service: Service, slo: Slo) -> Iterator[str]:
    spend = _minutes(budget(slo))
    critical = " It is critical." if slo.critical else ""
    yield f"## SLO {escape(slo.name)}"
    yield (
        f"{escape(slo.description.rstrip('.') or slo.name)}: {plain(slo.objective)}% over {times.words(slo.period)}, "
        f"an error budget of {spend} of total outage. The alert is {site.link(here, slo.alert, site.alert(slo.alert))}."
        f"{critical}"
    )
    yield leg_table(site, service, slo)


def _minutes(budget_: timedelta) -> str:
    """A budget in minutes, to a tenth of one; in words as well where it is more than an hour."""
    minutes = f"{budget_.total_seconds() / 60:.1f}".rstrip("0").rstrip(".")
    words = about(budget_.total_seconds())
    return f"{minutes} minutes" if budget_ < timedelta(hours=1) else f"{minutes} minutes ({words})"
