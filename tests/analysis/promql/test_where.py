"""Nodes of the tree are found again in the text: selectors, names, operators, matchers, ranges."""

from __future__ import annotations

import pytest

from generator.analysis.promql import matcher_offset, offset_of, parse, range_offset
from generator.analysis.promql.tree import Aggregation, Binary, Call, Selector, walk

QUERIES = [
    "sum by (a) (rate(b[5m])) / on (a) group_left (c) (d > bool 1)",
    'sum(a{x="b"}) by (b) - -b * -1 + -(c) and on (x) -d',
    "topk(3, a) or quantile by (x) (0.9, rate(b[5m] offset -5m)) unless c @ end()",
    "label_replace(a, 'b', 'c', 'd', '(.*)') != {__name__='e'} # f\n > g",
    "avg_over_time((a / b)[1h:5m]) >= Inf - NaN",
    "SUM(a) AND max without () (b) == 1",
]


@pytest.mark.parametrize("text", QUERIES)
def test_every_node_is_found_where_it_stands(text: str) -> None:
    query = parse(text)
    assert query.tree is not None
    for node in walk(query.tree):
        rest = text[offset_of(text, node) :]
        if isinstance(node, Selector):
            assert rest.startswith(node.metric if "{__name__" not in rest[:10] else "{")
        elif isinstance(node, Call):
            assert rest.startswith(f"{node.name}(")
        elif isinstance(node, Aggregation | Binary):
            assert rest.lower().startswith(node.op)


def test_a_matcher_and_a_range_are_found_at_their_selector() -> None:
    text = 'rate(a{x="1"}[5m]) / rate(b{y!="1", x = "1", x="2"}[1h])'
    query = parse(text)
    first, second = query.selectors
    assert text[matcher_offset(text, second, second.matchers[1]) :].startswith('x = "1"')
    assert text[matcher_offset(text, first, first.matchers[0]) :].startswith('x="1"}[5m]')
    assert text[range_offset(text, second) :] == "[1h])"


def test_what_cannot_be_told_is_the_start() -> None:
    text = "and > 1"  # a metric of this name is no operator to the parser
    (node,) = parse(text).selectors
    assert offset_of(text, node) == 0
