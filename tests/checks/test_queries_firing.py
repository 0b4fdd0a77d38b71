from __future__ import annotations

import pytest

from generator.checks.queries import firing as queries_firing
from generator.findings import Level
from tests.checks.found import found, place
from tests.checks.queries import SHOP, alert, column


def ids(expr: str, hold: str = "", settings: str = "") -> set[str]:
    return {each.check for each in found(queries_firing, alert(expr, hold, settings))}


@pytest.mark.parametrize(
    ("expr", "part", "why"),
    [
        ("count(up == 1) == 0", "== 0", "the condition '==' can never hold"),
        ("sum(a) > 1 and rate(b[5m]) < 0", "< 0", "the condition '<' can never hold"),
        ("a unless a", "unless", "an expression without itself leaves nothing"),
        ("a > 5 < 3", "< 3", "the condition '<' can never hold"),
        ("sum(a > 5) <= 5", "<= 5", "the condition '<=' can never hold"),
        ("(5 < a) == 5", "== 5", "the condition '==' can never hold"),
        ("a > 5 and a < 3", "and", "no value meets both conditions of 'and'"),
        ("sum by (job) (a) >= 7 and 7 > sum by (job) (a)", "and", "no value meets both conditions of 'and'"),
    ],
)
def test_an_alert_that_can_never_fire(expr, part, why):
    (finding,) = found(queries_firing, alert(expr), "alert/never-fires")
    assert (finding.level, place(finding)) == (Level.WARNING, column(expr, part))
    assert finding.message == f"expr of alert Down never gives a series: {why}"


@pytest.mark.parametrize(
    "expr",
    [
        "(5 < a) > 6",
        "(5 > a) == 3",
        "a > 3 < 5",
        "a > 3 and a < 5",
        "a > 5 and b < 3",
        "a > 5 and on (job) a < 3",
        "a > 5 and a offset 1h < 3",
        "{__name__=~'a|b'} > 5 and {__name__=~'a|b'} < 3",
        "a > b and a < b",
        "a != 5 and a == 5 + 1",
        "a > 5 or a < 3",
    ],
)
def test_an_alert_that_may_fire(expr):
    assert found(queries_firing, alert(expr), "alert/never-fires") == ()


def test_a_count_of_nothing_has_a_hint():
    (finding,) = found(queries_firing, alert("count(up == 1) == 0"), "alert/never-fires")
    assert "(count(…) or vector(0)) == 0" in finding.hint


@pytest.mark.parametrize(
    ("expr", "part", "why"),
    [
        ("a > bool 1", "> bool", "bool makes '>' an answer, not a condition"),
        ("(a > 5) or vector(0)", "or", "one side of 'or' is always there"),
        ("rate(a[5m]) >= 0", ">= 0", "'>=' always holds"),
        ("sum(up == bool 0)", "== bool", "bool makes '==' an answer, not a condition"),
        ("vector(1) > 0", "> 0", "'>' always holds"),
    ],
)
def test_an_alert_that_always_fires(expr, part, why):
    (finding,) = found(queries_firing, alert(expr), "alert/always-fires")
    assert (finding.level, place(finding)) == (Level.WARNING, column(expr, part))
    assert finding.message == f"expr of alert Down always gives series: {why}"
    assert found(queries_firing, alert(expr), "alert/no-condition") == ()


@pytest.mark.parametrize("expr", ["vector(1)", "1", "time()"])
def test_a_dead_mans_switch_says_what_it_means(expr):
    assert ids(expr) == set()


@pytest.mark.parametrize("expr", ["node_reboot_required", "sum by (x) (a) * on (x) group_left () b", "-a"])
def test_an_alert_without_a_condition(expr):
    (finding,) = found(queries_firing, alert(expr))
    assert (finding.check, finding.level) == ("alert/no-condition", Level.WARNING)


@pytest.mark.parametrize(
    "expr",
    [
        "a > 5",
        "absent_over_time(a[10m])",
        "a unless b",
        "count(up == 0) > 0",
        "ALERTS{alertname='X'}",
        "job:unknown:failing",
        "a * (b > 5)",
        "(a == 0) or absent_over_time(a[10m])",
        "{__name__=~'a|b'}",
    ],
)
def test_what_has_a_condition(expr):
    assert ids(expr, "5m") == set()


@pytest.mark.parametrize(("recorded", "expected"), [("a > 5", set()), ("a / b", {"alert/no-condition"})])
def test_a_recorded_condition_is_looked_up(recorded, expected):
    files = {SHOP: f"groups: [{{name: g, rules: [{{record: 'a:b', expr: {recorded}}}, {{alert: D, expr: 'a:b'}}]}}]\n"}
    assert {each.check for each in found(queries_firing, files)} == expected


@pytest.mark.parametrize(
    ("expr", "hold", "settings", "what"),
    [
        ("absent(up)", "", "", "absent() is true as soon as one scrape fails, and the alert has no for"),
        ("absent(up)", "30s", "prometheus: {scrape_interval: 30s}\n", "and the alert has only for: 30s"),
        ("topk(3, a) > 5", "", "", "the members of topk change from instant to instant"),
        ("rate(a[1m]) > 5", "", "", "rate over so short a range rests on a handful of samples"),
        ("rate(a[3m]) > 5", "0s", "prometheus: {scrape_interval: 1m}\n", "rate over so short a range"),
    ],
)
def test_what_jumps_and_has_no_for(expr, hold, settings, what):
    (finding,) = found(queries_firing, alert(expr, hold, settings), "alert/without-for")
    assert (finding.level, place(finding)) == (Level.WARNING, f"{SHOP}:3:12")
    assert what in finding.message
    assert finding.hint == "write for: 5m"


@pytest.mark.parametrize(
    ("expr", "hold", "settings"),
    [
        ("absent(up)", "1m", ""),
        ("absent(up)", "1m", "prometheus: {scrape_interval: 30s}\n"),
        ("absent_over_time(up[10m])", "", ""),
        ("topk(3, a) > 5", "5m", ""),
        ("rate(a[5m]) > 5", "", ""),
        ("rate(a[1m]) > 5", "", "prometheus: {scrape_interval: 15s}\n"),
        ("avg_over_time(rate(a[1m])[10m:]) > 5", "", ""),
        ("increase(a[1m]) > 0", "", ""),
    ],
)
def test_what_is_calm_or_waits(expr, hold, settings):
    assert found(queries_firing, alert(expr, hold, settings), "alert/without-for") == ()


def test_a_ratio_of_sums_without_for_is_a_note():
    expr = "sum(rate(a[5m])) / sum(rate(b[5m])) > 0.1"
    (finding,) = found(queries_firing, alert(expr))
    assert (finding.check, finding.level) == ("alert/ratio-without-for", Level.NOTE)
    assert place(finding) == column(expr, "/")
    assert ids(expr, "5m") == ids(expr.replace("5m", "1h")) == ids("sum(rate(a[5m])) / 60 > 1") == set()


def test_an_unreadable_query_is_left_to_its_own_check():
    assert ids("sum(") == set()
