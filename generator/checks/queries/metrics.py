"""The metrics that queries read: known names, recorded ones, and groups that record too seldom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from generator import times
from generator.analysis.prometheus.environments import environments
from generator.analysis.prometheus.known_metrics import KnownMetrics, parse_known_metrics
from generator.analysis.prometheus.settings import PROMETHEUS
from generator.analysis.promql import Query, offset_of
from generator.analysis.promql.written import of_rules, understood
from generator.catalog import Catalog
from generator.checks.base import check
from generator.context import Context
from generator.findings import Finding, Ref, Span, did_you_mean
from generator.kinds.rules import Group, Recording
from generator.settings import PATH

LOOKBACK = timedelta(minutes=5)
"""How long Prometheus takes a series for alive after its last sample."""


@check("query/unknown-metric", level="warning")
def unknown_metric(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A query reads a metric that nobody has.

    A misspelt name is valid PromQL and gives nothing: the alert stays silent for ever. The names are those of the file
    that `prometheus: {metrics: …}` in `tocsin.yaml` names, one a line (`tocsin metrics pull` writes it from a live
    server), what the rules here record, and what Prometheus makes itself (`up`, `ALERTS`). A histogram is known by any
    of its series.
    """
    recorded = _recorded(catalog)
    for server, path, known in _known(catalog, context):
        where = f" of environment {server}" if server else ""
        fine = {metric for metric in _read(catalog) if not metric or metric in recorded or known.knows(metric)}
        for each in understood(catalog):
            if all(selector.metric in fine for selector in each.pattern.selectors):
                continue
            for selector in each.query.selectors:
                if selector.metric not in fine:
                    near = did_you_mean(selector.metric, known.names | recorded)
                    said = f"reads {selector.metric}, which is not among the known metrics{where}"
                    yield each.finding(offset_of(each.text, selector), said, near or f"if it is new, add it to {path}")


@check("query/metrics-file")
def metrics_file(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """The file of known metrics is not there, or has lines that are no names.

    It is text: one name a line, `#` starts a comment. Without it no query can be held against it. Write it with
    `tocsin metrics pull URL`, or take `metrics:` out of `tocsin.yaml`.
    """
    for server, path in _files(catalog):
        text = context.read(path)
        steps = ("environments", server, "metrics") if server else ("prometheus", "metrics")
        if text is None:
            message = f"there is no file {path} with the known metrics, or it cannot be read"
            yield Finding(Ref(PATH, steps), message, "write it: tocsin metrics pull URL", subject=path)
            continue
        for number, line in parse_known_metrics(text).wrong[:10]:
            where = Ref(path, span=Span(number, 1, number, 1 + len(line)))
            yield Finding(where, f"'{line[:60]}' is no name of a metric", "write one name a line", subject=path)


def _files(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """The server and its file; a file that several servers share is looked at once."""
    seen: set[str] = set()
    for each in environments(catalog):
        path = each.catalog.settings.get(PROMETHEUS).metrics
        if path is not None and path not in seen:
            seen.add(path)
            yield each.name, path


def _known(catalog: Catalog, context: Context) -> Iterator[tuple[str, str, KnownMetrics]]:
    for server, path in _files(catalog):
        text = context.read(path)
        if text is not None:
            yield server, path, parse_known_metrics(text)


def _read(catalog: Catalog) -> set[str]:
    return {selector.metric for each in understood(catalog) for selector in each.pattern.selectors}


def _recorded(catalog: Catalog) -> frozenset[str]:
    return frozenset(rule.record for group in catalog.all(Group) for rule in group.rules if isinstance(rule, Recording))


@check("query/other-group", level="note")
def other_group(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A recording rule reads what a rule of another group records.

    Groups are evaluated side by side, each by its own clock: the value is up to one interval old, and a chain over
    several groups adds up. Inside one group, rules are evaluated one after the other. Alerts that read recorded series
    are not reported: to be a moment late is what `for` does anyway.
    """
    owners: dict[str, set[str]] = {}
    for group in catalog.all(Group):
        for rule in group.rules:
            if isinstance(rule, Recording):
                owners.setdefault(rule.record, set()).add(group.id)
    for each in of_rules(catalog):
        if each.group is None or not isinstance(each.rule, Recording):
            continue
        here = each.group.id
        late = {metric for metric in _instant(each.pattern) if here not in owners.get(metric, {here})}
        for selector in each.query.selectors if late else ():
            if selector.metric in late and selector.range is None:
                owner = _nearest(owners[selector.metric], here)
                said = f"reads {selector.metric}, which group {owner} records: it is up to one interval late"
                hint = "put both rules into one group, the recorded one first"
                yield each.finding(offset_of(each.text, selector), said, hint)


def _nearest(owners: Iterable[str], here: str) -> str:
    """The group of the same service, where there is one: a name may be recorded in many, with other labels."""
    service = here.partition("/")[0]
    return min(owners, key=lambda each: (each.partition("/")[0] != service, each))


def _instant(query: Query) -> list[str]:
    return [selector.metric for selector in query.selectors if selector.range is None]


@check("query/stale-group", level="warning")
def stale_group(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A group records at an interval over five minutes.

    Prometheus takes a series for gone five minutes after its last sample. What this group records is there for a while
    and then is not, until the next turn; graphs have gaps, and alerts on it flap. Take an interval of 5m or less.
    """
    for group in catalog.all(Group):
        records = next((rule.record for rule in group.rules if isinstance(rule, Recording)), "")
        if records and group.interval is not None and _length(group.interval) > LOOKBACK:
            yield group.finding(
                "interval",
                message=f"group {group.name} records {records} every {group.interval}: series are gone after 5m",
                hint="write interval: 5m or less",
            )


def _length(written: str) -> timedelta:
    try:
        return times.parse_duration(written)
    except (ValueError, OverflowError):
        return timedelta(0)
