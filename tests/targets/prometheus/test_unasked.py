"""SLIs that have a value where there are no series: their tests pass, and say which recording rules they do without."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml as pyyaml

from tests.targets.prometheus.promtools import every_promtool, failures, judged, rendered

BAD, ALL = 'sum{by}(rate(http_total{{code=~"5.."}}[{{{{.window}}}}]))', "sum{by}(rate(http_total[{{{{.window}}}}]))"
TAILS = (
    "{} or vector(0)",
    "{} or on() vector(0)",
    "({}) or vector(1) # {{{{.window}}}}",
    "vector(0) or {}",
    "{} or 0 * vector(1)",
)
SLIS: dict[str, dict[str, str]] = {
    **{f"errors {i}": {"error_query": tail.format(BAD), "total_query": ALL} for i, tail in enumerate(TAILS)},
    **{f"total {i}": {"error_query": BAD, "total_query": tail.format(ALL)} for i, tail in enumerate(TAILS)},
    "both": {"error_query": f"{BAD} or vector(0)", "total_query": f"{ALL} or vector(0)"},
    **{f"ratio {i}": {"error_ratio_query": tail.format(f"{BAD} / {ALL}")} for i, tail in enumerate(TAILS)},
    "inside": {"error_ratio_query": f"1 - (({BAD} or vector(0)) / ({ALL} or vector(1)))"},
    "minus": {"error_query": f"{ALL} - ({BAD} or vector(0))", "total_query": f"({ALL} or vector(0)) > 0"},
    "absent": {"error_query": f"absent(up) * 5 or {BAD}", "total_query": ALL},
    "clock": {"error_query": f"{BAD} and on() (hour() >= 0)", "total_query": f"{ALL} or vector(time()) > 5"},
}  # fmt: skip


def slo(name: str, sli: dict[str, str], **more: Any) -> dict[str, Any]:
    by = " by (region) " if "group_by" in more else ""
    queries = {key: query.format(by=by) for key, query in sli.items()}
    return {"name": name.replace(" ", "-"), "objective": 99, "sli": queries, **more}


def source(shapes: dict[str, dict[str, str]], **more: Any) -> str:
    return json.dumps({"slos": [slo(name, sli, **more) for name, sli in shapes.items()]})


FEW = {name: sli for name, sli in SLIS.items() if name in ("errors 0", "total 0", "total 2", "both")}
MIXED = {
    "selector": 'app="web"',
    "slos": [
        {"name": "bare", "objective": 99.9, "sli": {"errors": 'r{code=~"5.."}', "total": "r"}},
        slo("whole", SLIS["both"]),
    ],
}
FILES = {
    **{f"alerts/plain{i}.yaml": source(dict(list(SLIS.items())[i : i + 3])) for i in range(0, len(SLIS), 3)},
    "alerts/floor.yaml": source(FEW, min_events=50),
    "alerts/grouped.yaml": source({**FEW, "inside": SLIS["inside"]}, group_by=["region"]),
    "alerts/held.yaml": source({"ratio": SLIS["ratio 0"]}, group_by=["region"], no_data="off", **{"for": "2m"}),
    "alerts/mixed.yaml": json.dumps(MIXED),
}


@every_promtool
@pytest.mark.slow
def test_the_tests_of_all_forms_pass(program, tmp_path) -> None:
    tests = rendered(FILES, tmp_path)
    assert {path.name.split(".")[0] for path in tests} == {Path(name).stem for name in FILES}
    assert not failures(judged(program, "check", tmp_path.glob("prometheus/rules/*.yaml")))
    assert not failures(judged(program, "test", tests))


def cases(folder, sli: str, **more: Any) -> set[str]:
    rendered({"alerts/web.yaml": source({"a": SLIS[sli]}, **more)}, folder)
    text = (folder / "prometheus/tests/web.test.yaml").read_text()
    return {each["name"].removeprefix("a: ") for each in pyyaml.safe_load(text)["tests"]}


def recorded(path) -> list[str]:
    groups = pyyaml.safe_load(path.read_text())["groups"]
    return [rule.get("record") or rule["alert"] for group in groups for rule in group["rules"]]


def test_each_leg_is_tried_and_the_ticket_only_where_it_can_fire(tmp_path) -> None:
    legs = {"thresholds of 5m-1h, 30m-6h, 2h-1d", "thresholds of 6h-3d", "steady burns", "total outage"}
    for (i, sli), more in product(enumerate(SLIS), ({}, {"min_events": 50})):
        assert legs <= cases(tmp_path / f"{i}{bool(more)}", sli, **more), sli
    assert {"no data", "never any data"} <= cases(tmp_path / "errors", "errors 0")
    for sli in ("total 0", "ratio 0", "both", "inside"):
        assert not {"no data", "never any data"} & cases(tmp_path / sli, sli)
    # A group that was there is missed all the same; that there never were any, is not.
    by_group = cases(tmp_path / "grouped", "total 0", group_by=["region"])
    assert {"no data", "never any data"} & by_group == {"no data"}


def test_only_what_would_be_fed_is_left_out_and_the_file_says_so(tmp_path) -> None:
    cases(tmp_path, "errors 0")
    every = recorded(tmp_path / "prometheus/rules/web.yaml")
    assert recorded(tmp_path / "prometheus/tests/rules/web.yaml") == [x for x in every if x != "slo:sli_error:rate5m"]
    text = (tmp_path / "prometheus/tests/web.test.yaml").read_text()
    assert "#   slo:sli_error:rate5m of a\n" in text
    assert pyyaml.safe_load(text)["rule_files"] == ["rules/web.yaml"]


def test_what_is_missing_where_there_are_no_data_is_tried_with_all_rules(tmp_path) -> None:
    rendered({"alerts/web.yaml": source({"a": {"error_query": BAD, "total_query": ALL}})}, tmp_path)
    assert [path.name for path in (tmp_path / "prometheus/tests").iterdir()] == ["web.test.yaml"]
