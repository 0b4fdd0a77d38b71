"""Operators between vectors: series of both sides are paired by their labels, which may be gone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from generator.analysis.promql import Query, offset_of
from generator.analysis.promql.matching import Mismatch, mismatch, missing_includes, unequal
from generator.analysis.promql.tree import Binary
from generator.analysis.promql.written import judged, understood
from generator.catalog import Catalog
from generator.checks.base import check
from generator.context import Context
from generator.findings import Finding


@check("query/impossible-matching", level="warning")
def impossible_matching(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """Two sides of an operator can never be paired.

    Series are paired where their labels are equal: all labels, or those of `on (…)`. The result is empty, always, where
    one side has dropped a label (by an aggregation, mostly) and a matcher of the other asks for it, or where each side
    asks for another value of it: `errors{code="500"} / errors{code="200"}`. Keep the label with `by (…)`, or leave it
    out of the pairing with `on (…)` or `ignoring (…)`.
    """
    for each, (node, found) in judged(understood(catalog), _mismatches):
        if found.certain:
            said = f"can never pair the sides of '{node.op}': {_why(found)}"
            yield each.finding(offset_of(each.text, node), said, _mend(node, found))
    for each, (node, label, left, right) in judged(understood(catalog), _unequal):
        said = f'can never pair the sides of \'{node.op}\': {label} is "{left}" on its left, "{right}" on its right'
        yield each.finding(offset_of(each.text, node), said, f"write {node.op} ignoring ({label})")


@lru_cache(maxsize=65536)
def _mismatches(query: Query) -> list[tuple[Binary, Mismatch]]:
    return [(node, found) for node in query.binaries if (found := mismatch(node))]


def _unequal(query: Query) -> list[tuple[Binary, str, str, str]]:
    return [(node, *found) for node in query.binaries if (found := unequal(node))]


@check("query/lost-label", level="warning")
def lost_label(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """Two sides of an operator are paired by a label that one of them has dropped.

    `sum by (job) (a) / b` pairs nothing: `b` has an instance, the sum has none. Nor does `on (instance)` help where the
    sum has dropped it, and `group_left (team)` brings nothing from a side without `team`. Only series without the label
    on the other side could be paired, and metrics of a scrape have `job` and `instance` at least. Keep the label with
    `by (…)`, or leave it out of the pairing with `on (…)` or `ignoring (…)`.
    """
    for each, (node, found) in judged(understood(catalog), _mismatches):
        if not found.certain:
            said = f"loses a label before '{node.op}': {_why(found)}"
            yield each.finding(offset_of(each.text, node), said, _mend(node, found))
    for each, (node, label) in judged(understood(catalog), _brings_nothing):
        side = "group_left" if node.many == "left" else "group_right"
        said = f"brings '{label}' over by {side}, and the side that it comes from has no such label"
        yield each.finding(offset_of(each.text, node), said, f"keep '{label}' there, or leave it out of {side}")


def _brings_nothing(query: Query) -> list[tuple[Binary, str]]:
    return [(node, label) for node in query.binaries for label in missing_includes(node)]


def _why(found: Mismatch) -> str:
    other = "right" if found.lacking == "left" else "left"
    has = "always has it" if found.certain else "has it"
    return f"its {found.lacking} side has no label '{found.label}', its {other} side {has}"


def _mend(node: Binary, found: Mismatch) -> str:
    if node.on is not None:
        return f"keep '{found.label}' on the {found.lacking} side, or leave it out of on (…)"
    return f"keep '{found.label}' on the {found.lacking} side, or say with on (…) which labels pair"
