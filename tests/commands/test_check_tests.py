"""`check --tests` together with what else `check` can do: of a change, of a part, beside a baseline."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from generator.cli import main
from tests.repositories import GitRepository
from tests.targets.prometheus.promtools import every_promtool, one_promtool

SHOP = """\
alerts:
  - alert: ShopDown
    expr: shop_up == 0
    runbook: shop
    tests:
      - {name: right, series: {shop_up: 0x9}, at: 5m, firing: true}
      - {name: wrong, series: {shop_up: 1x9}, at: 5m, firing: true}
"""


@pytest.fixture
def repository(git_repo: GitRepository) -> GitRepository:
    """One test that passes, and one that always failed."""
    git_repo.write("alerts/shop.yaml", SHOP)
    git_repo.write("runbooks/shop.md", "# Shop\n")
    git_repo.commit("Begin")
    return git_repo


def run(capsys, folder: Path, program: str, *more: str) -> tuple[int, list[str], dict[str, Any]]:
    """Exit status, the tests that failed, and the numbers."""
    capsys.readouterr()
    status = main(["check", "-C", str(folder), "--tests", "--promtool", program, "--format", "json", *more])
    found = json.loads(capsys.readouterr().out)
    return status, [each["subject"] for each in found["findings"] if each["check"] == "test/failed"], found["tests"]


@one_promtool
def test_of_a_change_only_tests_that_passed_before_are_told(repository, capsys, program) -> None:
    status, failed, tests = run(capsys, repository.path, program, "--since", "main")
    assert (status, failed, tests["failed"]) == (0, [], 1)
    repository.write("alerts/shop.yaml", SHOP.replace("== 0", "== 2"))
    status, failed, tests = run(capsys, repository.path, program, "--since", "main")
    assert (status, failed, tests["failed"]) == (1, ["shop/alert ShopDown: right"], 2)
    status, failed, _ = run(capsys, repository.path, program)
    assert (status, len(failed)) == (1, 2)


@one_promtool
def test_a_new_test_that_fails_is_told(repository, capsys, program) -> None:
    repository.write(
        "alerts/shop.yaml", f"{SHOP}      - {{name: new, series: {{shop_up: 1x9}}, at: 5m, firing: true}}\n"
    )
    assert run(capsys, repository.path, program, "--since", "main")[1] == ["shop/alert ShopDown: new"]


@one_promtool
def test_a_baseline_holds_no_tests(repository, capsys, program) -> None:
    repository.write("alerts/shop.yaml", SHOP.replace("runbook: shop", "runbook: gone"))
    status, failed, _ = run(capsys, repository.path, program, "--baseline")
    assert (status, failed) == (1, ["shop/alert ShopDown: wrong"])
    assert "test/" not in (repository.path / "baseline.yaml").read_text(encoding="utf-8")
    assert run(capsys, repository.path, program)[:2] == (1, ["shop/alert ShopDown: wrong"])


@one_promtool
def test_services_outside_the_paths_are_not_run(repository, capsys, program) -> None:
    repository.write(
        "alerts/web.yaml",
        SHOP.replace("Shop", "Web").replace("name: wrong, series: {shop_up: 1x9}", "series: {shop_up: 0x9}"),
    )
    status, failed, tests = run(capsys, repository.path, program, str(repository.path / "alerts/web.yaml"))
    assert (status, failed) == (0, [])
    assert (tests["passed"], [each["service"] for each in tests["alerts"]]) == (2, ["web"])
    assert set(tests) == {"tool", "passed", "failed", "skipped_services", "alerts"}
    assert set(tests["alerts"][0]) == {"service", "alert", "tests", "failed"}


ENVIRONMENTS = """\
prometheus: {external_labels: {region: us}}
environments:
  eu: {external_labels: {region: eu}, objectives: {web/a: 95}}
"""
REGIONAL = """\
slos: [{name: a, objective: 99, sli: {errors: e, total: t}}]
alerts:
  - alert: Down
    expr: web_up == 0
    runbook: web
    labels: {region: '{{ $externalLabels.region }}'}
    tests: [{name: here, series: {web_up: 0x9}, at: 5m, firing: [{region: eu}]}]
"""


@every_promtool
def test_the_rules_of_every_server_are_tested_and_a_failure_names_the_server(git_repo, capsys, program) -> None:
    for path, text in {"tocsin.yaml": ENVIRONMENTS, "alerts/web.yaml": REGIONAL, "runbooks/web.md": "# Web\n"}.items():
        git_repo.write(path, text)
    main(["check", "-C", str(git_repo.path), "--tests", "--promtool", program])
    out = capsys.readouterr().out
    assert out.count("test/failed") == 1
    assert 'alert Down: here: at 5m expected that it fires with region="eu", and it does not' in out
    _, failed, tests = run(capsys, git_repo.path, program)
    assert (failed, tests["failed"]) == (["web/alert Down: here"], 1)
    assert {each["alert"]: each["tests"] for each in tests["alerts"]}["Down"] == 2
