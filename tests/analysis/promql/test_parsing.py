from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis.promql.names import AGGREGATIONS, FUNCTIONS
from generator.analysis.promql.parsing import parse, pattern, refusal
from generator.analysis.promql.tree import Aggregation, Binary, Call, Matcher, Number, Selector, Subquery, walk


def test_the_tree_says_what_the_query_says() -> None:
    tree = parse('sum by (job) (rate(a{b=~"c"}[5m] offset 1h)) / on (job) group_left (x) (d > bool 1)').tree
    assert isinstance(tree, Binary)
    assert (tree.op, tree.on, tree.many, tree.include, tree.asks) == ("/", ("job",), "left", ("x",), False)
    assert isinstance(tree.left, Aggregation)
    assert (tree.left.op, tree.left.by, tree.left.without) == ("sum", ("job",), None)
    call = tree.left.inner
    assert isinstance(call, Call)
    assert call.name == "rate"
    selector = call.arguments[0]
    assert isinstance(selector, Selector)
    assert (selector.metric, selector.matchers) == ("a", (Matcher("b", "=~", "c"),))
    assert (selector.range, selector.offset, selector.pinned) == (300, 3600, False)
    assert isinstance(tree.right, Binary)
    assert (tree.right.asks, tree.right.compares) == (True, False)


def test_names_parameters_subqueries_and_signs() -> None:
    tree = parse('topk without (a) (3, max_over_time({__name__="m", x!~"y"}[1h:5m] offset -1m)) - -n @ 5').tree
    assert isinstance(tree, Binary)
    assert isinstance(tree.left, Aggregation)
    assert (tree.left.without, tree.left.by) == (("a",), None)
    assert isinstance(tree.left.parameter, Number)
    subquery = next(node for node in walk(tree) if isinstance(node, Subquery))
    assert (subquery.range, subquery.step, subquery.offset) == (3600, 300, -60)
    selectors = [(node.metric, node.pinned) for node in walk(tree) if isinstance(node, Selector)]
    assert selectors == [("m", False), ("n", True)]


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_the_parser_knows_every_function(name: str) -> None:
    assert "unknown function" not in refusal(f"{name}()")


@pytest.mark.parametrize("name", sorted(AGGREGATIONS))
def test_the_parser_knows_every_aggregation(name: str) -> None:
    assert parse(f"{name}(1, a)").tree or parse(f"{name}(a)").tree or parse(f'{name}("l", a)').tree


def test_what_only_the_parser_takes_is_refused() -> None:
    assert "'or'" in refusal('a{b="c" or b="d"}')


@pytest.mark.parametrize("query", ["", "(" * 5_000, "a" * 100_000 + "(", "\0", "{" * 2_000, "-" * 3_000 + "("])
def test_no_query_ends_the_program(query: str) -> None:
    assert refusal(query)


@given(st.text("ab{}[]()=~!\"'`\\#5m ,:+-$\n", max_size=30))
def test_no_text_ends_the_program(text: str) -> None:
    query = parse(text)
    assert (query.tree is None) is bool(query.refusal)


def test_queries_that_differ_in_values_share_a_pattern() -> None:
    assert pattern('a{x="1"} / b{x="1"}') is pattern('a{x="2"} / b{x="2"}')
    assert pattern('a{x="1"} / b{x="1"}') is not pattern('a{x="1"} / b{x="2"}')
    assert pattern('a{x="1"}') is not pattern('a{x=""}')


@pytest.mark.parametrize(
    "text",
    [
        'a{x="1",x=~"1|2"}',
        'label_replace(a, "b=", "c", "d", "e")',
        "a{x='y=\"z\"'}",
        'a{x="\\""}',
        '{__name__="a"}',
        'a == "b"',
        "a",
    ],
)
def test_where_a_value_matters_the_pattern_is_the_query(text: str) -> None:
    assert pattern(text).text == text


LABELLED = st.builds(
    lambda parts: " or ".join(f'{metric}{{{label}{op}"{value}"}}' for metric, label, op, value in parts),
    st.lists(
        st.tuples(
            st.sampled_from("ab"), st.sampled_from("xy"), st.sampled_from(["=", "!=", "=~"]), st.text("uv.", max_size=2)
        ),
        min_size=1,
        max_size=3,
    ),
)


@given(LABELLED)
def test_a_pattern_is_understood_as_its_query_is(text: str) -> None:
    query, shared = parse(text), pattern(text)
    assert (query.tree is None) == (shared.tree is None)
    assert [each.metric for each in query.selectors] == [each.metric for each in shared.selectors]
    assert [
        [(matcher.label, matcher.op, bool(matcher.value)) for matcher in each.matchers] for each in query.selectors
    ] == [[(matcher.label, matcher.op, bool(matcher.value)) for matcher in each.matchers] for each in shared.selectors]


@pytest.mark.parametrize(
    ("query", "value"),
    [
        (r"a{b=~`foo\.bar|\d+`}", r"foo\.bar|\d+"),
        (r"a{b=`\n`}", r"\n"),
        ('a{b=`"\\\n`}', '"\\\n'),
        (r"a{b=~`\\`}", r"\\"),
        (r"""a{b="`\\`"}""", "`\\`"),
        (r"""a{b='`\'`'}""", "`'`"),
        ("a # `\\x`\n{b=`\\x`}", r"\x"),
    ],
)
def test_raw_strings_are_taken_as_they_stand(query: str, value: str) -> None:
    tree = parse(query).tree
    assert isinstance(tree, Selector)
    assert tree.matchers[0].value == value
