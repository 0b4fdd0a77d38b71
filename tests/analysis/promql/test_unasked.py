from __future__ import annotations

import math

import pytest

from generator.analysis.promql import parse
from generator.analysis.promql.unasked import Unsure, answers_unasked, unasked_value


def value(query: str) -> float | None:
    tree = parse(query).tree
    assert tree is not None, query
    return unasked_value(tree)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("sum(rate(x[5m])) or vector(0)", 0),
        ("vector(2) or x", 2),
        ("sum by (a) (x) or on () vector(-1)", -1),
        ("1 - (sum(x) / sum(y) or vector(1))", 0),
        ("-(x or vector(3))", -3),
        ("sum(x or vector(3)) * 2 + 1", 7),
        ("count(x or vector(3))", 1),
        ("topk(5, x or vector(3))", 3),
        ("clamp_min(x or vector(3), 5)", 5),
        ("clamp_max(x or vector(3), 5)", 3),
        ("(x or vector(3)) > bool 5", 0),
        ("(x or vector(3)) > 2", 3),
        ("2 < (x or vector(3))", 3),
        ("avg_over_time((x or vector(3))[5m:1m])", 3),
        ("quantile_over_time(0.9, (x or vector(3))[5m:1m])", 3),
        ('label_replace(x or vector(3), "a", "b", "c", "d")', 3),
        ("absent(x)", 1),
        ("vector(1) unless x", 1),
        ("vector(1) and absent(x)", 1),
    ],
)
def test_what_there_is_without_series(query, expected) -> None:
    assert value(query) == expected


@pytest.mark.parametrize(
    "query",
    [
        "x",
        "sum(rate(x[5m]))",
        "x * 0",
        "x and vector(0)",
        "vector(0) and x",
        "vector(0) / x",
        "vector(1) unless vector(0)",
        "(x or vector(0)) > 0",
        "0 < (x or vector(0))",
        "absent(x or vector(0))",
        "histogram_quantile(0.9, x)",
        "abs(x)",
        "avg_over_time(x[5m])",
        "(vector(0) / vector(0)) >= 0",
        "(vector(1) - scalar(x)) >= 0",
    ],
)
def test_what_is_missing_without_series(query) -> None:
    assert value(query) is None


@pytest.mark.parametrize(
    "query", ["vector(time())", "hour() > 3", "abs(x or vector(1))", "stddev(vector(1))", "vector(2) ^ 2"]
)
def test_what_is_not_certain_is_asked_for(query) -> None:
    with pytest.raises(Unsure):
        value(query)
    tree = parse(query).tree
    assert tree is not None
    assert answers_unasked(tree, unsure=True)
    assert not answers_unasked(tree, unsure=False)


def test_a_number_of_nothing_is_no_number() -> None:
    found = value("vector(scalar(x))")
    assert found is not None
    assert math.isnan(found)
