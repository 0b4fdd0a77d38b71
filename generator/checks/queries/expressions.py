"""PromQL: what Prometheus would refuse is said here, at the query, before anything is built."""

from __future__ import annotations

from collections.abc import Iterator

from generator.analysis.prometheus.settings import PROMETHEUS
from generator.analysis.promql import Query, excess, fault, newer, offset_of, refusal
from generator.analysis.promql.newer import quoted_name
from generator.analysis.promql.tokens import windows, windows_work
from generator.analysis.promql.tree import Aggregation, Call
from generator.analysis.promql.written import BARE, WHOLE, judged, understood, why_refused, written
from generator.analysis.slos import selectors
from generator.catalog import Catalog
from generator.checks.base import check
from generator.context import Context
from generator.findings import Finding
from generator.kinds.service import Service
from generator.kinds.slo import Slo

WINDOW = "{{.window}}"
QUOTED = (3, 0)
"""The release that first read names in quotes."""
NEWEST = (3, 16)
"""A release that is known to read every new form; some were read before."""


@check("query/syntax")
def syntax(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A query is not PromQL.

    Prometheus refuses the whole rule file then, and with it every alert in it. The finding stands at the character
    where the query goes wrong, where that can be told: a string or a parenthesis that is not closed, a function that
    there is not, a duration that is none, two values without an operator between them, a range where a vector is
    expected.
    """
    for each in written(catalog):
        if each.pattern.tree is None and not (excess(each.text) or newer(each.text)) and (found := fault(each.text)):
            hint = found.hint
            if not hint and WINDOW in each.text and each.rule is not None:
                hint = "{{.window}} belongs to the queries of an SLI; a rule has a range such as [5m]"
            yield each.finding(found.offset, f"is not valid PromQL: {found.message}", hint)


@check("query/too-large")
def too_large(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A query is too large to be judged.

    Nobody can read hundreds of operators or a hundred nested parentheses at 3 am, and what reads them recursively ends.
    Divide it: record the parts under names of their own, and compare those.
    """
    for each in written(catalog):
        if each.pattern.tree is None and (found := excess(each.text)):
            yield each.finding(0, f"is too large to be judged: {found}", "record its parts under names of their own")


@check("query/selector")
def selector(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A selector of an SLI is not a bare one, so no rules can be made of it.

    Under `errors`, `good`, `total` and `histogram` stands the name of a counter with its label matchers and nothing
    else: rate, sum and window are added for each of the windows. A whole query goes under `error_query` and
    `total_query`. The finding stands where the text stops being a selector.
    """
    for slo in catalog.all(Slo):
        for key in BARE:
            bare = getattr(slo.sli, key)
            why = "" if bare is None else why_refused(selectors.parse_selector, bare)
            if why:
                hint = "write whole queries as error_query and total_query, with {{.window}}"
                place = slo.ref.at("sli", key).inside(selectors.fault_offset(bare))
                yield Finding(place, f"{key} of SLO {slo.id}: {why}", hint, subject=slo.id)
    for service in catalog.all(Service):
        if (
            service.selector
            and not refusal(f"{{{service.selector}}}")
            and (why := why_refused(selectors.parse_matchers, service.selector))
        ):
            yield service.finding("selector", message=f"selector of service {service.id}: {why}")


@check("query/window")
def window(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A whole query of an SLI has no `{{.window}}`, or has it where it is no length of time.

    One query is asked over many windows, five minutes to days. Write `[{{.window}}]` where the length belongs. Inside a
    string or a comment it is text, and every window would give the same answer.
    """
    for slo in catalog.all(Slo):
        for key in WHOLE:
            query = getattr(slo.sli, key)
            if query is not None and not windows_work(query):
                yield from _windowless(slo, key, query)


def _windowless(slo: Slo, key: str, query: str) -> Iterator[Finding]:
    found = list(windows(query))
    hint = "write [{{.window}}] in place of the range, for example rate(errors_total[{{.window}}])"
    if not found:
        yield slo.finding("sli", key, message=f"{key} of SLO {slo.id} has no {WINDOW}", hint=hint)
    for offset, effective in found:
        if not effective:
            message = f"{key} of SLO {slo.id} has its {WINDOW} inside a string or a comment, where it is text"
            yield Finding(slo.ref.at("sli", key).inside(offset), message, hint, subject=slo.id)


@check("query/experimental", level="warning")
def experimental(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A query uses a function that Prometheus calls experimental, or a form that only its newest releases read.

    A server without `--enable-feature=promql-experimental-functions` refuses the whole rule file, and what such a
    function does may change with any release. Durations that are calculated (`[5m * 2]`, `offset (1h)`), `smoothed` and
    `anchored`, grouped digits (`1_000`) and trimming (`</`) are refused by older servers; such a query is kept as it
    is, and no check looks into it. That is not said where the setting `prometheus` has `version: "3.16"` or a later
    one.
    """
    new_enough = catalog.settings.get(PROMETHEUS).knows(NEWEST)
    for each in written(catalog):
        if each.pattern.tree is None and not new_enough and (found := newer(each.text)):
            said = f"has {found.form}, which only new releases of Prometheus read: it is not judged"
            hint = 'where every server that loads it is so new, write prometheus: {version: "3.16"} in tocsin.yaml'
            yield each.finding(found.offset, said, hint)
    for each, node in judged(understood(catalog), _experimental):
        name = node.name if isinstance(node, Call) else node.op
        message = f"uses {name}, which servers refuse unless experimental functions are switched on"
        yield each.finding(offset_of(each.text, node), message, "see --enable-feature of your Prometheus")


def _experimental(query: Query) -> list[Call | Aggregation]:
    found = (each for each in query.aggregations if each.op in ("limitk", "limit_ratio"))
    return [*(call for call in query.calls if call.experimental), *found]


@check("query/quoted-name", level="warning")
def quoted(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A query names a metric or a label in quotes, and not every server is said to read that.

    `{"http.requests"}`, `sum by ("http.method") (…)` and `{"http.method"="GET"}` are read by Prometheus 3.0 and later;
    an older one refuses the whole rule file, and with it every alert in it. Say in the settings which is the oldest
    server that reads the rules: `prometheus: {version: "3.0"}`.
    """
    if catalog.settings.get(PROMETHEUS).knows(QUOTED):
        return
    for each in written(catalog):
        if each.pattern.tree is not None and (at := quoted_name(each.text)) is not None:
            said = "has a name in quotes, which servers before 3.0 refuse"
            yield each.finding(at, said, 'where all are newer, write prometheus: {version: "3.0"} in tocsin.yaml')
