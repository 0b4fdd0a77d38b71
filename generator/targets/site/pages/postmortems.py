"""Postmortems: a list, newest first, and a page each."""

from __future__ import annotations

from collections.abc import Iterator

from generator.artifacts import Page
from generator.kinds.postmortem import Postmortem
from generator.targets.markdown import code, escape, page, table
from generator.targets.site.body import body, titled
from generator.targets.site.box import action_box
from generator.targets.site.pages.postmortem_metrics import METRICS, metrics_page
from generator.targets.site.site import POSTMORTEMS, Site


def pages(site: Site) -> Iterator[Page]:
    """The list and a page each; nothing without postmortems."""
    found = sorted(site.catalog.all(Postmortem), key=lambda each: each.id, reverse=True)
    if not found:
        return
    rows = [
        (each.date, site.link(POSTMORTEMS, site.title(each), site.sources[each.ref.path]), _severity(each), each.status)
        for each in found
    ]
    figures = site.link(POSTMORTEMS, "How long incidents take, and what is still to do", METRICS)
    text = page("# Postmortems", figures, table(("Date", "Incident", "Severity", "Status"), rows))
    yield Page(POSTMORTEMS, "Postmortems", text, tuple(sorted(each.ref.path for each in found)), ("Postmortems",))
    yield metrics_page(site)
    for postmortem in found:
        path = site.sources[postmortem.ref.path]
        yield Page(path, site.title(postmortem), _postmortem(site, path, postmortem), (postmortem.ref.path,))


def _severity(postmortem: Postmortem) -> str:
    return {None: "not judged", "none": "not an incident"}.get(postmortem.severity) or escape(postmortem.severity or "")


def _postmortem(site: Site, here: str, postmortem: Postmortem) -> str:
    title, text = body(site, here, postmortem)
    return titled(title, action_box("In short", _lines(site, here, postmortem)), text=text)


def _lines(site: Site, here: str, postmortem: Postmortem) -> Iterator[str]:
    yield f"**Severity** {_severity(postmortem)} · **Status** {escape(postmortem.status)} · {escape(postmortem.date)}"
    alerts = [site.catalog.alerts_by_name.get(name) or name for name in postmortem.alerts]
    if alerts:
        shown = (code(each) if isinstance(each, str) else site.alert_link(here, each) for each in alerts)
        yield f"**Alerts** {', '.join(shown)}"
    services = dict.fromkeys([*postmortem.services, *(each.service.id for each in alerts if not isinstance(each, str))])
    if services:
        yield f"**Services** {', '.join(site.service_link(here, each) for each in services)}"
    if postmortem.authors:
        yield f"**Authors** {', '.join(site.person(each) for each in postmortem.authors)}"
