"""Runbooks: an index, and a page each: its alerts, owner and escalation (rendered), then what people wrote."""

from __future__ import annotations

from collections.abc import Iterator

from generator.artifacts import Page
from generator.catalog import NamedAlert
from generator.kinds.runbook import Runbook
from generator.targets.markdown import box, code, escape, page, table
from generator.targets.site.body import body, titled
from generator.targets.site.box import action_box, standing, urgency
from generator.targets.site.site import RUNBOOKS, Site


def pages(site: Site) -> Iterator[Page]:
    """The index and a page each; nothing without runbooks."""
    runbooks = site.catalog.all(Runbook)
    if not runbooks:
        return
    rows = [
        (site.link(RUNBOOKS, site.title(each), site.sources[each.ref.path]), _answers(site, each), _reviewed(each))
        for each in runbooks
    ]
    text = page("# Runbooks", table(("Runbook", "Answers", "Reviewed"), rows))
    yield Page(RUNBOOKS, "Runbooks", text, tuple(each.ref.path for each in runbooks), ("Runbooks",))
    for runbook in runbooks:
        path = site.sources[runbook.ref.path]
        yield Page(path, site.title(runbook), _runbook(site, path, runbook), _sources(site, runbook))


def _sources(site: Site, runbook: Runbook) -> tuple[str, ...]:
    alerts = site.catalog.alerts_by_runbook.get(runbook.id, ())
    return (runbook.ref.path, *sorted({alert.ref.path for alert in alerts}))


def _answers(site: Site, runbook: Runbook) -> str:
    alerts = site.catalog.alerts_by_runbook.get(runbook.id, ())
    return ", ".join(site.alert_link(RUNBOOKS, alert) for alert in alerts) or "no alert"


def _reviewed(runbook: Runbook) -> str:
    return runbook.reviewed.isoformat() if runbook.reviewed else "never"


def _runbook(site: Site, here: str, runbook: Runbook) -> str:
    title, text = body(site, here, runbook)
    alerts = site.catalog.alerts_by_runbook.get(runbook.id, ())
    lines = list(_lines(site, here, runbook, alerts))
    return titled(title, _replaced(site, here, runbook), action_box("In short", lines), text=text)


def _replaced(site: Site, here: str, runbook: Runbook) -> str:
    if not runbook.deprecated and runbook.replaced_by is None:
        return ""
    other = site.catalog.get(Runbook, runbook.replaced_by)
    said = f"Use {site.link(here, site.title(other), site.sources[other.ref.path])} instead." if other else ""
    return box("warning", "Out of use", said or "Nothing replaces it.")


def _lines(site: Site, here: str, runbook: Runbook, alerts: tuple[NamedAlert, ...]) -> Iterator[str]:
    for alert in alerts:
        yield f"**Alert** {site.alert_link(here, alert)}: {urgency(site, alert)}"
    if not alerts:
        yield "**Alert** none leads here"
    for service in {alert.service.id: alert.service for alert in alerts}.values():
        yield from standing(site, here, service, runbook.owner)
    if not alerts and runbook.owner:
        yield f"**Owner** {site.team_link(here, runbook.owner)}"
    for name, value in runbook.parameters.items():
        yield f"**${escape(name.upper())}** is {code(value) or 'empty'} unless the alert says otherwise"
    yield f"**Reviewed** {_reviewed(runbook)}"
