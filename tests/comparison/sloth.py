"""One SLO in Sloth's form and in ours, the rules that each makes of it, and promtool asked about both at once."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from generator.targets.prometheus import TARGET
from tests.catalogs import make_catalog, make_context

ERRORS = 'sum(rate(http_requests_total{app="web",code=~"5.."}[{{.window}}]))'
TOTAL = 'sum(rate(http_requests_total{app="web"}[{{.window}}]))'

SPEC = f"""\
version: prometheus/v1
service: web
slos:
  - name: availability
    objective: 99.9
    sli: {{events: {{error_query: '{ERRORS}', total_query: '{TOTAL}'}}}}
    alerting: {{name: OfSloth}}
"""

SERVICE = """\
slos:
  - name: availability
    objective: 99.9
    alert: OfOurs
    sli:
      errors: http_requests_total{app="web",code=~"5.."}
      total: http_requests_total{app="web"}
"""

GOOD, BAD = 'http_requests_total{app="web",code="200"}', 'http_requests_total{app="web",code="500"}'
"""Counters of the one service."""

SLOTH = {
    urgency: f'ALERTS{{alertname="OfSloth",alertstate="firing",sloth_severity="{urgency}"}}'
    for urgency in ("page", "ticket")
}
OURS = {
    urgency: f'ALERTS{{alertname="OfOurs",alertstate="firing",urgency="{urgency}"}}' for urgency in ("page", "ticket")
}
"""What fires, by urgency."""


class Scenario(NamedTuple):
    """Counters in promtool's notation, sampled every `interval`."""

    series: Mapping[str, str]
    interval: str = "1m"


Asked = tuple[Sequence[str], Mapping[str, bool]]
"""Moments, and expressions with whether they have a value at each of them."""


def write_rules(folder: Path, service: str = SERVICE) -> None:
    """`sloth.yaml` and `ours.yaml`, each by its own generator."""
    (folder / "spec.yaml").write_text(SPEC)
    program = shutil.which("sloth") or "sloth"
    subprocess.run([program, "generate", "--no-log", "-i", "spec.yaml", "-o", "sloth.yaml"], cwd=folder, check=True)
    catalog = make_catalog({"alerts/web.yaml": service})
    rules = {each.path: each.content for each in TARGET.render(catalog, make_context())}
    (folder / "ours.yaml").write_bytes(rules["prometheus/rules/web.yaml"])


def ask(folder: Path, scenario: Scenario, *asked: Asked) -> str:
    """What promtool says against what is expected; empty where all of it holds."""
    questions = [
        {
            "expr": f"count({expr}) > bool 0",
            "eval_time": moment,
            "exp_samples": [{"labels": "{}", "value": 1}] if has else [],
        }
        for moments, expectations in asked
        for expr, has in expectations.items()
        for moment in moments
    ]
    test = {
        "rule_files": ["sloth.yaml", "ours.yaml"],
        "evaluation_interval": scenario.interval,
        "tests": [
            {
                "interval": scenario.interval,
                "input_series": [{"series": name, "values": values} for name, values in scenario.series.items()],
                "promql_expr_test": questions,
            }
        ],
    }
    (folder / "test.yaml").write_text(json.dumps(test))
    run = subprocess.run(
        ["promtool", "test", "rules", "test.yaml"], cwd=folder, capture_output=True, text=True, check=False
    )
    return "" if run.returncode == 0 else run.stdout + run.stderr
