from __future__ import annotations

import pytest

from generator.checks.queries import matching as queries_matching
from generator.checks.queries import selectors as queries_selectors
from generator.findings import Level
from tests.checks.found import found, place
from tests.checks.queries import alert, column


@pytest.mark.parametrize(
    ("expr", "part", "why"),
    [
        ('sum(a) / b{job="x"} > 1', "/", "its left side has no label 'job', its right side always has it"),
        ('a{code="500"} / a{code="200"} > 1', "/", 'code is "500" on its left, "200" on its right'),
    ],
)
def test_sides_that_can_never_be_paired(expr, part, why):
    (finding,) = found(queries_matching, alert(expr))
    assert (finding.check, finding.level) == ("query/impossible-matching", Level.WARNING)
    assert place(finding) == column(expr, part)
    assert finding.message == f"expr of alert Down can never pair the sides of '{part}': {why}"


@pytest.mark.parametrize(
    ("expr", "part", "why", "hint"),
    [
        (
            "(count(a) > 1) * on (instance) group_left (nodename) b",
            "*",
            "loses a label before '*': its left side has no label 'instance', its right side has it",
            "leave it out of on (…)",
        ),
        (
            "sum(a) / (b * c) > 1",
            "/",
            "loses a label before '/': its left side has no label 'instance', its right side has it",
            "say with on (…) which labels pair",
        ),
        (
            "a * on (x) group_left (team) sum by (x) (b)",
            "*",
            "brings 'team' over by group_left, and the side that it comes from has no such label",
            "leave it out of group_left",
        ),
    ],
)
def test_a_label_that_is_lost_on_the_way(expr, part, why, hint):
    (finding,) = found(queries_matching, alert(expr))
    assert (finding.check, finding.level) == ("query/lost-label", Level.WARNING)
    assert place(finding) == column(expr, part)
    assert finding.message == f"expr of alert Down {why}"
    assert hint in finding.hint


def test_values_are_those_of_the_query_itself_where_many_share_a_pattern():
    texts = "".join(f'  - alert: A{n}\n    expr: a{{x="{n}"}} / a{{x="{m}"}}\n' for n, m in ((1, 2), (3, 4), (5, 5)))
    messages = [each.message for each in found(queries_matching, {"alerts/shop.yaml": f"alerts:\n{texts}"})]
    assert [message.rpartition(": ")[2] for message in messages] == [
        'x is "1" on its left, "2" on its right',
        'x is "3" on its left, "4" on its right',
    ]


@pytest.mark.parametrize(
    ("expr", "part"),
    [
        ('a{x="1", x="2"} > 1', 'x="2"'),
        ('b + a{x="1", x!="1"} > 1', 'x!="1"'),
        ('a{x="prod", x=~"test|dev"} > 1', 'x=~"test'),
        ('a{x!~"v.*", x="v1"} > 1', 'x="v1"'),
        ('a{x=~"v.+", x!~"v.+"} > 1', 'x!~"v'),
        ('a{x!~".*"} > 1', 'x!~".*"'),
    ],
)
def test_matchers_that_no_series_meets(expr, part):
    (finding,) = found(queries_selectors, alert(expr), "query/contradiction")
    assert (finding.level, place(finding)) == (Level.WARNING, column(expr, part))


@pytest.mark.parametrize(
    "expr",
    ['a{x="1", x!="2"}', 'a{x="v1", x=~"v.*"}', 'a{x!="1", x!="2"}', 'a{x=~"a.*", x=~".*b"}', 'a{x="1", x=~"(?i)b"}'],
)
def test_matchers_that_a_series_may_meet(expr):
    assert found(queries_selectors, alert(f"{expr} > 1"), "query/contradiction") == ()


@pytest.mark.parametrize(
    ("matcher", "hint"),
    [
        ('x=~"api"', 'write x="api"'),
        ('x!~"api"', 'write x!="api"'),
        ('x=~"^api.*"', 'write "api.*"'),
        ('x=~"^(?:5..)$"', 'write "(?:5..)"'),
    ],
)
def test_a_pattern_that_is_none_or_is_anchored_is_a_note(matcher, hint):
    expr = f"rate(a{{{matcher}}}[5m]) > 1"
    (finding,) = found(queries_selectors, alert(expr))
    assert (finding.check, finding.level, finding.hint) == ("query/regex", Level.NOTE, hint)
    assert place(finding) == column(expr, matcher)


@pytest.mark.parametrize("matcher", ['x=~"a|b"', 'x=~"a.b"', 'x=~"^a|b$"', 'x=~"a\\\\.b"', '__name__=~"a"'])
def test_a_pattern_that_says_something(matcher):
    assert found(queries_selectors, alert(f'{{y="z", {matcher}}} > 1')) == ()
