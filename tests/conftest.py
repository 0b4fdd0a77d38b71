"""Fixtures and settings that every test may use."""

from __future__ import annotations

import os
from pathlib import Path

import hypothesis
import pytest

from tests.repositories import GitRepository, copy_sources, new_repository
from tests.require_tools import pytest_make_collect_report, pytest_runtest_makereport

__all__ = ["pytest_make_collect_report", "pytest_runtest_makereport"]

ROOT = Path(__file__).resolve().parent.parent

# A slow machine is no reason to fail. CI repeats the same examples each time: a failure there is the change's own.
_CALM = hypothesis.settings(deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.register_profile("developer", _CALM)
hypothesis.settings.register_profile("ci", _CALM, derandomize=True, database=None)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "developer")


@pytest.fixture(scope="session")
def repo_root() -> Path:
    """The checkout of this project that the tests run in."""
    return ROOT


@pytest.fixture
def git_repo(tmp_path: Path) -> GitRepository:
    """An empty Git repository."""
    return new_repository(tmp_path / "repository")


@pytest.fixture
def example(tmp_path: Path, repo_root: Path) -> GitRepository:
    """A repository of its own with the living example's sources, committed."""
    repository = new_repository(tmp_path / "example")
    copy_sources(repo_root, repository.path)
    repository.commit("Add the example")
    return repository
