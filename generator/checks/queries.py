"""PromQL: what Prometheus would refuse is said here, at the query, before anything is built."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from generator.analysis import selectors
from generator.analysis.sli import WINDOW, has_window, with_window
from generator.catalog import Catalog
from generator.checks.base import check
from generator.context import Context
from generator.findings import Finding, Ref
from generator.kinds.service import Alert, Group, Recording, Service, Slo

BARE = ("errors", "good", "total", "histogram")
WHOLE = ("error_query", "total_query", "error_ratio_query")


@check("query/syntax")
def syntax(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A query is not PromQL.

    Prometheus refuses the whole rule file then, and with it every alert in it. The message is the parser's.
    """
    for where, said, query in _queries(catalog):
        fault = refusal(query)
        if fault:
            yield Finding(where, f"{said} is not valid PromQL: {fault}")


@check("query/selector")
def selector(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A selector of an SLI is not a bare one, so no rules can be made of it.

    Under `errors`, `good`, `total` and `histogram` stands the name of a counter with its label matchers and nothing
    else: rate, sum and window are added for each of the windows. A whole query goes under `error_query` and
    `total_query`.
    """
    for slo in catalog.all(Slo):
        for key in BARE:
            written = getattr(slo.sli, key)
            fault = "" if written is None else _fault(selectors.parse_selector, written)
            if fault:
                hint = "write whole queries as error_query and total_query, with {{.window}}"
                yield slo.finding("sli", key, message=f"{key} of SLO {slo.id}: {fault}", hint=hint)
    for service in catalog.all(Service):
        if (
            service.selector
            and not refusal(f"{{{service.selector}}}")
            and (fault := _fault(selectors.parse_matchers, service.selector))
        ):
            yield service.finding("selector", message=f"selector of service {service.id}: {fault}")


def _fault(parse: Callable[[str], object], written: str) -> str:
    """Why a parser refuses a text; empty where it accepts it."""
    try:
        parse(written)
    except ValueError as refused:
        return str(refused)
    return ""


@check("query/window")
def window(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A whole query of an SLI has no `{{.window}}`.

    One query is asked over many windows, five minutes to days. Write `[{{.window}}]` where the length belongs.
    """
    for slo in catalog.all(Slo):
        for key in WHOLE:
            query = getattr(slo.sli, key)
            if query is not None and not has_window(query):
                yield slo.finding(
                    "sli",
                    key,
                    message=f"{key} of SLO {slo.id} has no {WINDOW}",
                    hint="write [{{.window}}] in place of the range, for example rate(errors_total[{{.window}}])",
                )


def _queries(catalog: Catalog) -> Iterator[tuple[Ref, str, str]]:
    """Every query: its place, what it is, and the text that a parser takes."""
    for service in catalog.all(Service):
        if service.selector:
            yield service.ref.at("selector"), f"selector of service {service.id}", f"{{{service.selector}}}"
    for slo in catalog.all(Slo):
        yield from _of_sli(slo)
    for alert in catalog.all(Alert):
        yield alert.ref.at("expr"), f"expr of alert {alert.name}", alert.expr
    for group in catalog.all(Group):
        for rule in group.rules:
            if isinstance(rule, Recording):
                yield rule.ref.at("expr"), f"expr of {rule.record}", rule.expr


def _of_sli(slo: Slo) -> Iterator[tuple[Ref, str, str]]:
    for key in BARE:
        written = getattr(slo.sli, key)
        if written is not None and not _fault(selectors.parse_selector, written):
            yield slo.ref.at("sli", key), f"{key} of SLO {slo.id}", f"rate({written}[5m])"
    for key in WHOLE:
        query = getattr(slo.sli, key)
        if query is not None:
            yield slo.ref.at("sli", key), f"{key} of SLO {slo.id}", with_window(query, "5m")


@lru_cache(maxsize=65536)
def refusal(query: str) -> str:
    """Why PromQL's parser refuses a query, in one line; empty where it accepts it."""
    import promql_parser

    try:
        promql_parser.parse(query)
    except ValueError as error:
        return " ".join(str(error).split()) or "the parser gives no reason"
    except BaseException as error:  # a panic of the parser's own is no Exception of Python's
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        return "the parser cannot read it"
    return ""
