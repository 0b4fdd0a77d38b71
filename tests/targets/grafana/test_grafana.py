"""The dashboard as a file: what Grafana takes, what stays the same, and queries that are always PromQL."""

from __future__ import annotations

import json
import re
from itertools import combinations

import promql_parser
import pytest

from generator.targets.grafana import TARGET
from tests.catalogs import make_catalog, make_context
from tests.prometheus_server import exposition, needs_prometheus, prometheus
from tests.targets.grafana.reading import by_id, queries, with_variables

SLO = "  - {{name: {name}, objective: 99.9, sli: {{errors: e, total: t}}{more}}}\n"
EVERY = {"service": ".*", "slo": ".*", "by_region": ".*", "by_tier": ".*"}
SERVERS = "environments: {eu: {external_labels: {cluster: eu}}, us: {external_labels: {cluster: us}}}\n"


def service(*slos, more=""):
    return f"{more}slos:\n" + "".join(SLO.format(name=name, more=said) for name, said in slos)


def dashboard(files):
    (artifact,) = TARGET.render(make_catalog(files), make_context())
    return json.loads(artifact.content)


@pytest.fixture(scope="module")
def plain():
    return dashboard({"alerts/web.yaml": service(("a", ""))})


def test_a_repository_without_slos_has_no_dashboard():
    catalog = make_catalog({"alerts/web.yaml": "alerts: [{alert: Down, expr: up == 0}]\n"})
    assert not TARGET.applies(catalog)
    assert not list(TARGET.render(catalog, make_context()))
    assert not TARGET.default


def test_its_address_and_its_variables(plain):
    assert plain["uid"] == "tocsin-slos"
    assert plain["id"] is None
    assert [each["name"] for each in plain["templating"]["list"]] == ["datasource", "service", "slo"]
    assert dashboard({"alerts/web.yaml": service(("a", "")), "tocsin.yaml": "grafana: {uid: shop}\n"})["uid"] == "shop"


def test_everything_reads_from_the_chosen_data_source(plain):
    data = json.dumps(plain)
    assert set(re.findall(r'"uid": "([^"]*)"', data)) == {"tocsin-slos", "${datasource}"}


def test_every_panel_says_in_words_what_it_shows_and_in_which_unit(plain):
    for panel in plain["panels"]:
        if panel["type"] != "row":
            assert len(panel["description"].split()) > 8, panel["title"]
            assert "unit" in panel["fieldConfig"]["defaults"] or panel["type"] in ("table", "state-timeline")


def test_panels_lie_beside_each_other(plain):
    places = [panel["gridPos"] for panel in plain["panels"]]
    assert all(place["x"] + place["w"] <= 24 for place in places)
    for one, other in combinations(places, 2):
        beside = one["x"] + one["w"] <= other["x"] or other["x"] + other["w"] <= one["x"]
        assert beside or one["y"] + one["h"] <= other["y"] or other["y"] + other["h"] <= one["y"]


def test_colours_are_names_that_each_theme_has(plain):
    assert set(re.findall(r'"color": "([^"]*)"', json.dumps(plain))) <= {"red", "orange", "green", "text"}
    assert "#" not in re.sub(r"Value #[A-E]", "", json.dumps(plain))


def test_a_panel_keeps_its_id_whatever_else_there_is(plain):
    more = ", severities: {SEV-1: {conditions: [{burn_rate: 20, window: [1m, 10m]}]}}"
    richer = dashboard({"alerts/web.yaml": service(("a", ", group_by: [tier]"), ("b", more))})
    before = {ident: panel["title"] for ident, panel in by_id(plain).items()}
    after = {ident: panel["title"] for ident, panel in by_id(richer).items()}
    assert before.items() < after.items()
    assert set(after.values()) - set(before.values()) == {"1m and 10m"}


def thresholds(files, leg="5m and 1h"):
    panel = next(each for each in dashboard(files)["panels"] if each["title"] == leg)
    return next(target["expr"] for target in panel["targets"] if target["refId"] == "C")


