"""Git repositories for tests, with nobody's settings; names and dates are fixed, so that every commit keeps its id."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

START = datetime(2026, 10, 1, 9, tzinfo=UTC)
"""When the first commit is made; each later one is an hour after the one before."""

SOURCES = ("alerts", "schedules", "runbooks", "postmortems", "status", "schemas", "tocsin.yaml", "mkdocs.yml")
"""What makes a checkout of this project a repository that Tocsin can be used on."""


@dataclass(slots=True)
class GitRepository:
    """A folder under Git, and the few things that tests do with one."""

    path: Path
    commits: int = 0

    @property
    def environment(self) -> dict[str, str]:
        """Of a Git that knows neither the user's settings nor the repository that the tests may run in."""
        inherited = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        when = (START + timedelta(hours=self.commits)).isoformat()
        who = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in _WHO.items()}
        dates = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
        return inherited | who | dates | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}

    def git(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run git here; its output is text, and failing is an error unless `check` is false."""
        command = ["git", *arguments]
        return subprocess.run(
            command, cwd=self.path, env=self.environment, check=check, text=True, encoding="utf-8", capture_output=True
        )

    def write(self, path: str, text: str) -> Path:
        """Write a file, with the folders that lead to it."""
        file = self.path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")
        return file

    def commit(self, message: str = "Change") -> str:
        """Commit everything that is not ignored and give the commit's id."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--no-gpg-sign", "--no-verify", "--message", message)
        self.commits += 1
        return self.git("rev-parse", "HEAD").stdout.strip()


_WHO = {"NAME": "Alice Example", "EMAIL": "alice@example.com"}


def new_repository(path: Path) -> GitRepository:
    """An empty repository on branch `main`."""
    path.mkdir(parents=True, exist_ok=True)
    repository = GitRepository(path)
    repository.git("init", "--quiet", "--initial-branch=main")
    return repository


def copy_sources(project: Path, to: Path) -> None:
    """Copy the living example out of a checkout of this project."""
    for name in SOURCES:
        source = project / name
        if source.is_dir():
            shutil.copytree(source, to / name, symlinks=True)
        elif source.exists():
            shutil.copy2(source, to / name)


def copy_checkout(project: Path, to: Path) -> None:
    """Copy a checkout as it is now, uncommitted work too, without what Git ignores."""
    listed = GitRepository(project).git("ls-files", "-z", "--cached", "--others", "--exclude-standard").stdout
    for name in filter(None, listed.split("\0")):
        source = project / name
        if source.is_symlink() or source.is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, to / name, follow_symlinks=False)
