"""SLOs beside their traffic."""

from __future__ import annotations

import pytest

from generator.checks.slos import traffic as slos_traffic
from generator.findings import Level
from tests.checks.found import found, place

SHOP = "alerts/shop.yaml"
SLO = "slos:\n  - name: requests\n    objective: 99.9\n    sli: {errors: e_total, total: t_total}\n"


def test_one_error_of_six_requests_an_hour_pages():
    (finding,) = found(slos_traffic, {SHOP: f"{SLO}    traffic: 6/h\n"})
    assert (finding.check, finding.level, place(finding)) == ("slo/one-error-page", Level.WARNING, f"{SHOP}:5:14")
    assert "fires above 0.0864 errors among 6 events in 1 hour (14.4 times, 1.44%)" in finding.message
    assert finding.hint.startswith("write min_events: 167; with this traffic no page is left then")
    assert "{SEV-2: off}" in finding.hint


def test_where_a_page_is_left_the_floor_is_enough():
    (finding,) = found(slos_traffic, {SHOP: f"{SLO}    traffic: 40/h\n"})
    assert finding.hint == "write min_events: 167"
    assert found(slos_traffic, {SHOP: f"{SLO}    traffic: 40/h\n    min_events: 167\n"}, "slo/one-error-page") == ()


@pytest.mark.parametrize(("traffic", "pages"), [("69/h", True), ("70/h", False), ("120/s", False), ("0.02/s", False)])
def test_the_edge_is_one_error_by_the_fast_leg(traffic: str, pages: bool):
    """14.4 × 0.001 × events in an hour reaches 1 at 69.4; in 6 hours at 6 times that is long past."""
    said = found(slos_traffic, {SHOP: f"{SLO}    traffic: {traffic}\n"})
    assert bool(said) == pages


def test_a_floor_that_is_too_low():
    (finding,) = found(slos_traffic, {SHOP: f"{SLO}    min_events: 10\n"})
    assert (finding.check, place(finding)) == ("slo/one-error-page", f"{SHOP}:5:17")
    assert finding.hint == "write min_events: 167"


@pytest.mark.parametrize(
    "more",
    ["", "    min_events: 167\n", "    traffic: 6/h\n    severities: {SEV-1: off, SEV-2: off}\n"],
    ids=["nothing declared", "enough", "no page"],
)
def test_what_is_no_page_or_not_declared_is_left_in_peace(more: str):
    assert found(slos_traffic, {SHOP: SLO + more}) == ()


def test_a_floor_above_the_traffic_silences_legs():
    said = found(slos_traffic, {SHOP: f"{SLO}    traffic: 40/h\n    min_events: 167\n"})
    assert [(each.check, place(each)) for each in said] == [("slo/silent-leg", f"{SHOP}:6:17")]
    assert "40/h is 40 events in 1 hour, and it is silent below 167" in said[0].message


def test_pages_of_a_service_are_added_up():
    slos = "".join(SLO.removeprefix("slos:\n").replace("requests", f"s{number}") for number in range(6))
    (finding,) = found(slos_traffic, {SHOP: f"slos:\n{slos}"})
    assert (finding.check, place(finding), finding.subject) == ("slo/page-load", f"{SHOP}:1:1", "shop")
    assert (
        "may page 70 times a week while all of them are met, above 60: SLO shop/s0 alone 11.7 times" in finding.message
    )
    assert found(slos_traffic, {SHOP: f"slos:\n{slos}", "tocsin.yaml": "pages_per_week: 70\n"}) == ()


def test_a_leg_that_spends_next_to_nothing():
    own = "    severities: {SEV-2: {conditions: [{burn_rate: 2, window: [5m, 30m]}]}}\n"
    (finding,) = found(slos_traffic, {SHOP: SLO + own})
    assert "may page 168 times a week" in finding.message
