"""Error budgets of postmortems: the sums are right, and the SLO is the one there is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from generator.analysis.postmortems.budget import Budget, budgets
from generator.analysis.postmortems.budget_sums import sums
from generator.catalog import Catalog
from generator.checks.base import check
from generator.context import Context
from generator.findings import Finding, Related
from generator.kinds.postmortem import Postmortem

RECENT = timedelta(days=90)
"""An SLO may have changed since older incidents: they keep the objective that they were counted with."""


@check("postmortem/budget", level="warning")
def budget(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """The numbers about the error budget do not add up, or are not those of the SLO.

    From the section "Error budget impact": requests that may fail = all requests of the period x (100 % - objective);
    consumed = failed requests / requests that may fail; remaining = what was left before - consumed (without "it was …
    before", at most the rest of the whole); requests and minutes of total outage that are left follow from the share:
    99.9 % over 30 days bears 43.2 minutes. As much as was rounded away is allowed. For incidents of the last 90 days
    objective and period are held against the SLO that is named (`tr-web/requests-availability`).
    """
    for postmortem in catalog.all(Postmortem):
        recent = context.now.date() - datetime.fromisoformat(postmortem.date).date() < RECENT
        for each in budgets(catalog, postmortem):
            if recent:
                yield from _against_slo(postmortem, each)
            for wrong in sums(each):
                where = each.place(postmortem.ref.path, wrong.fact, wrong.number)
                yield Finding(where, wrong.message, "mend the number that is wrong", subject=postmortem.id)


def _against_slo(postmortem: Postmortem, found: Budget) -> Iterator[Finding]:
    if found.slo is None:
        return
    related = Related(found.slo.ref, f"SLO {found.slo.id}")
    objective, period = found.first("slo", "percent"), found.first("slo", "days")
    if objective is not None and objective.value != found.slo.objective:
        where = found.place(postmortem.ref.path, "slo", objective)
        message = f"the objective of {found.slo.id} is {found.slo.objective} %, not {objective.text}"
        yield Finding(where, message, "count with the SLO's objective", (related,), subject=postmortem.id)
    if period is not None and timedelta(days=float(period.value)) != found.slo.period:
        where = found.place(postmortem.ref.path, "slo", period)
        message = f"the period of {found.slo.id} is {found.slo.period.days} days, not {period.text}"
        yield Finding(where, message, "count with the SLO's period", (related,), subject=postmortem.id)
