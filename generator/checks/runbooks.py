"""Runbooks: each is reached from an alert."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog import Catalog
from generator.checks.base import check
from generator.checks.references import kept
from generator.context import Context
from generator.findings import Finding
from generator.kinds.runbook import Runbook


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
