"""Runbooks: there are some, and each is reached from an alert."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog import Catalog
from generator.checks.base import check
from generator.checks.references import kept
from generator.context import Context
from generator.findings import Finding
from generator.kinds.runbook import Runbook


@check("runbook/none", level="warning")
def none(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """There are alerts, and this repository keeps no runbook at all.

    Whoever is woken starts from scratch. An alert's runbook is the file with its name in kebab-case below `runbooks/`,
    or an address elsewhere in its annotation `runbook_url`. Where they are kept elsewhere on purpose, switch this off.
    """
    bare = [alert for alert in catalog.alerts if not alert.runbook_written]
    if bare and not kept(catalog, "runbooks"):
        first = bare[0]
        yield Finding(
            first.ref,
            f"there is no folder runbooks/, and {len(bare)} of {len(catalog.alerts)} alerts lead to no runbook",
            f"begin with this one: tocsin new runbook {first.runbook}",
        )


@check("runbook/unused", level="warning")
def unused(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """No alert leads to a runbook.

    Nobody finds it at 3 am, and nobody notices when it rots. Name it with `runbook:` in an alert, or delete it; one
    that is `deprecated` may stay for old links.
    """
    if not kept(catalog, "alerts") or catalog.broken.get("service"):
        return  # the alerts that lead here may be in a source that could not be read
    reached = {alert.runbook for alert in catalog.alerts}
    for runbook in catalog.all(Runbook):
        if runbook.id not in reached and not runbook.deprecated:
            yield runbook.finding(
                message=f"no alert leads to runbook '{runbook.id}'",
                hint="name it in an alert with `runbook:`, mark it `deprecated: true`, or delete it",
            )
