"""What would end the process is never given to the parser."""

from __future__ import annotations

import subprocess
import sys

import pytest

from generator.analysis.promql import excess, parse
from generator.analysis.promql.size import DEPTH, OPERATORS
from generator.checks.queries import expressions as queries
from tests.checks.found import found


@pytest.mark.parametrize(
    "text",
    [
        "a" + "+a" * OPERATORS,
        "a" + " or a" * OPERATORS,
        "(" * DEPTH + "a" + ")" * DEPTH,
        'a{b="' + "-" * 5000 + '"}',
        "a # " + "+" * 5000,
    ],
)
def test_as_much_as_is_judged_is_parsed(text):
    assert excess(text) == ""
    assert parse(text).tree is not None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a" + "+a" * (OPERATORS + 1), f"{OPERATORS + 1} operators"),
        ("-" * 9000 + "a", "9000 operators"),
        ("a" + " UNLESS a" * 400, "400 operators"),
        ("a" + " aTan2 a" * 20_000, "20000 operators"),
        ("a" + " == bool a" * 400, "400 operators"),
        ("(" * 16000 + "a" + ")" * 16000, "nested 16000 deep"),
    ],
)
def test_more_is_refused_in_words(text, said):
    assert said in excess(text)
    assert said in parse(text).refusal


@pytest.mark.parametrize("expr", ["a" + "+a" * 8000, "(" * 16000 + "a" + ")" * 16000, "-" * 50000 + "a"])
def test_a_giant_query_is_a_finding_and_no_crash(tmp_path, expr):
    (tmp_path / "alerts").mkdir()
    (tmp_path / "alerts/web.yaml").write_text(f"alerts:\n  - alert: Giant\n    expr: {expr!r}\n")
    run = subprocess.run(
        [sys.executable, "-m", "generator", "-C", tmp_path, "check"], capture_output=True, text=True, check=False
    )
    assert run.returncode == 1
    assert "alerts/web.yaml:3:12: error[query/too-large]" in run.stdout
    assert "Traceback" not in run.stderr


def test_it_is_said_once():
    files = {"alerts/web.yaml": f"alerts: [{{alert: Giant, expr: '{'a' + '+a' * 8000}'}}]"}
    assert len(found(queries, files, "query/too-large")) == 1
    assert not found(queries, files, "query/syntax")


AT_THE_LIMIT = [
    "a" + "+a" * OPERATORS,
    "a" + " or a" * OPERATORS,
    "-" * OPERATORS + "a",
    "(" * DEPTH + "a" + ")" * DEPTH,
    "abs(" * DEPTH + "a" + ")" * DEPTH,
    "abs(a+" * DEPTH + "a" + ")" * DEPTH + "+a" * (OPERATORS - DEPTH),
    "sum by (x) (" * (DEPTH // 2) + "a" + " > 1)" * (DEPTH // 2) + " or a" * (OPERATORS - DEPTH // 2),
]


def test_what_is_judged_is_judged_by_all_without_a_trace(tmp_path):
    rules = "".join(f"  - {{alert: A{n}, expr: '{expr}', for: 1m}}\n" for n, expr in enumerate(AT_THE_LIMIT))
    (tmp_path / "alerts").mkdir()
    (tmp_path / "alerts/web.yaml").write_text(f"alerts:\n{rules}")
    command = [sys.executable, "-m", "generator", "-C", tmp_path, "check"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr[-2000:]
    assert "too-large" not in run.stdout
