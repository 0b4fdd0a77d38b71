"""What a query gives where there is no series at all: `… or vector(0)` makes missing data look like zero."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable

from generator.analysis.promql.names import ABSENCES, PICKS
from generator.analysis.promql.tree import Aggregation, Binary, Call, Negation, Node, Number, Subquery, Text, is_scalar

_KEEP = frozenset({"sum", "avg", "min", "max"}) | PICKS
"""Aggregations that leave one value what it is."""
_PASS = frozenset({"vector", "label_replace", "label_join", "sort", "sort_desc", "sort_by_label", "sort_by_label_desc"})
"""Functions that leave a value what it is."""
_OVER_TIME = frozenset({"avg_over_time", "min_over_time", "max_over_time", "last_over_time", "quantile_over_time"})
"""Those that give the value that was there all the time."""
_BOUNDS: dict[str, Callable[[float, float], float]] = {"clamp_min": max, "clamp_max": min}
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_CALCULATE: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": lambda left, right: left / right if right else math.nan,
}


class Unsure(ValueError):
    """There may be a value or none."""


def unasked_value(node: Node) -> float | None:
    """The value that an expression has where there is no series; None where it has none.

    Raises:
        Unsure: it cannot be told, as where the time decides.
    """
    match node:
        case Number():
            return node.value
        case Call():
            return _of_call(node)
        case Aggregation():
            return _of_aggregation(node)
        case Negation() | Subquery():
            inner = unasked_value(node.inner)
            return -inner if inner is not None and isinstance(node, Negation) else inner
        case Binary():
            return _of_binary(node)
        case _:
            return None


def answers_unasked(node: Node, *, unsure: bool) -> bool:
    """Whether an expression has a value where there is no series; `unsure` is the answer where it cannot be told."""
    try:
        return unasked_value(node) is not None
    except Unsure:
        return unsure


def _of_call(node: Call) -> float | None:
    if not node.arguments:
        raise Unsure(node.name)
    first = node.arguments[0]
    if node.name in ABSENCES:
        return 1 if unasked_value(first) is None else None
    if node.name == "scalar":
        value = unasked_value(first)
        return math.nan if value is None else value
    if node.name in _PASS | _OVER_TIME | _BOUNDS.keys():
        value = unasked_value(node.arguments[-1] if node.name == "quantile_over_time" else first)
        return value if value is None or node.name not in _BOUNDS else _bounded(node, value)
    # Any other function gives nothing where one of its vectors is nothing.
    if any(unasked_value(each) is None for each in node.arguments if not isinstance(each, Text)):
        return None
    raise Unsure(node.name)


def _bounded(node: Call, value: float) -> float:
    bound = unasked_value(node.arguments[1])
    return value if bound is None else _BOUNDS[node.name](bound, value)


def _of_aggregation(node: Aggregation) -> float | None:
    inner = unasked_value(node.inner)
    if inner is None or node.op in _KEEP:
        return inner
    if node.op in ("count", "group"):
        return 1
    raise Unsure(node.op)


def _of_binary(node: Binary) -> float | None:
    left = unasked_value(node.left)
    if left is not None and node.op == "or":
        return left
    right = unasked_value(node.right)
    if node.op == "or":
        return right
    if left is None or (node.op == "unless" and right is not None):
        return None
    if node.op == "unless":
        return left
    return None if right is None else _joined(node, left, right)


def _joined(node: Binary, left: float, right: float) -> float | None:
    if node.op == "and":
        return left
    if node.op in _COMPARE:
        holds = _COMPARE[node.op](left, right)
        if node.asks:
            return float(holds)
        return (right if is_scalar(node.left) else left) if holds else None
    if node.op in _CALCULATE:
        return _CALCULATE[node.op](left, right)
    raise Unsure(node.op)
