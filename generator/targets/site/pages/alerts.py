"""Alerts: an index by service, and a page for each name, outside the navigation; all of it from the sources."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction

from generator import times
from generator.analysis.rules.texts import NO_DATA
from generator.analysis.slos.legs import Leg, allowed, legs, percent
from generator.analysis.slos.legs import plain as number
from generator.analysis.slos.sli import queries
from generator.artifacts import Page
from generator.catalog import NamedAlert
from generator.kinds.rules import Alert
from generator.kinds.service import Service
from generator.kinds.slo import Slo
from generator.targets.markdown import bullets, code, escape, fence, page, table
from generator.targets.site.box import action_box, escalation, standing, urgency
from generator.targets.site.site import ALERTS, Site


def pages(site: Site) -> Iterator[Page]:
    """The index and a page for every name; nothing without alerts."""
    if not site.catalog.alerts:
        return
    by_page: dict[str, list[NamedAlert]] = {}
    for alert in site.catalog.alerts:
        by_page.setdefault(site.alert(alert.name), []).append(alert)
    yield _index(site)
    for path, alerts in by_page.items():
        text = page(*(_alert(site, path, alert) for alert in alerts))
        yield Page(path, alerts[0].name, text, _sources(site, alerts))
    for alert in site.catalog.alerts:
        path = site.alert(f"{alert.name}NoData")
        if alert.slo is not None and alert.slo.no_data is not None and path not in by_page:
            yield Page(path, f"{alert.name}NoData", _no_data(site, path, alert, alert.slo), (alert.ref.path,))


def _sources(site: Site, alerts: list[NamedAlert]) -> tuple[str, ...]:
    severities = {severity.ref.path for severity in site.catalog.severities if severity.ref.path in site.sources}
    return tuple(sorted({alert.ref.path for alert in alerts} | severities))


def _index(site: Site) -> Page:
    blocks = [
        text for service in site.alerts_of for text in (f"## {escape(service)}", alert_table(site, ALERTS, service))
    ]
    sources = tuple(sorted({alert.ref.path for alert in site.catalog.alerts}))
    return Page(ALERTS, "Alerts", page("# Alerts", *blocks), sources, ("Alerts",))


def alert_table(site: Site, here: str, service: str) -> str:
    """The alerts of a service."""
    rows = [
        (site.alert_link(here, alert), urgency(site, alert), site.runbook_link(here, alert) or "none")
        for alert in site.alerts_of.get(service, ())
    ]
    return table(("Alert", "Urgency", "Runbook"), rows)


def _alert(site: Site, here: str, alert: NamedAlert) -> str:
    return page(
        f"# {escape(alert.name)}",
        action_box("What to do", _lines(site, here, alert)),
        "## What it means",
        *(text for rule in alert.rules for text in _rule(site, alert, rule)),
        *_escalation(site, here, alert.service),
        *_past(site, here, alert),
        f"Written in {code(alert.ref.path)}.",
    )


def _lines(site: Site, here: str, alert: NamedAlert) -> Iterator[str]:
    runbook = site.runbook_link(here, alert)
    yield f"**Runbook** {runbook}" if runbook else "**Runbook** none is written"
    yield f"**Urgency** {urgency(site, alert)}"
    yield from standing(site, here, alert.service)


def _rule(site: Site, alert: NamedAlert, rule: Slo | Alert) -> Iterator[str]:
    return _slo(site, alert.service, rule) if isinstance(rule, Slo) else _plain(rule)


def _plain(rule: Alert) -> Iterator[str]:
    for name in ("summary", "description"):
        if rule.annotations.get(name):
            yield escape(rule.annotations[name])
    lasting = f" for {code(rule.hold)}" if rule.hold else ""
    yield f"Fires when this has a result{lasting}:"
    yield fence(rule.expr.strip(), "promql")
    labels = ", ".join(f"{code(name)} {code(value)}" for name, value in rule.labels.items())
    if labels:
        yield f"Labels: {labels}"


def _slo(site: Site, service: Service, slo: Slo) -> Iterator[str]:
    yield (
        f"{escape(slo.description.rstrip('.') or slo.name)}. The objective is {number(slo.objective)}% over "
        f"{times.words(slo.period)}, so {percent(allowed(slo), 6)} of all events may be bad. The alert fires when this "
        "error budget burns too fast, in both windows of a row:"
    )
    yield leg_table(site, service, slo)
    if slo.no_data is not None:
        yield f"After {times.words(slo.no_data)} without data, a ticket says so ({escape(slo.alert)}NoData)."
    try:
        asked = queries(service, slo)
    except ValueError:
        return
    window = min((leg.short for leg in legs(site.catalog, service, slo)), default=slo.period)
    yield f"The share of bad events over {times.words(window)}:"
    yield fence(asked.ratio_over(window), "promql")


def leg_table(site: Site, service: Service, slo: Slo) -> str:
    """The legs of an SLO with what each means."""
    head = (
        "Severity",
        "Urgency",
        "Windows",
        "Bad events over",
        "Burn rate",
        "Budget spent then",
        "Fires in an outage after",
    )
    return table(head, [_leg(leg) for leg in legs(site.catalog, service, slo)])


def _leg(leg: Leg) -> tuple[str, ...]:
    spent, after = percent(Fraction(leg.budget_spent), 2), leg.time_to_page
    return (
        escape(leg.severity),
        escape(leg.urgency),
        f"{times.format_duration(leg.short)} and {times.format_duration(leg.long)}",
        percent(leg.threshold, 6),
        f"{number(leg.burn_rate)}x",
        spent,
        "never" if after is None else about(after.total_seconds()),
    )


def about(seconds: float) -> str:
    """A duration for people: whole seconds below two minutes, else whole minutes."""
    step = 1 if seconds < 120 else 60
    return times.words(timedelta(seconds=max(step, round(seconds / step) * step)))


def _escalation(site: Site, here: str, service: Service) -> Iterator[str]:
    if steps := escalation(site, here, service):
        yield "## Who is called"
        yield steps


def _past(site: Site, here: str, alert: NamedAlert) -> Iterator[str]:
    past = site.past.get(alert.name, ())
    if past:
        yield "## Past incidents"
        yield bullets(f"{each.date}: {site.link(here, site.title(each), site.sources[each.ref.path])}" for each in past)


def _no_data(site: Site, here: str, alert: NamedAlert, slo: Slo) -> str:
    """Of the ticket that says that nobody knows: `leg` is `no-data`."""
    return page(
        f"# {escape(alert.name)}NoData",
        action_box("What to do", [line for line in _lines(site, here, alert) if "**page**" not in line]),
        f"The series behind {escape(slo.id)} have had no value for {times.words(slo.no_data or slo.period)}: whether "
        f"the service works is unknown, and {site.alert_link(here, alert)} cannot fire ({code(NO_DATA)}).",
    )
