"""Same sources, same history, same time: the same bytes, whatever machine, locale, zone and folder they lie in."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repositories import GitRepository, copy_sources, new_repository

NOW = "2026-11-24T12:00Z"
HERE = {"LC_ALL": "C", "TZ": "UTC", "PYTHONHASHSEED": "1", "LANG": "C", "COLUMNS": "40"}
THERE = {"LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Kathmandu", "PYTHONHASHSEED": "4711", "LANG": "es_ES", "COLUMNS": "200"}
QUICK = ("prometheus", "operator", "grafana", "alertmanager", "terraform", "calendars", "status")


def build(repository: GitRepository, environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """`tocsin build` in a process of its own, with another environment."""
    return subprocess.run(
        [sys.executable, "-m", "generator", "-C", str(repository.path), "build", *arguments],
        cwd=Path(__file__).parents[1],
        env=repository.environment | environment,
        check=False,
        text=True,
        encoding="utf-8",
        capture_output=True,
    )


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def copy_backwards(source: Path, to: Path) -> None:
    """The same files, made in another order, so that the file system lists them in another one."""
    names = sorted((file for file in source.rglob("*") if file.is_file() and ".git" not in file.parts), reverse=True)
    for name in names:
        target = to / name.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(name, target)


@pytest.fixture
def twins(tmp_path: Path, repo_root: Path) -> tuple[GitRepository, GitRepository]:
    """Two repositories with the same commits."""
    one = new_repository(tmp_path / "one")
    copy_sources(repo_root, one.path)
    other = new_repository(tmp_path / "deeper" / "and with blanks" / "ötherwise")
    copy_backwards(one.path, other.path)
    assert one.commit("Add the example") == other.commit("Add the example")
    return one, other


def targets(*names: str) -> list[str]:
    return [argument for name in names for argument in ("--target", name)]


def assert_same(twins: tuple[GitRepository, GitRepository], *arguments: str) -> None:
    for repository, environment in zip(twins, (HERE, THERE), strict=True):
        done = build(repository, environment, "--now", NOW, *arguments)
        assert done.returncode == 0, done.stdout + done.stderr
    ours, theirs = (files(repository.path / "build") for repository in twins)
    assert sorted(ours) == sorted(theirs)
    assert [path for path in ours if ours[path] != theirs[path]] == []


def test_two_builds_are_byte_for_byte_the_same(twins: tuple[GitRepository, GitRepository]):
    assert_same(twins, *targets(*QUICK))


@pytest.mark.slow
def test_two_builds_of_everything_are_byte_for_byte_the_same(twins: tuple[GitRepository, GitRepository]):
    assert_same(twins)


def test_drift_is_seen_after_an_edit_and_only_then(example: GitRepository):
    chosen = targets("prometheus", "status")
    assert build(example, HERE, "--now", NOW, *chosen).returncode == 0
    before = files(example.path / "build")
    still = build(example, THERE, "--drift", *chosen)
    assert (still.returncode, still.stderr) == (0, "")
    assert still.stdout.startswith("no drift in ")
    source = example.path / "alerts/tr-web.yaml"
    source.write_text(
        source.read_text(encoding="utf-8").replace("objective: 99.9", "objective: 99.5"), encoding="utf-8"
    )
    drifted = build(example, THERE, "--drift", *chosen)
    assert drifted.returncode == 1, drifted.stdout + drifted.stderr
    assert drifted.stdout.splitlines()[0] == "changed: prometheus/rules/tr-web.yaml"
    assert files(example.path / "build") == before, "drift writes nothing"


def test_drift_without_a_build_is_everything(example: GitRepository):
    done = build(example, HERE, "--drift", "--now", NOW, "--target", "prometheus")
    assert done.returncode == 1
    assert "prometheus/rules/tr-web.yaml" in done.stdout
    assert not (example.path / "build").exists()


def test_the_locale_of_the_process_does_not_stop_it(example: GitRepository):
    environment = {**THERE, "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    done = build(example, environment, "--now", NOW, "--target", "calendars")
    assert done.returncode == 0, done.stdout + done.stderr
    assert os.listdir(example.path / "build/calendars/people")  # noqa: PTH208
