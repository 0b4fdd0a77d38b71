"""Rules that are there twice, and waits that wait for nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import lru_cache

from generator import times
from generator.analysis.prometheus.settings import PROMETHEUS
from generator.analysis.rules.texts import plain_labels
from generator.catalog import Catalog
from generator.checks.base import check
from generator.checks.pasted import Pasted, pasted, recordings
from generator.context import Context
from generator.findings import Finding, Ref, Related

Labels = frozenset[tuple[str, str]]


@check("alert/duplicate", level="warning")
def duplicate(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A rule is there twice: the same name, expression and labels.

    Both fire as one alert, with two `for` and two sets of annotations that take turns. Delete one. Labels are those of
    the built rules: a ticket after five minutes and a page after an hour are two alerts.
    """
    names = Counter((each.service.id, each.rule.name) for each in pasted(catalog))
    first: dict[tuple[str, str, str, Labels], Pasted] = {}
    for each in pasted(catalog):
        if names[each.service.id, each.rule.name] == 1:
            continue
        key = (each.service.id, each.rule.name, _one_line(each.rule.expr), _built(catalog, each))
        known = first.setdefault(key, each)
        if known is not each:
            yield each.rule.finding(
                "alert",
                message=f"alert {each.rule.name} is there already, with the same expression and the same labels",
                hint="delete one of the two",
            ).with_related(Related(known.rule.ref.at("alert"), "here"))


@check("alert/same-expression", level="warning")
def same_expression(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """One expression fires under two names, with the same urgency.

    Whoever is told is told twice of one thing, and looks for two causes. Keep one name; a warning before the page is a
    ticket, and no finding.
    """
    first: dict[tuple[str, str], Pasted] = {}
    for each in pasted(catalog):
        known = first.setdefault((_one_line(each.rule.expr), each.rule.urgency), each)
        if known.rule.name != each.rule.name:
            yield each.rule.finding(
                "expr",
                message=f"alert {each.rule.name} has the expression of alert {known.rule.name}, and the same urgency",
                hint="keep one of the two, or let them differ",
            ).with_related(Related(known.rule.ref.at("expr"), f"alert {known.rule.name}"))


@check("record/duplicate", level="warning")
def duplicate_record(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A series is recorded twice, with the same labels.

    From one expression it is work for nothing; from two the later value overwrites the earlier one, or Prometheus
    refuses it, and which one is seen depends on the moment. Rules that share a name want labels that tell their series
    apart.
    """
    first: dict[tuple[str, Labels], tuple[str, Ref]] = {}
    for group, rule in recordings(catalog):
        expr = _one_line(rule.expr)
        key = (rule.record, _frozen({**group.labels, **rule.labels}))
        known, where = first.setdefault(key, (expr, rule.ref))
        if where is not rule.ref:
            how = "from the same expression" if known == expr else "from another expression"
            yield rule.finding(
                "record",
                message=f"{rule.record} is recorded already {how}, with the same labels",
                hint="delete one of the two, or give them labels that differ",
            ).with_related(Related(where.at("record"), "here"))


@check("alert/short-for", level="warning")
def short_for(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """`for` is shorter than the time between two looks.

    `for` asks that the expression holds at every look in that time. With a scrape, or an evaluation of the group, every
    30 seconds there is none between the first look and `for: 10s`: the alert waits for the next one and has seen the
    same sample twice. Write several scrapes, or leave it out.

    Judged by `scrape_interval` of `tocsin.yaml` and by the group's `interval`, where they are declared.
    """
    scrape = catalog.settings.get(PROMETHEUS).scrape_interval
    for each in pasted(catalog):
        step = _longer(scrape, _span(each.group.interval) if each.group else None)
        hold = _span(each.rule.hold) if step else None
        if hold and step and hold < step:
            yield each.rule.finding(
                "for",
                message=f"alert {each.rule.name} waits {times.words(hold)}, and looks are {times.words(step)} apart",
                hint=f"write for: {times.format_duration(step * 2)} or more, or leave it out",
            )


def _longer(one: timedelta | None, other: timedelta | None) -> timedelta | None:
    return other if one is None or (other is not None and other > one) else one


@lru_cache(maxsize=1024)
def _span(text: str | None) -> timedelta | None:
    try:
        return None if text is None else times.parse_duration(text)
    except (ValueError, OverflowError):
        return None  # the schema's finding


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _built(catalog: Catalog, each: Pasted) -> Labels:
    return _frozen(plain_labels(catalog, each.service, each.rule, each.group.labels if each.group else {}))


def _frozen(labels: Mapping[str, str]) -> Labels:
    return frozenset(labels.items())
