"""Each fault stands at its character, in words of its writer's; promtool refuses the same queries."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis.promql import fault, parse
from generator.analysis.promql.scan import scan

# `¦` marks the place.
FAULTS = [
    ('up{job=¦"x}', 'a string opened with " is not closed'),
    ("up{job=¦'x\n'}", "a string opened with ' is not closed"),
    ("sum¦(rate(a[5m])", "a '(' is not closed"),
    ("sum¦(", "a '(' is not closed"),
    ("(a)¦) > 1", "a ')' closes nothing"),
    ("a¦[5m", "a '[' is not closed"),
    ('a¦{b="c"', "a '{' is not closed"),
    ('a{b="c"¦) > 1', "')' stands where a brace should close"),
    ("¦reta(a[5m]) > 1", "there is no function 'reta'"),
    ("sum by (job) (¦incraese(a[5m]))", "there is no function 'incraese'"),
    ("¦summ(a) > 1", "there is no function 'summ'"),
    ("rate(a[¦5x])", "'5x' is no number and no duration"),
    ("rate(a[¦5min])", "'5min' is no number and no duration"),
    ("rate(a[¦1h30])", "'1h30' is no number and no duration"),
    ("rate(a[¦1m1h])", "'1m1h' is no number and no duration"),
    ("rate(a[¦$__rate_interval])", "'$' means nothing here"),
    ("rate(a[5m¦ 1m])", "'1m' stands where the bracket should close"),
    ("rate(a[¦])", "']' is no duration"),
    ("a ¦offset", "offset has no duration"),
    ('a{b¦=="c"}', "label 'b' is matched by"),
    ('a{¦b:"c"}', "'b:' is no label"),
    ("a{b=¦c}", "the value of label 'b' is no text in quotes"),
    ('a{b="c" ¦d="e"}', "a comma is missing before 'd'"),
    ('a{"b c"="d" ¦e}', "a comma is missing"),
    ('a{¦1="b"}', "'1' is no label"),
    ("a ¦>", "nothing stands after '>'"),
    ("sum(a) ¦/ ", "nothing stands after '/'"),
    ("a ¦and", "nothing stands after 'and'"),
    ("a ¦* / b", "nothing stands after '*'"),
    ("¦* a", "nothing stands before '*'"),
    ("¦and a", "'and' has no value on one of its sides"),
    ("a ¦b", "no operator before 'b'"),
    ("a > 5 ¦10", "no operator before '10'"),
    ("a ¦= 1", "'=' is no operator here"),
    ("a ¦&& b", "'&&' is no operator here"),
    ("a ¦|| b", "'||' is no operator here"),
    ('a ¦=~ "b"', "'=~' is no operator here"),
    ("sum ¦by job (a)", "the labels of by stand in parentheses"),
    ("sum(a) ¦by job", "the labels of by stand in parentheses"),
    ("rate(a[5m]) ¦by (job)", "'by' belongs to an aggregation"),
    ("a ¦on (job) b", "'on' belongs behind an operator"),
    ("sum by (a¦ b) (c)", "a comma is missing before 'b'"),
    ("max(a¦, )", "nothing stands after ','"),
    ("(a¦, b)", "a comma stands where no arguments are"),
    ("sum(¦rate(a)) > 1", "rate takes a range, and gets a vector without one"),
    ("rate(a[5m]) > ¦increase(b)", "increase takes a range"),
    ("¦abs(a[5m])", "abs takes a vector, and gets a range"),
    ("¦sum(a[5m])", "an aggregation takes a vector, and gets a range"),
    ("a¦[5m] > 1", "a range is an operand"),
    ("time() ¦> 5", "two numbers are compared"),
    ("a ¦and 1", "and joins vectors"),
    ("¦histogram_quantile(a)", "histogram_quantile takes 2 arguments, and gets 1"),
    ("¦topk(a)", "it takes 2 arguments, and gets 1"),
    ('a{b=~¦"("}', "( is no regular expression"),
    ('a{b="x¦\\q"}', "\\q is no escape in a string"),
    ("rate(a[5m])¦[5m]", "only a metric has a range of its own"),
    ("rate(a[5m]) ¦offset 5m", "offset belongs directly behind"),
    ("a ¦offset 5m [5m]", "offset stands behind the range"),
    ('a{b="c" ¦or b="d"}', "'or' between matchers is not Prometheus's"),
    ("a + on (b) ¦group_left (b) c", "label 'b' is matched on and also brought over"),
    ("a + ¦group_left (b) c", "group_left needs on"),
    ("a ¦{{.window}}", "no operator before"),
    ("¦# nothing", "it says nothing"),
]


@pytest.mark.parametrize(("marked", "said"), FAULTS)
def test_a_fault_stands_at_its_character(marked: str, said: str) -> None:
    text = marked.replace("¦", "")
    found = fault(text)
    assert found is not None
    assert said in found.message
    at = marked.index("¦")
    if marked.startswith("¦#"):
        at = len(text)
    shown = text[found.offset :].lstrip()
    expected = text[at:].lstrip()
    assert shown == expected


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("incraese(a[5m])", "did you mean 'increase'?"),
        ("a = 1", "write == to compare"),
        ("a{b=c}", 'write b="c"'),
        ("sum by job (a)", "write by (job)"),
        ("rate(a)", "write rate(metric[5m])"),
        ("rate(a[5min])", "durations are written as 5m, 1h30m or 90s"),
    ],
)
def test_a_hint_says_what_to_write(text: str, hint: str) -> None:
    found = fault(text)
    assert found is not None
    assert found.hint == hint


RIGHT = [
    "sum(a) by (b) - -c ^ 2 % 3 atan2 d",
    'x{a="b",c!="d",e=~"f",g!~`h`,} offset -5m @ end()',
    "a >= bool on (b, c) group_right (d) e unless ignoring (f) g OR h AND i",
    "avg_over_time((a / b)[1h:5m] offset 1d)",
    "topk by (x) (5, a) or quantile(0.9, b) or count_values without () ('l', c)",
    "rate(a[1h30m])  # a comment (with\n > .5e-3 * 0x1F / Inf",
    'label_replace(a, "b", "$1", "c", "(.*)") == 1',
    "absent(up{job='x'} == 1)",
    "time() - a > 5 and hour() < 3",
    "sum:by:offset{on='x'} / by{by='by'}",
]


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_has_no_fault(text: str) -> None:
    assert parse(text).refusal == ""
    assert fault(text) is None
    assert scan(text).fault is None


WORDS = ["a", "sum", "by", "(", ")", "rate", "[5m]", "{", "}", 'b="c"', ",", ">", "5", "and", "on", "offset 1m", "bool"]


@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
def test_the_scan_refuses_nothing_that_the_parser_takes(text: str) -> None:
    found = fault(text)
    assert (found is None) == (parse(text).tree is not None)
    if found is None:
        walked = scan(text).fault  # metrics may be called `and`, which is a slip much more often
        assert walked is None or walked.message == "'and' has no value on one of its sides"
    else:
        assert 0 <= found.offset <= len(text)
        assert "invalid promql query" not in found.message


@pytest.mark.real_tool
@pytest.mark.skipif(not shutil.which("promtool"), reason="needs promtool: run .ci/tools")
@pytest.mark.parametrize(
    ("text", "right"), [*((each.replace("¦", ""), False) for each, _ in FAULTS), *((each, True) for each in RIGHT)]
)
def test_promtool_agrees(text: str, right: bool, tmp_path: Path) -> None:
    rules = tmp_path / "rules.yaml"
    rules.write_text(json.dumps({"groups": [{"name": "g", "rules": [{"record": "r", "expr": text}]}]}))
    done = subprocess.run(["promtool", "check", "rules", rules], capture_output=True, text=True, check=False)
    assert (done.returncode == 0) is right, done.stderr
