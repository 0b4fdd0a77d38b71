"""Ranges beside what the servers keep and how often they scrape."""

from __future__ import annotations

import pytest

from generator.checks.slos import ranges as slos_ranges
from generator.findings import Level
from tests.checks.found import found, place

SHOP = "alerts/shop.yaml"
SLO = "slos:\n  - name: requests\n    objective: 99.9\n    sli: {errors: e_total, total: t_total}\n"
TWO = SLO + SLO.removeprefix("slos:\n").replace("requests", "answers")


def test_nothing_is_judged_by_what_is_not_declared():
    assert found(slos_ranges, {SHOP: SLO, "tocsin.yaml": "prometheus: {external_labels: {a: b}}\n"}) == ()


def test_a_retention_below_the_periods_is_said_once_at_the_setting():
    (finding,) = found(slos_ranges, {SHOP: TWO, "tocsin.yaml": "prometheus:\n  retention: 15d\n"})
    assert (finding.check, finding.level, place(finding)) == ("slo/retention", Level.WARNING, "tocsin.yaml:2:14")
    assert "keeps 15 days, and 2 SLOs (shop/requests is the first) reach back 30 days" in finding.message


@pytest.mark.parametrize(("retention", "period", "short"), [("30d", "30d", 0), ("2d", "1d", 1), ("3d", "1d", 0)])
def test_windows_count_as_well_as_the_period(retention: str, period: str, short: int):
    files = {SHOP: f"{SLO}    period: {period}\n", "tocsin.yaml": f"prometheus: {{retention: {retention}}}\n"}
    assert len(found(slos_ranges, files)) == short


def test_an_environment_speaks_for_itself_and_no_other_repeats_the_base():
    settings = """\
prometheus: {retention: 15d}
environments:
  eu: {retention: 7d}
  us: {external_labels: {region: us}}
"""
    said = found(slos_ranges, {SHOP: SLO, "tocsin.yaml": settings})
    assert [(place(each), each.subject) for each in said] == [
        ("tocsin.yaml:1:25", "prometheus"),
        ("tocsin.yaml:3:19", "eu"),
    ]


@pytest.mark.parametrize(("interval", "count"), [("30s", 0), ("75s", 0), ("76s", 1), ("2m", 1)])
def test_the_budget_s_own_window_wants_four_scrapes(interval: str, count: int):
    said = found(slos_ranges, {SHOP: SLO, "tocsin.yaml": f"prometheus: {{scrape_interval: {interval}}}\n"})
    assert [(each.check, place(each)) for each in said] == [("slo/few-scrapes", "tocsin.yaml:1:31")] * count


def test_a_short_window_of_one_s_own():
    own = "    severities: {SEV-2: {conditions: [{burn_rate: 14.4, window: [1m, 15m]}]}}\n"
    (finding,) = found(slos_ranges, {SHOP: SLO + own, "tocsin.yaml": "prometheus: {scrape_interval: 30s}\n"})
    assert (place(finding), finding.subject) == (f"{SHOP}:5:65", "shop/requests")
    assert finding.hint == "lengthen it to 2m or more, or scrape more often"
