"""Forms of SLOs and their rules, judged by the oldest promtool that has to accept them and by the newest."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from generator.targets.prometheus.rule_files import rule_files
from generator.targets.rendering import yaml
from tests.catalogs import make_catalog
from tests.targets.prometheus.promtools import every_promtool, newest_promtool

LABELS = {"service": "web", "slo": "a"}
GROUPED = "slos: [{name: a, objective: 99, group_by: [region], sli: {errors: e, total: t}}]\n"
PLAIN = "slos: [{name: a, objective: 99, sli: {errors: e, total: t}}]\n"
MAINTENANCE = """\
title: Upgrade
components: [website]
from: 1970-01-01 01:00
until: 1970-01-01 02:00
budget: excluded
"""


def rules(source: str, **more: str) -> str:
    catalog = make_catalog({"alerts/web.yaml": source, **more})
    assert not catalog.findings
    (file,) = rule_files(catalog)
    return file.groups


def run(program: str, folder: Path, *arguments: str) -> None:
    done = subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def check(program: str, folder: Path, text: str) -> None:
    (folder / "rules.yaml").write_text(text, encoding="utf-8", newline="")
    run(program, folder, "check", "rules", "rules.yaml")


def judge(program: str, folder: Path, text: str, series: dict[str, str], expected: dict[str, Any]) -> None:
    """`expected`: a query with its time, and the samples (labels, value) that it gives."""
    check(program, folder, text)
    moments = [
        {
            "expr": query,
            "eval_time": at,
            "exp_samples": [{"labels": _labels(of), "value": value} for of, value in found],
        }
        for (query, at), found in expected.items()
    ]
    values = [{"series": name, "values": each} for name, each in series.items()]
    tests = [{"interval": "1m", "input_series": values, "promql_expr_test": moments}]
    document = {"rule_files": ["rules.yaml"], "evaluation_interval": "1m", "tests": tests}
    (folder / "tests.yaml").write_text(yaml(document), encoding="utf-8")
    run(program, folder, "test", "rules", "tests.yaml")


def _labels(of: dict[str, str]) -> str:
    return "{" + ", ".join(f'{name}="{value}"' for name, value in of.items()) + "}"


OUTAGE = {"t": "0+60x240", "e": "0x60 60+60x59 3600x120"}
LEFT = 'slo:period_error_budget_remaining:ratio{slo="a"} == bool 1'
FIRING = 'count(ALERTS{alertstate="firing",leg="5m-1h"})'


@every_promtool
def test_a_budget_is_not_spent_by_planned_work_and_alerts_see_it_all_the_same(tmp_path, program) -> None:
    files = {
        "status/components.yaml": "website: {name: Website, services: [web]}\n",
        "status/maintenances/1970-01-01-db.yaml": MAINTENANCE,
    }
    text = rules(PLAIN, **files)
    assert "# No error budget counts 1970-01-01-db, 1970-01-01T01:00:00Z to 1970-01-01T02:00:00Z:" in text
    expected = {(LEFT, at): [(LABELS, 1)] for at in ("59m", "1h30m", "2h4m", "4h")} | {(FIRING, "1h30m"): [({}, 1)]}
    judge(program, tmp_path, text, OUTAGE, expected)
    counted = {(LEFT, "59m"): [(LABELS, 1)], (LEFT, "1h30m"): [(LABELS, 0)], (LEFT, "4h"): [(LABELS, 0)]}
    judge(program, tmp_path, rules(PLAIN), OUTAGE, counted)


@every_promtool
def test_a_ratio_alone_leaves_planned_work_out_too(tmp_path, program) -> None:
    ratio = "slos: [{name: a, objective: 99, sli: {error_ratio_query: 'avg_over_time(bad[{{.window}}])'}}]\n"
    files = {
        "status/components.yaml": "website: {name: Website, services: [web]}\n",
        "status/maintenances/1970-01-01-db.yaml": MAINTENANCE,
    }
    series = {"bad": "0x60 1x58 0x121"}
    expected = {(LEFT, at): [(LABELS, 1)] for at in ("59m", "1h30m", "4h")}
    judge(program, tmp_path, rules(ratio, **files), series, expected)


WEB = """\
selector: app="web"
slos:
  - name: a
    objective: 99.9
    sli: {errors: 'http_requests_total{code=~"5.."}', total: http_requests_total}
