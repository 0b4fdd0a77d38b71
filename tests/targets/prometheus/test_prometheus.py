"""The rules of an SLO, judged by promtool: when each leg fires, and when it is quiet."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from generator.catalog import Catalog
from generator.targets.prometheus import TARGET
from generator.targets.rendering import yaml
from tests.catalogs import make_catalog, make_context

HERE = Path(__file__).parent
SOURCES = {
    "alerts/web.yaml": """\
selector: app="web"
slos:
  - name: availability
    objective: 99.9
    critical: true
    sli: {errors: 'http_requests_total{code=~"5.."}', total: http_requests_total}
  - name: latency
    objective: 99
    sli: {histogram: http_request_duration_seconds, under: 300ms}
"""
}

needs_promtool = pytest.mark.skipif(shutil.which("promtool") is None, reason="needs promtool: run .ci/tools")


def render(catalog: Catalog) -> dict[str, str]:
    return {artifact.path: artifact.content.decode() for artifact in TARGET.render(catalog, make_context())}


def promtool(folder: Path, *arguments: str, **files: str) -> subprocess.CompletedProcess[str]:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8", newline="")
    return subprocess.run(["promtool", *arguments], cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return make_catalog(SOURCES)


@pytest.fixture(scope="module")
def rules(catalog: Catalog) -> str:
    return render(catalog)["prometheus/rules/web.yaml"]


def test_golden(rules: str) -> None:
    assert rules == (HERE / "web.yaml").read_text(encoding="utf-8")


def test_sources_of_an_artifact_are_all_files_that_it_was_made_from() -> None:
    files = SOURCES | {
        "alerts/web.yaml": "team: ops\n" + SOURCES["alerts/web.yaml"],
        "alerts/severity-map.yaml": "severity_mapping: {SEV-1: {urgency: page}}\n",
        "runbooks/web-latency.md": "# Latency\n",
        "schedules/ops.yaml": "lead: erin\nescalation: {steps: [{page: lead, wait: 15m}]}\n",
        "schedules/people.yaml": "erin: {name: Erin}\n",
        "schedules/other.yaml": "name: Other\n",
        "tocsin.yaml": "name: Example\n",
    }
    artifact, *tests = TARGET.render(make_catalog(files), make_context())
    assert {each.sources for each in tests} == {("alerts/severity-map.yaml", "alerts/web.yaml", "tocsin.yaml")}
    assert artifact.sources == tuple(sorted(set(files) - {"schedules/other.yaml"}))


def test_a_service_without_rules_has_no_file_and_a_repository_without_services_no_target() -> None:
    assert render(make_catalog({"alerts/a.yaml": "description: nothing yet\n"})) == {}
    assert not TARGET.applies(make_catalog({"schedules/ops.yaml": "name: Ops\n"}))


@needs_promtool
@pytest.mark.real_tool
def test_rules_of_the_living_example_are_valid(tmp_path, repo_root) -> None:
    folders = ("alerts", "schedules", "runbooks")
    paths = [path for folder in folders for path in (repo_root / folder).rglob("*") if path.is_file()]
    files: dict[str, Any] = {path.relative_to(repo_root).as_posix(): path.read_bytes() for path in paths}
    text = render(make_catalog(files | {"tocsin.yaml": (repo_root / "tocsin.yaml").read_bytes()}))
    assert list(text) == [
        "prometheus/rules/tr-web.yaml",
        "prometheus/tests/tr-web.test.yaml",
        "prometheus/tests/tr-web.windows.test.yaml",
    ]
    found = promtool(tmp_path, "check", "rules", "rules.yaml", rules=text["prometheus/rules/tr-web.yaml"])
    assert found.returncode == 0, found.stdout + found.stderr


HOSTILE = 'q" \\ ${x} {{ y }} %{z} <script>\n\t# : - {\x7f\u2028\U0001f514 {'


@needs_promtool
@pytest.mark.real_tool
def test_hostile_text_is_still_text_after_prometheus_has_expanded_it(tmp_path) -> None:
    said = yaml(HOSTILE)
    source = f"""\
labels: {{own: {said}}}
links: {{dashboard: {said}}}
slos:
  - name: a
    objective: 99
    description: {said}
    annotations: {{own: "of {{{{ $labels.slo }}}}"}}
    sli: {{errors: {yaml('e{a="{{"}')}, total: t}}
alerts:
  - alert: Down
    expr: 'up{{job="a b"}} == 0  # comment'
    annotations: {{summary: "{{{{ $labels.job }}}} down"}}
"""
    catalog = make_catalog({"alerts/web.yaml": source})
    assert not catalog.findings
    labels = {"severity": "warning", "urgency": "ticket", "sev": "SEV-3", "service": "web", "own": HOSTILE}
    down = {
        "exp_labels": labels | {"job": "a b"},
        "exp_annotations": {"summary": "a b down", "dashboard": HOSTILE},
    }
    silent = {
        "exp_labels": labels | {"slo": "a", "leg": "no-data"},
        "exp_annotations": {
            "summary": "web: no data for a",
            "description": f"{HOSTILE}. The series behind this SLO have had no value for 10 minutes: "
            "whether the service works is unknown, and no other alert of the SLO can fire.",
            "own": "of a",
            "dashboard": HOSTILE,
        },
    }
    test = {
        "interval": "1m",
        "input_series": [{"series": 'up{job="a b"}', "values": "0x20"}],
        "alert_rule_test": [
            {"eval_time": "15m", "alertname": "Down", "exp_alerts": [down]},
            {"eval_time": "15m", "alertname": "WebANoData", "exp_alerts": [silent]},
        ],
    }
    tests = yaml({"rule_files": ["rules.yaml"], "evaluation_interval": "1m", "tests": [test]})
    rules = render(catalog)["prometheus/rules/web.yaml"]
    found = promtool(tmp_path, "test", "rules", "tests.yaml", rules=rules, tests=tests)
    assert found.returncode == 0, found.stdout + found.stderr
