"""SLOs of every shape: promtool accepts their rules, and the tests that follow from them pass."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml as pyyaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.catalogs import make_catalog
from tests.targets.prometheus.promtools import every_promtool, failures, judged, rendered
from tests.targets.prometheus.slos import severity_maps, slos, source

MANY = st.lists(slos(), min_size=6, max_size=6, unique_by=json.dumps)
EXAMPLES = int(os.environ.get("TOCSIN_EXAMPLES", "3"))
"""Of six SLOs each, with a severity map of their own or the built-in one."""


@every_promtool
@pytest.mark.slow
@settings(max_examples=EXAMPLES)
@given(many=MANY, severities=st.none() | severity_maps())
def test_every_rule_is_accepted_and_every_test_passes(
    program: str, many: Sequence[dict[str, Any]], severities: dict[str, Any] | None
) -> None:
    files = {f"alerts/s{i}.yaml": source(slo, severities) for i, slo in enumerate(many)}
    if severities is not None:
        files["alerts/severity-map.yaml"] = json.dumps(severities)
    with TemporaryDirectory() as folder:
        tests = rendered(files, Path(folder))
        assert len({test.name.split(".")[0] for test in tests}) == len(many)
        rules = Path(folder).glob("prometheus/rules/*.yaml")
        assert not failures(judged(program, "check", rules))
        assert not failures(judged(program, "test", tests))


SOURCE = """\
selector: app="web"
slos:
  - {{name: a, objective: {objective}, sli: {{errors: 'r{{c="5"}}', total: r}}{more}}}
"""


def cases(objective: object, more: str = "") -> dict[str, dict[str, Any]]:
    with TemporaryDirectory() as folder:
        paths = rendered({"alerts/web.yaml": SOURCE.format(objective=objective, more=more)}, Path(folder))
        documents = [pyyaml.load(path.read_text(encoding="utf-8"), pyyaml.CSafeLoader) for path in paths]
    return {each["name"].removeprefix("a: "): each for document in documents for each in document["tests"]}


@pytest.mark.parametrize(
    ("objective", "leg", "minute"),
    [
        (99.9, "5m-1h", "1h1m"),
        (99, "5m-1h", "1h9m"),
        (95, "5m-1h", "1h44m"),
        (93.1, "5m-1h", "2h"),
        (90, "30m-6h", "9h37m"),
    ],
)
def test_a_total_outage_pages_when_arithmetic_says(objective, leg, minute) -> None:
    """Threshold times long window: 52 seconds, 8.6 minutes, 43, 59.6, and 216 minutes for the slower leg."""
    outage = cases(objective)["total outage"]["promql_expr_test"]
    fires = [each["eval_time"] for each in outage if f'leg="{leg}"' in str(each["exp_samples"])]
    assert fires == [minute]


def test_a_leg_that_cannot_fire_is_tried_and_stays_silent() -> None:
    found = cases(50)
    every = [each for case in found.values() for moment in case["promql_expr_test"] for each in moment["exp_samples"]]
    assert any('leg="6h-3d"' in each["labels"] for each in every)
    assert not any('leg="5m-1h"' in each["labels"] for each in every)
    assert 'ratio_rate5m{service="web",slo="a"}' in str(found["steady burns"]["input_series"])


def test_what_an_slo_does_not_have_is_not_tested() -> None:
    assert "too little traffic" not in cases(99)
    assert "too little traffic" in cases(99, ", min_events: 10")
    assert "groups" not in cases(99)
    assert "groups" in cases(99, ", group_by: [region]")
    assert "no data" not in cases(99, ", no_data: 'off'")


def test_slos_alike_are_worked_out_once_and_keep_their_names() -> None:
    names = ["web", "shop"]
    files = {f"alerts/{name}.yaml": SOURCE.format(objective=99, more="").replace("web", name) for name in names}
    with TemporaryDirectory() as folder:
        paths = rendered(files, Path(folder))
        shop, web = (
            "".join(path.read_text() for path in paths if path.name.startswith(name)) for name in sorted(names)
        )
    assert web.replace("WebA", "ShopA").replace("web", "shop") == shop
    assert not make_catalog(files).findings


ENVIRONMENTS = """\
prometheus: {external_labels: {region: us}}
environments:
  eu: {external_labels: {region: eu}, objectives: {web/a: 95}, sloth_labels: true, scrape_interval: 15s}
  lab: {objectives: {web/a: 50}}
"""


@every_promtool
def test_the_rules_of_every_server_pass_their_own_tests(program, tmp_path) -> None:
    slo = SOURCE.format(objective=99.9, more=", group_by: [zone], min_events: 100, for: 2m")
    tests = rendered({"tocsin.yaml": ENVIRONMENTS, "alerts/web.yaml": slo}, tmp_path)
    servers = ["prometheus", "prometheus/eu", "prometheus/lab"]
    parts = ["web.test.yaml", "web.windows.test.yaml"]
    assert set(tests) == {tmp_path / server / "tests" / part for server in servers for part in parts}
    for server in servers:
        folder = tmp_path / server
        assert not failures(judged(program, "check", [folder / "rules/web.yaml"]))
        assert not failures(judged(program, "test", [folder / "tests" / part for part in parts]))
    texts = {(tmp_path / server / "tests/web.test.yaml").read_text(encoding="utf-8") for server in servers}
    assert len(texts) == len(servers)


@every_promtool
@pytest.mark.parametrize("matcher", ['a="ñ"', 'a=~"[[:alpha:]]+"', "a='it\\'s'", 'a="@slo@"', 'a="\\u202e"'])
def test_labels_of_any_language_are_tried(program: str, matcher: str, tmp_path: Path) -> None:
    slo = {"name": "a", "objective": 99.9, "sli": {"errors": f'r_total{{{matcher},code="5"}}', "total": "r_total"}}
    tests = rendered({"alerts/web.yaml": source(slo)}, tmp_path)
    assert not failures(judged(program, "test", tests))
