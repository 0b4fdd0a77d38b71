"""The rules of one SLO: what is recorded, in the order in which it is needed, and then the alerts that read it.

All of it is one group: rules in different groups read each other one interval late. The series that budgets are summed
from carry nothing but what identifies them (a changed label would start the period anew); the rest is on `slo:info`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from generator import times
from generator.analysis.alert_texts import leg_annotations, no_data_annotations, no_data_labels, slo_labels
from generator.analysis.prometheus_settings import PROMETHEUS
from generator.analysis.rule import Rule, RuleGroup
from generator.analysis.selectors import literal
from generator.analysis.sli import Queries, queries
from generator.analysis.slo import BASE_WINDOW, Leg, allowed, legs, objective_ratio, plain, windows

if TYPE_CHECKING:
    from generator.catalog import Catalog, NamedAlert
    from generator.kinds.service import Service, Slo

ERRORS = "slo:sli_error:rate5m"
TOTAL = "slo:sli_total:rate5m"
PERIOD_BURN = "slo:period_burn_rate:ratio"


def slo_group(catalog: Catalog, service: Service, slo: Slo, alert: NamedAlert) -> RuleGroup | None:
    """The group of an SLO; None where its selectors mean nothing."""
    try:
        asked = queries(service, slo)
    except ValueError:
        return None
    found = legs(catalog, service, slo)
    rules = (
        *_recordings(catalog, service, slo, asked, found),
        *(_leg_alert(catalog, service, slo, alert, leg) for leg in found),
        *_no_data(catalog, service, slo, alert),
    )
    return RuleGroup(name=f"slo:{slo.id}", rules=rules)


def ratio_series(window: timedelta) -> str:
    """The name of the share of errors over a window."""
    return f"slo:sli_error:ratio_rate{times.format_duration(window)}"


def total_series(window: timedelta) -> str:
    """The name of the events per second over a window."""
    return f"slo:sli_total:rate{times.format_duration(window)}"


def series(name: str, slo: Slo) -> str:
    """A selector of one of the SLO's own series."""
    return f"{name}{{service={literal(slo.service)},slo={literal(slo.name)}}}"


def identity(catalog: Catalog, slo: Slo) -> dict[str, str]:
    """The labels of every series of the SLO."""
    labels = {"service": slo.service, "slo": slo.name}
    if catalog.settings.get(PROMETHEUS).sloth_labels:
        labels |= {
            "sloth_id": f"{slo.service}-{slo.name}",
            "sloth_service": slo.service,
            "sloth_slo": slo.name,
        }
    return labels


def _recordings(catalog: Catalog, service: Service, slo: Slo, asked: Queries, found: tuple[Leg, ...]) -> Iterator[Rule]:
    labels = identity(catalog, slo)
    for name, expr in (
        *_measured(slo, asked, found),
        *_constants(slo),
        *_budget(slo),
    ):
        yield Rule(record=name, expr=expr, labels=labels, source=slo.ref)
    yield Rule(record="slo:info", expr="vector(1)", labels=_info(service, slo) | labels, source=slo.ref)


def _measured(slo: Slo, asked: Queries, found: tuple[Leg, ...]) -> Iterator[tuple[str, str]]:
    """Errors and events of the base window, and the share of errors over every window."""
    errors = series(ERRORS, slo)
    yield ERRORS, asked.errors_over(BASE_WINDOW)
    yield TOTAL, f"{errors} * 0 + 1" if asked.total is None else asked.total_over(BASE_WINDOW)
    for window in windows(found):
        base = f"{errors} / ({series(TOTAL, slo)} > 0)"
        yield ratio_series(window), base if window == BASE_WINDOW else asked.ratio_over(window)
    if slo.min_events is not None and asked.total is not None:
        for window in sorted({leg.long for leg in found} - {BASE_WINDOW}):
            yield total_series(window), asked.total_over(window)


def _constants(slo: Slo) -> Iterator[tuple[str, str]]:
    days = Decimal(slo.period // timedelta(seconds=1)) / Decimal(86400)
    yield "slo:objective:ratio", f"vector({plain(objective_ratio(slo))})"
    yield "slo:error_budget:ratio", f"vector({plain(allowed(slo))})"
    yield "slo:time_period:days", f"vector({plain(days)})"


def _budget(slo: Slo) -> Iterator[tuple[str, str]]:
    """Burn rates now and over the period. The period's is weighted by traffic: a sum over a sum, never a mean."""
    window, budget = times.format_duration(slo.period), plain(allowed(slo))
    errors, total = (f"sum_over_time({series(name, slo)}[{window}])" for name in (ERRORS, TOTAL))
    yield "slo:current_burn_rate:ratio", f"{series(ratio_series(BASE_WINDOW), slo)} / {budget}"
    yield PERIOD_BURN, f"{errors} / ({total} > 0) / {budget}"
    yield "slo:period_error_budget_remaining:ratio", f"1 - {series(PERIOD_BURN, slo)}"


def _info(service: Service, slo: Slo) -> dict[str, str]:
    """What may change without starting a budget anew."""
    ours = {
        "team": service.team or "",
        "objective": plain(slo.objective),
        "critical": "true" if slo.critical else "false",
        "period": times.format_duration(slo.period),
        "alert": slo.alert,
    }
    return {**service.labels, **slo.labels, **{name: value for name, value in ours.items() if value}}


def _leg_alert(catalog: Catalog, service: Service, slo: Slo, alert: NamedAlert, leg: Leg) -> Rule:
    """The long window stands first: its ratio is the alert's value, the one that says how bad it is."""
    parts = [f"{series(ratio_series(window), slo)} > {plain(leg.threshold)}" for window in (leg.long, leg.short)]
    if slo.min_events is not None and slo.sli.error_ratio_query is None:
        seconds = leg.long // timedelta(seconds=1)
        parts.append(f"{series(total_series(leg.long), slo)} * {seconds} >= {plain(slo.min_events)}")
    return Rule(
        alert=slo.alert,
        expr="\nand\n".join(parts),
        hold=None if slo.hold is None else times.format_duration(slo.hold),
        labels=slo_labels(service, slo, leg),
        annotations=leg_annotations(catalog, alert, slo, leg),
        source=slo.ref,
        leg=leg,
    )


def _no_data(catalog: Catalog, service: Service, slo: Slo, alert: NamedAlert) -> Iterator[Rule]:
    """Without data nothing else can fire and the budget looks untouched, so somebody has to be told."""
    if slo.no_data is None:
        return
    yield Rule(
        alert=f"{slo.alert}NoData",
        expr=f"absent({series(TOTAL, slo)})",
        hold=times.format_duration(slo.no_data),
        labels=no_data_labels(catalog, service, slo),
        annotations=no_data_annotations(catalog, alert, slo),
        source=slo.ref,
    )
