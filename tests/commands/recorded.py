"""A repository with a status page, and `tocsin` used in it at chosen moments."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.cli import main
from tests.repositories import GitRepository, new_repository

SETTINGS = "name: Example\nlanguages: [en, es]\nrunbooks: https://runbooks.example.com\n"
COMPONENTS = """\
website: {name: {en: Website, es: Sitio web}, services: [web]}
api:
  name: API
  components:
    rest: {name: REST API}
"""
SERVICE = """\
team: web
alerts:
  - alert: WebDown
    expr: up == 0
    urgency: page
"""
TEAM = "name: Web\nlead: ana\n"
PEOPLE = "ana: {name: Ana López, email: ana@shop.example}\n"
SOURCES = {
    "tocsin.yaml": SETTINGS,
    "status/components.yaml": COMPONENTS,
    "alerts/web.yaml": SERVICE,
    "schedules/web.yaml": TEAM,
    "schedules/people.yaml": PEOPLE,
}
IDENT = "2026-10-14-errors-at-checkout"
FACE = f"status/incidents/{IDENT}.yaml"
RECORD = f"postmortems/{IDENT}.md"


class Recorded:
    """The repository, and the command in it."""

    def __init__(self, repository: GitRepository, capsys: pytest.CaptureFixture[str]) -> None:
        self.repository, self.capsys = repository, capsys

    def __call__(self, command: str, *arguments: str, at: str = "13:12", status: int = 0) -> tuple[str, str]:
        """Runs it on 2026-10-14 at that time (or at a whole instant), and gives what it printed."""
        now = at if "T" in at else f"2026-10-14T{at}Z"
        self.capsys.readouterr()
        ended = main(["-C", str(self.repository.path), command, *arguments, f"--now={now}"])
        out, err = self.capsys.readouterr()
        assert ended == status, out + err
        return out, err

    def has_no_errors(self, *, at: str) -> bool:
        """Whether `tocsin check` finds no error in what customers and the team read."""
        folders = [self.repository.path / name for name in ("status", "postmortems")]
        return "0 errors" in self("check", *(str(each) for each in folders if each.is_dir()), at=at)[0]

    def text(self, path: str) -> str:
        """A file as it lies there, line breaks and all."""
        return (self.repository.path / path).read_bytes().decode()

    def subjects(self) -> list[str]:
        """Of the commits, the newest first."""
        return self.repository.git("log", "--format=%s").stdout.splitlines()

    def commit_files(self, files: Mapping[str, str]) -> None:
        """Writes files and commits them."""
        for path, text in files.items():
            self.repository.write(path, text)
        self.repository.commit("By hand")


def everything(folder: Path) -> dict[str, bytes]:
    """Every file of a repository, Git's own too, by its path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def recorded(path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Recorded:
    """A new repository with somebody who commits."""
    repository = new_repository(path)
    for name in ("GIT_AUTHOR_EMAIL", "GIT_AUTHOR_NAME", "GIT_COMMITTER_EMAIL", "GIT_COMMITTER_NAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    repository.git("config", "user.name", "Ana")
    repository.git("config", "user.email", "ana@shop.example")
    for name, text in SOURCES.items():
        repository.write(name, text)
    repository.commit("Begin")
    return Recorded(repository, capsys)


OPEN = ("open", "--public", "--title=Errors at checkout", "--component=website=partial", "--severity=sev-1")
