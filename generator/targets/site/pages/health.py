"""Health of the repository: what the checks found, and links in sources that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from generator.artifacts import Page
from generator.findings import Finding, Level
from generator.targets.markdown import code, escape, page, table
from generator.targets.site.site import HEALTH, Site

_HEADINGS = {Level.ERROR: "Errors", Level.WARNING: "Warnings", Level.NOTE: "Notes"}


def pages(site: Site) -> Iterator[Page]:
    """One page, always: that nothing was found is worth saying."""
    findings = sorted(site.context.findings, key=lambda each: each.sort_key)
    blocks = [_level(level, [each for each in findings if each.level is level]) for level in _HEADINGS]
    lost = [(code(f"{each.path}:{each.line}"), code(each.target)) for each in site.nowhere]
    text = page(
        "# Health of this repository",
        *blocks,
        page("## Links that lead to no page", table(("Where", "Leads to"), lost)) if lost else "",
        "" if findings or lost else "The checks found nothing.",
    )
    sources = tuple(sorted({each.where.path for each in findings} | {each.path for each in site.nowhere}))
    yield Page(HEALTH, "Health of this repository", text, sources, ("Health",))


def _level(level: Level, findings: list[Finding]) -> str:
    rows = [(_where(each), _said(each), code(each.check)) for each in findings]
    return page(f"## {_HEADINGS[level]}", table(("Where", "What", "Check"), rows)) if rows else ""


def _where(finding: Finding) -> str:
    span = finding.where.span
    return code(f"{finding.where.path}:{span.line}" if span else finding.where.path)


def _said(finding: Finding) -> str:
    return escape(f"{finding.message} ({finding.hint})" if finding.hint else finding.message)
