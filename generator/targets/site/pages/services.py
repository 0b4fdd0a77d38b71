"""Services: an index, and a page each with SLOs, alerts, team and links."""

from __future__ import annotations

from collections.abc import Iterator

from generator import times
from generator.analysis.slos.legs import budget, plain
from generator.artifacts import Page
from generator.kinds.service import Service
from generator.kinds.slo import Slo
from generator.targets.markdown import escape, page, table
from generator.targets.site.box import action_box, escalation, standing
from generator.targets.site.pages.alerts import about, alert_table, leg_table
from generator.targets.site.site import SERVICES, Site


def pages(site: Site) -> Iterator[Page]:
    """The index and a page each; nothing without services."""
    services = site.catalog.all(Service)
    if not services:
        return
    rows = [
        (site.service_link(SERVICES, each.id), site.team_link(SERVICES, each.team), escape(each.description))
        for each in services
    ]
    text = page("# Services", table(("Service", "Team", "What it is"), rows))
    yield Page(SERVICES, "Services", text, tuple(each.ref.path for each in services), ("Services",))
    for service in services:
        path = site.sources[service.ref.path]
        yield Page(path, service.id, _service(site, path, service), (service.ref.path,))


def _service(site: Site, here: str, service: Service) -> str:
    steps = escalation(site, here, service)
    alerts = alert_table(site, here, service.id)
    return page(
        f"# {escape(service.id)}",
        escape(service.description),
        action_box("In short", _lines(site, here, service)),
        *(text for slo in service.slos for text in _slo(site, service, slo)),
        page("## Alerts", alerts) if alerts else "",
        page("## Who is called", steps) if steps else "",
    )


def _lines(site: Site, here: str, service: Service) -> Iterator[str]:
    yield from standing(site, here, service)
    if service.depends_on:
        yield f"**Depends on** {', '.join(site.service_link(here, each) for each in service.depends_on)}"


def _slo(site: Site, service: Service, slo: Slo) -> Iterator[str]:
    spend = about(budget(slo).total_seconds())
    critical = " It is critical." if slo.critical else ""
    yield f"## SLO {escape(slo.name)}"
    yield (
        f"{escape(slo.description.rstrip('.') or slo.name)}: {plain(slo.objective)}% over {times.words(slo.period)}, "
        f"an error budget of {spend} of total outage.{critical}"
    )
    yield leg_table(site, service, slo)
