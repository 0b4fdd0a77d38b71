from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from generator.git import Commit, History
from generator.git.history import _parse
from tests.repositories import START, GitRepository

HOUR = timedelta(hours=1)


def test_tells_the_newest_commit_of_each_file(git_repo: GitRepository):
    git_repo.write("a.yaml", "1")
    git_repo.write("d/b.yaml", "1")
    first = git_repo.commit("Add both")
    git_repo.write("a.yaml", "2")
    second = git_repo.commit("Change: ünïcode")
    git_repo.commit("Nothing")
    history = History(git_repo.path)
    assert (history.available, history.reason, history.in_git) == (True, "", True)
    assert history.last_change("a.yaml") == Commit(second, START + HOUR, "Alice Example", "Change: ünïcode")
    assert history.last_change("d/b.yaml") == Commit(first, START, "Alice Example", "Add both")
    assert history.last_change("none.yaml") is None


def test_tells_the_time_of_the_newest_of_several(git_repo: GitRepository):
    for name in ("a", "b", "c"):
        git_repo.write(name, name)
        git_repo.commit()
    history = History(git_repo.path)
    assert history.time_of(["a", "b", "none"]) == START + HOUR
    assert history.time_of(["none"]) is None
    assert history.time_of([]) is None


@pytest.mark.parametrize("name", ["a\nb", "\nb", '"', "ü", " x ", "0" * 40])
def test_any_name_has_a_history(git_repo: GitRepository, name: str):
    git_repo.write("first", "x")
    git_repo.write(name, "x")
    commit = git_repo.commit()
    history = History(git_repo.path)
    assert history.tracked() == {"first", name}
    for path in ("first", name):
        found = history.last_change(path)
        assert found is not None
        assert found.id == commit


def test_a_renamed_file_was_changed_then(git_repo: GitRepository):
    git_repo.write("old", "x" * 100)
    git_repo.commit()
    git_repo.git("mv", "old", "new")
    renamed = git_repo.commit("Rename")
    history = History(git_repo.path)
    found = history.last_change("new")
    assert found is not None
    assert found.id == renamed


def test_merges(git_repo: GitRepository):
    git_repo.write("a", "base")
    git_repo.write("b", "base")
    git_repo.commit("Base")
    git_repo.git("checkout", "--quiet", "-b", "side")
    git_repo.write("a", "side")
    side = git_repo.commit("Side")
    git_repo.git("checkout", "--quiet", "main")
    git_repo.write("b", "main")
    main = git_repo.commit("Main")
    git_repo.git("merge", "--quiet", "--no-commit", "--no-gpg-sign", "side")
    git_repo.write("c", "only in the merge")
    merge = git_repo.commit("Merge")
    history = History(git_repo.path)
    changes = {path: history.last_change(path) for path in ("a", "b", "c")}
    assert {path: change.id for path, change in changes.items() if change} == {"a": side, "b": main, "c": merge}


def test_below_a_subfolder_paths_start_there(git_repo: GitRepository):
    git_repo.write("ops/a.yaml", "x")
    git_repo.write("b.yaml", "x")
    commit = git_repo.commit()
    history = History(git_repo.path / "ops")
    assert history.tracked() == {"a.yaml"}
    found = history.last_change("a.yaml")
    assert found is not None
    assert found.id == commit
    assert history.last_change("b.yaml") is None


def test_a_subject_is_only_text(git_repo: GitRepository):
    git_repo.write("a", "x")
    git_repo.commit("%H \x1e |\t<script>\n\nbody\n")
    git_repo.write("b", "x")
    git_repo.git("add", "b")
    git_repo.git("commit", "--quiet", "--no-gpg-sign", "--allow-empty-message", "--message", "")
    history = History(git_repo.path)
    found = [history.last_change("a"), history.last_change("b")]
    assert [change and change.subject for change in found] == ["%H \x1e |\t<script>", ""]


def test_a_long_history_is_read_in_pieces(git_repo: GitRepository):
    names = [f"{'x' * 200}-{number}" for number in range(800)]
    for name in names:
        git_repo.write(name, "x")
    commit = git_repo.commit()
    history = History(git_repo.path)
    changes = [history.last_change(name) for name in names]
    assert {change and change.id for change in changes} == {commit}


def test_a_tracked_file_that_was_never_committed_has_no_change(git_repo: GitRepository):
    git_repo.commit()
    git_repo.write("new", "x")
    git_repo.git("add", "new")
    history = History(git_repo.path)
    assert history.tracked() == {"new"}
    assert history.last_change("new") is None


def test_without_git_it_says_why(tmp_path: Path):
    history = History(tmp_path)
    assert (history.available, history.reason, history.in_git) == (False, "not a Git repository", False)
    assert history.last_change("a") is None
    assert history.tracked() == frozenset()


def test_without_the_program_git_it_says_why(git_repo: GitRepository, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    assert History(git_repo.path).reason == "git is not installed"


def test_without_a_commit_it_says_why(git_repo: GitRepository):
    git_repo.write("a", "x")
    git_repo.git("add", "a")
    history = History(git_repo.path)
    assert (history.available, history.reason, history.in_git) == (False, "no commit yet", True)
    assert history.tracked() == {"a"}


def test_a_shallow_clone_says_so_but_knows_what_is_tracked(git_repo: GitRepository, tmp_path: Path):
    git_repo.write("a", "x")
    git_repo.commit()
    git_repo.commit()
    git_repo.git("clone", "--quiet", "--depth=1", f"file://{git_repo.path}", str(tmp_path / "shallow"))
    history = History(tmp_path / "shallow")
    assert (history.available, history.reason) == (False, "shallow clone")
    assert history.last_change("a") is None
    assert history.tracked() == {"a"}


def test_asks_nothing_before_the_first_question(tmp_path: Path):
    History(tmp_path / "gone")


@pytest.mark.parametrize(("setting", "value"), [("log.showRoot", "false"), ("diff.orderFile", "/nonexistent")])
def test_settings_of_git_hide_no_history(git_repo: GitRepository, setting: str, value: str):
    git_repo.write("a", "x")
    git_repo.commit()
    git_repo.git("config", setting, value)
    assert History(git_repo.path).time_of(["a"]) == START


@pytest.mark.parametrize("time", [b"99999999999999", b""])
def test_a_commit_of_an_impossible_time_is_the_oldest(time: bytes):
    found = list(_parse(iter([b"/", b"f" * 40, time, b"Ann", b"Subject", b"\na"])))
    assert [(path, commit.time.year) for commit, path in found] == [("a", 1970)]
