"""Whether two sides can be paired; examples are those that well-known rule sets get right, and wrong."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from generator.analysis.promql import parse
from generator.analysis.promql.matching import mismatch, missing_includes, unequal
from generator.analysis.promql.tree import Binary

LOST = [
    ("sum by (job) (a) / sum by (job, instance) (b)", "instance", "left", False),
    ("(count(sum by (v) (a)) > 1) * on (instance) group_left (n) b", "instance", "left", False),
    ("sum by (job) (a) > b", "instance", "left", False),
    ("a > 1 and on (x) sum by (y) (b)", "x", "right", False),
    ("absent(a) and up", "instance", "left", False),
    ('sum(a) / b{job="x"}', "job", "left", True),
    ('a{pod=""} / b{pod!=""}', "pod", "left", True),
    ('sum by (job) (a) unless on (job, x) b{x="1"}', "x", "left", True),
]


@pytest.mark.parametrize(("query", "label", "side", "certain"), LOST)
def test_a_label_that_one_side_has_not(query: str, label: str, side: str, certain: bool) -> None:
    tree = parse(query).tree
    assert isinstance(tree, Binary)
    found = mismatch(tree)
    assert found is not None
    assert (found.label, found.lacking, found.certain) == (label, side, certain)


@pytest.mark.parametrize(
    "query",
    [
        "a / b",
        "a / ignoring (code) group_right () sum without (code) (b)",
        "max by (x, y) (a) * on (x, y) group_left (z) topk by (x, y) (1, max by (x, y, z) (b))",
        "sum(a) > 5 and on () b > 3",
        "sum(a) > 5 and vector(1)",
        'a{t="used"} / ignoring (instance, job, t) (b{t="hard"} > 0)',
        "rate(a[5m]) / count without (mode) (b)",
        "job:a:rate5m > sum(b)",
        "sum(a) > 5 or b > 3",
        "up == 0 unless on (job) (sum by (job) (up) == 0)",
        "a * 5 > time()",
        "sum by (le) (rate(a[5m])) * ignoring (le) group_left () sum(b)",
    ],
)
def test_sides_that_may_pair(query: str) -> None:
    for node in parse(query).binaries:
        assert mismatch(node) is None
        assert unequal(node) is None
        assert missing_includes(node) == ()


def test_values_that_differ() -> None:
    def found(query: str) -> tuple[str, str, str] | None:
        return unequal(parse(query).binaries[0])

    assert found('a{code="500"} / b{code="200"}') == ("code", "500", "200")
    assert found('a{code="500"} / ignoring (code) b{code="200"}') is None
    assert found('a{code="500"} / on (job) b{code="200"}') is None
    assert found('sum(a{code="500"}) / sum(b{code="200"})') is None
    assert found('a{code="500"} or b{code="200"}') is None


def test_a_label_that_is_not_there_to_be_brought() -> None:
    (node,) = parse("a * on (x) group_left (z, y) sum by (x, y) (b)").binaries
    assert missing_includes(node) == ("z",)


@pytest.mark.real_tool
@pytest.mark.skipif(not shutil.which("promtool"), reason="needs promtool: run .ci/tools")
def test_a_real_prometheus_pairs_none_of_them(tmp_path: Path) -> None:
    labels = 'job="j",instance="i",x="1",v="2",n="3",pod="p",code="500"'
    series = [{"series": f"{metric}{{{labels}}}", "values": "2x10"} for metric in ("a", "b", "up")]
    series.append({"series": 'a{job="j",instance="i",x="1"}', "values": "2x10"})
    queries = [query for query, *_ in LOST if "unless" not in query]
    asked = [
        {"expr": query, "eval_time": "5m", "exp_samples": []} for query in [*queries, 'a{code="500"} / b{code="5"}']
    ]
    test = {"interval": "1m", "input_series": series, "promql_expr_test": asked}
    (tmp_path / "rules.yaml").write_text("groups: []")
    (tmp_path / "test.yaml").write_text(json.dumps({"rule_files": ["rules.yaml"], "tests": [test]}))
    done = subprocess.run(
        ["promtool", "test", "rules", "test.yaml"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
