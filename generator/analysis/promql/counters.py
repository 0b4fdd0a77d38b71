"""Counters that a query reads as they stand. They are known by their names alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.analysis.promql.names import ABSENCES
from generator.analysis.promql.parsing import Query
from generator.analysis.promql.tree import Aggregation, Binary, Call, Node, Number, Selector, children

TOTAL = "_total"
PARTS = ("_count", "_sum", "_bucket")
"""What the series of a histogram or a summary end with; gauges do too, so one part alone proves nothing."""
STATES = re.compile(
    r"_(?:online|offline|up|down|available|unavailable|free|used|capacity|usable|active|inactive|idle|running|pending|"
    r"current|ready|healthy|unhealthy|connected|open|max|limit|size|memory|disk|swap|cpus?|cores|nodes|shards|slots|"
    r"replicas|workers|threads|connections|partitions)_total$"
)
"""Names of states: what is counted now, and falls again, whatever the exporter calls it."""
GROWTH = frozenset({"rate", "irate", "increase", "delta", "idelta", "deriv", "changes", "resets"})
UNVALUED = frozenset({"count", "group", "count_values"})
VALUELESS = ABSENCES | {"timestamp", "scalar", "label_replace", "label_join"}


def raw_counters(query: Query) -> list[Selector]:
    """The counters whose value matters to the result, outside of every range.

    A difference to the counter's own value some time ago is what `increase` is, and is let through.
    """
    metrics = {each.metric for each in query.selectors}
    shifted = {each.metric for each in query.selectors if each.offset}
    if query.tree is None or not any(is_counter(metric, metrics) for metric in metrics):
        return []
    return [
        selector
        for selector in _valued(query.tree)
        if selector.metric not in shifted and not selector.pinned and is_counter(selector.metric, metrics)
    ]


def is_counter(metric: str, others: set[str]) -> bool:
    """Whether a name is a counter's, seen together with the other names of the query."""
    if ":" in metric:
        return False
    if metric.endswith(TOTAL):
        return STATES.search(metric) is None
    part = next((each for each in PARTS if metric.endswith(each)), "")
    base = metric.removesuffix(part)
    return bool(part) and any(base + each in others for each in PARTS if each != part)


def _valued(node: Node) -> Iterator[Selector]:
    """The instant selectors below a node whose values matter, not only whether they are there."""
    if isinstance(node, Selector):
        if node.range is None:
            yield node
    elif isinstance(node, Binary):
        yield from _of_binary(node)
    elif isinstance(node, Call) and node.name in GROWTH:
        return  # of a subquery too: increase(max(x)[15m:1m])
    elif isinstance(node, Aggregation) and node.op in UNVALUED:
        yield from (each for each in _valued(node.inner) if not _is_counted(node.inner))
    elif not (isinstance(node, Call) and node.name in VALUELESS and isinstance(node.arguments[0], Selector)):
        for child in children(node):
            yield from _valued(child)


def _is_counted(node: Node) -> bool:
    """Whether nothing but series is counted there: `count(sum by (cpu) (x_total))` asks how many there are."""
    return isinstance(node, Selector) or (isinstance(node, Aggregation) and _is_counted(node.inner))


def _of_binary(node: Binary) -> Iterator[Selector]:
    """Multiplied by zero a value is gone, and of the right side of `and` and `unless` only the labels count.

    Whether a histogram has seen anything yet, `x_count > 0`, is a question that only the raw counter answers.
    """
    if _asks_whether_any(node) or _is_of_capacity(node):
        return
    if node.op == "*" and any(isinstance(each, Number) and not each.value for each in (node.left, node.right)):
        return
    yield from _valued(node.left)
    if not (node.op in ("and", "unless") and isinstance(node.right, Selector)):
        yield from _valued(node.right)


def _is_of_capacity(node: Binary) -> bool:
    """Whether a state is held against a total of states: `used / disks_total`, `groups_total - groups_active`."""
    left, right = node.left, node.right
    if not (isinstance(left, Selector) and isinstance(right, Selector)):
        return False
    totals = left.metric.endswith(TOTAL), right.metric.endswith(TOTAL)
    return (node.op == "-" and sum(totals) == 1) or (node.op == "/" and totals == (False, True))


def _asks_whether_any(node: Binary) -> bool:
    part = isinstance(node.left, Selector) and node.left.metric.endswith(PARTS)
    return part and node.compares and isinstance(node.right, Number) and not node.right.value
