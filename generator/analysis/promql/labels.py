"""Which labels the result of a query has, may have, and certainly lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from generator.analysis.promql.names import ABSENCES, CLOCK, PICKS, SCALARS, SETS
from generator.analysis.promql.patterns import matches
from generator.analysis.promql.tree import (
    REMEMBERED,
    Aggregation,
    Binary,
    Call,
    Matcher,
    Negation,
    Node,
    Selector,
    Subquery,
    Text,
    is_scalar,
)
from generator.records import dataclass

NAME = "__name__"
KEEP_NAME = frozenset({"sort", "sort_desc", "sort_by_label", "sort_by_label_desc", "last_over_time", "first_over_time"})


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of series. `only` is None where they may have others than those that are known of."""

    only: frozenset[str] | None = None
    """All that they can have."""
    has: frozenset[str] = frozenset()
    """What each of them has, not empty."""
    dropped: frozenset[str] = frozenset()
    """What none of them has, though others are not known."""
    fixed: frozenset[tuple[str, str]] = frozenset()
    """Labels of which each series has one and the same value."""

    def lacks(self, label: str) -> bool:
        """Whether no series of the result has the label."""
        return label in self.dropped or (self.only is not None and label not in self.only)

    def may_have(self, label: str) -> bool:
        """Whether some series may have it."""
        return not self.lacks(label)

    def surely_has(self, label: str) -> bool:
        """Whether each series has it."""
        return label in self.has

    def without(self, labels: Iterable[str]) -> Labels:
        """The same series after these labels are gone."""
        gone = frozenset(labels)
        if not gone & self.has and (gone <= self.dropped if self.only is None else not gone & self.only):
            return self
        fixed = frozenset(each for each in self.fixed if each[0] not in gone)
        if self.only is not None:
            return Labels(self.only - gone, self.has - gone, frozenset(), fixed)
        return Labels(None, self.has - gone, self.dropped | gone, fixed)

    def kept(self, labels: Iterable[str]) -> Labels:
        """The same series with no other labels than these."""
        only = frozenset(each for each in labels if self.may_have(each))
        fixed = frozenset(each for each in self.fixed if each[0] in only)
        return Labels(only, self.has & only, frozenset(), fixed)

    def adding(self, labels: Iterable[str], *, surely: bool = False) -> Labels:
        """The same series after these labels may have been set."""
        new = frozenset(labels)
        only = None if self.only is None else self.only | new
        fixed = frozenset(each for each in self.fixed if each[0] not in new)
        return Labels(only, self.has | new if surely else self.has, self.dropped - new, fixed)


NONE = Labels(frozenset())


@lru_cache(maxsize=REMEMBERED)
def result_labels(node: Node) -> Labels:
    """The labels of what an expression gives. A metric alone may have any; its matchers say more."""
    known = _OF.get(type(node))
    return NONE if known is None else known(node)


def _selected(node: Selector) -> Labels:
    has = {matcher.label for matcher in node.matchers if not _takes_empty(matcher)}
    dropped = {matcher.label for matcher in node.matchers if matcher.op == "=" and not matcher.value}
    fixed = {(matcher.label, matcher.value) for matcher in node.matchers if matcher.op == "=" and matcher.value}
    return Labels(None, frozenset(has | {NAME}), frozenset(dropped), frozenset(fixed))


def _takes_empty(matcher: Matcher) -> bool:
    """Whether a series without the label passes; where that is not sure, it may."""
    match matcher.op:
        case "=":
            return not matcher.value
        case "!=":
            return bool(matcher.value)
        case "=~":
            return matches(matcher.value, "") is not False
        case _:
            return matches(matcher.value, "") is not True


def _called(node: Call) -> Labels:
    if node.name in SCALARS or node.name == "vector" or (node.name in CLOCK and not node.arguments):
        return NONE
    if node.name in ABSENCES:
        return _absent(node.arguments[0])
    inner = next((each for each in node.arguments if not isinstance(each, Text) and not is_scalar(each)), None)
    labels = NONE if inner is None else result_labels(inner)
    if node.name in KEEP_NAME:
        return labels
    if node.name in ("label_replace", "label_join") and isinstance(node.arguments[1], Text):
        return labels.adding([node.arguments[1].value])
    if node.name == "info":
        return Labels(None, labels.has - {NAME})
    gone = [NAME, "le"] if node.name in ("histogram_quantile", "histogram_fraction") else [NAME]
    return labels.without(gone)


def _absent(argument: Node) -> Labels:
    """The labels that a selector asks for by `=`; of anything else there are none."""
    if not isinstance(argument, Selector):
        return NONE
    asked = [matcher.label for matcher in argument.matchers]
    equal = {each.label for each in argument.matchers if each.op == "=" and each.value and asked.count(each.label) == 1}
    return Labels(frozenset(equal), frozenset(equal))


def _aggregated(node: Aggregation) -> Labels:
    inner = result_labels(node.inner)
    if node.op in PICKS:
        return inner
    by, without = node.by or (), node.without
    found = inner.kept(by) if without is None else inner.without((*without, NAME))
    if node.op == "count_values" and isinstance(node.parameter, Text):
        return found.adding([node.parameter.value], surely=True)
    return found


def _joined(node: Binary) -> Labels:
    left, right = result_labels(node.left), result_labels(node.right)
    if is_scalar(node.left) or is_scalar(node.right):
        kept = right if is_scalar(node.left) else left
        return kept if node.compares else kept.without([NAME])
    if node.op in SETS:
        return _of_set(node.op, left, right)
    if node.many:
        return _grouped(node, left, right)
    if node.on is not None:
        return left.kept(node.on)
    found = left.without(node.ignoring or ())
    return found if node.compares else found.without([NAME])


def _of_set(op: str, left: Labels, right: Labels) -> Labels:
    if op != "or":
        return left
    has, fixed = left.has & right.has, left.fixed & right.fixed
    if left.only is not None and right.only is not None:
        return Labels(left.only | right.only, has, frozenset(), fixed)

    lacking = left.dropped | right.dropped
    return Labels(None, has, frozenset(each for each in lacking if left.lacks(each) and right.lacks(each)), fixed)


def _grouped(node: Binary, left: Labels, right: Labels) -> Labels:
    many, one = (left, right) if node.many == "left" else (right, left)
    found = many if node.compares else many.without([NAME])
    brought = [each for each in node.include if one.may_have(each)]
    gone = [each for each in node.include if one.lacks(each)]
    sure = [each for each in brought if one.surely_has(each)]
    return found.without([*gone, *brought]).adding(brought).adding(sure, surely=True)


def _below(node: Subquery | Negation) -> Labels:
    found = result_labels(node.inner)
    return found if isinstance(node, Subquery) else found.without([NAME])


_OF: dict[type[Any], Callable[[Any], Labels]] = {
    Selector: _selected,
    Subquery: _below,
    Negation: _below,
    Call: _called,
    Aggregation: _aggregated,
    Binary: _joined,
}
