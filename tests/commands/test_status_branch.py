"""The setting `status.branch` from outside: every command sees the branch, and none writes it into the folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.cli import main
from generator.commands.status_branch import branch_of, with_branch
from generator.commands.workspace import open_workspace
from generator.git import Memory, work_tree
from generator.kinds.status import StatusIncident
from tests.repositories import GitRepository

NOW = "--now=2026-10-15T00:00Z"
SETTINGS = "name: Example\nstatus: {url: https://status.example.com, branch: status}\n"
INCIDENT = "status/incidents/2026-10-14-checkout.yaml"
TEXT = """\
title: Checkout fails
updates:
  - {at: 2026-10-14 13:00, status: investigating, message: We look into it, components: {rest: major_outage}}
"""


@pytest.fixture
def repository(git_repo: GitRepository) -> GitRepository:
    """Main has the components; the branch has an incident."""
    git_repo.write("tocsin.yaml", SETTINGS)
    git_repo.write("status/components.yaml", "rest: {name: REST API}\n")
    git_repo.commit()
    git_repo.git("switch", "--quiet", "-c", "status")
    git_repo.write(INCIDENT, TEXT)
    git_repo.commit("status: investigating")
    git_repo.git("switch", "--quiet", "main")
    return git_repo


def findings(repository: GitRepository, capsys, *arguments: str) -> list[dict]:
    capsys.readouterr()
    main(["-C", str(repository.path), "check", NOW, "--format", "json", *arguments])
    return json.loads(capsys.readouterr().out)["findings"]


def test_the_page_shows_what_the_branch_says(repository, tmp_path):
    out = tmp_path / "out"
    assert main(["-C", str(repository.path), "build", "--target", "status", "--out", str(out), NOW]) == 0
    assert "Checkout fails" in (out / "status/index.html").read_text()
    assert (out / "status/incidents/2026-10-14-checkout/index.html").exists()
    assert not (repository.path / INCIDENT).exists()
    assert repository.git("status", "--porcelain").stdout == ""


def test_data_are_as_of_the_branchs_last_commit(repository):
    workspace = open_workspace(_arguments(repository))
    assert workspace.catalog.get(StatusIncident, "2026-10-14-checkout") is not None
    assert workspace.elsewhere == {INCIDENT}
    commit = workspace.context.history.last_change(INCIDENT)
    assert commit is not None
    assert commit.subject == "status: investigating"
    assert INCIDENT in workspace.context.history.tracked()
    assert workspace.context.history.last_change("status/components.yaml").subject == "Change"


def _arguments(repository: GitRepository):
    from argparse import Namespace

    return Namespace(folder=str(repository.path), now="2026-10-15T00:00Z")


def test_a_branch_that_is_nowhere_is_a_warning_at_the_setting(repository, capsys):
    repository.git("branch", "--quiet", "-D", "status")
    (found,) = (each for each in findings(repository, capsys) if each["check"] == "source/branch")
    assert (found["path"], found["level"]) == ("tocsin.yaml", "warning")
    assert "there is no branch 'status' in this clone" in found["message"]
    assert "git fetch origin status" in found["hint"]


def test_what_is_wrong_on_the_branch_is_found_and_not_mended_in_the_folder(repository, capsys):
    repository.git("switch", "--quiet", "status")
    repository.write(INCIDENT, TEXT.replace("rest", "nothing"))
    repository.commit()
    repository.git("switch", "--quiet", "main")
    assert INCIDENT in {each["path"] for each in findings(repository, capsys)}
    main(["-C", str(repository.path), "check", "--fix", NOW])
    assert not (repository.path / INCIDENT).exists()


def test_nothing_on_the_branch_is_part_of_a_change(repository, capsys):
    repository.write("runbooks/x.md", "# X\n")
    repository.commit()
    assert all(each["path"].startswith("runbooks/") for each in findings(repository, capsys, "--since", "HEAD~1"))


@pytest.mark.parametrize(
    ("settings", "branch"),
    [
        (SETTINGS, "status"),
        ("status: https://status.example.com\n", None),
        ("", None),
        ("status: {branch: [\n", None),
        ("status: {branch: 1}\n", None),
        ("# branch\n", None),
    ],
)
def test_the_branch_is_that_of_the_settings(settings, branch):
    assert branch_of(Memory({"tocsin.yaml": settings.encode()})) == branch


def test_without_git_the_folder_counts_alone(tmp_path: Path):
    (tmp_path / "tocsin.yaml").write_text(SETTINGS)
    found = with_branch(work_tree(tmp_path))
    assert found.finding is not None
    assert "not a Git repository" in found.finding.message
    assert found.tree.list() == ("tocsin.yaml",)
