"""Cases for `promtool test rules`, made from the legs of an SLO."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from generator.analysis.slos.legs import Leg, plain
from generator.times import format_duration


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    test: dict[str, Any]


def firing(service: str, slo: str, at: str, found: Sequence[str]) -> dict[str, Any]:
    """Which legs fire at that time: alerts are series too, and comparing them needs no annotations."""
    selector = f'ALERTS{{alertstate="firing",service="{service}",slo="{slo}",leg!="no-data"}}'
    samples = [{"labels": f'{{leg="{leg}"}}', "value": 1} for leg in sorted(found)]
    return {"expr": f"count by (leg) ({selector})", "eval_time": at, "exp_samples": samples}


def leg_cases(service: str, slo: str, legs: Sequence[Leg]) -> list[Case]:
    """For each leg: both windows just above, exactly at the threshold, one of them only, and falling below again."""
    return [case for leg in legs for case in _cases(service, slo, leg)]


def _cases(service: str, slo: str, leg: Leg) -> list[Case]:
    above, at = plain(leg.threshold * Decimal("1.01")), plain(leg.threshold)
    # Any other leg that reads one of the windows too has the other one absent, so it cannot fire.
    short, long = (_series(service, slo, format_duration(window)) for window in (leg.short, leg.long))
    name = f"{slo} {leg.name}"
    quiet = firing(service, slo, "5m", [])
    fires = firing(service, slo, "5m", [leg.name])
    return [
        _case(f"{name}: both above", {short: f"{above}x10", long: f"{above}x10"}, [fires]),
        _case(f"{name}: both at it", {short: f"{at}x10", long: f"{at}x10"}, [quiet]),
        _case(f"{name}: only the short one", {short: f"{above}x10", long: f"{at}x10"}, [quiet]),
        _case(f"{name}: only the long one", {short: f"{at}x10", long: f"{above}x10"}, [quiet]),
        _case(
            f"{name}: over again",
            {short: f"{above}x5 0x5", long: f"{above}x10"},
            [fires, firing(service, slo, "8m", [])],
        ),
    ]


def _series(service: str, slo: str, window: str) -> str:
    return f'slo:sli_error:ratio_rate{window}{{service="{service}",slo="{slo}"}}'


def _case(name: str, series: dict[str, str], expected: list[dict[str, Any]]) -> Case:
    values = [{"series": each, "values": value} for each, value in series.items()]
    test = {"name": name, "interval": "1m", "input_series": values, "promql_expr_test": expected}
    return Case(name, test)


def absent_case(service: str, slo: str) -> Case:
    """Nothing at all: after ten minutes the ticket, and not a minute earlier."""

    def told(at: str, samples: list[dict[str, Any]]) -> dict[str, Any]:
        query = f'ALERTS{{alertstate="firing",service="{service}",slo="{slo}"}}'
        return {"expr": f"count by (leg, urgency) ({query})", "eval_time": at, "exp_samples": samples}

    ticket = [{"labels": '{leg="no-data", urgency="ticket"}', "value": 1}]
    return _case(f"{slo}: no data", {"other": "1x20"}, [told("9m", []), told("10m", ticket)])


def end_to_end_cases() -> list[Case]:
    """From counters: a service without a single error, and an outage that begins after an hour and ends."""
    ok, bad = 'http_requests_total{app="web",code="200"}', 'http_requests_total{app="web",code="503"}'
    other = 'http_requests_total{app="other",code="503"}'
    within = '(slo:sli_error:ratio_rate1h{slo="availability"} > bool 0.49) * (slo:sli_error:ratio_rate1h < bool 0.51)'
    healthy = _case(
        "no error has ever been seen, and another service's errors are not ours",
        {ok: "0+60x120", other: "0+60x120"},
        [
            firing("web", "availability", "2h", []),
            _value('slo:sli_error:ratio_rate1h{slo="availability"} == bool 0', "2h", "availability"),
            _value('slo:period_error_budget_remaining:ratio{slo="availability"} == bool 1', "2h", "availability"),
        ],
    )
    outage = _case(
        "half of all requests fail from the first hour on, for an hour",
        {ok: "0+60x60 3600+30x60 5400+60x60", bad: "0x60 0+30x60 1800x60"},
        [
            firing("web", "availability", "59m", []),
            firing("web", "availability", "2h", ["5m-1h", "30m-6h", "2h-1d", "6h-3d"]),
            _value(within, "2h", "availability"),
            firing("web", "availability", "2h10m", ["30m-6h", "2h-1d", "6h-3d"]),
        ],
    )
    return [healthy, outage]


def _value(query: str, at: str, slo: str, value: int = 1) -> dict[str, Any]:
    labels = f'{{service="web", slo="{slo}"}}'
    return {"expr": query, "eval_time": at, "exp_samples": [{"labels": labels, "value": value}]}
