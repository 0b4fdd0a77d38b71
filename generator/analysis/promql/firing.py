"""When an expression gives series: never, only if a condition is met, or always. Only what is certain is said."""

from __future__ import annotations

from functools import lru_cache

from generator.analysis.promql.bounds import bounds, compare
from generator.analysis.promql.names import ABSENCES
from generator.analysis.promql.tree import (
    REMEMBERED,
    Aggregation,
    Binary,
    Call,
    Negation,
    Node,
    Number,
    Selector,
    Subquery,
    Text,
    children,
    is_scalar,
    walk,
)

MAKERS = frozenset({"vector", "scalar"})
"""Functions that give a result whatever they get."""


def holds(node: Binary) -> bool | None:
    """Whether the condition of a comparison is met always, never, or it depends on the data."""
    if node.op in ("<", ">") and node.on is None and node.ignoring is None and same(node.left, node.right):
        return False
    return compare(node.op, bounds(node.left), bounds(node.right))


@lru_cache(maxsize=REMEMBERED)
def is_empty(node: Node) -> bool:
    """Whether an expression certainly never gives a series."""
    match node:
        case Binary():
            return _joins_to_nothing(node)
        case Call():
            return node.name not in ABSENCES | MAKERS and any(is_empty(each) for each in node.arguments)
        case _:
            return any(is_empty(each) for each in children(node))


def _joins_to_nothing(node: Binary) -> bool:
    left, right = is_empty(node.left), is_empty(node.right)
    if node.op == "or":
        return left and right
    if node.op == "unless":
        return left or same(node.left, node.right)
    if node.op == "and" and exclude_each_other(node):
        return True
    return left or right or (node.compares and holds(node) is False)


def exclude_each_other(node: Binary) -> bool:
    """Whether the sides of `and` ask one expression for values of which it can have only one: `a > 5 and a < 3`."""
    left, right = _measured(node.left), _measured(node.right)
    if node.on is not None or node.ignoring is not None or not same(left, right) or not _names_metrics(left):
        return False
    one, other = bounds(node.left), bounds(node.right)
    return one.high < other.low or other.high < one.low


def _measured(node: Node) -> Node:
    """An expression without the conditions on its value."""
    while isinstance(node, Binary) and node.compares:
        if not is_scalar(node.right):
            if not is_scalar(node.left):
                return node
            node = node.right
        else:
            node = node.left
    return node


def _names_metrics(node: Node) -> bool:
    """Else series of two names may pair, of which each meets one of two conditions."""
    return all(each.metric for each in walk(node) if isinstance(each, Selector))


@lru_cache(maxsize=REMEMBERED)
def filters(node: Node) -> bool:
    """Whether an expression gives nothing while all is well: somewhere, a condition decides about its series."""
    match node:
        case Binary():
            return _decides(node)
        case Call():
            if node.name in ABSENCES:
                return True
            return node.name not in MAKERS and any(filters(each) for each in node.arguments)
        case Aggregation() | Negation() | Subquery():
            return filters(node.inner)
        case _:
            return False


def _decides(node: Binary) -> bool:
    if is_scalar(node):
        return False
    if node.op == "or":
        return filters(node.left) and filters(node.right)
    if node.op in ("and", "unless") or (node.compares and holds(node) is not True):
        return True
    return filters(node.left) or filters(node.right)


def is_constant(node: Node) -> bool:
    """Whether no series is read: numbers, `vector(1)`, the time."""
    return not any(isinstance(each, Selector) for each in walk(node))


def same(left: Node, right: Node) -> bool:
    """Whether two expressions are written alike, so that they give the same series and values."""
    return type(left) is type(right) and _signature(left) == _signature(right)


@lru_cache(maxsize=REMEMBERED)
def _signature(node: Node) -> tuple[object, ...]:
    """An expression without the places of its nodes in the text."""
    inner = tuple(_signature(each) for each in children(node))
    match node:
        case Selector():
            return (node.metric, frozenset(node.matchers), node.range, node.offset, node.pinned)
        case Subquery():
            return (node.range, node.step, node.offset, inner)
        case Call():
            return (node.name, inner)
        case Aggregation():
            return (node.op, node.by, node.without, inner)
        case Binary():
            return (node.op, node.asks, node.on, node.ignoring, node.many, node.include, inner)
        case _:
            return (type(node).__name__, node.value if isinstance(node, Number | Text) else inner)
