"""Where a division of nothing by nothing makes NaN, which then spoils every sum that it gets into."""

from __future__ import annotations

from generator.analysis.promql.tree import Aggregation, Binary, Call, Negation, Node, Subquery, is_scalar

IDLE = frozenset({"rate", "irate", "increase", "delta", "idelta", "changes", "resets"})
"""Functions that give zero where nothing happens."""


def can_be_zero(node: Node) -> bool:
    """Whether an expression is zero in ordinary times: it counts events, and there may be none."""
    match node:
        case Call():
            return node.name in IDLE
        case Aggregation():
            return node.op in ("sum", "avg", "min", "max") and can_be_zero(node.inner)
        case Binary():
            left, right = can_be_zero(node.left), can_be_zero(node.right)
            either = node.op == "*" and (left or right)
            return either or (node.op == "/" and left) or (node.op == "+" and left and right)
        case _:
            return False


def can_be_nan(node: Node) -> bool:
    """Whether an expression is NaN in ordinary times. A comparison with a number lets no NaN through."""
    match node:
        case Binary():
            return _of_binary(node)
        case Call():
            return any(can_be_nan(each) for each in node.arguments)
        case Aggregation():
            return node.op not in ("count", "group") and can_be_nan(node.inner)
        case Negation() | Subquery():
            return can_be_nan(node.inner)
        case _:
            return False


def _of_binary(node: Binary) -> bool:
    if node.op == "/" and can_be_zero(node.left) and can_be_zero(node.right):
        return True
    if node.asks or (node.compares and is_scalar(node.right) and node.op != "!="):
        return False
    if node.compares or node.op in ("and", "unless"):
        return can_be_nan(node.left)
    return can_be_nan(node.left) or can_be_nan(node.right)