def test_services_with_a_leg_of_their_own_are_named_and_the_rest_is_not():
    off = "severities: {SEV-1: off, SEV-2: {conditions: [{burn_rate: 5, window: [5m, 1h]}]}}\n"
    files = {f"alerts/s{number}.yaml": service(("a", ""), ("b", "")) for number in range(9)}
    found = thresholds(files | {"alerts/own.yaml": service(("a", ""), more=off)})
    assert found.count("* 0 +") == 2
    assert 'service=~"own"' in found
    assert "s1" not in found


def test_a_leg_that_an_slo_does_not_have_has_no_threshold_there():
    off = ", severities: {SEV-1: off, SEV-2: off}"
    found = thresholds({"alerts/web.yaml": service(("a", ""), ("b", off), ("c", ""))})
    assert 'unless on (service, slo) (slo:error_budget:ratio{service="web",slo=~"b"})' in found


@pytest.mark.parametrize(
    "files",
    [
        {"alerts/web.yaml": service(("a", ""))},
        {"alerts/web.yaml": service(("a", ", group_by: [region, tier]"), ("b", ""))},
        {"alerts/web.yaml": service(("a", ", group_by: [region, service]")), "tocsin.yaml": SERVERS},
        {"alerts/web.yaml": service(("a", ", severities: {SEV-1: off, SEV-2: off, SEV-3: off}"))},
        {
            "alerts/web.yaml": service(("a", "")),
            "alerts/severity-map.yaml": "severity_mapping: {SEV-1: {urgency: page, conditions: [{burn_rate: 1, "
            "window: [5m, 1h], slos: critical}]}}\n",
        },
    ],
)
def test_every_query_is_promql(files):
    for panel, target in queries(dashboard(files)):
        promql_parser.parse(with_variables(target["expr"], EVERY))
        assert target["legendFormat"], panel["title"]


def test_a_name_stays_text():
    name = 'a "quoted" ${__all_variables} <b> \\'
    found = dashboard({"alerts/web.yaml": service(("a", "")), "tocsin.yaml": f"name: {json.dumps(name)}\n"})
    assert found["title"] == f"SLOs of {name}"


def test_the_table_leads_to_the_page_of_the_service(plain):
    said = "runbooks: https://runbooks.example.com/in/\n"
    found = json.dumps(dashboard({"alerts/web.yaml": service(("a", "")), "tocsin.yaml": said}))
    assert '"https://runbooks.example.com/in/services/${__value.raw}/"' in found
    assert '"links"' in found
    assert "${__value.raw}" not in json.dumps(plain)


@needs_prometheus
@pytest.mark.real_tool
def test_several_servers_behind_one_data_source_are_told_apart(tmp_path):
    found = dashboard({"alerts/web.yaml": service(("a", ", group_by: [region]")), "tocsin.yaml": SERVERS})
    values = {"slo:error_budget:ratio": 0.001, "slo:objective:ratio": 0.999, "slo:time_period:days": 30}
    samples = {}
    for number, cluster in enumerate(("eu", "us"), 1):
        shared = f'service="web",slo="a",cluster="{cluster}"'
        samples |= {f"{name}{{{shared}}}": lambda _, value=value: value for name, value in values.items()}
        for region in ("north", "south"):
            grouped = f'{shared},region="{region}"'
            samples[f"slo:sli_error:ratio_rate1h{{{grouped}}}"] = lambda _, number=number: number / 1000
            samples[f"slo:period_burn_rate:ratio{{{grouped}}}"] = lambda _, number=number: number
            samples[f"slo:period_error_budget_remaining:ratio{{{grouped}}}"] = lambda _, number=number: 1 - number
    with prometheus(tmp_path, exposition(samples, hours=0.2)) as server:
        panel = next(each for each in found["panels"] if each["title"] == "5m and 1h")
        burns = server.now(with_variables(panel["targets"][0]["expr"], EVERY))
        assert {(each["metric"]["cluster"], each["metric"]["region"]): float(each["value"][1]) for each in burns} == {
            ("eu", "north"): pytest.approx(1),
            ("eu", "south"): pytest.approx(1),
            ("us", "north"): pytest.approx(2),
            ("us", "south"): pytest.approx(2),
        }
        assert len(server.now(with_variables(panel["targets"][2]["expr"], EVERY))) == 2
        assert len(server.now(with_variables(by_id(found)[20]["targets"][1]["expr"], EVERY))) == 4
