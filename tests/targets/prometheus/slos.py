"""SLOs of every shape that the sources can have, for tests by properties."""

from __future__ import annotations

import json
import re
from typing import Any

from hypothesis import strategies as st

SELECTORS: list[dict[str, Any]] = [
    {"errors": 'http_requests_total{code=~"5.."}', "total": "http_requests_total"},
    {"errors": 'http_requests_total{code=~"5..|429",env!="dev"}', "total": 'http_requests_total{path!~"/health.*"}'},
    {"errors": 'odd_total{mark="@slo@",why=~"it\'s|@raw0@"}', "total": 'odd_total{mark="@slo@"}'},
    {"errors": "jobs_failed_total", "total": 'jobs_total{queue=~"(mail|push)-[0-9]+"}'},
    {"good": 'grpc_total{grpc_code=~"OK|NotFound"}', "total": "grpc_total"},
    {"good": "deliveries_ok_total", "total": 'deliveries_total{kind="it\'s \\"quoted\\""}'},
    {"histogram": "http_request_duration_seconds", "under": "300ms"},
    {"histogram": 'rpc_seconds{method=~"Get.+"}', "under": "2s"},
    {"histogram": "rpc_seconds", "under": "250ms", "native": True},
    {
        "error_query": '@sum@(rate(http_requests_total{code=~"5.."}[{{.window}}]))',
        "total_query": "@sum@(rate(http_requests_total[{{ .window }}])) # all",
    },
    {"error_query": '@sum@ (errors{w="{{.window}}"})', "total_query": '@sum@(events{w="{{.window}}"})'},
    {"error_ratio_query": '1 - avg_over_time((@avg@(up{job="web"}))[{{.window}}:5m])'},
    {"error_ratio_query": 'avg_over_time((1 - @avg@(up{job="web"}))[{{.window}}:1m])'},
]
"""`@sum@` and `@avg@` are by the labels of `group_by`."""
CONDITIONS: list[dict[str, Any]] = [
    {"burn_rate": 14.4, "window": ["5m", "1h"]},
    {"burn_rate": 10, "window": ["1m", "10m"]},
    {"burn_rate": 7, "window": ["2m", "20m"]},
    {"burn_rate": 6.5, "window": ["10m", "3h"]},
    {"burn_rate": 0.5, "window": ["1d", "1w"]},
    {"burn_rate": 2.125, "window": ["1h", "6h"]},
    {"burn_rate": 1.5, "window": ["6h", "30d"]},
    {"burn_rate": 3, "window": ["90m", "4h"]},
]


def objectives() -> st.SearchStrategy[float]:
    """From 50 to 99.999, with as many digits as people write."""
    return st.one_of(
        st.sampled_from([50, 75, 80, 90, 93, 95, 99, 99.5, 99.9, 99.95, 99.99, 99.999]),
        st.integers(50_000, 99_999).map(lambda thousandths: thousandths / 1000),
    )


def conditions() -> st.SearchStrategy[list[dict[str, Any]]]:
    """The conditions of one severity."""
    return st.lists(st.sampled_from(CONDITIONS), min_size=1, max_size=4, unique_by=lambda c: str(c["window"]))


@st.composite
def severity_maps(draw: st.DrawFn) -> dict[str, Any]:
    """Severity maps with one to three severities, of which the last may be for critical SLOs alone."""
    names = draw(st.sampled_from([["SEV-1", "SEV-2", "SEV-3"], ["SEV-2", "SEV-3"], ["SEV-2"]]))
    found = {
        name: {"urgency": "ticket" if name == "SEV-3" else "page", "conditions": draw(conditions())} for name in names
    }
    if draw(st.booleans()):
        found[names[-1]]["conditions"] = [{**each, "slos": "critical"} for each in found[names[-1]]["conditions"]]
    return {"severity_mapping": found}


@st.composite
def slos(draw: st.DrawFn) -> dict[str, Any]:
    """One SLO as people write it, as data."""
    found: dict[str, Any] = {
        "name": "slo",
        "objective": draw(objectives()),
        "sli": draw(st.sampled_from(SELECTORS)),
        "critical": draw(st.booleans()),
        "period": draw(st.sampled_from(["7d", "2w", "28d", "30d", "45d", "90d"])),
        "no_data": draw(st.sampled_from(["on", "off", "1m", "15m", "90s", "6h"])),
    }
    optional: dict[str, Any] = {
        "alert": st.sampled_from(['It\'s "down" & out. \\', "Ünïcode", "a@slo@b", "Plain_1"]),
        "for": st.sampled_from(["30s", "1m", "2m", "150s", "15m"]),
        "min_events": st.integers(1, 100_000),
        "group_by": st.sampled_from([["region"], ["region", "zone"], ["code"], ["le_grand", "service_name"]]),
        "labels": st.just({"tier": "1", "odd": 'a"b {{ x }}'}),
        "severities": st.dictionaries(
            st.sampled_from(["SEV-1", "SEV-2", "SEV-3"]),
            st.just("off") | conditions().map(lambda own: {"conditions": own}),
            min_size=1,
        ),
    }
    for key, strategy in optional.items():
        if draw(st.integers(0, 3)) == 0:
            found[key] = draw(strategy)
    labels = found.get("group_by")
    by = f" by ({', '.join(labels)}) " if labels else ""
    found["sli"] = {key: _aggregated(value, by) for key, value in found["sli"].items()}
    return found


def _aggregated(value: Any, by: str) -> Any:
    return re.sub(r"@(sum|avg)@", rf"\1{by}", value) if isinstance(value, str) else value


def source(slo: dict[str, Any], severities: dict[str, Any] | None = None) -> str:
    """A service file with that SLO, which overrides only severities that there are."""
    if severities is not None and "severities" in slo:
        known = severities["severity_mapping"]
        slo = {**slo, "severities": {name: own for name, own in slo["severities"].items() if name in known}}
    return json.dumps({"selector": 'app="web"', "slos": [slo]})
