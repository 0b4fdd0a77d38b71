"""Which checks a repository is asked: those that speak of what it has, and no finding less for that."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from generator.catalog import load
from generator.checks import FAMILIES, all_checks, engine, families_of
from generator.git import Memory
from tests.catalogs import make_context

ROOT = Path(__file__).parents[2]
FOLDERS = ("alerts", "schedules", "runbooks", "postmortems", "status")
SOURCES = {
    path.relative_to(ROOT / "tests/bad/everything").as_posix(): path.read_bytes()
    for path in sorted((ROOT / "tests/bad/everything").rglob("*.*"))
    if path.relative_to(ROOT / "tests/bad/everything").parts[0] in FOLDERS
}


@pytest.mark.parametrize("folders", [(each,) for each in FOLDERS] + [FOLDERS, ("alerts", "schedules")])
def test_no_finding_is_lost(folders):
    files = {path: raw for path, raw in SOURCES.items() if path.partition("/")[0] in folders}
    catalog, context = load(Memory(files)), make_context(root=str(ROOT))
    assert engine.run(catalog, context) == engine.run(catalog, context, tuple(FAMILIES))


def test_every_folder_of_sources_is_spoken_of():
    assert {folder for spoken_of in FAMILIES.values() for folder in spoken_of} == set(FOLDERS)
    assert set(families_of([f"{folder}/x" for folder in FOLDERS])) == set(FAMILIES)


def test_what_a_repository_has_none_of_is_not_loaded():
    code = (
        "import sys; from generator.checks import all_checks, families_of; all_checks(families_of(['runbooks/x.md']));"
        "print([m for m in sys.modules if m.startswith(('generator.checks.oncall.', 'generator.checks.queries.'))])"
    )
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert said == "[]\n"


def test_a_check_of_the_settings_is_known_whatever_the_repository_has():
    files = {"tocsin.yaml": b"checks: {oncall/gap: off}\n", "runbooks/x.md": b"# X\n"}
    found = engine.run(load(Memory(files)), make_context(root=str(ROOT)))
    assert "oncall/gap" in all_checks()
    assert not [each for each in found if "there is no check" in each.message]
