"""SLOs: an objective that means what its writer meant, and legs that can fire."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator.analysis import slo as analysis
from generator.catalog import Catalog
from generator.checks.base import check
from generator.context import Context
from generator.findings import Finding
from generator.kinds.service import Service, Slo


@check("slo/fraction")
def fraction(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """An objective below 1 is a fraction, and a percentage is meant.

    0.999 in the place of 99.9 allows 99 bad events of 100: no alert of the SLO can ever fire.
    """
    for slo in catalog.all(Slo):
        if slo.objective < 1:
            meant = analysis.plain(slo.objective * 100)
            yield slo.finding(
                "objective",
                message=f"objective is {analysis.plain(slo.objective)}; it is a percentage",
                hint=f"write {meant}",
            )


@check("slo/unreachable-leg")
def unreachable_leg(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A burn rate is so high, or an objective so low, that not even a total outage fires the alert.

    A leg fires above factor × (1 − objective). Where that is 1 or more, more than all events would have to be bad. At
    14.4 times, objectives up to 93.0556 are out of reach; at 6 times up to 83.3333.
    """
    for service in catalog.all(Service):
        for slo in service.slos:
            if slo.objective >= 1:
                yield from _of(catalog, service, slo)


def _of(catalog: Catalog, service: Service, slo: Slo) -> Iterator[Finding]:
    for leg in analysis.legs(catalog, service, slo):
        if leg.threshold >= Decimal(1):
            rate = analysis.plain(leg.burn_rate)
            yield slo.finding(
                "objective",
                message=f"{leg.severity} of SLO {slo.id} can never fire: {rate} times what "
                f"{analysis.plain(slo.objective)}% allows is {analysis.percent(leg.threshold)} of all events",
                hint=f"raise the objective, or write severities: {{{leg.severity}: off}} or conditions of its own",
            )
