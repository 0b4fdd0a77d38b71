"""Between which values an expression stays. Only what is certain is said; NaN is left out of the account."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from generator.analysis.promql.names import COMPARISONS, PICKS
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
    is_scalar,
)
from generator.records import dataclass

INF = math.inf


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the greatest value that is possible, both included."""

    low: float = -INF
    high: float = INF

    @property
    def constant(self) -> bool:
        """Whether only one value is possible."""
        return self.low == self.high and math.isfinite(self.low)


ANY = Bounds()
POSITIVE = Bounds(0)
ONE = Bounds(1, 1)
OF_FUNCTION = {
    **dict.fromkeys(("rate", "increase", "irate", "resets", "changes"), POSITIVE),
    **dict.fromkeys(("abs", "sqrt", "exp", "time", "timestamp"), POSITIVE),
    **dict.fromkeys(("stddev_over_time", "stdvar_over_time", "mad_over_time", "histogram_stddev"), POSITIVE),
    **dict.fromkeys(("absent", "absent_over_time", "present_over_time"), ONE),
    "count_over_time": Bounds(1),
    "sgn": Bounds(-1, 1),
    "histogram_fraction": Bounds(0, 1),
    "sin": Bounds(-1, 1),
    "cos": Bounds(-1, 1),
    "hour": Bounds(0, 23),
    "minute": Bounds(0, 59),
    "month": Bounds(1, 12),
    "day_of_week": Bounds(0, 6),
    "day_of_month": Bounds(1, 31),
    "day_of_year": Bounds(1, 366),
    "days_in_month": Bounds(28, 31),
}
SAME = frozenset(
    {"last_over_time", "first_over_time", "max_over_time", "min_over_time", "avg_over_time", "vector", "scalar"}
    | {"sort", "sort_desc", "sort_by_label", "sort_by_label_desc", "label_replace", "label_join"}
)
"""Functions that keep the bounds of their first argument."""
OF_AGGREGATION = {
    "count": Bounds(1),
    "count_values": Bounds(1),
    "group": ONE,
    "stddev": POSITIVE,
    "stdvar": POSITIVE,
}
OF_METRIC = {"up": Bounds(0, 1), "ALERTS": ONE}


@lru_cache(maxsize=REMEMBERED)
def bounds(node: Node) -> Bounds:
    """The bounds of an expression: `vector(1)` is 1, a rate is never negative, a count is at least 1."""
    known = _OF.get(type(node))
    return ANY if known is None else known(node)


def _of_number(node: Number) -> Bounds:
    return ANY if math.isnan(node.value) else Bounds(node.value, node.value)


def _of_selector(node: Selector) -> Bounds:
    return OF_METRIC.get(node.metric, ANY)


def _of_subquery(node: Subquery) -> Bounds:
    return bounds(node.inner)


def _of_negation(node: Negation) -> Bounds:
    inner = bounds(node.inner)
    return Bounds(-inner.high, -inner.low)


def _of_call(node: Call) -> Bounds:
    if node.name == "sum_over_time":
        return _sum(bounds(node.arguments[0]))
    if node.name not in SAME:
        return OF_FUNCTION.get(node.name, ANY)
    inner = bounds(node.arguments[0])
    # scalar() of nothing, or of several series, is NaN.
    return inner if node.name != "scalar" or inner.constant else ANY


def _sum(inner: Bounds) -> Bounds:
    """Of one addend or more."""
    return Bounds(inner.low if inner.low >= 0 else -INF, inner.high if inner.high <= 0 else INF)


def _of_aggregation(node: Aggregation) -> Bounds:
    if node.op in PICKS or node.op in ("avg", "min", "max"):
        return bounds(node.inner)
    return _sum(bounds(node.inner)) if node.op == "sum" else OF_AGGREGATION.get(node.op, ANY)


def _of_binary(node: Binary) -> Bounds:
    left, right = bounds(node.left), bounds(node.right)
    if node.asks:
        decided = compare(node.op, left, right)
        return Bounds(0, 1) if decided is None else Bounds(float(decided), float(decided))
    if node.op in COMPARISONS:
        return _let_through(node, left, right)
    if node.op in ("and", "unless"):
        return left
    known = _ARITHMETIC.get(node.op)
    return ANY if known is None else known(left, right)


def _let_through(node: Binary, left: Bounds, right: Bounds) -> Bounds:
    """What a condition lets through meets it; the value is the vector's, also where the number stands on the left."""
    op, kept, limit = node.op, left, right
    if is_scalar(node.left) and not is_scalar(node.right):
        op, kept, limit = _MIRRORED.get(op, op), right, left
    low, high = kept.low, kept.high
    if op in (">", ">=", "=="):
        low = max(low, math.nextafter(limit.low, INF) if op == ">" and math.isfinite(limit.low) else limit.low)
    if op in ("<", "<=", "=="):
        high = min(high, math.nextafter(limit.high, -INF) if op == "<" and math.isfinite(limit.high) else limit.high)
    return Bounds(low, high) if low <= high else kept


def _either(left: Bounds, right: Bounds) -> Bounds:
    return Bounds(min(left.low, right.low), max(left.high, right.high))


def _plus(left: Bounds, right: Bounds) -> Bounds:
    return _known(left.low + right.low, left.high + right.high)


def _minus(left: Bounds, right: Bounds) -> Bounds:
    return _known(left.low - right.high, left.high - right.low)


def _times(left: Bounds, right: Bounds) -> Bounds:
    if left.low < 0 or right.low < 0:
        return ANY
    return Bounds(_product(left.low, right.low), _product(left.high, right.high))


def _product(one: float, other: float) -> float:
    return 0.0 if 0 in (one, other) else one * other


def _by(left: Bounds, right: Bounds) -> Bounds:
    if left.low < 0 or right.low < 0:
        return ANY
    if right.constant and right.low > 0:
        return Bounds(left.low / right.low, left.high / right.low)
    return POSITIVE


def _known(low: float, high: float) -> Bounds:
    """Infinity less infinity is anything."""
    return ANY if math.isnan(low) or math.isnan(high) else Bounds(low, high)


def compare(op: str, left: Bounds, right: Bounds) -> bool | None:
    """Whether a comparison of any two values within bounds holds always (True), never (False), or it depends."""
    above, below = left.low > right.high, left.high < right.low
    equal = left.constant and left == right
    answers = {
        ">": (above, left.high <= right.low),
        ">=": (left.low >= right.high, below),
        "<": (below, left.low >= right.high),
        "<=": (left.high <= right.low, above),
        "==": (equal, above or below),
        "!=": (above or below, equal),
    }
    always, never = answers[op]
    return always if always != never else None


_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_OF: dict[type[Any], Callable[[Any], Bounds]] = {
    Number: _of_number,
    Selector: _of_selector,
    Subquery: _of_subquery,
    Negation: _of_negation,
    Call: _of_call,
    Aggregation: _of_aggregation,
    Binary: _of_binary,
}
_ARITHMETIC: dict[str, Callable[[Bounds, Bounds], Bounds]] = {
    "or": _either,
    "+": _plus,
    "-": _minus,
    "*": _times,
    "/": _by,
}
