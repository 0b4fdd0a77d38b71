"""Every query of the dashboard, in a real Prometheus with the rules and a burn that is known."""

from __future__ import annotations

import json
import re

import pytest

from generator.targets import load_target
from tests.catalogs import make_catalog, make_context
from tests.prometheus_server import counters, needs_prometheus, prometheus, wait_until
from tests.targets.grafana.reading import by_id, queries, with_variables

pytestmark = [pytest.mark.real_tool, needs_prometheus]

SOURCES = {
    "tocsin.yaml": "name: Example\nprometheus: {sloth_labels: true}\n",
    "alerts/web.yaml": """\
slos:
  - name: availability
    objective: 99.9
    critical: true
    sli: {errors: 'http_requests_total{code=~"5.."}', total: http_requests_total}
  - name: latency
    objective: 99
    severities: {SEV-2: {conditions: [{burn_rate: 5, window: [30m, 6h]}]}}
    sli: {histogram: http_request_duration_seconds, under: 300ms}
""",
    "alerts/api.yaml": """\
slos:
  - name: calls
    objective: 99
    group_by: [region]
    min_events: 10
    sli: {good: 'calls_total{ok="yes"}', total: calls_total}
  - name: ratio
    objective: 90
    sli: {error_ratio_query: 'avg(rate(bad_seconds_total[{{.window}}]))'}
""",
}
COUNTERS = {
    # 1.5 % of errors against 0.1 %: a burn rate of 15.
    'http_requests_total{code="200"}': 985,
    'http_requests_total{code="503"}': 15,
    # 2 % are slow against 1 %.
    'http_request_duration_seconds_bucket{le="0.3"}': 980,
    'http_request_duration_seconds_bucket{le="+Inf"}': 1000,
    "http_request_duration_seconds_count": 1000,
    # 0.5 % bad in eu against 1 %, 8 % in us.
    'calls_total{region="eu",ok="yes"}': 995,
    'calls_total{region="eu",ok="no"}': 5,
    'calls_total{region="us",ok="yes"}': 920,
    'calls_total{region="us",ok="no"}': 80,
    # A twentieth of every second is bad, where a tenth may be.
    "bad_seconds_total": 3,
}
BURN = {"web/availability": 15, "web/latency": 2, "api/calls eu": 0.5, "api/calls us": 8, "api/ratio": 0.5}
LEFT = {"web/availability": -14, "web/latency": -1, "api/calls eu": 0.5, "api/calls us": -7, "api/ratio": 0.5}
EVERY = {"service": ".*", "slo": ".*", "by_region": ".*"}


def rendered(target):
    catalog = make_catalog(SOURCES)
    found = load_target(target).render(catalog, make_context())
    return {artifact.path: artifact.content.decode() for artifact in found}


def known(results):
    """Value by the SLO and its group."""
    return {_name(each["metric"]): float(each["value"][1]) for each in results}


def _name(labels):
    return f"{labels['service']}/{labels['slo']} {labels.get('region', '')}".strip()


@pytest.fixture(scope="module")
def dashboard():
    return json.loads(rendered("grafana")["grafana/slos.json"])


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    rules = {path.replace("/", "-"): text for path, text in rendered("prometheus").items() if "/rules/" in path}
    with prometheus(tmp_path_factory.mktemp("prometheus"), counters(COUNTERS), rules) as running:
        firing = 'count(ALERTS{alertstate="firing",leg!="no-data"}) >= 8 and count(slo:info) == 4'
        wait_until(lambda: running.now(firing), lambda: running.now("ALERTS"))
        yield running


def test_every_query_of_every_panel_finds_data(server, dashboard):
    found = {f"{panel['title']} {target['refId']}": target for panel, target in queries(dashboard)}
    assert len(found) > 20
    for name, target in found.items():
        asked = with_variables(target["expr"], EVERY)
        assert server.now(asked) if target["instant"] else server.lately(asked), name


def test_a_choice_of_variables_narrows_every_query(server, dashboard):
    chosen = {"service": "api", "slo": "calls", "by_region": "us"}
    for panel, target in queries(dashboard):
        for each in server.lately(with_variables(target["expr"], chosen)):
            if "service" in each["metric"]:
                assert _name(each["metric"]) in ("api/calls us", "api/calls"), panel["title"]


