"""Imported and built again, rules mean what they meant: a real Prometheus says so."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from generator.cli import main
from tests.importers.files import RULE_FILES, STYLES, written
from tests.importers.server import SETTINGS, meaning, rules_of

pytestmark = [
    pytest.mark.real_tool,
    pytest.mark.skipif(shutil.which("prometheus") is None, reason="needs prometheus: run .ci/tools"),
]


def imported(root: Path, *files: Path) -> list[Path]:
    """The rule files that come of importing and building."""
    root.mkdir(parents=True)
    (root / "tocsin.yaml").write_text(SETTINGS)
    assert main(["-C", str(root), "import", "prometheus", *map(str, files)]) == 0
    assert main(["-C", str(root), "build", "--target", "prometheus"]) == 0
    return sorted((root / "build" / "prometheus" / "rules").iterdir())


@pytest.mark.slow
def test_generated_files_mean_the_same(tmp_path: Path):
    cases: list[tuple[Path, Path]] = []

    @settings(max_examples=120, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
    @given(RULE_FILES, STYLES)
    def collect(groups, style):
        if any(group["rules"] for group in groups):
            folder = Path(tempfile.mkdtemp(dir=tmp_path))
            (folder / "rules.yml").write_text(written(groups, style))
            cases.append((folder / "rules.yml", *imported(folder / "repository", folder / "rules.yml")))

    collect()
    said = rules_of(tmp_path / "server", [path for case in cases for path in case])
    for before, after in cases:
        original = [group for group in said[before] if group["rules"]]
        by_name = sorted(original, key=lambda group: group["name"])
        rebuilt = sorted(said[after], key=lambda group: group["name"])
        assert meaning(rebuilt, by_name) == meaning(by_name), before.read_text()
