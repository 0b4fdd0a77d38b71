"""Postmortems: a list, newest first, and a page each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.artifacts import Page
from generator.kinds.postmortem import Postmortem
from generator.targets.divided import Place, divided
from generator.targets.markdown import code, escape, table
from generator.targets.site.body import body, titled
from generator.targets.site.box import action_box
from generator.targets.site.pages.postmortem_metrics import METRICS, metrics_page
from generator.targets.site.site import POSTMORTEMS, Site


def pages(site: Site) -> Iterator[Page]:
    """The list and a page each; nothing without postmortems."""
    found = sorted(site.catalog.all(Postmortem), key=lambda each: each.id, reverse=True)
    if not found:
        return
    figures = site.link(POSTMORTEMS, site.say("How long incidents take, and what is still to do"), METRICS)

    def listed(here: str, some: Sequence[Postmortem]) -> str:
        rows = [
            (
                each.date,
                site.link(here, site.title(each), site.sources[each.ref.path]),
                _severity(site, each),
                _status(site, each),
            )
            for each in some
        ]
        return table((site.say("Date"), site.say("Incident"), site.say("Severity"), site.say("Status")), rows)

    title = site.say("Postmortems")
    yield from divided(
        Place(POSTMORTEMS, title, (title,), site.speech),
        found,
        listed,
        lambda each: each.date,
        lambda each: (each.ref.path,),
        figures,
    )
    yield metrics_page(site)
    for postmortem in found:
        yield _page(site, site.sources[postmortem.ref.path], postmortem)


def _page(site: Site, path: str, postmortem: Postmortem) -> Page:
    def write() -> Page:
        return Page(path, site.title(postmortem), _postmortem(site, path, postmortem), (postmortem.ref.path,))

    return site.drafts.page(path, (postmortem.ref.path,), write)


def _severity(site: Site, postmortem: Postmortem) -> str:
    known = {None: site.say("not judged"), "none": site.say("not an incident")}
    return known.get(postmortem.severity) or escape(postmortem.severity or "")


def _status(site: Site, postmortem: Postmortem) -> str:
    known = {
        "open": site.say("still open"),
        "draft": site.say("draft"),
        "review": site.say("in review"),
        "published": site.say("published"),
    }
    return known.get(postmortem.status) or escape(postmortem.status)


def _postmortem(site: Site, here: str, postmortem: Postmortem) -> str:
    title, text = body(site, here, postmortem)
    return titled(title, action_box(site.say("In short"), _lines(site, here, postmortem)), text=text)


def _lines(site: Site, here: str, postmortem: Postmortem) -> Iterator[str]:
    severity = site.say("**Severity** {severity}", severity=_severity(site, postmortem))
    status = site.say("**Status** {status}", status=_status(site, postmortem))
    yield f"{severity} · {status} · {escape(postmortem.date)}"
    alerts = [site.catalog.alerts_by_name.get(name) or name for name in postmortem.alerts]
    if alerts:
        shown = (code(each) if isinstance(each, str) else site.alert_link(here, each) for each in alerts)
        yield site.say("**Alerts** {alerts}", alerts=", ".join(shown))
    services = dict.fromkeys([*postmortem.services, *(each.service.id for each in alerts if not isinstance(each, str))])
    if services:
        shown = (site.service_link(here, each) for each in services)
        yield site.say("**Services** {services}", services=", ".join(shown))
    if postmortem.authors:
        people = ", ".join(site.person(each) for each in postmortem.authors)
        yield site.say("**Authors** {people}", people=people)
