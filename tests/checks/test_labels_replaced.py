"""Labels that tell an alert's series apart and that ours replace; promtool shows what comes of it."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from generator.checks import labels_replaced
from generator.findings import Level
from generator.targets.prometheus import TARGET
from tests.catalogs import make_catalog, make_context
from tests.checks.found import found, place

SHOP = "alerts/shop.yaml"


def _files(expr: str, more: str = "", team: str = "") -> dict[str, str]:
    return {SHOP: f"{team}alerts:\n  - alert: ShopDown\n    expr: {expr}\n{more}", "schedules/web.yaml": "name: Web\n"}


@pytest.mark.parametrize(
    ("expr", "named"),
    [
        ("sum by (service) (rate(errors_total[5m])) > 0", "each service"),
        ("count by (job, service) (up == 0) > 0", "each service"),
        ("max by (severity, urgency) (open_tickets) > 3", "each severity and urgency"),
        ("sum by (team) (x) / on (team) sum by (team) (y) > 1", "each team"),
    ],
)
def test_a_label_that_is_replaced_is_named(expr, named):
    (finding,) = found(labels_replaced, _files(expr, team="team: web\n"))
    assert (finding.check, finding.level) == ("alert/label-replaced", Level.WARNING)
    assert place(finding) == f"{SHOP}:4:11"
    assert named in finding.message


@pytest.mark.parametrize(
    ("expr", "more"),
    [
        ("up == 0", ""),
        ("sum by (job) (up) == 0", ""),
        ("sum without (pod) (up) == 0", ""),
        ('sum by (service) (up{service="shop"}) == 0', ""),
        ("sum by (team) (up) == 0", ""),
        ("sum by (service) (up) == 0", "    labels: {service: '{{ $labels.service }}'}\n"),
        ('sum by (target) (label_replace(up, "target", "$1", "service", "(.*)")) == 0', ""),
    ],
)
def test_where_nothing_is_lost_nothing_is_said(expr, more):
    assert not found(labels_replaced, _files(expr, more))


@pytest.mark.real_tool
@pytest.mark.skipif(not shutil.which("promtool"), reason="needs promtool: run .ci/tools")
@pytest.mark.parametrize(("services", "refused"), [(("a",), False), (("a", "b"), True)])
def test_prometheus_refuses_two_series_that_become_one(tmp_path, services, refused):
    catalog = make_catalog(_files("sum by (service) (up) == 0"))
    (tmp_path / "rules.yaml").write_bytes(next(iter(TARGET.render(catalog, make_context()))).content)
    series = [{"series": f'up{{service="{name}"}}', "values": "0x5"} for name in services]
    firing = {"expr": "count(ALERTS)", "eval_time": "2m", "exp_samples": [{"labels": "{}", "value": len(services)}]}
    test = {"rule_files": ["rules.yaml"], "tests": [{"input_series": series, "promql_expr_test": [firing]}]}
    (tmp_path / "test.yaml").write_text(json.dumps(test))
    run = subprocess.run(
        ["promtool", "test", "rules", "test.yaml"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert ("same labelset" in run.stdout + run.stderr) is refused
    assert (run.returncode != 0) is refused
