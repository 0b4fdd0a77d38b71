"""Alerts that always fire, alerts that never can, and alerts that fire at a hiccup for want of `for`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from generator import times
from generator.analysis.prometheus.environments import environments
from generator.analysis.prometheus.settings import PROMETHEUS
from generator.analysis.promql import Query, offset_of
from generator.analysis.promql.firing import filters, holds, is_constant, is_empty
from generator.analysis.promql.names import PICKS
from generator.analysis.promql.tree import Aggregation, Binary, Call, Node, Selector, Subquery, children, walk
from generator.analysis.promql.written import Written, judged, of_alerts, of_rules
from generator.catalog import Catalog
from generator.checks.base import check
from generator.context import Context
from generator.findings import Finding
from generator.kinds.rules import Alert, Recording

SHORT = timedelta(minutes=2)
"""Up to here a rate rests on few samples, where the settings do not say how often samples come."""
CALM = 600.0
"""Ranges from ten minutes on do not jump when one target misses a scrape."""
STATES = frozenset({"ALERTS", "ALERTS_FOR_STATE"})
"""Series that are there only while something is amiss."""


@check("alert/never-fires", level="warning")
def never_fires(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """An alert can never fire: its expression is empty whatever the data are.

    `count(up == 1) == 0` is the classic: where nothing is counted there is no count, not a count of zero. Write
    `absent(up == 1)`, or `(count(up == 1) or vector(0)) == 0`. Only what is certain is reported: a count below 1, a
    rate below 0, `up` above 1, a value that is to be above 5 and below 3, an expression compared with itself or taken
    from itself by `unless`.
    """
    for each, node in judged(of_alerts(catalog), _empty):
        yield each.finding(offset_of(each.text, node), f"never gives a series: {_why_empty(node)}", _instead(node))


def _empty(query: Query) -> list[Node]:
    return [_emptying(query.tree)] if query.tree is not None and is_empty(query.tree) else []


def _emptying(node: Node) -> Node:
    """The innermost part that is empty by itself."""
    inner = next((each for each in children(node) if is_empty(each)), None)
    return node if inner is None else _emptying(inner)


def _why_empty(node: Node) -> str:
    if isinstance(node, Binary) and node.op == "unless":
        return "an expression without itself leaves nothing"
    if isinstance(node, Binary) and node.op == "and":
        return "no value meets both conditions of 'and'"
    if isinstance(node, Binary):
        return f"the condition '{node.op}' can never hold"
    return "nothing of it can be there"


def _instead(node: Node) -> str:
    if isinstance(node, Binary) and isinstance(node.left, Aggregation) and node.left.op in ("count", "group"):
        return "where nothing is counted there is no count: write absent(…), or (count(…) or vector(0)) == 0"
    return ""


@check("alert/always-fires", level="warning")
def always_fires(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """An alert fires all the time: its condition lets everything through.

    `bool` turns a comparison into an answer, 1 or 0, and both are series, so both fire. `… or vector(0)` is never
    empty. A rate is never below 0, so `>= 0` holds always. An alert that is meant to fire always, to prove that
    alerting works (a dead man's switch), says so plainly: `vector(1)`.
    """
    for each, (message, hint, node) in judged(of_alerts(catalog), _always):
        yield each.finding(offset_of(each.text, node), message, hint)


def _always(query: Query) -> list[tuple[str, str, Node]]:
    tree = query.tree
    found = None if tree is None or filters(tree) or is_empty(tree) else _certain(tree)
    return [] if found is None else [found]


def _certain(tree: Node) -> tuple[str, str, Node] | None:
    """Why the conditions that an expression has decide nothing."""
    if is_constant(tree) and not isinstance(tree, Binary):
        return None
    read = _read(tree)
    for node in walk(tree):
        if isinstance(node, Binary) and _read(node) == read and (why := _undecided(node, node is tree)):
            return (*why, node)
    return None


def _read(node: Node) -> int:
    """How many selectors there are."""
    return sum(isinstance(each, Selector) for each in walk(node))


def _undecided(node: Binary, outermost: bool) -> tuple[str, str] | None:  # noqa: FBT001  # asked in one place
    if node.asks:
        return f"always gives series: bool makes '{node.op}' an answer, not a condition", "leave bool out"
    if node.compares and holds(node):
        return f"always gives series: '{node.op}' always holds", "compare with a value that is not always met"
    if outermost and node.op == "or" and filters(node.left) is not filters(node.right):
        return "always gives series: one side of 'or' is always there", "put the condition around the whole"
    return None


@check("alert/no-condition", level="warning")
def no_condition(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """An alert's expression has no condition: it fires as long as its series are there, whatever their value.

    `node_reboot_required` fires on machines where it is 0 as well. Compare with something. Where the series themselves
    are the condition, because they are only there when something is amiss, silence the finding and say so.
    """
    always = _without_condition(catalog)
    for each, tree in judged(of_alerts(catalog), _unconditional):
        if all(_is_state(node, always) for node in walk(tree) if isinstance(node, Selector)):
            yield each.finding(0, "has no condition: it fires whatever the value is", "compare it: … > 0")


def _unconditional(query: Query) -> list[Node]:
    tree = query.tree
    if tree is None or filters(tree) or is_empty(tree) or is_constant(tree) or _certain(tree):
        return []
    return [tree]


def _is_state(node: Selector, always: frozenset[str]) -> bool:
    """Whether its series are there all the time, for all that is known."""
    return node.metric in always or not (":" in node.metric or node.metric in ("", *STATES))


def _without_condition(catalog: Catalog) -> frozenset[str]:
    """Recorded names of ours whose rules let everything through."""
    rules = [(each.rule, each.pattern.tree) for each in of_rules(catalog)]
    return frozenset(
        rule.record for rule, tree in rules if isinstance(rule, Recording) and tree is not None and not filters(tree)
    )


@check("alert/without-for", level="warning")
def without_for(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """An alert on something that jumps has no `for`.

    One scrape that fails makes `absent()` true. The members of `topk` change from one instant to the next. A rate over
    two minutes or less (four scrapes, where `tocsin.yaml` says how often they come) rests on a handful of samples. With
    `for: 5m` the alert waits until it is sure; `absent()` wants two scrapes at least. `absent_over_time(…[10m])` and
    longer ranges are calm by themselves.
    """
    interval = _longest_interval(catalog)
    for each in of_alerts(catalog):
        hold = _hold(each)
        if _jumping(each.pattern, interval, hold) and (found := _jumping(each.query, interval, hold)):
            node, what, least = found
            said = f"jumps: {what}, and the alert has {_said(hold)}"
            yield each.finding(offset_of(each.text, node), said, f"write for: {least}")


def _longest_interval(catalog: Catalog) -> timedelta | None:
    said = [each.catalog.settings.get(PROMETHEUS).scrape_interval for each in environments(catalog)]
    return max((each for each in said if each is not None), default=None)


def _hold(each: Written) -> timedelta:
    written = each.rule.hold if isinstance(each.rule, Alert) else None
    try:
        return times.parse_duration(written) if written else timedelta(0)
    except (ValueError, OverflowError):
        return timedelta(0)


def _said(hold: timedelta) -> str:
    return f"only for: {times.format_duration(hold)}" if hold else "no for"


def _jumping(query: Query, interval: timedelta | None, hold: timedelta) -> tuple[Node, str, str] | None:
    """What jumps, why, and how long `for` should be at least."""
    calm = _calm(query.subqueries)
    two = 2 * interval if interval is not None else timedelta(seconds=1)
    for call in query.calls:
        if call.at in calm:
            continue
        if call.name == "absent" and hold < two:
            least = times.format_duration(max(two, timedelta(minutes=5)))
            return call, "absent() is true as soon as one scrape fails", least
        if not hold and _short(call, interval):
            return call, f"{call.name} over so short a range rests on a handful of samples", "5m"
    for node in query.aggregations:
        if not hold and node.op in PICKS and node.at not in calm:
            return node, f"the members of {node.op} change from instant to instant", "5m"
    return None


def _calm(subqueries: tuple[Subquery, ...]) -> frozenset[int]:
    """Functions and aggregations inside a subquery: what is around it looks at many instants."""
    return frozenset(node.at for each in subqueries for node in walk(each) if isinstance(node, Call | Aggregation))


def _short(call: Call, interval: timedelta | None) -> bool:
    if call.name not in ("rate", "irate", "deriv", "delta") or not isinstance(call.arguments[0], Selector):
        return False
    least = 4 * interval if interval is not None else SHORT + timedelta(seconds=1)
    return call.arguments[0].range is not None and call.arguments[0].range < least.total_seconds()


@check("alert/ratio-without-for", level="note")
def ratio_without_for(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """An alert on arithmetic between aggregations over short ranges has no `for`.

    When one target misses a scrape, it leaves both sums, and not always in the same instant: the ratio jumps. Some
    minutes of `for`, or ranges of ten minutes and more, ride it out.
    """
    for each, node in judged((each for each in of_alerts(catalog) if not _hold(each)), _ratio):
        said = f"calculates '{node.op}' between aggregations over short ranges, and the alert has no for"
        yield each.finding(offset_of(each.text, node), said, "write for: 5m, or take longer ranges")


def _ratio(query: Query) -> list[Binary]:
    """The first of them, for one is enough."""
    short = all(selector.range is None or selector.range < CALM for selector in query.selectors)
    found = [
        node for node in query.binaries if short and node.op in ("/", "-") and _sums(node.left) and _sums(node.right)
    ]
    return found[:1]


def _sums(node: Node) -> bool:
    return any(isinstance(each, Aggregation) for each in walk(node))
