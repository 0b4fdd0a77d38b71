"""Every query that people wrote: where it stands, what it is called, and the text that the parser takes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field
from typing import TypeVar

from generator.analysis.memo import once_a_catalog
from generator.analysis.promql.parsing import Query, parse, pattern
from generator.analysis.promql.tokens import WINDOW
from generator.analysis.slos import selectors
from generator.catalog import Catalog
from generator.findings import Finding, Ref
from generator.kinds.rules import Alert, Group, Recording
from generator.kinds.service import Service
from generator.kinds.slo import Slo
from generator.records import dataclass

T = TypeVar("T")
BARE = ("errors", "good", "total", "histogram")
WHOLE = ("error_query", "total_query", "error_ratio_query")
PLACEHOLDER = "299s"
ASKED = 299.0
"""The range in seconds that stands for `{{.window}}`: nobody writes this one, so the checks know it again."""


@dataclass(frozen=True, slots=True, eq=False)
class Written:
    """A query in a source. `shift` characters stand in `text` before what is written."""

    where: Ref
    said: str
    subject: str
    text: str
    shift: int = 0
    rule: Alert | Recording | None = None
    group: Group | None = None

    pattern: Query = field(init=False)
    """The query with other values in its matchers, shared by all that differ in nothing else."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "pattern", pattern(self.text))

    @property
    def query(self) -> Query:
        """The query parsed."""
        return parse(self.text)

    def at(self, offset: int) -> Ref:
        """The place of a character of `text` in the source."""
        return self.where.inside(max(0, offset - self.shift))

    def finding(self, offset: int, message: str, hint: str = "") -> Finding:
        """A finding about the query, at an offset of `text`; the message begins with the query's name."""
        return Finding(self.at(offset), f"{self.said} {message}", hint, subject=self.subject)


@once_a_catalog
def written(catalog: Catalog) -> tuple[Written, ...]:
    """All queries, service by service, in the order of the file's parts: selector, SLOs, alerts, groups."""
    return tuple(each for service in catalog.all(Service) for each in _of_service(service))


@once_a_catalog
def of_rules(catalog: Catalog) -> tuple[Written, ...]:
    """The queries of plain alerts and recording rules that the parser takes."""
    return tuple(each for each in written(catalog) if each.rule is not None and each.pattern.tree is not None)


@once_a_catalog
def of_alerts(catalog: Catalog) -> tuple[Written, ...]:
    """The queries of plain alerts that the parser takes."""
    return tuple(each for each in of_rules(catalog) if isinstance(each.rule, Alert))


@once_a_catalog
def understood(catalog: Catalog) -> tuple[Written, ...]:
    """All queries that the parser takes."""
    return tuple(each for each in written(catalog) if each.pattern.tree is not None)


def judged(queries: Iterable[Written], judge: Callable[[Query], Sequence[T]]) -> Iterator[tuple[Written, T]]:
    """What a judge finds in each query. It is asked once for all of one pattern, and again where it found something."""
    known: dict[Query, bool] = {}
    for each in queries:
        suspect = known.get(each.pattern)
        if suspect is None:
            suspect = known[each.pattern] = bool(judge(each.pattern))
        if suspect:
            for found in judge(each.query):
                yield each, found


def _needs_a_name(matchers: str) -> bool:
    """Whether they mean something behind a metric's name only, which they get in every SLI: `env!="dev"`."""
    return parse(matchers).tree is None and parse(f"a{matchers}").tree is not None


def _of_service(service: Service) -> Iterator[Written]:
    if service.selector and not _needs_a_name(f"{{{service.selector}}}"):
        where = service.ref.at("selector")
        yield Written(where, f"selector of service {service.id}", service.id, f"{{{service.selector}}}", 1)
    for slo in service.slos:
        yield from _of_slo(slo)
    for alert in service.plain_alerts:
        yield _of_rule(alert, None)
    for group in service.groups:
        for rule in group.rules:
            yield _of_rule(rule, group)


def _of_rule(rule: Alert | Recording, group: Group | None) -> Written:
    said = f"expr of alert {rule.name}" if isinstance(rule, Alert) else f"expr of {rule.record}"
    return Written(rule.ref.at("expr"), said, rule.id, rule.expr, 0, rule, group)


def _of_slo(slo: Slo) -> Iterator[Written]:
    for key in BARE:
        bare = getattr(slo.sli, key)
        if bare is not None and not why_refused(selectors.parse_selector, bare):
            where, said = slo.ref.at("sli", key), f"{key} of SLO {slo.id}"
            yield Written(where, said, slo.id, f"rate({bare}[{PLACEHOLDER}])", len("rate("))
    for key in WHOLE:
        whole = getattr(slo.sli, key)
        if whole is not None:
            yield Written(slo.ref.at("sli", key), f"{key} of SLO {slo.id}", slo.id, asked_over_window(whole))


def asked_over_window(query: str) -> str:
    """The query with a length in place of each `{{.window}}`, padded so that every other character keeps its place."""
    return WINDOW.sub(_padded, query)


def _padded(found: re.Match[str]) -> str:
    return PLACEHOLDER.ljust(len(found.group()))


def why_refused(parse_text: Callable[[str], object], text: str) -> str:
    """Why a parser refuses a text; empty where it accepts it."""
    try:
        parse_text(text)
    except ValueError as refused:
        return str(refused)
    return ""
