"""Stubs of runbooks for imported alerts that have none: the alert's own words, and headings to fill in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from generator.catalog import Catalog
from generator.checks.alerts.texts import IN_LABELS, near_miss
from generator.commands.scaffold import fill, markdown_template
from generator.importers.clashes import Named, named
from generator.importers.tree import Map, text_at
from generator.kinds.names import is_address, kebab_case
from generator.kinds.runbook import Runbook
from generator.settings import LANGUAGES


def stubs(sources: dict[str, Map], catalog: Catalog, root: Path) -> dict[str, str]:
    """Path → text of a stub for every runbook that the alerts want and nobody has."""
    wanted: dict[str, list[tuple[str, Named]]] = {}
    for path, source in sources.items():
        for each in _without_runbook(PurePosixPath(path).stem, source):
            wanted.setdefault(kebab_case(each.name), []).append((PurePosixPath(path).stem, each))
    headings = _headings(root, catalog)
    return {
        f"runbooks/{slug}.md": _text(alerts, headings)
        for slug, alerts in wanted.items()
        if catalog.get(Runbook, slug) is None and not catalog.may_define("runbook", slug)
    }


def _without_runbook(service: str, source: Map) -> Iterator[Named]:
    """Alerts that name no runbook in any of their rules."""
    every = list(named(service, source))
    told = {each.name for each in every if _names_runbook(each.rule)}
    for each in every:
        if each.name not in told:
            yield each


def _names_runbook(rule: Map) -> bool:
    """Whether it names one, be it where only `check --fix` finds it: the stub would be one that no alert leads to."""
    return bool(text_at(rule, "runbook")) or any(is_address(text_at(rule, *place)) for place in _places(rule))


def _places(rule: Map) -> Iterator[tuple[str, str]]:
    yield from (("labels", name) for name in IN_LABELS)
    annotations = rule.get("annotations")
    for entry in annotations.entries if isinstance(annotations, Map) else ():
        key = str(entry.key)
        if (near_miss(key) or key) in ("runbook", "runbook_url"):
            yield "annotations", key


def _headings(root: Path, catalog: Catalog) -> list[str]:
    """Those of the repository's own template: it has them from whoever reads runbooks there."""
    languages = catalog.settings.get(LANGUAGES)
    language = "es" if languages[:1] == ("es",) else "en"
    template = markdown_template(root, "runbooks", "runbook", language)
    return re.findall(r"(?m)^## +(.+?) *$", template)


def _text(alerts: list[tuple[str, Named]], headings: list[str]) -> str:
    service, first = alerts[0]
    names = list(dict.fromkeys(each.name for _, each in alerts))
    said = ("alert " if len(names) == 1 else "alerts ") + ", ".join(map(_code, names))
    expr = text_at(first.rule, "expr") or "the error budget burns too fast"
    longest = max(map(len, re.findall("`+", expr)), default=0)
    return fill(
        "import/stub.md",
        title=_code(first.name) if re.search(r"[^\w .:-]", first.name) else first.name,
        alerts=said,
        service=service,
        expr=expr.rstrip(),
        fence="`" * max(3, longest + 1),
        headings=headings,
    )


def _code(text: str) -> str:
    """Text on one line that Markdown leaves alone."""
    line = " ".join(text.split()).replace("`", "'")
    return f"`{line}`"
