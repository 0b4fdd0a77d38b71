"""Health of the repository: what the checks found, and links in sources that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from generator.artifacts import Page
from generator.findings import Finding, Level
from generator.messages import marked
from generator.targets.divided import Place, divided
from generator.targets.markdown import code, escape, page, table
from generator.targets.site.site import HEALTH, Nowhere, Site

_HEADINGS = {Level.ERROR: marked("Errors"), Level.WARNING: marked("Warnings"), Level.NOTE: marked("Notes")}
_LOST = marked("Links that lead to no page")
_LEVELS = tuple(_HEADINGS)


def pages(site: Site) -> Iterator[Page]:
    """One page, always, and more where much was found: that nothing was found is worth saying."""
    findings = sorted(site.context.findings, key=lambda each: (_LEVELS.index(each.level), each.sort_key))
    entries: list[Finding | Nowhere] = [*findings, *site.nowhere]
    return divided(
        Place(HEALTH, site.say("Health of this repository"), (site.say("Health"),), site.speech),
        entries,
        lambda _, some: page(*(_group(site, heading, list(each)) for heading, each in groupby(some, _heading))),
        _path,
        lambda each: (_path(each),),
        page(_counts(site, findings) or ("" if entries else site.say("The checks found nothing.")), _language(site)),
    )


def _language(site: Site) -> str:
    """What is found is said in the words of `tocsin check`: who searches for a message finds it."""
    said = site.say("What the checks say is in English, as `tocsin check` says it.")
    return said if site.speech.code != "en" and site.context.findings else ""


def _path(entry: Finding | Nowhere) -> str:
    return entry.path if isinstance(entry, Nowhere) else entry.where.path


def _heading(entry: Finding | Nowhere) -> str:
    return _LOST if isinstance(entry, Nowhere) else _HEADINGS[entry.level]


def _counts(site: Site, findings: Sequence[Finding]) -> str:
    """`3 errors, 12 warnings`."""
    of = {level: sum(each.level is level for each in findings) for level in _LEVELS}
    return ", ".join(f"{site.say(_HEADINGS[level])}: {number}" for level, number in of.items() if number)


def _group(site: Site, heading: str, entries: Sequence[Finding | Nowhere]) -> str:
    findings = [(_where(each), _said(each), code(each.check)) for each in entries if isinstance(each, Finding)]
    lost = [(code(f"{each.path}:{each.line}"), code(each.target)) for each in entries if isinstance(each, Nowhere)]
    found = table((site.say("Where"), site.say("What"), site.say("Check")), findings)
    return page(f"## {site.say(heading)}", found, table((site.say("Where"), site.say("Leads to")), lost))


def _where(finding: Finding) -> str:
    span = finding.where.span
    return code(f"{finding.where.path}:{span.line}" if span else finding.where.path)


def _said(finding: Finding) -> str:
    return escape(f"{finding.message} ({finding.hint})" if finding.hint else finding.message)
