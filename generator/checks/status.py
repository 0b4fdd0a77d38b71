"""What the public reads: updates in order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from generator.catalog import Catalog
from generator.checks.base import check
from generator.context import Context
from generator.findings import Finding, Related
from generator.kinds.status import Maintenance, StatusIncident


@check("status/order")
def order(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """An update is earlier than the one before it.

    Updates are written oldest first, and a component keeps its status until a later update changes it: in the wrong
    order the page says the wrong thing. Times are UTC.
    """
    sources: tuple[StatusIncident | Maintenance, ...] = (*catalog.all(StatusIncident), *catalog.all(Maintenance))
    for source in sources:
        for before, update in pairwise(source.updates):
            if update.at < before.at:
                yield Finding(
                    update.ref.at("at"),
                    f"this update of {source.id} is of {update.at:%Y-%m-%d %H:%M}, earlier than the one before it",
                    "put updates in the order of time, oldest first, or mend the hour",
                    related=(Related(before.ref.at("at"), "the update before it"),),
                    subject=source.id,
                )
