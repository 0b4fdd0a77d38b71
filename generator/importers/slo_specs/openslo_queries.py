"""What the queries of OpenSLO become. Its metrics say nothing of windows: only what is certain is turned into one."""

from __future__ import annotations

from collections.abc import Mapping

from generator.analysis.slos.sli import WINDOW, has_window
from generator.documents.stream import Node
from generator.importers.slo_specs import promql
from generator.importers.slo_specs.reader import Refused, Said
from generator.records import dataclass

COUNTERS = ("_total", "_count", "_bucket", "_sum")
"""How counters are called in Prometheus."""
WRONG = {"lte": ">", "lt": ">=", "gte": "<", "gt": "<="}
"""When a value is bad, by the operator that says when it is good."""
STEP = "1m"
"""How often a value is looked at that is held against a threshold."""
_Sli = tuple[dict[str, Said], list[Said]]
"""The keys of `sli`, and `group_by`."""


@dataclass(frozen=True, slots=True)
class Metric:
    """A query, and the key under which it stands."""

    query: Said
    where: Node
    part: str
    """`good`, `bad`, `total`, `raw`, `thresholdMetric`."""


def ratio(slo: str, parts: Mapping[str, Metric], *, counts: bool | None) -> _Sli:
    """Of good or bad to total. `counts`: whether they are counters; None where the file does not say."""
    part = "bad" if "bad" in parts else "good"
    some, total = parts[part], parts["total"]
    bare, all_bare = promql.counter(some.query), promql.counter(total.query)
    if (
        bare
        and all_bare
        and bare.by == all_bare.by
        and all(_counts(slo, each, found, counts=counts) for each, found in ((some, bare), (total, all_bare)))
    ):
        key = {"bad": "errors", "good": "good"}[part]
        sli = {key: Said(bare.selector, some.query.at), "total": Said(all_bare.selector, total.query.at)}
        return sli, [Said(label, total.query.at) for label in all_bare.by]
    measured, whole = _summed(slo, some, counts=counts), _summed(slo, total, counts=counts)
    if part == "good":
        kept, everything = promql.enclosed(measured), promql.enclosed(whole)
        measured = f"clamp_min({everything} - ({kept} or {everything} * 0), 0)"
    return {"error_query": Said(measured, some.query.at), "total_query": Said(whole, total.query.at)}, []


def raw(slo: str, metric: Metric, kind: str) -> _Sli:
    """A ratio that was calculated elsewhere; `kind` is `success` or `failure`."""
    query = promql.unwrapped(metric.query)
    if has_window(query) or list(promql.ranges(query)):
        query = _stretched(slo, metric)
    elif (bare := promql.counter(query)) and bare.selector == query:
        query = f"avg_over_time({query}[{WINDOW}])"
    else:
        _parsed(slo, metric)
        query = f"avg_over_time({promql.enclosed(query)}[{WINDOW}:{STEP}])"
    text = f"1 - {promql.enclosed(query)}" if kind == "success" else query
    return {"error_ratio_query": Said(text, metric.query.at)}, []


def threshold(slo: str, metric: Metric, operator: str, value: str) -> _Sli:
    """A value that is good or bad each time it is looked at: of all looks, the bad ones."""
    if has_window(metric.query):
        _not_certain(slo, metric, "has {{.window}} in a value that is looked at every minute")
    _parsed(slo, metric)
    query = promql.enclosed(metric.query)
    bad = f"sum(sum_over_time(({query} {WRONG[operator]} bool {value})[{WINDOW}:{STEP}]))"
    total = f"sum(count_over_time({query}[{WINDOW}:{STEP}]))"
    return {"error_query": Said(bad, metric.query.at), "total_query": Said(total, metric.query.at)}, []


def _counts(slo: str, metric: Metric, bare: promql.Counter, *, counts: bool | None) -> bool:
    """Whether a bare selector is of a counter. Refused where the file and the name say two things, or nothing."""
    named = bare.selector.partition("{")[0].endswith(COUNTERS)
    if counts is None and not named:
        _not_certain(slo, metric, "may be a counter or not", "say counter: true or counter: false in ratioMetric")
    if counts is False and named:
        _not_certain(slo, metric, "is called like a counter, and counter: false says it is none", "write counter: true")
    return counts is not False


def _summed(slo: str, metric: Metric, *, counts: bool | None) -> str:
    """One number for each window, or one by the labels that the query itself keeps."""
    if bare := promql.counter(metric.query):
        function = "rate" if _counts(slo, metric, bare, counts=counts) else "sum_over_time"
        by = f" by ({', '.join(bare.by)}) " if bare.by else ""
        return f"sum{by}({function}({bare.selector}[{WINDOW}]))"
    query = _stretched(slo, metric)
    try:
        return query if promql.is_one_sum(query) else f"sum{promql.enclosed(query)}"
    except promql.NotCertain as reason:
        return _not_certain(slo, metric, str(reason))


def _stretched(slo: str, metric: Metric) -> str:
    try:
        return promql.over_any_window(metric.query)
    except promql.NotCertain as reason:
        return _not_certain(slo, metric, str(reason))


def _parsed(slo: str, metric: Metric) -> None:
    """Refuses what is no PromQL."""
    try:
        promql.parsed(metric.query)
    except promql.NotCertain as reason:
        _not_certain(slo, metric, str(reason))


def _not_certain(slo: str, metric: Metric, why: str, hint: str = "") -> str:
    hint = hint or "write [{{.window}}] where the range of the rate stands"
    raise Refused(metric.where, f"SLO '{slo}' was not imported: the query of {metric.part} {why}", hint)
