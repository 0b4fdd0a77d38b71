from __future__ import annotations

import pytest

from generator.checks.queries import values as queries_values
from generator.findings import Level
from tests.checks.found import found, place
from tests.checks.queries import SHOP, alert, column


def test_a_counter_that_is_read_as_it_stands():
    expr = "up == 0 or sum(errors_total) > 5"
    (finding,) = found(queries_values, alert(expr))
    assert (finding.check, finding.level) == ("query/raw-counter", Level.WARNING)
    assert place(finding) == column(expr, "errors_total")
    assert finding.hint == "write increase(errors_total[10m]) or rate(…): a counter only grows"


def test_what_a_rule_here_records_is_no_counter():
    recorded = "groups: [{name: g, rules: [{record: failed_total, expr: sum(a)}]}]\n"
    files = alert("failed_total > 5")
    assert found(queries_values, {SHOP: files[SHOP] + recorded}) == ()


@pytest.mark.parametrize(
    "expr",
    [
        "increase((max without (instance) (changes_total) or 0 * absent(changes_total))[15m:1m]) >= 4",
        "groups_total - groups_clean > 0",
        "used / shares_total > 0.9",
    ],
)
def test_growth_of_a_subquery_and_totals_of_states_are_let_through(expr):
    assert found(queries_values, alert(expr)) == ()


@pytest.mark.parametrize(
    "expr", ["max_over_time(errors_total[1h:5m]) > 5", "errors_total / uptime > 1", "a_total - b_total > 1"]
)
def test_a_raw_counter_is_seen_inside_other_things(expr):
    assert {each.check for each in found(queries_values, alert(expr))} == {"query/raw-counter"}


@pytest.mark.parametrize(
    ("expr", "part"),
    [
        ("sum by (x) (rate(a[5m]) / rate(b[5m])) > 1", "sum"),
        ("max(avg_over_time((rate(a[5m]) / rate(b[5m]))[1h:])) > 1", "avg_over_time"),
    ],
)
def test_nan_that_spoils_a_sum(expr, part):
    (finding,) = found(queries_values, alert(expr))
    assert (finding.check, finding.level) == ("query/nan", Level.WARNING)
    assert place(finding) == column(expr, part)


@pytest.mark.parametrize(
    "expr",
    [
        "sum(rate(a[5m])) / sum(rate(b[5m])) > 1",
        "sum(rate(a[5m]) / (rate(b[5m]) > 0)) > 1",
        "max(rate(a[5m]) / rate(b[5m])) > 1",
        "avg(free_bytes / size_bytes) < 0.1",
    ],
)
def test_divisions_that_spoil_nothing(expr):
    assert found(queries_values, alert(expr)) == ()
