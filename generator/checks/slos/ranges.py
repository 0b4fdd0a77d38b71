"""Ranges of SLOs beside what the Prometheus servers keep and how often they scrape."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from generator import times
from generator.analysis.prometheus.environments import ENVIRONMENTS, Environment, environments
from generator.analysis.prometheus.settings import PROMETHEUS
from generator.analysis.slos.burns import every_leg
from generator.analysis.slos.legs import BASE_WINDOW
from generator.catalog import Catalog
from generator.checks.base import check
from generator.checks.slos.legs import written
from generator.context import Context
from generator.findings import Finding, Ref
from generator.kinds.slo import Slo

SCRAPES = 4
"""So many samples a window wants: a rate needs two, and one or two may be missing."""


@check("slo/retention", level="warning")
def retention(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """Prometheus keeps less than a window or a period of SLOs reaches back.

    The query reads what is there and says nothing: a budget of 30 days on a server that keeps 15 forgets every error
    after two weeks. Keep samples for longer than the longest period, or shorten the periods.

    Judged where `retention` is declared under `prometheus` of `tocsin.yaml` or in an environment.
    """
    for server in _declaring(catalog, "retention"):
        kept = server.catalog.settings.get(PROMETHEUS).retention
        short = [] if kept is None else [slo for slo in server.catalog.all(Slo) if _reach(server.catalog, slo) > kept]
        if kept is not None and short:
            longest = max(short, key=lambda slo: _reach(server.catalog, slo))
            yield Finding(
                _place(catalog, server, "retention"),
                f"Prometheus{_named(server)} keeps {times.words(kept)}, and {_count(short)} "
                f"back {times.words(_reach(server.catalog, longest))}: budgets forget what is older",
                f"keep more, or write period: {times.format_duration(kept)}",
                subject=server.name or PROMETHEUS.key,
            )


def _reach(catalog: Catalog, slo: Slo) -> timedelta:
    return max(slo.period, *(leg.long for leg in every_leg(catalog)[slo.id]), BASE_WINDOW)


def _count(slos: list[Slo]) -> str:
    return f"SLO {slos[0].id} reaches" if len(slos) == 1 else f"{len(slos)} SLOs ({slos[0].id} is the first) reach"


@check("slo/few-scrapes", level="warning")
def few_scrapes(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A window of SLOs is shorter than four scrapes.

    A rate needs two samples; with fewer than four in the window one failed scrape leaves a hole, and a leg that looks
    at it falls silent in the middle of an outage. Scrape more often, or lengthen the short window. The budget is summed
    from five minutes, so an interval above 75 seconds is too long for any SLO.

    Judged where `scrape_interval` is declared under `prometheus` of `tocsin.yaml` or in an environment.
    """
    for server in _declaring(catalog, "scrape_interval"):
        interval = server.catalog.settings.get(PROMETHEUS).scrape_interval
        if interval is None or not catalog.all(Slo):
            continue
        enough = interval * SCRAPES
        if enough > BASE_WINDOW:
            yield Finding(
                _place(catalog, server, "scrape_interval"),
                f"Prometheus{_named(server)} scrapes every {times.words(interval)}, and the budgets of SLOs are summed "
                f"from windows of {times.words(BASE_WINDOW)}: that is under four scrapes",
                "scrape at least every 75s",
                subject=server.name or PROMETHEUS.key,
            )
        for each in written(catalog):
            if each.condition.short < min(enough, BASE_WINDOW):
                short = times.format_duration(each.condition.short)
                yield Finding(
                    each.ref.at("window"),
                    f"the window {short} is under four scrapes of Prometheus{_named(server)}, "
                    f"one every {times.words(interval)}",
                    f"lengthen it to {times.format_duration(min(enough, BASE_WINDOW))} or more, or scrape more often",
                    subject=each.owner,
                )


def _named(server: Environment) -> str:
    return f" of {server.name}" if server.name else ""


def _declaring(catalog: Catalog, key: str) -> Iterator[Environment]:
    """The servers that say so themselves: what holds for the base is said once, not again for each environment."""
    said = catalog.settings.values.get(ENVIRONMENTS.key) or {}
    return (each for each in environments(catalog) if not each.name or key in (said.get(each.name) or {}))


def _place(catalog: Catalog, server: Environment, key: str) -> Ref:
    if server.name:
        return catalog.settings.ref(ENVIRONMENTS.key, server.name, key)
    return catalog.settings.ref(PROMETHEUS.key, key)
