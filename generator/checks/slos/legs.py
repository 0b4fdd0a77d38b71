"""Legs: the conditions of the severity map and of SLOs, and which burns they see."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from generator import times
from generator.analysis.slos.burns import every_leg, outlives_period, reachable
from generator.analysis.slos.legs import percent, plain
from generator.catalog import Catalog
from generator.checks.base import check
from generator.context import Context
from generator.findings import Finding, Ref
from generator.kinds.service import Service
from generator.kinds.severity_map import Condition, Severity
from generator.kinds.slo import DEFAULT_PERIOD, Slo
from generator.records import dataclass

OWN_FRACTIONS = (timedelta(days=28), timedelta(days=31))
"""Periods for which the usual factors were made."""


@dataclass(frozen=True, slots=True)
class Written:
    """A condition where it stands: in the map, or among the `severities` of a service or an SLO."""

    ref: Ref
    owner: str
    severity: str
    condition: Condition


def written(catalog: Catalog) -> Iterator[Written]:
    """Every condition of the sources; the built-in map is none of them."""
    for severity in catalog.all(Severity):
        yield from _written(severity.ref, severity.id, severity.id, severity.conditions)
    for service in catalog.all(Service):
        owners: tuple[Service | Slo, ...] = (service, *service.slos)
        for owner in owners:
            for name, override in owner.severities.items():
                yield from _written(owner.ref.at("severities", name), owner.id, name, override.conditions)


def _written(ref: Ref, owner: str, severity: str, conditions: tuple[Condition, ...]) -> Iterator[Written]:
    for index, condition in enumerate(conditions):
        yield Written(ref.at("conditions", index), owner, severity, condition)


def windows_of(condition: Condition) -> str:
    """`5m and 1h`."""
    return f"{times.format_duration(condition.short)} and {times.format_duration(condition.long)}"


@check("slo/factor-below-one", level="warning")
def factor_below_one(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A burn rate below 1 alerts on a burn that the budget survives.

    A rate of 1 spends the budget in exactly the SLO's period; at 0.9 a tenth of it is left at the end. Such an alert
    asks for work that the objective does not ask for. It comes about where factors are scaled down to a short period
    (2 % of a 7-day budget in an hour is 3.36, 10 % in three days is 0.23): a short period wants other shares of the
    budget, for example 8, 20 and 42 %, and these are 14.4, 6 and 1 again.
    """
    for each in written(catalog):
        rate = each.condition.burn_rate
        if rate < 1:
            yield Finding(
                each.ref.at("burn_rate"),
                f"a burn of {plain(rate)} times leaves {percent(1 - rate)} of the error budget at the period's end",
                "write 1 or more, or raise the objective if this much is too much",
                subject=each.owner,
            )


