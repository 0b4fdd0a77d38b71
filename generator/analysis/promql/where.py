"""Where a node of the tree stands in the text: the tree counts its nodes, the scan finds the same ones by number."""

from __future__ import annotations

from functools import lru_cache

from generator.analysis.promql.parsing import parse
from generator.analysis.promql.scan import Scan, scan
from generator.analysis.promql.tokens import tokens
from generator.analysis.promql.tree import Aggregation, Binary, Call, Matcher, Node, Selector, children


@lru_cache(maxsize=4096)
def _scan(text: str) -> Scan | None:
    """The places of all nodes, or None where scan and tree do not count the same."""
    query, walked = parse(text), scan(text)
    counted = (len(walked.selectors), len(walked.named), len(walked.operators))
    expected = (len(query.selectors), len(query.calls) + len(query.aggregations), len(query.binaries))
    return walked if walked.fault is None and counted == expected else None


def offset_of(text: str, node: Node) -> int:
    """The offset of a selector, a function's or aggregation's name, or an operator; of others that of what is inside.

    0 where it cannot be told.
    """
    walked = _scan(text)
    if walked is None:
        return 0
    match node:
        case Selector():
            return walked.selectors[node.at]
        case Call() | Aggregation():
            return walked.named[node.at]
        case Binary():
            return walked.operators[node.at]
        case _:
            inner = children(node)
            return offset_of(text, inner[0]) if inner else 0


def matcher_offset(text: str, selector: Selector, matcher: Matcher) -> int:
    """The offset of a matcher's label inside its selector; the selector's where it cannot be told."""
    return _matcher(text, selector, matcher)[0]


def value_offset(text: str, selector: Selector, matcher: Matcher) -> int:
    """The offset of the quote before a matcher's value; the selector's where it cannot be told."""
    return _matcher(text, selector, matcher)[1]


def _matcher(text: str, selector: Selector, matcher: Matcher) -> tuple[int, int]:
    start = offset_of(text, selector)
    found = [each for each in tokens(text) if each.start >= start]
    end = next((at for at, each in enumerate(found) if each.text == "}"), 0)
    places = [
        ((label.start, value.start), value.text[1:-1])
        for label, operator, value in zip(found[:end], found[1:end], found[2:end], strict=False)
        if label.text.strip("\"'") == matcher.label and operator.text == matcher.op
    ]
    exact = (place for place, value in places if value == matcher.value)
    return next(exact, places[0][0] if places else (start, start))


def range_offset(text: str, selector: Selector) -> int:
    """The offset of the bracket behind a selector; the selector's where it cannot be told."""
    start = offset_of(text, selector)
    return next((each.start for each in tokens(text) if each.start > start and each.text == "["), start)
