from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis.slos.legs import Leg, allowed, budget, legs, objective_ratio, percent, plain, windows
from generator.kinds.service import Service
from tests.catalogs import make_catalog

SLO = "  - {name: errors, objective: 99.9, sli: {errors: e, total: t}%s}\n"


def found(slo: str = "", service: str = "", severity_map: str | None = None) -> tuple[Leg, ...]:
    files = {"alerts/web.yaml": f"{service}slos:\n{SLO % slo}"}
    if severity_map is not None:
        files["alerts/severity-map.yaml"] = severity_map
    catalog = make_catalog(files)
    assert not catalog.findings
    (only,) = catalog.all(Service)
    return legs(catalog, only, only.slos[0])


def shown(slo: str = "", service: str = "", severity_map: str | None = None) -> list[str]:
    return [f"{leg.severity} {leg.name} {plain(leg.burn_rate)}" for leg in found(slo, service, severity_map)]


def test_a_pair_of_windows_belongs_to_the_highest_severity_that_holds() -> None:
    assert shown() == ["SEV-2 5m-1h 14.4", "SEV-2 30m-6h 6", "SEV-3 2h-1d 3", "SEV-3 6h-3d 1"]
    assert shown(", critical: true") == ["SEV-1 5m-1h 14.4", "SEV-2 30m-6h 6", "SEV-3 2h-1d 3", "SEV-3 6h-3d 1"]


def test_a_severity_that_is_off_keeps_its_windows() -> None:
    off = ", critical: true, severities: {SEV-1: off}"
    assert shown(off) == ["SEV-2 30m-6h 6", "SEV-3 2h-1d 3", "SEV-3 6h-3d 1"]
    assert shown(", critical: true", "severities: {SEV-1: off}\n") == shown(off)


def test_conditions_of_an_slo_replace_those_of_its_service_and_of_the_map() -> None:
    service = "severities: {SEV-2: {conditions: [{burn_rate: 5, window: [30m, 6h]}]}}\n"
    slo = ", severities: {SEV-2: {conditions: [{burn_rate: 7, window: [10m, 2h]}]}}"
    assert shown("", service)[:2] == ["SEV-2 30m-6h 5", "SEV-3 2h-1d 3"]
    assert shown(slo, service)[:2] == ["SEV-2 10m-2h 7", "SEV-3 2h-1d 3"]


@pytest.mark.parametrize(("slos", "holds"), [("all", True), ("[web/errors]", True), ("[web/other]", False)])
def test_a_condition_names_the_slos_that_it_is_for(slos, holds) -> None:
    condition = f"{{burn_rate: 2, window: [5m, 1h], slos: {slos}}}"
    severity_map = f"severity_mapping: {{SEV-1: {{urgency: page, conditions: [{condition}]}}}}"
    catalog = make_catalog({"alerts/severity-map.yaml": severity_map, "alerts/web.yaml": "slos:\n" + SLO % ""})
    (service,) = catalog.all(Service)
    assert bool(legs(catalog, service, service.slos[0])) is holds


def test_of_two_conditions_with_the_same_windows_the_one_that_fires_first_counts() -> None:
    conditions = (
        "[{burn_rate: 9, window: [5m, 1h]}, {burn_rate: 4, window: [5m, 1h]}, {burn_rate: 6, window: [5m, 1h]}]"
    )
    assert shown("", "", f"severity_mapping: {{SEV-1: {{urgency: page, conditions: {conditions}}}}}") == [
        "SEV-1 5m-1h 4"
    ]


def test_numbers_of_three_nines() -> None:
    fast, slow, *_, slowest = found(", critical: true")
    assert (fast.urgency, fast.threshold, fast.budget_spent) == ("page", Decimal("0.0144"), Fraction(2, 100))
    assert fast.time_to_page == timedelta(seconds=51.84)
    assert (slow.threshold, slow.budget_spent) == (Decimal("0.006"), Fraction(5, 100))
    assert (slowest.urgency, slowest.budget_spent) == ("ticket", Fraction(1, 10))
    assert windows(found()) == tuple(timedelta(minutes=m) for m in (5, 30, 60, 120, 360, 1440, 4320))


def test_the_budget_is_the_outage_that_the_objective_allows() -> None:
    catalog = make_catalog({"alerts/web.yaml": "slos:\n" + SLO % ", period: 28d"})
    (service,) = catalog.all(Service)
    assert budget(service.slos[0]) == timedelta(days=28) / 1000
    catalog = make_catalog(
        {"alerts/web.yaml": "slos:\n  - {name: a, objective: 93.05, for: 2m, sli: {errors: e, total: t}}\n"}
    )
    (service,) = catalog.all(Service)
    fast, slow, *_ = legs(catalog, service, service.slos[0])
    assert fast.threshold == Decimal("1.0008")
    assert fast.time_to_page is None
    assert slow.time_to_page == timedelta(hours=6) * 0.417 + timedelta(minutes=2)


digits = st.decimals("0.000000001", "99.999999999", places=9)


@given(objective=digits, burn_rate=st.decimals("0.001", "1000000", places=6))
def test_thresholds_are_exact(objective, burn_rate) -> None:
    text = f"slos: [{{name: a, objective: {objective:f}, sli: {{errors: e, total: t}}}}]"
    one = (
        f"severity_mapping: {{SEV-1: {{urgency: page, conditions: [{{burn_rate: {burn_rate:f}, window: [5m, 1h]}}]}}}}"
    )
    catalog = make_catalog({"alerts/web.yaml": text, "alerts/severity-map.yaml": one})
    (service,) = catalog.all(Service)
    (slo,) = service.slos
    (leg,) = legs(catalog, service, slo)
    assert Fraction(plain(leg.threshold)) == Fraction(burn_rate) * (1 - Fraction(objective) / 100)
    assert Fraction(plain(objective_ratio(slo))) + Fraction(plain(allowed(slo))) == 1


@pytest.mark.parametrize(
    ("ratio", "text"),
    [(Fraction(2, 100), "2%"), (Fraction(1, 3), "33.3333%"), (Fraction(28, 3000), "0.9333%"), (Fraction(12), "1200%")],
)
def test_percent(ratio, text) -> None:
    assert percent(ratio) == text


@given(st.integers(1, 400), st.decimals(1, 1000, places=3))
def test_the_budget_is_gone_when_the_rate_has_spent_all_of_it(days, rate) -> None:
    leg = found(f", period: {days}d")[0]
    gone = replace(leg, burn_rate=rate).budget_gone_in
    assert gone is not None
    assert abs(Fraction(gone // timedelta(microseconds=1)) * Fraction(rate) - days * 86_400_000_000) <= rate


def test_what_outlasts_the_period_is_never_gone() -> None:
    leg = found()[0]
    assert [replace(leg, burn_rate=Decimal(rate)).budget_gone_in for rate in ("14.4", "1", "0.999", "0")] == [
        timedelta(hours=50), timedelta(days=30), None, None,
    ]  # fmt: skip
