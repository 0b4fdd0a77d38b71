"""The severity map: what each severity means, whom it calls, and what is done then."""

from __future__ import annotations

from collections.abc import Iterator

from generator import times
from generator.analysis.slos.legs import plain
from generator.artifacts import Page
from generator.kinds.service import Service
from generator.kinds.severity_map import Condition, Severity
from generator.messages import marked
from generator.targets.markdown import bullets, escape, page, table
from generator.targets.site.site import SEVERITIES, Site

_OURS = frozenset(
    {
        *(marked("Fast burn on a critical SLO"), marked("Medium burn on any SLO"), marked("Slow burn on any SLO")),
        *(marked("page on-call"), marked("page leads"), marked("open incident channel"), marked("start timeline")),
        *(marked("create incident ticket"), marked("create ticket"), marked("review next business day")),
        *(marked("start postmortem"), marked("critical"), marked("all")),
    }
)
"""Texts of the map that is built in, and phrases that the automation obeys: readers have a language of their own."""


def _said(site: Site, text: str) -> str:
    return escape(site.say(text) if text in _OURS else text)


def pages(site: Site) -> Iterator[Page]:
    """One page, where something has a severity."""
    catalog = site.catalog
    if not catalog.all(Severity) and not catalog.all(Service):
        return
    title = site.say("Severity map")
    text = page(f"# {title}", *(_severity(site, each) for each in catalog.severities))
    sources = tuple(sorted({each.ref.path for each in catalog.severities if each.ref.path in site.sources}))
    yield Page(SEVERITIES, title, text, sources, (title,))


def _severity(site: Site, severity: Severity) -> str:
    return page(
        f"## {escape(severity.id)}",
        site.say(
            "{description}. Urgency: **{urgency}**.",
            description=_said(site, severity.description.rstrip(".")),
            urgency=escape(severity.urgency),
        ),
        table(
            (site.say("Burn rate above"), site.say("In both windows"), site.say("Of which SLOs")),
            [_condition(site, each) for each in severity.conditions],
        ),
        page(site.say("What is done:"), bullets(_said(site, each) for each in severity.response))
        if severity.response
        else "",
    )


def _condition(site: Site, condition: Condition) -> tuple[str, str, str]:
    slos = _said(site, condition.slos) if isinstance(condition.slos, str) else escape(", ".join(condition.slos))
    windows = site.both([times.format_duration(condition.short), times.format_duration(condition.long)])
    return f"{plain(condition.burn_rate)}x", windows, slos
