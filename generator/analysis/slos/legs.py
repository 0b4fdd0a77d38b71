"""What an SLO means in numbers: its legs, when each fires, its error budget. All of it exact.

A leg is a pair of windows with a burn rate: it fires while both windows burn faster than the rate.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from generator import times
from generator.analysis.memo import once_a_catalog
from generator.kinds.service import Service
from generator.kinds.severity_map import Condition, Severity
from generator.kinds.slo import SeverityOverride, Slo
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.catalog import Catalog

BASE_WINDOW = timedelta(minutes=5)
"""The window of the series that the period's budget is summed from."""
_DIGITS = 100


@dataclass(frozen=True, slots=True)
class Leg:
    """One alert rule of an SLO. `threshold` is the error ratio (0 to 1) above which both windows must be."""

    severity: str
    urgency: str
    burn_rate: Decimal
    short: timedelta
    long: timedelta
    threshold: Decimal
    period: timedelta
    hold: timedelta = timedelta()

    @property
    def name(self) -> str:
        """`5m-1h`, the label `leg`."""
        return f"{times.format_duration(self.short)}-{times.format_duration(self.long)}"

    @property
    def time_to_page(self) -> timedelta | None:
        """How long a total outage lasts until the leg fires; None where it never can (the threshold is 1 or more)."""
        return None if self.threshold >= 1 else scaled(self.long, self.threshold) + self.hold

    @property
    def budget_spent(self) -> Fraction:
        """The share of the period's error budget that a burn at this rate spends in the long window."""
        return _share(self.burn_rate, self.long, self.period)

    @property
    def budget_gone_in(self) -> timedelta | None:
        """How long the whole budget lasts at this rate, to the microsecond; None where it outlasts the period."""
        return None if self.burn_rate < 1 else _divided(self.period, self.burn_rate)


def legs(catalog: Catalog, service: Service, slo: Slo) -> tuple[Leg, ...]:
    """The legs of an SLO, highest severity first and then as written; each pair of windows is in one of them."""
    if slo.severities or service.severities or _names_slos(catalog):
        return _legs(catalog, service, slo)
    key = (legs, slo.objective, slo.period, slo.hold, slo.critical)  # thousands of SLOs differ in none of these
    if key not in catalog.memo:
        catalog.memo[key] = _legs(catalog, service, slo)
    return cast("tuple[Leg, ...]", catalog.memo[key])


@once_a_catalog
def _names_slos(catalog: Catalog) -> bool:
    """Whether a severity of the map is meant for some SLOs by their names."""
    conditions = (each for severity in catalog.severities for each in severity.conditions)
    return any(each.slos not in ("all", "critical") for each in conditions)


def _legs(catalog: Catalog, service: Service, slo: Slo) -> tuple[Leg, ...]:
    taken: set[tuple[timedelta, timedelta]] = set()
    found: list[Leg] = []
    for severity in sorted(catalog.severities, key=lambda severity: severity.rank):
        own = [each for each in _own(severity, service, slo) if (each.short, each.long) not in taken]
        taken |= {(each.short, each.long) for each in own}
        if not _switched_off(severity, service, slo):
            found += [_leg(severity, each, slo) for each in own]
    return tuple(found)


def budget(slo: Slo) -> timedelta:
    """How long a total outage may last in a period: the whole error budget."""
    return scaled(slo.period, allowed(slo))


def allowed(slo: Slo) -> Decimal:
    """The error ratio that the objective allows: 0.001 for 99.9 %."""
    return _allowed(slo.objective)


def objective_ratio(slo: Slo) -> Decimal:
    """The objective from 0 to 1."""
    with localcontext(prec=_DIGITS):
        return slo.objective.scaleb(-2)


def windows(found: tuple[Leg, ...]) -> tuple[timedelta, ...]:
    """Every window that the legs look at, and the base window, shortest first."""
    return tuple(sorted({BASE_WINDOW, *(window for leg in found for window in (leg.short, leg.long))}))


@lru_cache(maxsize=4096)
def exact_product(left: Decimal, right: Decimal) -> Decimal:
    """A product with all of its digits."""
    with localcontext(prec=_DIGITS):
        return left * right


@lru_cache(maxsize=4096)
def scaled(duration: timedelta, ratio: Decimal) -> timedelta:
    """A share of a duration, to the microsecond."""
    return timedelta(microseconds=round(_microseconds(duration) * Fraction(ratio)))


@lru_cache(maxsize=4096)
def plain(number: Decimal) -> str:
    """A number without exponent and without needless zeros: `14.4`, `0.0144`, `30`."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=4096)
def percent(ratio: Fraction | Decimal, places: int = 4) -> str:
    """A ratio in percent, exact where `places` decimals are enough: `2%`, `9.3333%`."""
    scaled_up = Fraction(ratio) * 100
    rounded = Decimal(round(scaled_up * 10**places)).scaleb(-places)
    return f"{plain(rounded)}%"


@lru_cache(maxsize=4096)
def _allowed(objective: Decimal) -> Decimal:
    with localcontext(prec=_DIGITS):
        return (100 - objective).scaleb(-2)


@lru_cache(maxsize=4096)
def _share(burn_rate: Decimal, long: timedelta, period: timedelta) -> Fraction:
    return Fraction(burn_rate) * _microseconds(long) / _microseconds(period)


@lru_cache(maxsize=4096)
def _divided(duration: timedelta, rate: Decimal) -> timedelta:
    return timedelta(microseconds=round(_microseconds(duration) / Fraction(rate)))


def _microseconds(duration: timedelta) -> int:
    return duration // timedelta(microseconds=1)


def _override(severity: Severity, service: Service, slo: Slo) -> SeverityOverride | None:
    return slo.severities.get(severity.id) or service.severities.get(severity.id)


def _switched_off(severity: Severity, service: Service, slo: Slo) -> bool:
    override = _override(severity, service, slo)
    return override is not None and override.off


def _own(severity: Severity, service: Service, slo: Slo) -> Iterator[Condition]:
    """The conditions of a severity that hold for the SLO; of two with the same windows, the one that fires first.

    A severity that is off still claims its windows: nothing falls to the next one.
    """
    lowest: dict[tuple[timedelta, timedelta], Condition] = {}
    for condition in _conditions(severity, service, slo):
        if holds(condition, slo):
            known = lowest.setdefault((condition.short, condition.long), condition)
            if condition.burn_rate < known.burn_rate:
                lowest[condition.short, condition.long] = condition
    yield from lowest.values()


def _conditions(severity: Severity, service: Service, slo: Slo) -> tuple[Condition, ...]:
    for overrides in (slo.severities, service.severities):
        override = overrides.get(severity.id)
        if override is not None and not override.off:
            return override.conditions
    return severity.conditions


def holds(condition: Condition, slo: Slo) -> bool:
    """Whether a condition is meant for the SLO."""
    match condition.slos:
        case "all":
            return True
        case "critical":
            return slo.critical
        case str(name):
            return name in (slo.id, slo.name)
        case names:
            return slo.id in names or slo.name in names


def _leg(severity: Severity, condition: Condition, slo: Slo) -> Leg:
    return Leg(
        severity=severity.id,
        urgency=severity.urgency,
        burn_rate=condition.burn_rate,
        short=condition.short,
        long=condition.long,
        threshold=exact_product(condition.burn_rate, allowed(slo)),
        period=slo.period,
        hold=slo.hold or timedelta(),
    )
