"""Services: an index, and a page each with SLOs, alerts, team and links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from generator.analysis.postmortems.metrics import services_of
from generator.analysis.slos.legs import budget, plain
from generator.artifacts import Page
from generator.kinds.postmortem import Postmortem
from generator.kinds.runbook import Runbook
from generator.kinds.service import Service
from generator.kinds.slo import Slo
from generator.targets.divided import Place, divided
from generator.targets.markdown import bullets, escape, link, page, table
from generator.targets.site.box import action_box, escalation, standing
from generator.targets.site.more import more_alerts, more_runbooks
from generator.targets.site.pages.alerts import alert_table
from generator.targets.site.pages.alerts_past import past_incidents
from generator.targets.site.pages.alerts_rules import about, leg_table
from generator.targets.site.site import SERVICES, Site

_TOLD, _LISTED = 8, 40
"""So many SLOs are told with their legs, and so many alerts and runbooks are listed."""


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
        return table((site.say("Service"), site.say("Team"), site.say("What it is")), rows)

    place = Place(SERVICES, site.say("Services"), (site.say("Services"),), site.speech)
    yield from divided(place, services, listed, lambda each: each.id, lambda each: (each.ref.path,))
    incidents = _incidents(site)
    for service in services:
        yield _page(site, site.sources[service.ref.path], service, incidents.get(service.id, []))


def _page(site: Site, path: str, service: Service, past: list[Postmortem]) -> Page:
    def write() -> Page:
        return Page(path, service.id, _service(site, path, service, past), sources)

    sources, alerts = _sources(site, service, past), site.alerts_of.get(service.id, ())
    runbooks = (site.catalog.get(Runbook, alert.runbook) for alert in alerts)
    return site.drafts.page(path, (*sources, *(each.ref.path for each in runbooks if each)), write)


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
    alerts = page(*_alerts(site, here, service))
    runbooks, incidents = page(*_runbooks(site, here, service)), past_incidents(site, here, past)
    return page(
        f"# {escape(service.id)}",
        escape(service.description),
        action_box(site.say("In short"), _lines(site, here, service)),
        *(text for slo in service.slos[:_TOLD] for text in _slo(site, here, service, slo)),
        page(f"## {site.say('Other SLOs')}", *_other_slos(site, here, service)) if service.slos[_TOLD:] else "",
        page(f"## {site.say('Alerts')}", alerts) if alerts else "",
        page(f"## {site.say('Runbooks')}", runbooks) if runbooks else "",
        page(f"## {site.say('Who is called')}", steps) if steps else "",
        page(f"## {site.say('Incidents')}", incidents) if incidents else "",
    )


def _alerts(site: Site, here: str, service: Service) -> Iterator[str]:
    alerts = site.alerts_of.get(service.id, ())
    yield alert_table(site, here, alerts[:_LISTED])
    yield more_alerts(site, here, len(alerts) - _LISTED)


def _other_slos(site: Site, here: str, service: Service) -> Iterator[str]:
    """What they promise; the legs are on the pages of their alerts."""
    others = service.slos[_TOLD:]
    yield bullets(f"{escape(slo.name)}: {_promise(site, here, slo)}" for slo in others[:_LISTED])
    yield more_alerts(site, here, len(others) - _LISTED)


def _runbooks(site: Site, here: str, service: Service) -> Iterator[str]:
    lines = list(_each_runbook(site, here, service))
    yield bullets(lines[:_LISTED])
    yield more_runbooks(site, here, len(lines) - _LISTED)


def _each_runbook(site: Site, here: str, service: Service) -> Iterator[str]:
    """Each runbook of the service's alerts once, with the day of its review."""
    for slug, alert in {each.runbook: each for each in reversed(site.alerts_of.get(service.id, ()))}.items():
        runbook = site.catalog.get(Runbook, slug)
        if runbook is not None:
            leads, day = site.runbook_link(here, alert), runbook.reviewed.isoformat() if runbook.reviewed else ""
            reviewed = site.say("{runbook}, reviewed {day}", runbook=leads, day=day) if day else ""
            yield reviewed or site.say("{runbook}, never reviewed", runbook=leads)
        elif alert.external_runbook:
            yield link(slug, slug)


def _lines(site: Site, here: str, service: Service) -> Iterator[str]:
    yield from standing(site, here, service)
    if service.depends_on:
        others = ", ".join(site.service_link(here, each) for each in service.depends_on)
        yield site.say("**Depends on** {services}", services=others)


def _slo(site: Site, here: str, service: Service, slo: Slo) -> Iterator[str]:
    yield f"## SLO {escape(slo.name)}"
    yield _promise(site, here, slo)
    yield leg_table(site, service, slo)


def _promise(site: Site, here: str, slo: Slo) -> str:
    said = site.say(
        "{slo}: {objective}% over {duration}, an error budget of {budget} of total outage. The alert is {alert}.",
        slo=escape(slo.description.rstrip(".") or slo.name),
        objective=plain(slo.objective),
        duration=site.words(slo.period),
        budget=_minutes(site, budget(slo)),
        alert=site.link(here, slo.alert, site.alert(slo.alert)),
    )
    return f"{said} {site.say('It is critical.')}" if slo.critical else said


def _minutes(site: Site, budget_: timedelta) -> str:
    """A budget in minutes, to a tenth of one; in words as well where it is more than an hour."""
    minutes = site.say("{number} minutes", number=f"{budget_.total_seconds() / 60:.1f}".rstrip("0").rstrip("."))
    return minutes if budget_ < timedelta(hours=1) else f"{minutes} ({about(site, budget_.total_seconds())})"
