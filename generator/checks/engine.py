"""Runs the checks: fills in id and level, finds positions, obeys settings and suppressions, and sorts.

Checks say what is wrong and where in the data; everything else about a finding happens here, once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from types import ModuleType
from typing import Any

from generator.catalog import Catalog
from generator.checks import FAMILIES, all_checks, families_of
from generator.checks.base import Check
from generator.checks.baseline import without_known
from generator.checks.sharing import findings_of
from generator.checks.subjects import subject_of
from generator.checks.suppressions import silence
from generator.context import Context
from generator.findings import Finding, Level, Ref, did_you_mean
from generator.settings import PATH, Setting

LEVELS = Setting[Mapping[str, str]](
    "checks",
    {
        "title": "Checks",
        "description": "Levels of checks that differ from their defaults; off switches one off.",
        "type": "object",
        "propertyNames": {"pattern": "^[a-z][a-z0-9-]*/[a-z0-9-]+$"},
        "additionalProperties": {
            "title": "Level",
            "description": "The level of this check's findings, or off.",
            "enum": ["error", "warning", "note", "off"],
            "examples": ["warning"],
        },
        "examples": [{"alert/cause": "off"}],
    },
    lambda value: dict(value or {}),
)


def run(
    catalog: Catalog, context: Context, families: Iterable[str | ModuleType] = FAMILIES, *, baseline: bool = True
) -> tuple[Finding, ...]:
    """Every finding about a catalog: located, levelled, silenced where the sources say so, and sorted.

    Without `baseline` what `baseline.yaml` knows is reported too.
    """
    levels = catalog.settings.get(LEVELS)
    # Whether a name in the settings is a check's is known only with all of them.
    few = families is FAMILIES and not levels
    checks = all_checks(families_of((*catalog.documents, *catalog.unread)) if few else families)
    found = [*_named(catalog.findings, checks), *_unknown(catalog, checks)]
    # Those that settings switch off are located in vain: they are few.
    for ident, each in findings_of(checks, catalog, context, partial(_located, catalog=catalog)).items():
        found += (replace(one, check=ident, level=checks[ident].level) for one in each)
    located = [_located(each, catalog) for each in _levelled(found, levels)]
    loud = sorted((_about(each, catalog) for each in silence(located, catalog, context)), key=_order)
    if not baseline:
        return tuple(loud)
    kept = without_known(loud, catalog, context)
    return tuple(sorted((_located(each, catalog) for each in _levelled(kept, levels)), key=_order))


def _order(finding: Finding) -> tuple[str, int, int, str, str]:
    return finding.sort_key


def _named(findings: Iterable[Finding], checks: Mapping[str, Check]) -> Iterator[Finding]:
    """What reading found has its ids; the levels are those of the pages."""
    for each in findings:
        yield replace(each, level=checks[each.check].level) if each.check in checks else each


def _unknown(catalog: Catalog, checks: Mapping[str, Check]) -> Iterator[Finding]:
    for name in catalog.settings.get(LEVELS):
        if name not in checks:
            where = Ref(PATH, ("checks", name), "key")
            yield Finding(where, f"there is no check '{name}'", did_you_mean(name, checks), check="schema/value")


def _levelled(findings: Iterable[Finding], levels: Mapping[str, Any]) -> Iterator[Finding]:
    """What keeps a source from being read stays an error: else `off` would hide a whole file."""
    for each in findings:
        said = levels.get(each.check)
        if said is None or (each.level is Level.ERROR and each.check.startswith(("source/", "schema/"))):
            yield each
        elif said != "off":
            yield replace(each, level=Level(said))


def _located(finding: Finding, catalog: Catalog) -> Finding:
    related = tuple(replace(each, where=_place(each.where, catalog)) for each in finding.related)
    return replace(finding, where=_place(finding.where, catalog), related=related)


def _about(finding: Finding, catalog: Catalog) -> Finding:
    """Whoever reported it may have named what it is about; else its place does."""
    return finding if finding.subject else replace(finding, subject=subject_of(catalog, finding.where))


def _place(where: Ref, catalog: Catalog) -> Ref:
    if where.span is not None or where.path not in catalog.documents:
        return where
    return replace(where, span=catalog.documents[where.path].locate(where))
