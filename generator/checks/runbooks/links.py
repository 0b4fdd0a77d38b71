"""Links of runbooks."""

from __future__ import annotations

from collections.abc import Iterator

from generator.analysis.runbooks.links import broken
from generator.catalog import Catalog
from generator.checks.base import check
from generator.checks.runbooks.sections import at
from generator.context import Context
from generator.findings import Finding, Related
from generator.kinds.runbook import Runbook

SHOWN = 5


@check("runbook/link", level="warning")
def link(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A link or a picture of a runbook leads nowhere.

    Looked at are links to files of this repository, to pages of its site, and to headings (`#if-a-release-caused-it`:
    the anchor is the heading in lower case without accents, with hyphens for blanks). Addresses elsewhere are not
    asked.
    """
    known: dict[str, bool] = {}

    def exists(path: str) -> bool:
        if path not in known:
            known[path] = context.read_bytes(path) is not None
        return known[path]

    for runbook in catalog.all(Runbook):
        found = list(broken(catalog, runbook.ref.path, exists))
        if found:
            first, rest = found[0], found[1:]
            more = f", and {len(rest)} more links lead nowhere" if len(rest) > 1 else ", and 1 more link leads nowhere"
            what = "picture" if first.image else "link"
            yield Finding(
                at(runbook, first.line),
                f"{what} '{first.target}' leads nowhere: {first.why}{more if rest else ''}",
                first.meant,
                tuple(Related(at(runbook, each.line), f"'{each.target}': {each.why}") for each in rest[:SHOWN]),
                subject=runbook.id,
            )
