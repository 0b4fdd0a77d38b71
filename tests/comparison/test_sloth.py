"""The same traffic through Sloth's rules and ours: the same alerts under normal traffic, and where we differ, why."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.comparison.sloth import BAD, GOOD, OURS, SERVICE, SLOTH, Scenario, ask, write_rules

pytestmark = [
    pytest.mark.real_tool,
    pytest.mark.skipif(
        not (shutil.which("promtool") and shutil.which("sloth")), reason="needs promtool and sloth: run .ci/tools"
    ),
]
URGENCIES = ("page", "ticket")
FLOOR = SERVICE + "    min_events: 100\n"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    write_rules(tmp_path)
    return tmp_path


def _steady(bad: float, hours: int) -> dict[str, str]:
    """A hundred requests a second, well for six hours and then with a share of errors, sampled every two minutes."""
    total, after = 12000, hours * 30
    failing = round(total * bad)
    return {
        GOOD: f"0+{total}x180 {total * 180}+{total - failing}x{after}",
        BAD: f"0+0x180 0+{failing}x{after}",
    }


@pytest.mark.parametrize(
    ("bad", "page", "ticket"),
    [
        pytest.param(1.0, True, True, id="total outage"),
        pytest.param(0.05, True, True, id="50 times the allowed rate"),
        pytest.param(0.007, True, True, id="7 times: the slow page"),
        pytest.param(0.004, False, True, id="4 times: a ticket"),
        pytest.param(0.0005, False, False, id="half of what is allowed"),
    ],
)
def test_both_fire_at_the_same_moments_under_normal_traffic(rules, bad, page, ticket):
    """Between multiples of the thresholds: just on one, Sloth's float noise fires a step early."""
    moments = ("5h", "6h8m", "6h14m", "6h26m", "6h44m", *(f"{hour}h14m" for hour in range(7, 14)))
    apart = {
        f"count({one[urgency]}) unless count({other[urgency]})": False
        for urgency in URGENCIES
        for one, other in ((SLOTH, OURS), (OURS, SLOTH))
    }
    at_last = {SLOTH["page"]: page, OURS["page"]: page, SLOTH["ticket"]: ticket, OURS["ticket"]: ticket}
    assert not ask(rules, Scenario(_steady(bad, 8), "2m"), (moments, apart), (moments[-1:], at_last))


def test_bursts_of_errors_and_a_recovery_fire_alike(rules):
    bursts = "0+0x180 0+1800x5 9000+0x60 9000+1800x5 18000+0x60 18000+600x30 36000+0x180"
    moments = tuple(f"{360 + 12 * n}m" for n in range(55))
    apart = {f"count({SLOTH[urgency]}) unless count({OURS[urgency]})": False for urgency in URGENCIES}
    both = {SLOTH["page"]: True, OURS["page"]: True}
    assert not ask(rules, Scenario({GOOD: "0+12000x550", BAD: bursts}, "2m"), (moments, apart), (("6h12m",), both))


def test_one_error_an_hour_wakes_somebody_with_sloth_and_not_with_a_floor(tmp_path):
    write_rules(tmp_path, FLOOR)
    one_failure = {GOOD: "0 1+0x9 1+0.1x300", BAD: "0+0x200 1+0x120"}
    expected = {SLOTH["page"]: True, OURS["page"]: False, OURS["ticket"]: False}
    assert not ask(tmp_path, Scenario(one_failure), (("203m",), expected))


def test_without_any_metric_only_ours_says_so(rules):
    scenario = Scenario({GOOD: "0+6000x60", BAD: "0+0x60"})
    told = 'ALERTS{alertname="OfOursNoData",alertstate="firing"}'
    assert not ask(rules, scenario, (("90m",), {told: True, 'ALERTS{alertname="OfSloth"}': False}))


def test_before_its_first_error_sloth_does_not_see_the_slo(rules):
    ratio = "slo:sli_error:ratio_rate5m"
    seen = {f'{ratio}{{slo="availability"}} == 0': True, f'{ratio}{{sloth_slo="availability"}}': False}
    assert not ask(rules, Scenario({GOOD: "0+6000x60"}), (("30m", "1h"), seen))


def test_a_pause_in_traffic_makes_sloths_budget_nan_for_a_month(rules):
    paused = {GOOD: "0+6000x30 186000+0x30 186000+6000x60", BAD: "0+1x30 30+0x30 30+1x60"}
    left = "slo:period_error_budget_remaining:ratio"
    nan = f'({left}{{sloth_slo="availability"}} != {left}{{sloth_slo="availability"}})'
    number = f'({left}{{slo="availability"}} == {left}{{slo="availability"}})'
    assert not ask(rules, Scenario(paused), (("2h",), {nan: True, number: True}))


def test_a_quiet_night_with_errors_does_not_spend_what_the_day_earned(rules):
    """An hour of 60,000 requests without an error, then one of 600 with a tenth of errors: 60 of 60,600 were bad."""
    night = {GOOD: "0+1000x60 60000+9x60", BAD: "0+0x60 0+1x60"}
    true, near = 60 / 60600 / 0.001, 0.1
    burn = "slo:period_burn_rate:ratio"
    ours = f'(abs({burn}{{slo="availability"}} - {true}) < {near})'
    sloth = f'({burn}{{sloth_slo="availability"}} > {true} * 10)'
    assert not ask(rules, Scenario(night), (("2h",), {ours: True, sloth: True}))
