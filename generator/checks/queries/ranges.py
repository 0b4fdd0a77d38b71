"""Ranges of queries, judged by what the settings say of Prometheus: how often it scrapes, how long it keeps samples."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from generator import times
from generator.analysis.prometheus.environments import Environment, environments
from generator.analysis.prometheus.settings import PROMETHEUS, PrometheusSettings
from generator.analysis.promql import Query, offset_of, range_offset
from generator.analysis.promql.tree import Selector
from generator.analysis.promql.written import ASKED, Written, understood
from generator.catalog import Catalog
from generator.checks.base import check
from generator.context import Context
from generator.findings import Finding

TWO_SAMPLES = frozenset(
    {"rate", "increase", "irate", "delta", "idelta", "deriv", "predict_linear", "changes", "resets"}
    | {"double_exponential_smoothing", "holt_winters"}
)
"""Functions that compare samples with each other, and give nothing for a single one."""
Say = Callable[[Query, Selector, PrometheusSettings], tuple[str, str] | None]


@check("query/beyond-retention", level="warning")
def beyond_retention(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A range reaches further back than Prometheus keeps samples.

    The query reads what is there and says nothing of the rest: `[30d]` on a server that keeps 15 days is `[15d]`, and
    an `offset` beyond the retention reads nothing at all. It is judged by `prometheus: {retention: …}` in
    `tocsin.yaml`, in each environment by its own. Shorten the range, record the value and sum the recorded series on a
    server that keeps them, or keep samples for longer.
    """
    yield from _judged(catalog, lambda settings: settings.retention is not None, _beyond)


def _beyond(query: Query, selector: Selector, settings: PrometheusSettings) -> tuple[str, str] | None:
    if settings.retention is None or selector.pinned:
        return None
    length = 0.0 if selector.range in (None, ASKED) else selector.range or 0.0
    reach = length + selector.offset
    if reach <= settings.retention.total_seconds():
        return None
    kept = times.format_duration(settings.retention)
    return f"reaches {_words(reach)} back, and samples are kept for {kept}", f"stay within {kept}"


@check("query/too-few-samples", level="warning")
def too_few_samples(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A rate is asked for over less than two scrapes.

    `rate`, `increase` and their like compare samples with each other: from a single one they give nothing, so the query
    is empty at most instants. It is judged by `prometheus: {scrape_interval: …}` in `tocsin.yaml`. Four scrapes are the
    usual advice: one may fail then.
    """
    yield from _judged(catalog, lambda settings: settings.scrape_interval is not None, _few(0, 2))


@check("query/few-samples", level="warning")
def few_samples(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A rate is asked for over two or three scrapes.

    One scrape that fails, and nothing is left to compare: the series has gaps, and an alert on it resolves. Take four
    scrapes at least. It is judged by `prometheus: {scrape_interval: …}` in `tocsin.yaml`.
    """
    yield from _judged(catalog, lambda settings: settings.scrape_interval is not None, _few(2, 4))


def _few(least: int, below: int) -> Say:
    def say(query: Query, selector: Selector, settings: PrometheusSettings) -> tuple[str, str] | None:
        interval, length = settings.scrape_interval, selector.range
        if interval is None or length in (None, ASKED) or ":" in selector.metric:
            return None
        scrapes = (length or 0.0) / interval.total_seconds()
        function = _compares(query, selector) if least <= scrapes < below else ""
        if not function:
            return None
        every = times.format_duration(interval)
        hint = f"write [{times.format_duration(4 * interval)}] or more"
        return f"asks {function} over {_words(length or 0)}, and a scrape comes every {every} only", hint

    return say


def _compares(query: Query, selector: Selector) -> str:
    """The function that a range is given to, if it needs two samples."""
    for call in query.calls:
        if call.name in TWO_SAMPLES and call.arguments and call.arguments[0] is selector:
            return call.name
    return ""


def _judged(catalog: Catalog, declared: Callable[[PrometheusSettings], bool], say: Say) -> Iterator[Finding]:
    """What is wrong with each range, on the first server where it is; a fault everywhere is said once."""
    servers = [(each, each.catalog.settings.get(PROMETHEUS)) for each in environments(catalog)]
    servers = [(each, settings) for each, settings in servers if declared(settings)]
    if not servers:
        return
    for each in understood(catalog):
        if any(say(each.pattern, selector, settings) for selector in each.pattern.selectors for _, settings in servers):
            for selector in each.query.selectors:
                yield from _on_servers(each, selector, servers, say)


def _on_servers(
    each: Written, selector: Selector, servers: list[tuple[Environment, PrometheusSettings]], say: Say
) -> Iterator[Finding]:
    for server, settings in servers:
        if said := say(each.query, selector, settings):
            message, hint = said
            where = f" in environment {server.name}" if server.name else ""
            yield each.finding(_place(each, selector), f"{message}{where}", hint)
            return


def _place(each: Written, selector: Selector) -> int:
    if selector.range is None:
        return offset_of(each.text, selector)
    return range_offset(each.text, selector)


def _words(seconds: float) -> str:
    return times.format_duration(timedelta(seconds=seconds)) if seconds else "0s"
