"""Runbooks: an index, and a page each: its alerts, owner and escalation (rendered), then what people wrote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from generator.analysis.rules.runbook_commands import first_commands
from generator.analysis.runbooks.outline import outline
from generator.artifacts import Page
from generator.catalog import NamedAlert
from generator.kinds.runbook import Runbook
from generator.kinds.service import Service
from generator.targets.divided import Place, divided
from generator.targets.markdown import box, escape, fence, folded, link, plain, table
from generator.targets.site.body import body, titled
from generator.targets.site.box import action_box, standing, urgency
from generator.targets.site.commands import with_links
from generator.targets.site.more import more_alerts, more_services
from generator.targets.site.pages.alerts_past import past_incidents, past_of
from generator.targets.site.pages.alerts_rules import meaning, thresholds_of
from generator.targets.site.site import RUNBOOKS, TAGS, Site

_ALERTS = 8
"""So many alerts are in the box; a runbook that serves more is not about any one of them."""
_SERVICES = 4
"""So many services are in the box, and their links beside commands."""
_LINES = 8
"""Lines of the first command that the box has room for."""


def pages(site: Site) -> Iterator[Page]:
    """The index and a page each; nothing without runbooks."""
    runbooks = site.catalog.all(Runbook)
    if not runbooks:
        return
    yield from divided(
        Place(RUNBOOKS, site.say("Runbooks"), (site.say("Runbooks"),), site.speech),
        sorted(runbooks, key=lambda each: (site.title(each).casefold(), each.id)),
        lambda here, some: runbook_table(site, here, some),
        site.title,
        lambda each: (each.ref.path,),
    )
    for runbook in runbooks:
        yield _page(site, site.sources[runbook.ref.path], runbook)


def _page(site: Site, path: str, runbook: Runbook) -> Page:
    def write() -> Page:
        return Page(path, site.title(runbook), _runbook(site, path, runbook), sources)

    sources, other = _sources(site, runbook), site.catalog.get(Runbook, runbook.replaced_by)
    return site.drafts.page(path, (*sources, *([other.ref.path] if other else [])), write)


def _sources(site: Site, runbook: Runbook) -> tuple[str, ...]:
    alerts = site.catalog.alerts_by_runbook.get(runbook.id, ())
    past = {each.ref.path for each in past_of(site, alerts)}
    return (runbook.ref.path, *sorted({alert.ref.path for alert in alerts} | past))


def runbook_table(site: Site, here: str, runbooks: Iterable[Runbook]) -> str:
    """Some runbooks, a line each."""
    rows = [
        (
            site.link(here, site.title(each), site.sources[each.ref.path]),
            _answers(site, here, each),
            _reviewed(site, each),
        )
        for each in runbooks
    ]
    return table((site.say("Runbook"), site.say("Answers"), site.say("Reviewed")), rows)


def _answers(site: Site, here: str, runbook: Runbook) -> str:
    alerts = site.catalog.alerts_by_runbook.get(runbook.id, ())
    shown = [site.alert_link(here, alert) for alert in alerts[:_ALERTS]]
    more = more_alerts(site, here, len(alerts) - _ALERTS)
    return ", ".join([*shown, *([more] if more else [])]) or site.say("no alert")


def _reviewed(site: Site, runbook: Runbook) -> str:
    return runbook.reviewed.isoformat() if runbook.reviewed else site.say("never")


def _runbook(site: Site, here: str, runbook: Runbook) -> str:
    title, text = body(site, here, runbook)
    alerts = site.catalog.alerts_by_runbook.get(runbook.id, ())
    past = past_incidents(site, here, past_of(site, alerts))
    return titled(
        title,
        _replaced(site, here, runbook),
        action_box(site.say("In short"), _lines(site, here, runbook, alerts), *_first_command(site, runbook)),
        folded("oncall", site.say("Past incidents, and what helped"), past) if past else "",
        text=with_links(text, _links(site, alerts), site.say("Without a terminal:")),
    )


def _replaced(site: Site, here: str, runbook: Runbook) -> str:
    if not runbook.deprecated and runbook.replaced_by is None:
        return ""
    other = site.catalog.get(Runbook, runbook.replaced_by)
    instead = site.link(here, site.title(other), site.sources[other.ref.path]) if other else ""
    said = site.say("Use {runbook} instead.", runbook=instead) if instead else site.say("Nothing replaces it.")
    return box("warning", site.say("Out of use"), said)


def _lines(site: Site, here: str, runbook: Runbook, alerts: tuple[NamedAlert, ...]) -> Iterator[str]:
    for alert in alerts[:_ALERTS]:
        about = f"{urgency(site, alert)}{_meaning(site, alert)}"
        yield site.say("**Alert** {alert}: {about}", alert=site.alert_link(here, alert), about=about)
    if more := more_alerts(site, here, len(alerts) - _ALERTS):
        yield more
    if not alerts:
        yield site.say("**Alert** none leads here")
    services = _services(alerts)
    for service in services[:_SERVICES]:
        yield from standing(site, here, service, runbook.owner)
    if more := more_services(site, here, len(services) - _SERVICES):
        yield more
    if not alerts and runbook.owner:
        yield site.say("**Owner** {team}", team=site.team_link(here, runbook.owner))
    if jumps := _jumps(site, runbook):
        yield site.say("**Commands** {chapters}", chapters=jumps)
    if runbook.tags:
        yield site.say("**Tags** {tags}", tags=" · ".join(site.link(here, each, TAGS) for each in runbook.tags))
    for name, value in runbook.parameters.items():
        default = plain(value)
        said = site.say(" is {value}, unless an alert's link says otherwise", value=default) if default else ""
        said = said or site.say(" is empty, unless an alert's link says otherwise")
        yield f"{{parameter {name} {quote(default, safe='')} {quote(said, safe='')}}}"
    yield site.say("**Reviewed** {day}", day=_reviewed(site, runbook))


def _meaning(site: Site, alert: NamedAlert) -> str:
    said, compared = meaning(site, alert), thresholds_of(site, alert)
    return f". {escape(said)}{f' ({compared})' if compared else ''}" if said or compared else ""


def _jumps(site: Site, runbook: Runbook) -> str:
    """The chapters that have commands in them, with how many."""
    found = outline(site.catalog, runbook.ref.path)
    chapters = {title.line: slug for slug, title in found.anchors.items() if title.level == 2}
    counts: dict[str, int] = {}
    for block in found.blocks:
        above = [line for line in chapters if line < block.line]
        if above:
            counts[chapters[above[-1]]] = counts.get(chapters[above[-1]], 0) + 1
    return " · ".join(f"{link(found.anchors[slug].text, f'#{slug}')} ({count})" for slug, count in counts.items())


def _first_command(site: Site, runbook: Runbook) -> Iterator[str]:
    """What to type first, where it is short: nobody has to scroll for it."""
    first = next((command for chapter in first_commands(site.catalog, runbook.id) for command in chapter), None)
    if first is not None and len(first.text.splitlines()) <= _LINES:
        yield site.say("**First** {what}", what=escape(first.purpose or first.section))
        yield fence(first.text, "bash")


def _services(alerts: tuple[NamedAlert, ...]) -> list[Service]:
    return list({alert.service.id: alert.service for alert in alerts}.values())


def _links(site: Site, alerts: tuple[NamedAlert, ...]) -> dict[str, str]:
    """What the services of the alerts link to; whose it is, where there are several."""
    services = _services(alerts)
    return {
        name if len(services) == 1 else site.say("{link} of {service}", link=name, service=service.id): target
        for service in services[:_SERVICES]
        for name, target in service.links.items()
    }
