"""The dashboard of all SLOs: what it shows, in words, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any
from zlib import crc32

from generator.analysis.slos.legs import BASE_WINDOW, plain
from generator.records import dataclass
from generator.targets.grafana.facts import Facts, LegFacts
from generator.targets.grafana.panels import (
    SOURCE,
    WIDTH,
    Column,
    Data,
    Panel,
    graph,
    number,
    row,
    steps,
    table,
    target,
    timeline,
)
from generator.targets.grafana.queries import Queries
from generator.times import format_duration

SCHEMA_VERSION = 41
"""Of Grafana 12; older ones read it too, newer ones bring it up to theirs."""
GOOD_TO_BAD = steps("red", ("orange", 0.0), ("green", 0.25))
ZERO_IS_GOOD = steps("green", ("red", 1))


@dataclass(frozen=True, slots=True)
class Section:
    """Panels under a heading."""

    id: int
    title: str
    panels: Sequence[Panel]


def dashboard(facts: Facts, *, uid: str, title: str, description: str, pages: str | None) -> Data:
    """What Grafana imports. `pages` is the address of a service's page, with `${__value.raw}` for its id."""
    return {
        "id": None,
        "uid": uid,
        "title": title,
        "description": description,
        "tags": ["slo", "tocsin"],
        "timezone": "browser",
        "editable": True,
        "graphTooltip": 1,
        "time": {"from": "now-24h", "to": "now"},
        "refresh": "1m",
        "schemaVersion": SCHEMA_VERSION,
        "templating": {"list": list(_variables(facts))},
        "annotations": {"list": []},
        "links": [],
        "panels": list(_laid_out(_sections(facts, Queries(facts), pages))),
    }


def _sections(facts: Facts, queries: Queries, pages: str | None) -> Iterator[Section]:
    yield Section(1, "Now", [*_numbers(queries), _table(facts, queries, pages), _firing(facts, queries)])
    yield Section(2, "Error budget", list(_budget(facts, queries)))
    yield Section(3, "Burn rate by window", [_burn(facts, queries)])
    yield Section(4, "Legs: an alert fires while both windows are above the dashed line", list(_legs(facts, queries)))
    yield Section(5, "Events", list(_events(facts, queries)))


def _numbers(queries: Queries) -> Iterator[Panel]:
    yield number(
        10,
        "SLOs",
        "How many SLOs, or groups of one, have data now.",
        f"count({queries.budget_left}) or vector(0)",
        "none",
        steps("text"),
    )
    yield number(
        11,
        "Out of budget",
        "How many have spent all that their period allows: their objective is missed as things stand.",
        f"count({queries.budget_left} <= 0) or vector(0)",
        "none",
        ZERO_IS_GOOD,
    )
    yield number(
        12,
        "Least budget left",
        "The smallest error budget left of all that are chosen: 100 % is untouched, below 0 % is overspent.",
        f"min({queries.budget_left})",
        "percentunit",
        GOOD_TO_BAD,
    )
    yield number(
        13,
        "Alerts firing",
        "Alerts of these SLOs that fire now, one for each leg.",
        f"count({queries.firing}) or vector(0)",
        "none",
        ZERO_IS_GOOD,
    )


def _table(facts: Facts, queries: Queries, pages: str | None) -> Panel:
    link = {"title": "Runbooks and on-call of ${__value.raw}", "url": pages, "targetBlank": True}
    return table(
        20,
        "SLOs, least budget first",
        "What was promised, what was kept in the period so far, and what is left. A burn rate of 1 spends the budget "
        "in exactly the period. No value under Gone in: nothing burns, or all is gone already.",
        ["service", "slo", *facts.servers, *facts.groups],
        [
            Column("Budget left", queries.budget_left, "percentunit", 2, GOOD_TO_BAD),
            Column("Objective", queries.objective, "percentunit", 3),
            Column("Good so far", queries.good, "percentunit", 3),
            Column("Burn rate", queries.burn(BASE_WINDOW), "none", 2, steps("text", ("orange", 1.0))),
            Column("Gone in", queries.days_left, "d", 1),
        ],
        **({"service": link} if pages else {}),
    )


def _firing(facts: Facts, queries: Queries) -> Panel:
    legend = f"{{{{alertname}}}} {{{{leg}}}} {_legend(facts)}"
    return timeline(
        21,
        "Alerts firing",
        "Each bar is an alert while it fired: its name, its leg and the SLO.",
        [target("A", queries.firing, legend)],
        "no alert fires",
    )


def _budget(facts: Facts, queries: Queries) -> Iterator[Panel]:
    legend = _legend(facts)
    yield graph(
        30,
        "Budget left in the period",
        "1 minus what was spent, weighted by traffic. A line that falls steeply is an incident; one that rises has old "
        "errors leaving the period.",
        [target("A", queries.budget_left, legend)],
        "percentunit",
        max=1,
        thresholds=steps("text", ("text", 0)),
    )
    yield graph(
        31,
        "Good events in the period, and the objective",
        "The share of good events in the period so far; the dashed line is what was promised.",
        [target("A", queries.good, legend), target("C", queries.objective, f"{legend} objective")],
        "percentunit",
        max=1,
        decimals=3,
    )


