"""What is certain of values: bounds, conditions that always or never hold, NaN, raw counters."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis.promql import parse
from generator.analysis.promql.bounds import Bounds, bounds, compare
from generator.analysis.promql.counters import raw_counters
from generator.analysis.promql.firing import filters, is_empty, same
from generator.analysis.promql.nan import can_be_nan
from generator.analysis.promql.tree import Node

INF = float("inf")


def tree(query: str) -> Node:
    found = parse(query).tree
    assert found is not None, query
    return found


@pytest.mark.parametrize(
    ("query", "low", "high"),
    [
        ("a", -INF, INF),
        ("3", 3, 3),
        ("-3", -3, -3),
        ("vector(2)", 2, 2),
        ("up", 0, 1),
        ("1 - avg(up)", 0, 1),
        ("rate(a[5m]) * 100", 0, INF),
        ("rate(a[5m]) / rate(b[5m])", 0, INF),
        ("rate(a[5m]) - rate(b[5m])", -INF, INF),
        ("sum(rate(a[5m])) + 1", 1, INF),
        ("sum(a)", -INF, INF),
        ("sum(up)", 0, INF),
        ("count(a) * 2", 2, INF),
        ("count(a) or vector(0)", 0, INF),
        ("a > bool 1", 0, 1),
        ("count(a) > bool 0", 1, 1),
        ("absent(a)", 1, 1),
        ("hour()", 0, 23),
        ("avg_over_time(up[5m]) / 2", 0, 0.5),
        ("sum_over_time(up[5m])", 0, INF),
        ("scalar(up)", -INF, INF),
        ("-up", -1, 0),
        ("topk(3, up)", 0, 1),
        ("NaN", -INF, INF),
    ],
)
def test_bounds(query: str, low: float, high: float) -> None:
    assert bounds(tree(query)) == Bounds(low, high)


NUMBERS = st.integers(-3, 3).map(float)
PAIRS = st.tuples(NUMBERS, NUMBERS).map(sorted)


@given(PAIRS, PAIRS, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]))
def test_a_comparison_that_is_decided_holds_for_all_values_or_none(
    left: list[float], right: list[float], op: str
) -> None:
    asked = {"<": float.__lt__, "<=": float.__le__, ">": float.__gt__, ">=": float.__ge__}
    asked |= {"==": float.__eq__, "!=": float.__ne__}
    values = [
        asked[op](one / 2, other / 2)
        for one in range(int(left[0] * 2), int(left[1] * 2) + 1)
        for other in range(int(right[0] * 2), int(right[1] * 2) + 1)
    ]
    decided = compare(op, Bounds(*left), Bounds(*right))
    assert decided in (None, all(values))
    if decided is None:
        assert any(values)
        assert not all(values)


NEVER = [
    "count(up == 1) == 0",
    "count by (job) (up) < 1",
    "rate(x_total[5m]) < 0",
    "up > 1",
    "up < up",
    "x_total unless x_total",
    "sum(count(x_total) == 0) > 5",
    "hour() > 23",
    "absent(x_total) == 0",
    "group(up) != 1",
    "(count(up) == 0) or (up > 2)",
    "up and (count(up) == 0)",
    "vector(1) > 2",
]
SOMETIMES = [
    "count(up == 0) > 0",
    "(count(up == 7) or vector(0)) == 0",
    "up == 0",
    "sum(up) == 0",
    "absent(x_total)",
    "x_total unless up",
    "up != up",
    "x_total > on () group_right () x_total",
    "rate(x_total[5m]) <= 0",
    "sum(up == 0) or sum(up == 1)",
]
ALWAYS = [
    "rate(x_total[5m]) >= 0",
    "up > bool 1",
    "(up > 5) or vector(0)",
    "count(up) > 0",
    "up <= 1",
    "sum(x_total)",
    "vector(1) == 1",
]


@pytest.mark.parametrize("query", NEVER)
def test_what_can_never_be(query: str) -> None:
    assert is_empty(tree(query))


@pytest.mark.parametrize("query", SOMETIMES)
def test_what_depends(query: str) -> None:
    assert not is_empty(tree(query))
    assert filters(tree(query))


@pytest.mark.parametrize("query", ALWAYS)
def test_what_is_always_there(query: str) -> None:
    assert not is_empty(tree(query))
    assert not filters(tree(query))


@pytest.mark.real_tool
@pytest.mark.skipif(not shutil.which("promtool"), reason="needs promtool: run .ci/tools")
def test_a_real_prometheus_agrees(tmp_path: Path) -> None:
    """Over series of both kinds, what never is gives nothing, and what always is gives something, at every step."""
    series = [
        {"series": 'up{job="a"}', "values": "1 0 1 0 1 0 1 0 1 0 1"},
        {"series": 'up{job="b"}', "values": "0 0 0 0 0 0 0 0 0 0 0"},
        {"series": 'x_total{job="a"}', "values": "0+7x5 3+4x5"},
    ]
    rules = [{"record": f"never{at}", "expr": query} for at, query in enumerate(NEVER)]
    asked = [
        {
            "expr": f"count({query}) or vector(0)",
            "eval_time": f"{minute}m",
            "exp_samples": [{"labels": "{}", "value": 0}],
        }
        for query in NEVER
        for minute in (2, 7, 10)
    ]
    asked += [
        {"expr": f"count({query}) > bool 0", "eval_time": "7m", "exp_samples": [{"labels": "{}", "value": 1}]}
        for query in ALWAYS
    ]
    test = {"interval": "1m", "input_series": series, "promql_expr_test": asked}
    (tmp_path / "rules.yaml").write_text(json.dumps({"groups": [{"name": "g", "rules": rules}]}))
    (tmp_path / "test.yaml").write_text(json.dumps({"rule_files": ["rules.yaml"], "tests": [test]}))
    done = subprocess.run(
        ["promtool", "test", "rules", "test.yaml"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_expressions_are_alike_whatever_their_place_and_order_of_matchers() -> None:
    assert same(tree('sum(a{x="1",y="2"})'), tree('sum(a{y="2", x="1"})'))
    assert not same(tree("sum(a)"), tree("sum by (x) (a)"))
    assert not same(tree("a offset 5m"), tree("a"))


@pytest.mark.parametrize(
    ("query", "nan"),
    [
        ("rate(a[5m]) / rate(b[5m])", True),
        ("sum(rate(a[5m])) / sum(rate(b[5m])) * 100", True),
        ("1 - rate(a[5m]) / rate(b[5m])", True),
        ("rate(a[5m]) / (rate(a[5m]) + rate(b[5m]))", True),
        ("rate(a[5m]) / (rate(b[5m]) > 0)", False),
        ("rate(a[5m]) / rate(b[5m]) >= 0", False),
        ("a / b", False),
        ("rate(a[5m]) / 60", False),
        ("rate(a[5m]) / count(b)", False),
    ],
)
def test_where_nan_comes_from(query: str, nan: bool) -> None:
    assert can_be_nan(tree(query)) is nan


@pytest.mark.parametrize(
    ("query", "raw"),
    [
        ("a_total > 5", ["a_total"]),
        ("sum by (x) (a_total)", ["a_total"]),
        ("a_sum / a_count", ["a_sum", "a_count"]),
        ("histogram_quantile(0.9, a_bucket) > a_count", ["a_bucket", "a_count"]),
        ("rate(a_total[5m]) > 0 and a_total > 100", ["a_total"]),
        ("rate(a_total[5m])", []),
        ("a_count > 5", []),
        ("a_total - a_total offset 10m > 1", []),
        ("absent(a_total) or count(a_total) < 3 or timestamp(a_total) < 5", []),
        ("up == 0 and a_total", []),
        ("sum(rate(a_total[5m])) / count(sum by (cpu) (a_total))", []),
        ("count(sum by (cpu) (a_total) > 5)", ["a_total"]),
        ("a_total * 0", []),
        ("job:a_total > 1", []),
        ("minio_cluster_nodes_offline_total > 0", []),
        ("a_count > 0 and histogram_quantile(0.9, rate(a_bucket[5m])) > 1", []),
    ],
)
def test_counters_read_as_they_stand(query: str, raw: list[str]) -> None:
    assert [each.metric for each in raw_counters(parse(query))] == raw
