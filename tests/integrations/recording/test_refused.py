"""Every bad state gives one clear sentence, and leaves the repository as it was."""

from __future__ import annotations

import shutil
import sys

import pytest

from generator.errors import TocsinError, UsageError
from generator.git.clone import open_clone
from generator.git.locks import alone
from generator.integrations.recording import Change, record
from tests.integrations.recording.conftest import incident, state
from tests.integrations.recording.driver import INCIDENT, NOW, says
from tests.repositories import GitRepository, new_repository

OTHER = "status/components.yaml"


def refused(clone, match: str, *, push: bool = False, plan=None, branch: str | None = None) -> TocsinError:
    """The refusal; nothing is another than before."""
    before = state(clone)
    with pytest.raises(TocsinError, match=match) as caught:
        record(clone.path, plan or says("Hello"), now=NOW, push=push, branch=branch, key="k")
    assert state(clone) == before
    assert "\n" not in caught.value.message
    assert caught.value.exit == 2
    return caught.value


def test_a_closed_incident(clone):
    def closed(_tree):
        raise UsageError("incident is resolved", "tocsin incident reopen")

    refused(clone, "incident is resolved", plan=closed)
    refused(clone, "incident is resolved", plan=closed, push=True)


def test_a_file_of_the_change_that_somebody_is_changing(clone):
    clone.write(INCIDENT, "title: Mine\n")
    found = refused(clone, f"{INCIDENT} has changes of its own: nothing was recorded")
    assert "git stash" in found.hint
    refused(clone, INCIDENT, push=True)
    clone.git("add", INCIDENT)
    refused(clone, f"{INCIDENT} is staged")
    (clone.path / INCIDENT).unlink()
    refused(clone, INCIDENT)


def test_a_new_file_that_lies_there_already(clone):
    clone.write("notes.md", "Mine\n")
    plan = lambda _: Change({"notes.md": "Ours\n"}, "Add notes")  # noqa: E731
    refused(clone, "notes.md is there already and not committed", plan=plan)
    clone.write(".gitignore", "notes.md\n")
    clone.commit()
    refused(clone, "notes.md is there already and not committed", plan=plan)


def test_a_folder_that_became_a_symlink(clone, tmp_path):
    shutil.move(clone.path / "status", tmp_path / "elsewhere")
    (clone.path / "status").symlink_to(tmp_path / "elsewhere")
    refused(clone, "lies behind status, which is no folder")


def test_head_is_detached(clone):
    clone.git("checkout", "--quiet", "--detach")
    refused(clone, "HEAD is detached")


def test_something_is_half_done(clone):
    clone.git("switch", "--quiet", "-c", "other")
    clone.write(OTHER, "rest: {name: Theirs}\n")
    clone.commit()
    clone.git("switch", "--quiet", "main")
    clone.write(OTHER, "rest: {name: Ours}\n")
    clone.commit()
    clone.git("merge", "other", check=False)
    assert "git merge --abort" in refused(clone, "a merge is going on").hint
    clone.git("merge", "--abort")
    clone.git("rebase", "other", check=False)
    refused(clone, "a rebase is going on")


def test_no_identity(clone, monkeypatch):
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.delenv(f"GIT_{role}_NAME")
        monkeypatch.delenv(f"GIT_{role}_EMAIL")
    assert "git config user.name" in refused(clone, "Git does not know who commits").hint
    refused(clone, "Git does not know who commits", push=True)


def test_no_repository_no_commit_no_work_tree_no_remote(tmp_path, origin, monkeypatch):
    (tmp_path / "plain").mkdir()
    with pytest.raises(UsageError, match="not a Git repository"):
        record(tmp_path / "plain", says("Hello"), now=NOW, key="k")
    empty = new_repository(tmp_path / "empty")
    refused(empty, "branch main has no commit yet")
    with pytest.raises(UsageError, match="a repository without a work tree"):
        record(origin.path, says("Hello"), now=NOW, key="k")
    empty.write(INCIDENT, "title: x\n")
    empty.commit()
    refused(empty, "there is no remote to push to", push=True)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="git is not installed"):
        record(empty.path, says("Hello"), now=NOW, key="k")


def test_several_remotes_of_which_none_is_meant(clone):
    clone.git("remote", "rename", "origin", "one")
    clone.git("remote", "add", "two", "/nowhere")
    clone.git("config", "--unset", "branch.main.remote")
    refused(clone, r"none of the remotes \(one, two\) is meant", push=True)


@pytest.mark.parametrize("name", ["a..b", "-x", "a b", ""])
def test_a_branch_whose_name_is_none(clone, name):
    refused(clone, "is no name of a branch", branch=name)


def test_a_branch_that_is_checked_out_elsewhere(clone):
    clone.git("worktree", "add", "--quiet", "-b", "status", "../second")
    refused(clone, "branch status is checked out in .*second", branch="status")
    second = GitRepository(clone.path.parent / "second")
    assert record(second.path, says("Hello"), now=NOW, key="k", branch="status").branch == "status"
    assert incident(second, "status").count("Hello") == 1


def test_another_git_holds_the_index(clone, monkeypatch):
    monkeypatch.setattr("generator.git.locks._WAIT_INDEX", 0.2)
    (clone.path / ".git/index.lock").touch()
    assert "index.lock" in refused(clone, "another git is working in this clone").hint
    (clone.path / ".git/index.lock").unlink()
    assert record(clone.path, says("Hello"), now=NOW, key="k").commit


def test_another_command_records_in_this_clone(clone, monkeypatch):
    monkeypatch.setattr(sys.modules["generator.integrations.recording.record"], "WAIT", 0.2)
    with alone(open_clone(clone.path), lambda _: None, 1):
        refused(clone, "another command has been recording")
