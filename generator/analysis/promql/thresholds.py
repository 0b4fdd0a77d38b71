"""The numbers that an alert compares with, calculated: `14 * 86400` is 1209600."""

from __future__ import annotations

from generator.analysis.promql.bounds import bounds
from generator.analysis.promql.parsing import parse
from generator.analysis.promql.tree import Binary, is_scalar

_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}


def thresholds(expr: str) -> tuple[tuple[str, float], ...]:
    """(comparison, number) of every condition with a constant number, in written order, each once.

    The measured side stands on the left: `0.5 > x` is ("<", 0.5). Nothing for a query that cannot be read.
    """
    found = (_threshold(node) for node in parse(expr).binaries if node.compares)
    return tuple(dict.fromkeys(each for each in found if each is not None))


def _threshold(node: Binary) -> tuple[str, float] | None:
    left, right = bounds(node.left), bounds(node.right)
    if is_scalar(node.right) and right.constant:
        return node.op, right.low
    if is_scalar(node.left) and left.constant:
        return _MIRRORED[node.op], left.low
    return None
