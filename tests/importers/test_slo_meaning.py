"""What is imported measures what it measured: promtool evaluates both on the same series, and Sloth's own rules too."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from generator.targets.prometheus import TARGET
from tests.catalogs import make_catalog, make_context
from tests.importers.specs import imported
from tests.importers.test_openslo import only, ratio
from tests.importers.test_openslo import slo as openslo
from tests.importers.test_pyrra import slo as pyrra

pytestmark = [
    pytest.mark.real_tool,
    pytest.mark.skipif(not shutil.which("promtool"), reason="needs promtool: run .ci/tools"),
]
needs_sloth = pytest.mark.skipif(not shutil.which("sloth"), reason="needs sloth: run .ci/tools")
WINDOWS = ("5m", "30m", "1h", "6h")
MOMENTS = ("30m", "5h", "8h")
SERIES = {
    # a sample every two minutes: four hours of a few errors, then one request in five fails in one region
    'requests_total{region="eu",code="200"}': "0+99x120 11880+80x150",
    'requests_total{region="eu",code="500"}': "0+1x120 120+20x150",
    'requests_total{region="us",code="200"}': "0+1000x270",
    'requests_total{region="us",code="500"}': "0+3x270",
    'took_seconds_bucket{job="a",le="0.4"}': "0+95x270",
    'took_seconds_bucket{job="a",le="+Inf"}': "0+100x270",
    'took_seconds_count{job="a"}': "0+100x270",
    'probe_success{instance="x"}': "1x120 0x10 1x140",
    'probe_success{instance="y"}': "1x250 0x20",
    "availability:ratio": "0.99x120 0.9x150",
    "queue_age": "1+0.2x270",
}
ERRORS, TOTAL = 'sum(rate(requests_total{code="500"}[W]))', "sum(rate(requests_total[W]))"
BY_REGION = 'sum by (region) (rate(requests_total{code="500"}[W])) / sum by (region) (rate(requests_total[W]))'
DOWN = "1 - sum by (instance) (sum_over_time(probe_success[W])) / sum by (instance) (count_over_time(probe_success[W]))"

SPEC = """\
version: prometheus/v1
service: web
slos:
  - name: answers
    objective: 99
    sli:
      events:
        error_query: sum(rate(requests_total{code="500"}[{{.window}}]))
        total_query: sum(rate(requests_total[{{.window}}]))
    alerting: {name: Answers, page_alert: {disable: true}}
  - name: eu
    objective: 99
    sli:
      raw:
        error_ratio_query: |
          sum(rate(requests_total{code="500",region="eu"}[{{.window}}]))
          /
          sum(rate(requests_total{region="eu"}[{{.window}}]))
    alerting: {name: Eu, ticket_alert: {disable: true}}
"""
SPEC_ON = SPEC.replace("disable: true", "disable: false")
ALPHA = """\
apiVersion: openslo/v1alpha
kind: SLO
metadata: {name: answers}
spec:
  service: web
  timeWindows: [{count: 30, unit: Day}]
  objectives:
    - target: 0.99
      ratioMetrics:
        good: {source: prometheus, queryType: promql, query: 'sum(rate(requests_total{code!="500"}[{{.window}}]))'}
        total: {source: prometheus, queryType: promql, query: 'sum(rate(requests_total[{{.window}}]))'}
