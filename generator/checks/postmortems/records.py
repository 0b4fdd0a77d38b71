"""Postmortems: there is one for every incident, it gets done, and its sections are filled."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from generator import times
from generator.analysis.postmortems.leftovers import leftovers
from generator.analysis.postmortems.sections import TITLES, Part, parts, present, wanted
from generator.catalog import Catalog
from generator.checks.base import check
from generator.checks.references import kept
from generator.context import Context
from generator.findings import Finding, Ref
from generator.kinds.postmortem import Postmortem
from generator.kinds.status import StatusIncident

SOON = timedelta(hours=48)
OLD = timedelta(days=14)
FORGOTTEN = timedelta(days=365)
"""An incident of longer ago is history: nobody remembers enough to write it down."""


@check("postmortem/missing", level="warning")
def missing(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """An incident was told to the public, and after 48 hours there is still no postmortem of it.

    What happened is remembered for two days. The postmortem has the name of the status incident
    (`postmortems/2026-10-14-checkout-errors.md`), and `tocsin new postmortem --incident ID` fills in what is
    known. Small incidents take the short form (`--short`). Asked for only where a repository keeps
    `postmortems/`, and of incidents of the last year.
    """
    if not kept(catalog, "postmortems"):
        return
    for incident in catalog.all(StatusIncident):
        known = catalog.get(Postmortem, incident.id) or catalog.may_define("postmortem", incident.id)
        if known or not incident.updates or not SOON < context.now - incident.updates[0].at < FORGOTTEN:
            continue
        yield incident.finding(
            message=f"incident {incident.id} has no postmortem, "
            f"{times.words(context.now - incident.updates[0].at)} after it was told",
            hint=f"tocsin new postmortem --incident {incident.id}",
        )


@check("postmortem/draft-old", level="warning")
def draft_old(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A postmortem is not published 14 days after its incident began.

    Nobody learns from a draft. Publish what is known (`status: published`); what is still open becomes an action
    item with an owner and a date.
    """
    for postmortem in catalog.all(Postmortem):
        age = context.now - datetime.combine(datetime.fromisoformat(postmortem.date), datetime.min.time(), UTC)
        if postmortem.status != "published" and age > OLD:
            yield postmortem.finding(
                "status",
                message=f"postmortem {postmortem.id} is still '{postmortem.status}', "
                f"{age.days} days after the incident",
                hint="finish it, or publish what is known and make the rest action items",
            )


@check("postmortem/section-missing", level="warning")
def section_missing(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A postmortem lacks sections that the template has.

    An incident of SEV-1 or SEV-2 has all nine: incident summary, timeline, root cause, contributing factors, what
    went well, what could be improved, action items, lessons learned, and error budget impact where there are SLOs.
    All others need the short form: summary, timeline, root cause, action items, error budget impact. Headings may be
    in English or Spanish, and the usual other names count (Summary, What went wrong, Cronología, …). One that is
    `open`, or was no incident (`severity: none`), is not asked.
    """
    for postmortem in _asked(catalog):
        there = present(catalog, postmortem)
        absent = [TITLES[name] for name in wanted(catalog, postmortem) if name not in there]
        if absent:
            yield Finding(
                _title(catalog, postmortem),
                f"postmortem {postmortem.id} has no section {', '.join(absent)}",
                "add them from postmortems/templates/; a sentence may be enough",
                subject=postmortem.id,
            )


@check("postmortem/section-empty", level="warning")
def section_empty(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A section of a postmortem holds nothing: no text, a table without rows, labels without a value.

    An empty section reads as "nobody asked". Where there is nothing to tell, say so: "None: the alert came from a
    test". One that is `open` is not asked.
    """
    for postmortem in _asked(catalog):
        for part in parts(catalog, postmortem):
            if part.name and part.is_empty:
                hint = "fill it in; where there is nothing to tell, say so and why"
                yield _about(postmortem, part, f"section '{part.title}' of {postmortem.id} is empty", hint)


@check("postmortem/template-text", level="warning")
def template_text(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """Text of the template is left in a postmortem.

    Whoever reads it cannot tell what was asked from what was answered. The lines of the templates that come with Tocsin
    are known, those of the repository's own `postmortems/templates/`, and `YYYY-MM-DD`, `SEV-n`, `TBD`. One finding a
    section, at the first such line. One that is `open` is not asked.
    """
    own = tuple(text for name in OWN if (text := context.read(f"postmortems/templates/{name}")))
    for postmortem in _asked(catalog):
        for left in leftovers(catalog, postmortem, own):
            many = "a line" if left.lines == 1 else f"{left.lines} lines"
            yield Finding(
                left.ref,
                f"{many} of the template {'is' if left.lines == 1 else 'are'} left in '{left.title}'"
                f" of {postmortem.id}: {left.text}",
                "write what happened in its place, or delete it",
                subject=f"{postmortem.id}/{left.title}",
            )


OWN = tuple(f"{name}{suffix}.md" for name in ("postmortem", "postmortem-short") for suffix in ("", ".es"))
"""The templates that a repository may have of its own."""


def _asked(catalog: Catalog) -> Iterator[Postmortem]:
    """Those whose text is judged: while an incident lasts people have other things to do."""
    return (each for each in catalog.all(Postmortem) if each.status != "open" and each.severity != "none")


def _title(catalog: Catalog, postmortem: Postmortem) -> Ref:
    has_one = catalog.document(postmortem).markdown.headings
    return postmortem.ref.at("body", "headings", 0) if has_one else postmortem.ref


def _about(postmortem: Postmortem, part: Part, message: str, hint: str) -> Finding:
    return Finding(part.ref, message, hint, subject=f"{postmortem.id}/{part.title}")
