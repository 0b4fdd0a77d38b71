"""One folder alone is a valid repository: whoever starts with runbooks has no schedules yet."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.cli import main
from tests.repositories import GitRepository, new_repository

FOLDERS = ("alerts", "schedules", "runbooks", "postmortems", "status")
NOW = ("--now", "2026-11-24T12:00Z")


@pytest.fixture(params=FOLDERS)
def lone(request: pytest.FixtureRequest, tmp_path: Path, repo_root: Path) -> GitRepository:
    """A repository with one folder of the living example, without settings."""
    repository = new_repository(tmp_path / "lone")
    shutil.copytree(repo_root / request.param, repository.path / request.param)
    repository.commit(f"Add {request.param}")
    return repository


def test_checks_well(lone: GitRepository, capsys: pytest.CaptureFixture[str]):
    status = main(["-C", str(lone.path), "check", *NOW])
    out = capsys.readouterr().out
    assert status == 0, out
    assert out.splitlines()[-1].startswith("0 errors")


@pytest.mark.slow
def test_builds_all_that_it_has_sources_for(lone: GitRepository, capsys: pytest.CaptureFixture[str]):
    status = main(["-C", str(lone.path), "build", *NOW])
    captured = capsys.readouterr()
    assert status == 0, captured.out + captured.err
    assert (lone.path / "build" / "manifest.json").is_file()


@pytest.mark.parametrize(
    ("folder", "target"),
    [
        ("alerts", "prometheus"),
        ("schedules", "terraform"),
        ("schedules", "calendars"),
        ("schedules", "alertmanager"),
        ("status", "status"),
    ],
)
def test_builds_the_target_that_the_folder_is_for(
    tmp_path: Path, repo_root: Path, capsys: pytest.CaptureFixture[str], folder: str, target: str
):
    shutil.copytree(repo_root / folder, tmp_path / folder)
    status = main(["-C", str(tmp_path), "build", "--target", target, *NOW])
    captured = capsys.readouterr()
    assert status == 0, captured.out + captured.err
    assert len(list((tmp_path / "build").rglob("*"))) > 1
