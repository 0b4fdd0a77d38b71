"""The versions of promtool that judge what is rendered: the distribution's and the newest."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from generator.integrations.promtool import Promtool, Verdict, find_promtool
from generator.targets.prometheus import TARGET
from tests.catalogs import make_catalog, make_context

_PATH = f"{os.environ.get('PATH', '')}:{Path(__file__).resolve().parents[3] / '.ci/cache/bin'}"


def _version(name: str) -> Any:
    found = shutil.which(name, path=_PATH)
    marks = [pytest.mark.real_tool, pytest.mark.skipif(found is None, reason=f"needs {name}: run .ci/tools")]
    return pytest.param(found or name, id=name, marks=marks)


every_promtool = pytest.mark.parametrize("program", [_version("promtool"), _version("promtool-latest")])
newest_promtool = pytest.mark.parametrize("program", [_version("promtool-latest")])
one_promtool = pytest.mark.parametrize("program", [_version("promtool")])


def rendered(files: Mapping[str, str], folder: Path) -> list[Path]:
    """Writes rules and tests of sources, and gives the paths of the tests."""
    catalog = make_catalog(files)
    assert not catalog.findings
    for artifact in TARGET.render(catalog, make_context()):
        path = folder / artifact.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(artifact.content)
    return sorted(folder.rglob("*.test.yaml"))


def judged(program: str, command: str, files: Iterable[Path]) -> dict[str, Verdict]:
    """The verdicts of `promtool check rules` or `promtool test rules`, by the names of the files."""
    tool: Promtool = find_promtool(program)
    run = {"check": tool.check, "test": tool.test}[command]
    return {path.name: verdict for path, verdict in run(list(files), lambda *_: None).items()}


def failures(verdicts: Mapping[str, Verdict]) -> str:
    """What failed, as promtool says it."""
    return "\n".join(f"{name}: {each.output}" for name, each in verdicts.items() if not each.passed)
