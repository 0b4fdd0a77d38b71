"""The rules of one SLO: what is recorded, in the order in which it is needed, and then the alerts that read it.

All of it is one group: rules in different groups read each other one interval late. The series that budgets are summed
from carry nothing but what identifies them (a changed label would start the period anew); the rest is on `slo:info`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from generator import times
from generator.analysis.prometheus.settings import PROMETHEUS
from generator.analysis.rules.rule import Rule, RuleGroup
from generator.analysis.rules.texts import leg_annotations, no_data_annotations, no_data_labels, slo_labels
from generator.analysis.slos.budget_windows import counted
from generator.analysis.slos.legs import BASE_WINDOW, Leg, allowed, legs, objective_ratio, plain, windows
from generator.analysis.slos.selectors import literal
from generator.analysis.slos.sli import Queries, queries

if TYPE_CHECKING:
    from generator.analysis.slos.budget_windows import LeftOut
    from generator.catalog import Catalog, NamedAlert
    from generator.kinds.service import Service
    from generator.kinds.slo import Slo

ERRORS = "slo:sli_error:rate5m"
TOTAL = "slo:sli_total:rate5m"
PERIOD_BURN = "slo:period_burn_rate:ratio"
GONE_FOR = timedelta(days=1)
"""How long a value of `group_by` that has vanished is missed: a region may have been closed on purpose."""


def slo_group(
    catalog: Catalog, service: Service, slo: Slo, alert: NamedAlert, left_out: Iterable[LeftOut] = ()
) -> RuleGroup | None:
    """The group of an SLO; None where its selectors mean nothing. Its budget does not count what is left out."""
    try:
        asked = queries(service, slo)
    except ValueError:
        return None
    found = legs(catalog, service, slo)
    rules = (
        *_recordings(service, slo, identity(catalog, slo), _measured(slo, asked, found, counted(left_out))),
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


def _recordings(
    service: Service, slo: Slo, labels: Mapping[str, str], measured: Iterable[tuple[str, str]]
) -> Iterator[Rule]:
    for name, expr in (*measured, *_constants(slo), *_budget(slo)):
        yield Rule(record=name, expr=expr, labels=labels, source=slo.ref)
    yield Rule(record="slo:info", expr="vector(1)", labels={**_info(service, slo), **labels}, source=slo.ref)


def _measured(slo: Slo, asked: Queries, found: tuple[Leg, ...], factor: str) -> Iterator[tuple[str, str]]:
    """Errors and events of the base window, as the budget counts them, and the share of errors over every window."""
    errors, total = asked.errors_over(BASE_WINDOW), asked.total_over(BASE_WINDOW)
    if asked.total is None:
        total = f"{series(ERRORS, slo)} * 0 + 1"
    yield ERRORS, f"({errors}) * {factor}" if factor else errors
    yield TOTAL, f"({total}) * {factor}" if factor else total
    for window in windows(found):
        yield ratio_series(window), _ratio(slo, asked, window, as_counted=not factor)
    if slo.min_events is not None and asked.total is not None:
        for window in sorted({leg.long for leg in found} - {BASE_WINDOW}):
            yield total_series(window), asked.total_over(window)


def _ratio(slo: Slo, asked: Queries, window: timedelta, *, as_counted: bool) -> str:
    """Alerts see what happens, also while the budget does not count it."""
    if window == BASE_WINDOW and as_counted:
        return f"{series(ERRORS, slo)} / ({series(TOTAL, slo)} > 0)"
    return asked.ratio_over(window)


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
        expr=_gone(slo),
        hold=times.format_duration(slo.no_data),
        labels=no_data_labels(catalog, service, slo),
        annotations=no_data_annotations(catalog, alert, slo),
        source=slo.ref,
    )


def _gone(slo: Slo) -> str:
    """Nothing at all; with `group_by` also one value of it that was there a day ago. Never both for one loss."""
    total = series(TOTAL, slo)
    if not slo.group_by:
        return f"absent({total})"
    before = f"count_over_time({total}[{times.format_duration(max(GONE_FOR, 2 * (slo.no_data or GONE_FOR)))}])"
    return f"({before} unless {total})\nor\n(absent({total}) unless on (service, slo) {before})"