"""
LEGS = 'count by (leg) (ALERTS{alertstate="firing",slo="a",leg!="no-data"})'
OK, BAD = 'http_requests_total{app="web",code="200"}', 'http_requests_total{app="web",code="503"}'


@every_promtool
def test_each_leg_goes_on_as_long_as_its_short_window_remembers(tmp_path, program) -> None:
    """Half of all requests fail from the first hour on, for an hour."""
    series = {OK: "0+60x60 3600+30x60 5400+60x60", BAD: "0x60 0+30x60 1800x60"}
    every, slow = (
        [({"leg": leg}, 1) for leg in legs]
        for legs in (("2h-1d", "30m-6h", "5m-1h", "6h-3d"), ("2h-1d", "30m-6h", "6h-3d"))
    )
    half = 'abs(slo:sli_error:ratio_rate1h{slo="a"} - 0.5) < bool 0.01'
    expected = {(LEGS, "59m"): [], (LEGS, "2h"): every, (half, "2h"): [(LABELS, 1)], (LEGS, "2h10m"): slow}
    judge(program, tmp_path, rules(WEB), series, expected)


@every_promtool
def test_the_errors_of_another_service_are_not_ours(tmp_path, program) -> None:
    series = {OK: "0+60x120", 'http_requests_total{app="other",code="503"}': "0+60x120"}
    none = 'slo:sli_error:ratio_rate1h{slo="a"} == bool 0'
    judge(
        program,
        tmp_path,
        rules(WEB),
        series,
        {(LEGS, "2h"): [], (none, "2h"): [(LABELS, 1)], (LEFT, "2h"): [(LABELS, 1)]},
    )


@every_promtool
def test_a_vanished_region_is_missed_and_all_regions_once(tmp_path, program) -> None:
    firing = 'count by (region) (ALERTS{alertname="WebANoData",alertstate="firing"})'
    regions = {'t{region="eu"}': "0+60x120", 't{region="us"}': "0+60x30"}
    us, eu, nowhere = ({"region": "us"}, 1), ({"region": "eu"}, 1), ({}, 1)
    judge(program, tmp_path, rules(GROUPED), regions, {(firing, "40m"): [], (firing, "55m"): [us]})
    both_gone = {'t{region="eu"}': "0+60x30", 't{region="us"}': "0+60x30"}
    judge(program, tmp_path, rules(GROUPED), both_gone, {(firing, "55m"): [eu, us]})
    judge(program, tmp_path, rules(GROUPED), {"other": "1x60"}, {(firing, "9m"): [], (firing, "10m"): [nowhere]})


@every_promtool
def test_labels_of_groups_are_kept_in_every_series_that_is_measured(tmp_path, program) -> None:
    series = {'t{region="eu"}': "0+60x120", 'e{region="eu"}': "0+60x120", 't{region="us"}': "0+60x120"}
    names = ("slo:sli_error:ratio_rate1h", "slo:period_burn_rate:ratio", "slo:current_burn_rate:ratio")
    per_region = [({"region": "eu"}, 1), ({"region": "us"}, 1)]
    expected = {(f"count by (region) ({name})", "30m"): per_region for name in names}
    pages = 'count by (region, sev) (ALERTS{leg="5m-1h"})'
    expected[pages, "30m"] = [({"region": "eu", "sev": "SEV-2"}, 1)]
    judge(program, tmp_path, rules(GROUPED), series, expected)


@every_promtool
@pytest.mark.parametrize(
    ("sli", "expected"),
    [
        ("{error_query: 'sum(rate(t[{{.window}}])) * (0 / 0)', total_query: 'sum(rate(t[{{.window}}]))'}", 1),
        ("{errors: never, total: t}", 1),
        ("{error_query: 'sum(rate(never[{{.window}}]))', total_query: 'sum(rate(t[{{.window}}]))'}", 1),
        ("{good: t, total: t}", 1),
    ],
)
def test_without_errors_and_without_numbers_there_are_no_errors(tmp_path, program, sli, expected) -> None:
    found = {(f'{name}{{slo="a"}} == bool 0', "30m"): [(LABELS, expected)] for name in ("slo:sli_error:rate5m",)}
    found['slo:sli_error:ratio_rate1h{slo="a"} == bool 0', "30m"] = [(LABELS, expected)]
    found[LEFT, "30m"] = [(LABELS, 1)]
    judge(program, tmp_path, rules(f"slos: [{{name: a, objective: 99, sli: {sli}}}]\n"), {"t": "0+60x60"}, found)


@every_promtool
def test_without_events_there_is_no_ratio_and_the_budget_goes_on(tmp_path, program) -> None:
    found = {('count(slo:sli_error:ratio_rate5m{slo="a"})', "30m"): [], (LEFT, "30m"): [(LABELS, 1)]}
    judge(program, tmp_path, rules(PLAIN), {"t": "0+60x10 600x60"}, found)


NATIVE = "slos: [{name: a, objective: 99, sli: {histogram: h, under: 2s, native: true}}]\n"


@every_promtool
def test_rules_of_native_histograms_are_accepted(tmp_path, program) -> None:
    check(program, tmp_path, rules(NATIVE))


@newest_promtool
def test_a_native_histogram_counts_what_took_longer(tmp_path, program) -> None:
    step = "{{schema:0 sum:15 count:10 buckets:[4 3 3]}}"  # up to 1 s, 2 s and 4 s
    band = 'abs(slo:sli_error:ratio_rate1h{slo="a"} - 0.3) < bool 0.001'
    idle = 'slo:sli_error:rate5m{slo="a"} == bool 0'
    expected = {(band, "30m"): [(LABELS, 1)], (idle, "1h20m"): [(LABELS, 1)]}
    series = {"h": f"{{{{schema:0 sum:0 count:0 buckets:[0 0 0]}}}}+{step}x60 {{{{schema:0 sum:900 count:600 "
              "buckets:[240 180 180]}}x60"}  # fmt: skip
    judge(program, tmp_path, rules(NATIVE), series, expected)


@newest_promtool
@pytest.mark.parametrize(
    ("slow", "legs"), [(0, []), (0.0095, []), (0.015, ["6h-3d"]), (0.2, ["2h-1d", "30m-6h", "5m-1h", "6h-3d"])]
)
def test_legs_of_a_native_histogram_fire_above_their_thresholds(tmp_path, program, slow, legs) -> None:
    """Of 10,000 requests a minute this share takes longer than two seconds, in one of two regions."""

    def histogram(minutes: int, share: float) -> str:
        late = round(10_000 * share)
        buckets = f"{minutes * (10_000 - late)} 0 {minutes * late}"
        return f"{{{{schema:0 sum:{minutes * 15_000} count:{minutes * 10_000} buckets:[{buckets}]}}}}"

    series = {
        f'h{{region="{region}"}}': f"{histogram(0, share)}+{histogram(1, share)}x120"
        for region, share in (("eu", slow), ("us", 0))
    }
    firing = 'count by (leg, region) (ALERTS{alertstate="firing",slo="a"})'
    found = [({"leg": leg, "region": "eu"}, 1) for leg in legs]
    grouped = NATIVE.replace("objective: 99,", "objective: 99, group_by: [region],")
    judge(program, tmp_path, rules(grouped), series, {(firing, "2h"): found})


@every_promtool
def test_an_offset_of_a_group_is_written_for_servers_that_know_it(tmp_path, program) -> None:
    source = "groups: [{name: g, query_offset: 30s, rules: [{record: 'x:y', expr: sum(up)}]}]\n"
    newer = rules(source, **{"tocsin.yaml": 'prometheus: {version: "2.53"}\n'})
    check(program, tmp_path, rules(source) if not program.endswith("latest") else newer)
    assert "query_offset" in newer
