"""Conditions and the burns that legs see."""

from __future__ import annotations

import pytest

from generator.checks.slos import legs as slos_legs
from generator.findings import Level
from tests.checks.found import found, place

SHOP, MAP = "alerts/shop.yaml", "alerts/severity-map.yaml"
SLO = "slos:\n  - name: requests\n    objective: 99.9\n    sli: {errors: e_total, total: t_total}\n"


def severities(*lines: str) -> str:
    """A map: `SEV-1 page 14.4 5m 1h` a condition."""
    text, seen = "severity_mapping:\n", set()
    for line in lines:
        name, urgency, rate, short, long, *slos = line.split()
        if name not in seen:
            text += f"  {name}:\n    urgency: {urgency}\n    conditions:\n"
            seen.add(name)
        only = f", slos: {slos[0]}" if slos else ""
        text += f"      - {{burn_rate: {rate}, window: [{short}, {long}]{only}}}\n"
    return text


PAGE, SLOW = "SEV-1 page 14.4 5m 1h", "SEV-2 ticket 1 6h 3d"


def test_the_built_in_map_is_left_in_peace():
    assert found(slos_legs, {SHOP: SLO}) == ()


def test_a_burn_that_the_budget_survives():
    own = "    severities: {SEV-2: {conditions: [{burn_rate: 0.5, window: [6h, 3d]}]}}\n"
    files = {SHOP: SLO + own, MAP: severities(PAGE, "SEV-2 ticket 0.9333 6h 3d")}
    first, second = found(slos_legs, files, "slo/factor-below-one")
    assert (first.level, place(first), first.subject) == (Level.WARNING, f"{MAP}:9:21", "SEV-2")
    assert "a burn of 0.9333 times leaves 6.67%" in first.message
    assert (place(second), second.subject) == ("alerts/shop.yaml:5:51", "shop/requests")


def test_a_map_without_a_slow_leg_is_said_once_for_all_its_slos():
    other = SLO.replace("requests", "answers")
    files = {SHOP: SLO, "alerts/cart.yaml": other, MAP: severities(PAGE, "SEV-3 ticket 3 2h 1d")}
    (finding,) = found(slos_legs, files, "slo/unseen-burn")
    assert (place(finding), finding.subject) == (f"{MAP}:9:7", "SEV-3")
    assert "from 1 up to 3 times what 2 SLOs (cart/answers is the first) allows" in finding.message


@pytest.mark.parametrize(
    ("own", "message", "at"),
    [
        ("    severities: {SEV-3: off}\n", "from 1 up to 6 times what SLO shop/requests", "5:17"),
        ("    severities: {SEV-1: off, SEV-2: off, SEV-3: off}\n", "no leg of SLO shop/requests can fire", "5:17"),
    ],
)
def test_what_an_slo_switches_off_is_said_of_the_slo(own: str, message: str, at: str):
    (finding,) = found(slos_legs, {SHOP: SLO + own}, "slo/unseen-burn")
    assert message in finding.message
    assert place(finding) == f"{SHOP}:{at}"


def test_a_leg_that_no_outage_reaches_sees_nothing():
    files = {SHOP: SLO.replace("99.9", "40"), MAP: severities(PAGE, "SEV-2 ticket 1 6h 3d")}
    assert found(slos_legs, files, "slo/unseen-burn") == ()
    files[MAP] = severities("SEV-1 page 2 5m 1h")
    (finding,) = found(slos_legs, files, "slo/unseen-burn")
    assert "no leg of SLO shop/requests can fire" in finding.message


@pytest.mark.parametrize(
    ("windows", "hint"),
    [("30m 1h", "[5m, 1h]"), ("1m 6h", "[30m, 6h]"), ("5m 1h", ""), ("20m 1h", ""), ("1m 1h", ""), ("6h 3d", "")],
)
def test_windows_that_are_no_pair(windows: str, hint: str):
    said = found(slos_legs, {SHOP: SLO, MAP: severities(f"SEV-1 page 14.4 {windows}", SLOW)}, "slo/window-ratio")
    assert [each.hint for each in said] == ([f"write a twelfth of it: {hint}"] if hint else [])


@pytest.mark.parametrize(
    ("period", "legs"),
    [
        ("1d", ["30m-6h (150%)", "2h-1d (300%)", "6h-3d (300%)"]),
        ("3d", ["2h-1d (100%)", "6h-3d (100%)"]),
        ("73h", []),
        ("30d", []),
        ("10h", ["5m-1h (144%)", "30m-6h (360%)", "2h-1d (720%)", "6h-3d (720%)"]),
    ],
)
def test_a_period_that_ends_before_a_leg_fires(period: str, legs: list[str]):
    said = found(slos_legs, {SHOP: f"{SLO}    period: {period}\n"}, "slo/short-period")
    assert [place(each) for each in said] == ([f"{SHOP}:5:13"] if legs else [])
    assert not legs or said[0].message.endswith(f"fire: {', '.join(legs)}")
    if legs:
        assert found(slos_legs, {SHOP: f"{SLO}    period: {period}\n"}, "slo/period-spend") == ()


@pytest.mark.parametrize("period", ["30d", "28d", "31d"])
def test_usual_periods_are_no_news(period: str):
    assert found(slos_legs, {SHOP: f"{SLO}    period: {period}\n"}, "slo/period-spend") == ()


def test_what_each_leg_spends_of_another_period():
    (finding,) = found(slos_legs, {SHOP: f"{SLO}    period: 7d\n"}, "slo/period-spend")
    assert finding.level is Level.NOTE
    assert "5m-1h 8.57%, 30m-6h 21.43%, 2h-1d 42.86%, 6h-3d 42.86%" in finding.message
    own = "    severities: {SEV-3: {conditions: [{burn_rate: 1, window: [6h, 3d]}]}}\n"
    assert found(slos_legs, {SHOP: f"{SLO}    period: 7d\n{own}"}, "slo/period-spend") == ()