@check("slo/unseen-burn", level="warning")
def unseen_burn(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A steady burn that breaks the objective, and that no leg of the SLO ever sees.

    Above a rate of 1 the budget is gone before the period ends. Where the lowest leg fires at 3, a steady burn of 2.9
    spends a 30-day budget in ten days and nobody hears of it. One slow leg that makes a ticket sees it:
    `{burn_rate: 1, window: [6h, 3d]}`.
    """
    unseen: dict[Decimal | None, list[Slo]] = {}
    found = every_leg(catalog)
    for service in catalog.all(Service):
        for slo in service.slos:
            lowest = min((leg.burn_rate for leg in reachable(found[slo.id])), default=None)
            if lowest is not None and lowest <= 1:
                continue
            if service.severities or slo.severities or not catalog.all(Severity):
                yield _unseen(_place(service, slo), slo.id, f"SLO {slo.id}", lowest)
            else:
                unseen.setdefault(lowest, []).append(slo)
    for lowest, slos in unseen.items():
        last = catalog.severities[-1]
        yield _unseen(last.ref.at("conditions"), last.id, _names(slos), lowest)


def _place(service: Service, slo: Slo) -> Ref:
    owner = slo if slo.severities or not service.severities else service
    return owner.ref.at("severities") if owner.severities else slo.ref.at("objective")


def _names(slos: list[Slo]) -> str:
    return f"SLO {slos[0].id}" if len(slos) == 1 else f"{len(slos)} SLOs ({slos[0].id} is the first)"


def _unseen(where: Ref, subject: str, who: str, lowest: Decimal | None) -> Finding:
    if lowest is None:
        message = f"no leg of {who} can fire: however fast the error budget burns, nobody hears of it"
        return Finding(where, message, "give it one: {burn_rate: 1, window: [6h, 3d]} as a ticket", subject=subject)
    return Finding(
        where,
        f"a steady burn from 1 up to {plain(lowest)} times what {who} allows breaks the objective, and no leg sees it",
        "add {burn_rate: 1, window: [6h, 3d]} to a severity that makes a ticket",
        subject=subject,
    )


@check("slo/window-ratio", level="warning")
def window_ratio(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """The short window of a leg is no good partner of the long one.

    The long window says that it matters, the short one that it is still going on: a twelfth is the usual share. Above
    a third the alert goes on long after the burn has ended; below a sixtieth a pause of seconds ends it.
    """
    for each in written(catalog):
        short, long = each.condition.short, each.condition.long
        if short * 3 > long or short * 60 < long:
            twelfth = times.format_duration(timedelta(minutes=max(1, round(long / timedelta(minutes=12)))))
            why = "hardly shorter than" if short * 3 > long else "hardly a moment of"
            yield Finding(
                each.ref.at("window"),
                f"the short window {times.format_duration(short)} is {why} the long one, {times.format_duration(long)}",
                f"write a twelfth of it: [{twelfth}, {times.format_duration(long)}]",
                subject=each.owner,
            )


@check("slo/short-period", level="warning")
def short_period(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A leg looks back further than the SLO's period, or fires only when the budget is gone.

    It speaks of a budget that began anew in the meantime. Give an SLO with a short period legs of its own, under
    `severities`.
    """
    found = every_leg(catalog)
    for slo in catalog.all(Slo):
        late = [leg for leg in found[slo.id] if outlives_period(leg)]
        if late:
            legs = ", ".join(f"{leg.name} ({percent(leg.budget_spent, 1)})" for leg in late)
            off = ", ".join(f"{name}: …" for name in dict.fromkeys(leg.severity for leg in late))
            yield slo.finding(
                "period",
                message=f"the period of SLO {slo.id} is {times.words(slo.period)}, and so much of its budget is spent "
                f"before these legs fire: {legs}",
                hint=f"lengthen the period, or write shorter windows: severities: {{{off}}}",
            )


@check("slo/period-spend", level="note")
def period_spend(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """What each leg spends where an SLO's period is not the one that the factors were made for.

    Factors are literal: 14.4 over an hour spends 2 % of a 30-day budget, and 8.57 % of a 7-day one. Nothing is wrong
    with that as long as you know it. Where it is not what you want, give the SLO conditions of its own under
    `severities`; then this note is gone.
    """
    found = every_leg(catalog)
    for service in catalog.all(Service):
        for slo in service.slos:
            if _unusual(service, slo) and not any(outlives_period(leg) for leg in found[slo.id]):
                spent = ", ".join(f"{leg.name} {percent(leg.budget_spent, 2)}" for leg in found[slo.id])
                yield slo.finding(
                    "period",
                    message=f"of the budget of {times.words(slo.period)} the legs of SLO {slo.id} spend: {spent}",
                    hint="where that is not what you want, write conditions of its own under severities",
                )


def _unusual(service: Service, slo: Slo) -> bool:
    """Whether the period is not the one of the usual factors, and nobody has written others."""
    shortest, longest = OWN_FRACTIONS
    own = slo.severities or service.severities
    return slo.period != DEFAULT_PERIOD and not own and not shortest <= slo.period <= longest
