"""SLOs beside their traffic: how few errors page somebody, floors that silence, and how often a service may page."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from generator import times
from generator.analysis.slos.burns import (
    errors_to_fire,
    events_for_two,
    every_leg,
    most_pages,
    paging,
    usual_events,
)
from generator.analysis.slos.legs import Leg, percent, plain
from generator.catalog import Catalog
from generator.checks.base import check
from generator.context import Context
from generator.findings import Finding
from generator.kinds.service import Service
from generator.kinds.slo import Slo
from generator.settings import Setting

PAGES_PER_WEEK = Setting[int](
    "pages_per_week",
    {
        "title": "Pages a week",
        "description": "How often a week the SLOs of one service may page while all of them meet their objectives. "
        "Default: 60, five SLOs with the usual severities.",
        "type": "integer",
        "minimum": 1,
        "examples": [60],
    },
    lambda value: int(value or 60),
)


@check("slo/one-error-page", level="warning")
def one_error_page(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """One bad event is enough to page somebody.

    A leg fires above factor × (1 − objective) × events in its long window. With 6 requests an hour and 99.9 % that is
    0.0864 errors at 14.4 times over an hour: the first failure of the day wakes somebody, and there is nothing to be
    seen when they look. `min_events` keeps a leg silent while its long window has fewer events; with so little traffic
    that no page is left, an SLO is better a ticket.

    Judged where the source declares `traffic`, or `min_events`, which is then the quietest hour in which a leg fires.
    """
    found = every_leg(catalog)
    for slo in catalog.all(Slo):
        if slo.sli.error_ratio_query is None and (slo.traffic is not None or slo.min_events is not None):
            legs = paging(found[slo.id])
            lonely = [leg for leg in legs if errors_to_fire(leg, _events(slo, leg)) < 2 and not _silent(slo, leg)]
            if lonely:
                yield _one_error(slo, lonely[0], events_for_two(legs), legs)


def _events(slo: Slo, leg: Leg) -> Fraction:
    """Among how many events the leg fires: as few as its floor lets it, else as many as there usually are."""
    if slo.min_events is not None:
        return Fraction(slo.min_events)
    return usual_events(slo, leg.long) or Fraction(0)


def _silent(slo: Slo, leg: Leg) -> bool:
    usual = usual_events(slo, leg.long)
    return usual is not None and slo.min_events is not None and usual < slo.min_events


def _one_error(slo: Slo, leg: Leg, enough: int, legs: list[Leg]) -> Finding:
    key = "traffic" if slo.min_events is None else "min_events"
    events = _events(slo, leg)
    needed = plain(_rounded(Fraction(leg.threshold) * events))
    most = max(usual_events(slo, each.long) or Fraction(enough) for each in legs)
    hint = f"write min_events: {enough}"
    if most < enough:
        off = ", ".join(f"{name}: off" for name in sorted({each.severity for each in legs}))
        hint += f"; with this traffic no page is left then, so rather severities: {{{off}}} and a ticket"
    return slo.finding(
        key,
        message=f"one error pages: {leg.severity} of SLO {slo.id} fires above {needed} errors among "
        f"{plain(_rounded(events))} events in {times.words(leg.long)} "
        f"({plain(leg.burn_rate)} times, {percent(leg.threshold)})",
        hint=hint,
    )


def _rounded(number: Fraction, places: int = 4) -> Decimal:
    return Decimal(round(number * 10**places)).scaleb(-places)


@check("slo/silent-leg", level="warning")
def silent_leg(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """`min_events` is above what the usual traffic gives, so that a leg is always silent.

    Below the floor nothing fires, a total outage neither. Lower it, or switch the severity off, so that everybody sees
    that this SLO does not page.
    """
    found = every_leg(catalog)
    for slo in catalog.all(Slo):
        if slo.min_events is None or slo.traffic is None:
            continue
        for leg in found[slo.id]:
            if _silent(slo, leg):
                usual = plain(_rounded(usual_events(slo, leg.long) or Fraction(0)))
                yield slo.finding(
                    "min_events",
                    message=f"{leg.severity} of SLO {slo.id} can never fire: {slo.traffic} is {usual} events in "
                    f"{times.words(leg.long)}, and it is silent below {plain(slo.min_events)}",
                    hint=f"lower min_events, or write severities: {{{leg.severity}: off}}",
                )


@check("slo/page-load", level="warning")
def page_load(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """The SLOs of a service may page more often than anybody bears, although every one of them meets its objective.

    A page of a leg needs a burn of its rate over its long window: at 14.4 times over an hour 14.4 hours' worth of
    budget. A week has 168 hours' worth, so such an SLO can page 11.7 times a week and still be met, whatever its
    objective and period. The leg that spends least decides; SLOs of a service are added up. Above `pages_per_week` of
    `tocsin.yaml` (default 60) there are too many paging SLOs, or a leg fires on too little: a rate of 2 over half an
    hour may page 168 times.

    Alerts that are no SLO's have no budget, so nothing is known of them here.
    """
    limit = catalog.settings.get(PAGES_PER_WEEK)
    found = every_leg(catalog)
    for service in catalog.all(Service):
        loads = [(most_pages(found[slo.id]), slo) for slo in service.slos]
        total = sum((load for load, _ in loads), Fraction(0))
        if total > limit:
            worst, slo = max(loads, key=lambda each: each[0])
            yield service.finding(
                "slos",
                key=True,
                message=f"the SLOs of service {service.id} may page {plain(_rounded(total, 0))} times a week while all "
                f"of them are met, above {limit}: SLO {slo.id} alone {plain(_rounded(worst, 1))} times",
                hint="page for fewer of them (severities: {SEV-2: off}), or raise burn rates or long windows",
            )
