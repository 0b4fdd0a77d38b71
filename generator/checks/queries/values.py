"""Values of queries: counters that are read raw, and NaN that spoils a sum."""

from __future__ import annotations

from collections.abc import Iterator

from generator.analysis.promql import Query, offset_of
from generator.analysis.promql.counters import raw_counters
from generator.analysis.promql.nan import can_be_nan
from generator.analysis.promql.tree import Aggregation, Call, Node
from generator.analysis.promql.written import judged, of_rules, understood
from generator.catalog import Catalog
from generator.checks.base import check
from generator.context import Context
from generator.findings import Finding
from generator.kinds.rules import Group, Recording

SUMS = frozenset({"sum", "avg", "stddev", "stdvar"})
SUMS_OVER_TIME = frozenset({"sum_over_time", "avg_over_time", "stddev_over_time", "stdvar_over_time"})


@check("query/raw-counter", level="warning")
def raw_counter(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A counter is read without `rate` or `increase`.

    A counter only ever grows, from the start of its process on: its value says how long that is ago as much as anything
    else. `errors_total > 0` fires at the first error and until the next restart. Ask how much it grew:
    `increase(errors_total[10m]) > 0`, `rate(…)` for one a second.

    Counters are known by their names: `_total`, and `_count`, `_sum` and `_bucket` where the query reads another part
    of the same histogram. A gauge with such a name is an accident of its exporter: silence the finding there.
    """
    recorded = {rule.record for group in catalog.all(Group) for rule in group.rules if isinstance(rule, Recording)}
    for each, selector in judged(of_rules(catalog), raw_counters):
        if selector.metric not in recorded:
            said = f"reads the counter {selector.metric} as it stands, without rate or increase"
            hint = f"write increase({selector.metric}[10m]) or rate(…): a counter only grows"
            yield each.finding(offset_of(each.text, selector), said, hint)


@check("query/nan", level="warning")
def nan(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A sum or an average is taken of divisions that can be NaN.

    Where nothing happens, a ratio of rates is 0/0, which is NaN; one NaN among its addends makes the whole sum NaN, and
    no comparison with NaN ever holds: one idle instance, and the alert is blind. Divide the sums instead of summing the
    ratios, `sum(rate(a[5m])) / sum(rate(b[5m]))`, or let only divisors above zero through: `a / (b > 0)`.
    """
    for each, node in judged(understood(catalog), _spoilt):
        name = node.op if isinstance(node, Aggregation) else node.name
        said = f"takes {name} of a division that is NaN while nothing happens"
        yield each.finding(offset_of(each.text, node), said, "divide sums, or write a / (b > 0)")


def _spoilt(query: Query) -> list[Aggregation | Call]:
    return [
        *(node for node in query.aggregations if node.op in SUMS and can_be_nan(node.inner)),
        *(node for node in query.calls if node.name in SUMS_OVER_TIME and _argument_is_nan(node)),
    ]


def _argument_is_nan(node: Call) -> bool:
    first: Node | None = node.arguments[0] if node.arguments else None
    return first is not None and can_be_nan(first)
