"""Alerts: an index by service, and a page for each name, outside the navigation; all of it from the sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from generator.analysis.rules.texts import NO_DATA
from generator.artifacts import Page
from generator.catalog import NamedAlert
from generator.kinds.runbook import Runbook
from generator.kinds.service import Service
from generator.kinds.slo import Slo
from generator.targets.divided import Place, divided
from generator.targets.markdown import code, escape, page, table
from generator.targets.site.box import action_box, escalation, standing, urgency
from generator.targets.site.pages.alerts_past import past_incidents, past_of, why
from generator.targets.site.pages.alerts_rules import rule_text
from generator.targets.site.site import ALERTS, Site


def pages(site: Site) -> Iterator[Page]:
    """The index and a page for every name; nothing without alerts."""
    if not site.catalog.alerts:
        return
    by_page: dict[str, list[NamedAlert]] = {}
    for alert in site.catalog.alerts:
        by_page.setdefault(site.alert(alert.name), []).append(alert)
    yield from _index(site)
    for path, alerts in by_page.items():
        yield _page(site, path, alerts)
    for alert in site.catalog.alerts:
        path = site.alert(f"{alert.name}NoData")
        if alert.slo is not None and alert.slo.no_data is not None and path not in by_page:
            yield _no_data_page(site, path, alert, alert.slo)


def _page(site: Site, path: str, alerts: Sequence[NamedAlert]) -> Page:
    def write() -> Page:
        text = page(*(_alert(site, path, alert) for alert in alerts))
        return Page(path, alerts[0].name, text, sources)

    sources = _sources(site, alerts)
    origins = [site.origins.by_name.get(alert.name) for alert in alerts]
    commits = [origin and (origin.commit, origin.postmortem and origin.postmortem.id) for origin in origins]
    return site.drafts.page(
        path, _read(sources, alerts), write, [each.name for each in alerts], commits, site.origins.reason
    )


def _no_data_page(site: Site, path: str, alert: NamedAlert, slo: Slo) -> Page:
    def write() -> Page:
        return Page(path, f"{alert.name}NoData", _no_data(site, path, alert, slo), (alert.ref.path,))

    return site.drafts.page(path, _read(_sources(site, [alert]), [alert]), write)


def _read(sources: Sequence[str], alerts: Sequence[NamedAlert]) -> tuple[str, ...]:
    """What the page is made from: its sources, and the services, which need not be what its first source is."""
    return (*sources, *(alert.service.ref.path for alert in alerts))


def _sources(site: Site, alerts: Sequence[NamedAlert]) -> tuple[str, ...]:
    found = {severity.ref.path for severity in site.catalog.severities if severity.ref.path in site.sources}
    found |= {each.ref.path for each in past_of(site, alerts)}
    for alert in alerts:
        runbook, origin = site.catalog.get(Runbook, alert.runbook), site.origins.by_name.get(alert.name)
        found |= {alert.ref.path, *([runbook.ref.path] if runbook else [])}
        found |= {origin.postmortem.ref.path} if origin and origin.postmortem else set()
    return tuple(sorted(found))


def _index(site: Site) -> Iterator[Page]:
    def by_service(here: str, alerts: Sequence[NamedAlert]) -> str:
        groups = groupby(alerts, key=lambda alert: alert.service.id)
        return page(*(page(f"## {escape(name)}", alert_table(site, here, list(group))) for name, group in groups))

    return divided(
        Place(ALERTS, site.say("Alerts"), (site.say("Alerts"),), site.speech),
        [alert for alerts in site.alerts_of.values() for alert in alerts],
        by_service,
        lambda alert: f"{alert.service.id} {alert.name}",
        lambda alert: (alert.ref.path,),
    )


def alert_table(site: Site, here: str, alerts: Sequence[NamedAlert]) -> str:
    """Some alerts, a line each."""
    rows = [
        (site.alert_link(here, alert), urgency(site, alert), site.runbook_link(here, alert) or site.say("none"))
        for alert in alerts
    ]
    return table((site.say("Alert"), site.say("Urgency"), site.say("Runbook")), rows)


def _alert(site: Site, here: str, alert: NamedAlert) -> str:
    return page(
        f"# {escape(alert.name)}",
        action_box(site.say("What to do"), _lines(site, here, alert)),
        f"## {site.say('What it means')}",
        *(text for rule in alert.rules for text in rule_text(site, alert, rule)),
        *_escalation(site, here, alert.service),
        *_past(site, here, alert),
        f"## {site.say('Why it exists')}",
        why(site, here, alert),
    )


def _lines(site: Site, here: str, alert: NamedAlert) -> Iterator[str]:
    runbook = site.runbook_link(here, alert)
    yield site.say("**Runbook** {runbook}", runbook=runbook) if runbook else site.say("**Runbook** none is written")
    yield site.say("**Urgency** {urgency}", urgency=urgency(site, alert))
    yield from standing(site, here, alert.service)


def _escalation(site: Site, here: str, service: Service) -> Iterator[str]:
    if steps := escalation(site, here, service):
        yield f"## {site.say('Who is called')}"
        yield steps


def _past(site: Site, here: str, alert: NamedAlert) -> Iterator[str]:
    if past := past_incidents(site, here, past_of(site, [alert])):
        yield f"## {site.say('Past incidents')}"
        yield past


def _no_data(site: Site, here: str, alert: NamedAlert, slo: Slo) -> str:
    """Of the ticket that says that nobody knows: `leg` is `no-data`."""
    return page(
        f"# {escape(alert.name)}NoData",
        action_box(site.say("What to do"), [line for line in _lines(site, here, alert) if "**page**" not in line]),
        site.say(
            "The series behind {slo} have had no value for {duration}: whether the service works is unknown, "
            "and {alert} cannot fire ({label}).",
            slo=escape(slo.id),
            duration=site.words(slo.no_data or slo.period),
            alert=site.alert_link(here, alert),
            label=code(NO_DATA),
        ),
    )
