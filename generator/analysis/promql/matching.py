"""Which labels two sides of an operator are matched by, and whether any pair of series can be found."""

from __future__ import annotations

from generator.analysis.promql.labels import NAME, Labels, result_labels
from generator.analysis.promql.tree import Binary, Node, Selector, is_scalar, walk
from generator.records import dataclass

EVERYWHERE = ("instance", "job")
"""Labels that every series has which Prometheus has scraped."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A label by which two sides are matched and which one of them has not."""

    label: str
    lacking: str
    """The side without it: left or right."""
    certain: bool
    """Whether every series of the other side has it, so that nothing ever matches."""


def mismatch(node: Binary) -> Mismatch | None:
    """The label at which a match between two vectors fails, if one is known of; the certain one first."""
    if node.op == "or" or is_scalar(node.left) or is_scalar(node.right):
        return None
    left, right = result_labels(node.left), result_labels(node.right)
    if _may_always_pair(node, left, right):
        return None
    found = [
        Mismatch(label, side, other.surely_has(label))
        for side, one, other, source in (("left", left, right, node.right), ("right", right, left, node.left))
        for label in _matched_by(node, other, source)
        if one.lacks(label) and other.may_have(label)
    ]
    return next(iter(sorted(found, key=lambda each: not each.certain)), None)


def _may_always_pair(node: Binary, left: Labels, right: Labels) -> bool:
    """Whether neither side has dropped anything that matters: the answer for most, without a closer look."""
    if node.on is not None:
        return all(left.may_have(label) and right.may_have(label) for label in node.on)
    return left.only is None and right.only is None and {NAME} >= left.dropped | right.dropped


def _matched_by(node: Binary, other: Labels, source: Node) -> tuple[str, ...]:
    """The labels to look at: those of `on`, else what the other side is known to have and nobody ignores."""
    if node.on is not None:
        return node.on
    ignored = {NAME, *(node.ignoring or ())}
    if node.many and node.ignoring is not None and _is_many(node, source):
        ignored |= set(node.include)
    known = sorted(other.has | (other.only or frozenset()))
    known += [label for label in EVERYWHERE if other.only is None and _is_scraped(source)]
    return tuple(label for label in known if label not in ignored)


def _is_many(node: Binary, source: Node) -> bool:
    return source is (node.left if node.many == "left" else node.right)


def _is_scraped(node: Node) -> bool:
    """Whether only metrics are read that come from a target: recorded ones, by their colons, may have any labels."""
    selectors = [each for each in walk(node) if isinstance(each, Selector)]
    return bool(selectors) and all(each.metric and ":" not in each.metric for each in selectors)


def unequal(node: Binary) -> tuple[str, str, str] | None:
    """A label by which two sides are matched and which each side has with another value: (label, left's, right's)."""
    if node.op == "or" or is_scalar(node.left) or is_scalar(node.right):
        return None
    of_left, of_right = result_labels(node.left).fixed, result_labels(node.right).fixed
    if not of_left or not of_right:
        return None
    left, right = dict(of_left), dict(of_right)
    matched = set(node.on) if node.on is not None else (left.keys() | right.keys()) - set(node.ignoring or ())
    different = [label for label in sorted(matched & left.keys() & right.keys()) if left[label] != right[label]]
    return (different[0], left[different[0]], right[different[0]]) if different else None


def missing_includes(node: Binary) -> tuple[str, ...]:
    """Labels that group_left or group_right should bring from a side which has none of them."""
    if not node.include:
        return ()
    one = result_labels(node.right if node.many == "left" else node.left)
    return tuple(label for label in node.include if one.lacks(label) and label != NAME)