def _burn(facts: Facts, queries: Queries) -> Panel:
    def line(number: int) -> Data:
        window = facts.windows[number]
        return target(f"W{number}", queries.burn(window), f"{_legend(facts)} {format_duration(window)}")

    return replace(
        graph(
            40,
            "Burn rate by window",
            "How many times faster than allowed errors happen, over every window that an alert looks at. At 1 the "
            "budget lasts exactly the period; short windows show what is, long ones what stays.",
            [line(number) for number in range(len(facts.windows))],
            "none",
            min=0,
        ),
        width=WIDTH,
    )


def _legs(facts: Facts, queries: Queries) -> Iterator[Panel]:
    for leg in facts.legs:
        long, short = (format_duration(window) for window in (leg.long, leg.short))
        yield graph(
            1000 + crc32(leg.name.encode()) % 1_000_000_000,
            f"{short} and {long}",
            _words(leg, long, short),
            [
                target("A", queries.burn(leg.long), f"{_legend(facts)} {long}"),
                target("B", queries.burn(leg.short), f"{_legend(facts)} {short}"),
                target("C", queries.threshold(leg), f"{_legend(facts, groups=False)} fires above"),
            ],
            "none",
            min=0,
        )


def _words(leg: LegFacts, long: str, short: str) -> str:
    factors = sorted(leg.factors)
    rate = plain(factors[0]) if len(factors) == 1 else f"{plain(factors[0])} to {plain(factors[-1])}"
    urgency, severity = " or ".join(leg.urgencies), ", ".join(leg.severities)
    return (
        f"A {urgency} ({severity}) while the burn rate over {long} and over {short} is above {rate}: the long window "
        "says that it matters, the short one that it still goes on. Where an SLO has a floor of events, that many are "
        "needed too."
    )


def _events(facts: Facts, queries: Queries) -> Iterator[Panel]:
    legend = _legend(facts)
    yield graph(
        50,
        "Share of errors, and what the objective allows",
        "Errors among all events over five minutes; above the dashed line the budget shrinks faster than it may.",
        [
            target("A", queries.errors(BASE_WINDOW), legend),
            target("C", queries.constant("slo:error_budget:ratio"), f"{_legend(facts, groups=False)} allowed"),
        ],
        "percentunit",
        min=0,
    )
    yield graph(
        51,
        "Events and errors per second",
        "All events and the bad ones, over five minutes. Where an SLO is given as a ratio only, its events count as "
        "one a second.",
        [target("A", queries.events, f"{legend} events"), target("B", queries.bad_events, f"{legend} errors")],
        "cps",
        min=0,
    )


def _legend(facts: Facts, *, groups: bool = True) -> str:
    labels = (*facts.servers, *(facts.groups if groups else ()))
    return " ".join(("{{service}}/{{slo}}", *(f"{{{{{label}}}}}" for label in labels)))


def _laid_out(sections: Iterable[Section]) -> Iterator[Data]:
    """Each section under its heading, from left to right while there is room."""
    y = 0
    for section in sections:
        yield row(section.id, section.title, y)
        x, y, height = 0, y + 1, 0
        for panel in section.panels:
            if x + panel.width > WIDTH:
                x, y, height = 0, y + height, 0
            yield panel.placed(x, y)
            x, height = x + panel.width, max(height, panel.height)
        y += height


def _variables(facts: Facts) -> Iterator[Data]:
    yield {
        "name": "datasource",
        "label": "Data source",
        "type": "datasource",
        "query": "prometheus",
        "current": {},
        "hide": 0,
        "includeAll": False,
        "multi": False,
        "options": [],
        "refresh": 1,
        "regex": "",
    }
    yield _choice("service", "Service", "label_values(slo:info, service)")
    yield _choice("slo", "SLO", 'label_values(slo:info{service=~"$service"}, slo)')
    for label in facts.groups:
        series = 'slo:sli_total:rate5m{service=~"$service",slo=~"$slo"}'
        yield _choice(f"by_{label}", label, f"label_values({series}, {label})")


def _choice(name: str, label: str, query: str) -> dict[str, Any]:
    """All, or some. `.*` also means the series without the label."""
    return {
        "name": name,
        "label": label,
        "type": "query",
        "datasource": dict(SOURCE),
        "query": {"qryType": 1, "query": query, "refId": "PrometheusVariableQueryEditor-VariableQuery"},
        "definition": query,
        "allValue": ".*",
        "current": {"selected": True, "text": ["All"], "value": ["$__all"]},
        "hide": 0,
        "includeAll": True,
        "multi": True,
        "options": [],
        "refresh": 2,
        "regex": "",
        "sort": 1,
    }
