"""A repository with one incident, a bare one that others push to, and clones of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.integrations.recording.driver import INCIDENT
from tests.repositories import GitRepository, new_repository

SOURCES = {
    "tocsin.yaml": "name: Example\nstatus: https://status.example.com\n",
    "status/components.yaml": "rest: {name: REST API}\n",
    INCIDENT: """\
title: Checkout fails
updates:
  - {at: 2026-10-14 13:00, status: investigating, message: We look into it, components: {rest: major_outage}}
""",
}


@pytest.fixture
def origin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> GitRepository:
    """A bare repository with the sources on main."""
    repository = new_repository(tmp_path / "seed")
    for name, value in repository.environment.items():
        if name.startswith("GIT_") and not name.endswith("_DATE"):
            monkeypatch.setenv(name, value)
    for path, text in SOURCES.items():
        repository.write(path, text)
    repository.commit("Add the sources")
    repository.git("clone", "--quiet", "--bare", ".", str(tmp_path / "origin.git"))
    return GitRepository(tmp_path / "origin.git")


@pytest.fixture
def clone_as(origin: GitRepository, tmp_path: Path) -> Callable[..., GitRepository]:
    """Makes a clone of a name; all are copies of the first one, which is cheaper."""
    first = tmp_path / "first"

    def make(name: str, address: str = "") -> GitRepository:
        if not first.exists():
            origin.git("clone", "--quiet", str(origin.path), str(first))
        shutil.copytree(first, tmp_path / name, symlinks=True)
        found = GitRepository(tmp_path / name)
        if address:
            found.git("remote", "set-url", "origin", address)
        return found

    return make


@pytest.fixture
def clone(clone_as: Callable[..., GitRepository]) -> GitRepository:
    """One clone."""
    return clone_as("clone")


def incident(repository: GitRepository, rev: str = "main") -> str:
    """The incident as a revision has it."""
    return repository.git("show", f"{rev}:{INCIDENT}").stdout


def state(repository: GitRepository) -> dict[str, object]:
    """Everything that a refused command may not touch: names, the index, the work tree, what is half done."""
    top = repository.path
    inside = {path.relative_to(top).as_posix(): path for path in sorted(top.rglob("*"))}
    files = {
        path: place.read_bytes() if place.is_file() and not place.is_symlink() else str(place.is_symlink())
        for path, place in inside.items()
        if not path.startswith(".git/objects/")
    }
    names = repository.git("for-each-ref", check=False).stdout
    return {"names": names, "reflog": repository.git("reflog", "--all", check=False).stdout, **files}