def test_variables_offer_what_there_is(server, dashboard):
    offered = {}
    for variable in dashboard["templating"]["list"][1:]:
        asked = re.fullmatch(r"label_values\((.*), (\w+)\)", with_variables(variable["definition"], EVERY))
        offered[variable["name"]] = server.get(f"label/{asked[2]}/values", **{"match[]": asked[1]})
    assert offered == {
        "service": ["api", "web"],
        "slo": ["availability", "calls", "latency", "ratio"],
        "by_region": ["eu", "us"],
    }


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("Budget left", LEFT),
        ("Burn rate", BURN),
        ("Objective", {name: {"web/availability": 0.999, "api/ratio": 0.9}.get(name, 0.99) for name in BURN}),
        (
            "Good so far",
            {
                "web/availability": 0.985,
                "web/latency": 0.98,
                "api/calls eu": 0.995,
                "api/calls us": 0.92,
                "api/ratio": 0.95,
            },
        ),
        ("Gone in", {"api/calls eu": 30, "api/ratio": 30}),
    ],
)
def test_the_table_says_what_is_known(server, dashboard, column, expected):
    table = by_id(dashboard)[20]
    renamed = next(each["options"]["renameByName"] for each in table["transformations"] if each["id"] == "organize")
    ref = next(name.removeprefix("Value #") for name, shown in renamed.items() if shown == column)
    expr = next(target["expr"] for target in table["targets"] if target["refId"] == ref)
    results = server.now(with_variables(expr, EVERY))
    assert known(results) == pytest.approx(expected, rel=1e-6)
    assert {tuple(sorted(each["metric"])) for each in results} <= {("region", "service", "slo"), ("service", "slo")}


@pytest.mark.parametrize(("panel", "expected"), [(10, 5), (11, 3), (12, -14)])
def test_the_numbers_above_it(server, dashboard, panel, expected):
    (target,) = by_id(dashboard)[panel]["targets"]
    assert server.value(with_variables(target["expr"], EVERY)) == pytest.approx(expected)


def test_zero_is_shown_where_nothing_is_wrong(server, dashboard):
    for panel in (11, 13):
        (target,) = by_id(dashboard)[panel]["targets"]
        assert server.value(with_variables(target["expr"], EVERY | {"slo": "ratio"})) == 0


def test_every_window_burns_at_the_known_rate(server, dashboard):
    targets = by_id(dashboard)[40]["targets"]
    windows = {target["legendFormat"].split()[-1] for target in targets}
    assert windows == {"5m", "30m", "1h", "2h", "6h", "1d", "3d"}
    for target in targets:
        found = known(server.now(with_variables(target["expr"], EVERY)))
        assert {"web/availability", "api/calls eu", "api/calls us"} <= set(found)
        # A rate over days of which there are three hours is small, and so is a ratio that is one.
        judged = set(found) - {"api/ratio"}
        assert {name: found[name] for name in judged} == pytest.approx({name: BURN[name] for name in judged})


@pytest.mark.parametrize(
    ("leg", "thresholds"),
    [
        ("5m and 1h", {"web/availability": 14.4, "api/calls": 14.4, "api/ratio": 14.4}),
        ("30m and 6h", {"web/availability": 6, "web/latency": 5, "api/calls": 6, "api/ratio": 6}),
        ("2h and 1d", {"web/availability": 3, "web/latency": 3, "api/calls": 3, "api/ratio": 3}),
    ],
)
def test_thresholds_are_those_of_each_slo(server, dashboard, leg, thresholds):
    panel = next(each for each in dashboard["panels"] if each["title"] == leg)
    expr = next(target["expr"] for target in panel["targets"] if target["refId"] == "C")
    assert known(server.now(with_variables(expr, EVERY))) == pytest.approx(thresholds)


def test_what_fires_is_above_its_threshold_and_the_rest_below(server, dashboard):
    (firing,) = by_id(dashboard)[21]["targets"]
    shown = {
        (_name(each["metric"]), each["metric"]["leg"]) for each in server.now(with_variables(firing["expr"], EVERY))
    }
    assert shown == {
        *(("web/availability", leg) for leg in ("5m-1h", "30m-6h", "2h-1d", "6h-3d")),
        ("web/latency", "6h-3d"),
        *(("api/calls us", leg) for leg in ("30m-6h", "2h-1d", "6h-3d")),
    }
