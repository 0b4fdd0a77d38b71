"""The proof against Alertmanager itself: the receivers of every row are those that amtool finds."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from generator.analysis.routing import NOBODY
from generator.analysis.routing.rows import NOBODY_TOLD, Row, rows
from generator.catalog import Catalog, load
from generator.git import work_tree
from generator.targets.alertmanager import TARGET
from tests.analysis.routing.varied_routing import repository
from tests.catalogs import NOW, make_catalog, make_context

pytestmark = [
    pytest.mark.real_tool,
    pytest.mark.skipif(shutil.which("amtool") is None, reason="needs amtool: run .ci/tools"),
]


def amtool(*arguments: str) -> str:
    run = subprocess.run(["amtool", *arguments], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout.strip()


def told_by_amtool(config: Path, found: tuple[Row, ...]) -> dict[tuple[str, ...], str]:
    """Labels → receivers. One run for labels that are equal where routes can ask: names of alerts are no matter."""
    labels = {
        tuple(f"{name}={row.labels[name]}" for name in sorted(row.labels) if name != "alertname") for row in found
    }
    return {each: amtool("config", "routes", "test", f"--config.file={config}", *each) for each in sorted(labels)}


def proven(catalog: Catalog, folder: Path) -> tuple[Row, ...]:
    """The rows, each held against amtool."""
    (artifact,) = TARGET.render(catalog, make_context())
    config = folder / "alertmanager.yaml"
    config.write_bytes(artifact.content)
    assert "SUCCESS" in amtool("check-config", str(config))
    found = rows(catalog, NOW)
    told = told_by_amtool(config, found)
    for row in found:
        labels = tuple(f"{name}={row.labels[name]}" for name in sorted(row.labels) if name != "alertname")
        assert ",".join(each.receiver for each in row.deliveries) == told[labels], (row.alert, labels)
    return found


def test_the_living_example(tmp_path, repo_root) -> None:
    found = proven(load(work_tree(repo_root)), tmp_path)
    assert {each.receiver for row in found for each in row.deliveries} == {"platform/page", "platform/ticket"}
    assert not any(row.gaps for row in found)


@pytest.mark.parametrize("seed", range(4))
def test_varied_repositories(tmp_path, seed) -> None:
    catalog = make_catalog(repository(seed))
    assert not catalog.findings
    found = proven(catalog, tmp_path)
    assert len({delivery.receiver for row in found for delivery in row.deliveries}) > 4
    for row in found:
        assert (NOBODY_TOLD in row.gaps) == ({each.receiver for each in row.deliveries} == {NOBODY}), row