"""


def rules_of(kind: str, text: str, folder: Path) -> None:
    """Imports, builds, and leaves the rules of the only service in `ours.yaml`."""
    catalog = make_catalog(dict(imported(kind, text).texts))
    rules = [
        each.content for each in TARGET.render(catalog, make_context()) if each.path.startswith("prometheus/rules/")
    ]
    assert len(rules) == 1
    (folder / "ours.yaml").write_bytes(rules[0])


def sloths(text: str, folder: Path) -> None:
    """The rules of Sloth itself in `sloth.yaml`."""
    (folder / "spec.yaml").write_text(text)
    program = shutil.which("sloth") or ""
    subprocess.run([program, "generate", "--no-log", "-i", "spec.yaml", "-o", "sloth.yaml"], cwd=folder, check=True)


def hold(folder: Path, files: Sequence[str], questions: Sequence[tuple[str, str, float]]) -> None:
    """Asks promtool: (moment, expression, number)."""
    asked = [
        {"eval_time": moment, "expr": expr, "exp_samples": [{"labels": "{}", "value": value}]}
        for moment, expr, value in questions
    ]
    series = [{"series": name, "values": values} for name, values in SERIES.items()]
    tests = [{"interval": "2m", "input_series": series, "promql_expr_test": asked}]
    (folder / "test.yaml").write_text(json.dumps({"rule_files": files, "evaluation_interval": "2m", "tests": tests}))
    run = subprocess.run(
        ["promtool", "test", "rules", "test.yaml"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


def same(ours: str, theirs: str, count: int = 1, on: str = "") -> str:
    """How many of our series are within a billionth of theirs."""
    return f"count(abs({ours} - on({on}) ({theirs})) < 1e-9) == {count}"


CASES = {
    "pyrra-ratio": (
        "pyrra",
        pyrra("{ratio: {errors: {metric: 'requests_total{code=\"500\"}'}, total: {metric: requests_total}}}"),
        f"{ERRORS} / {TOTAL}",
        1,
        "",
    ),
    "pyrra-grouping": (
        "pyrra",
        pyrra(
            "{ratio: {errors: {metric: 'requests_total{code=\"500\"}'}, total: {metric: requests_total}, "
            "grouping: [region]}}"
        ),
        BY_REGION,
        2,
        "region",
    ),
    "pyrra-latency": (
        "pyrra",
        pyrra(
            '{latency: {success: {metric: \'took_seconds_bucket{job="a",le="0.4"}\'}, '
            "total: {metric: 'took_seconds_count{job=\"a\"}'}}}"
        ),
        '1 - sum(rate(took_seconds_bucket{le="0.4"}[W])) / sum(rate(took_seconds_count[W]))',
        1,
        "",
    ),
    "pyrra-gauge": ("pyrra", pyrra("{bool_gauge: {metric: probe_success, grouping: [instance]}}"), DOWN, 2, "instance"),
    "openslo-counters": (
        "openslo",
        openslo(ratio("good", 'requests_total{code!="500"}', "requests_total")),
        f"{ERRORS} / {TOTAL}",
        1,
        "",
    ),
    "openslo-rates": (
        "openslo",
        openslo(ratio("good", 'sum(rate(requests_total{code!="500"}[1h]))', "sum(rate(requests_total[1h]))")),
        f"{ERRORS} / {TOTAL}",
        1,
        "",
    ),
    "openslo-unsummed": (
        "openslo",
        openslo(ratio("bad", 'rate(requests_total{code="500"}[5m])', "rate(requests_total[5m])")),
        f"{ERRORS} / {TOTAL}",
        1,
        "",
    ),
    "openslo-raw": (
        "openslo",
        openslo(only("raw", "availability:ratio", ", rawType: success")),
        "1 - avg_over_time(availability:ratio[W])",
        1,
        "",
    ),
    "openslo-threshold": (
        "openslo",
        openslo(only("threshold", "queue_age"), "{op: lte, value: 30, target: 0.99}"),
        "sum_over_time((queue_age > bool 30)[W:1m]) / count_over_time(queue_age[W:1m])",
        1,
        "",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_ratio_is_what_the_form_says(name, tmp_path):
    kind, text, truth, count, on = CASES[name]
    rules_of(kind, text, tmp_path)
    questions = [
        (moment, same(f"slo:sli_error:ratio_rate{window}", truth.replace("W", window), count, on), count)
        for window in WINDOWS
        for moment in MOMENTS[1:]
    ]
    hold(tmp_path, ["ours.yaml"], questions)


@needs_sloth
@pytest.mark.parametrize(
    ("kind", "text", "names"), [("sloth", SPEC_ON, ("answers", "eu")), ("openslo", ALPHA, ("answers",))]
)
def test_ratios_are_those_of_sloths_own_rules(kind, text, names, tmp_path):
    rules_of(kind, text, tmp_path)
    sloths(text, tmp_path)
    # Sloth numbers the objectives of an SLO of OpenSLO from 0.
    of_sloth = {name: name if kind == "sloth" else f"{name}-0" for name in names}
    questions = [
        (moment, same(f'{series}{{slo="{name}"}}', f'{series}{{sloth_slo="{other}"}}'), 1)
        for window in WINDOWS
        for series in [f"slo:sli_error:ratio_rate{window}"]
        for name, other in of_sloth.items()
        for moment in MOMENTS
    ]
    hold(tmp_path, ["ours.yaml", "sloth.yaml"], questions)


@needs_sloth
def test_the_same_alerts_fire_and_what_is_disabled_does_not(tmp_path):
    rules_of("sloth", SPEC, tmp_path)
    sloths(SPEC, tmp_path)
    questions = []
    for alert, urgency, fires in [
        ("Answers", "page", 0),
        ("Answers", "ticket", 1),
        ("Eu", "page", 1),
        ("Eu", "ticket", 0),
    ]:
        for label in ("urgency", "sloth_severity"):
            firing = f'ALERTS{{alertname="{alert}",alertstate="firing",{label}="{urgency}"}}'
            questions += [("8h", f"sum(count({firing}) > bool 0) or vector(0)", fires)]
            questions += [("2h", f"sum(count({firing}) > bool 0) or vector(0)", 0)]
    hold(tmp_path, ["ours.yaml", "sloth.yaml"], questions)
