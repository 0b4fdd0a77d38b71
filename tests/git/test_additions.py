from __future__ import annotations

import re
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.git import History
from generator.git.additions import Addition, _parse
from tests.repositories import START, GitRepository


def words(_path: str, line: str) -> list[str]:
    return re.findall(r"\w+", line)


def subjects(repository: GitRepository, *folders: str) -> dict[object, str]:
    return {key: each.subject for key, each in History(repository.path).additions(folders, words).items()}


def test_the_oldest_commit_that_wrote_a_line_is_told(git_repo: GitRepository):
    git_repo.write("alerts/a.yaml", "one\n")
    first = git_repo.commit("Add one")
    git_repo.write("alerts/a.yaml", "one\ntwo\n")
    git_repo.commit("Add two")
    git_repo.write("alerts/a.yaml", "two\n")
    git_repo.commit("Remove one")
    git_repo.write("alerts/a.yaml", "two\none # again\n")
    git_repo.commit("Add one again")
    git_repo.write("other.yaml", "three\n")
    git_repo.commit("Elsewhere")
    found = History(git_repo.path).additions(["alerts"], words)
    assert found["one"] == Addition(first, START, "Alice Example", "Add one", "")
    assert {key: each.subject for key, each in found.items()} == {
        "one": "Add one",
        "two": "Add two",
        "again": "Add one again",
    }


def test_a_file_that_moved_keeps_the_age_of_its_lines(git_repo: GitRepository):
    git_repo.write("alerts/a b.yaml", "one\n")
    git_repo.commit("Add")
    git_repo.git("mv", "alerts/a b.yaml", "alerts/c.yaml")
    git_repo.commit("Move")
    assert subjects(git_repo, "alerts") == {"one": "Add"}


def test_lines_that_look_like_headers_are_lines(git_repo: GitRepository):
    git_repo.write("alerts/a", "++ b/alerts/x\n@@ -1 +1 @@\n-- a/y\n\ndiff --git a/z b/z\nlast")
    git_repo.commit("Add")
    git_repo.write("alerts/a", "++ b/alerts/x\n@@ -1 +1 @@\n-- a/y\n\ndiff --git a/z b/z\nlast\nnew")
    git_repo.commit("Append")
    found = subjects(git_repo, "alerts")
    assert (found["x"], found["y"], found["z"], found["new"]) == ("Add", "Add", "Add", "Append")


def test_settings_of_the_user_change_nothing(git_repo: GitRepository):
    for key, value in {"diff.noprefix": "true", "diff.interHunkContext": "9", "color.ui": "always"}.items():
        git_repo.git("config", key, value)
    git_repo.write("alerts/a", "a\nb\nc\nd\n")
    git_repo.commit("Add")
    git_repo.write("alerts/a", "x\nb\nc\ny\n")
    git_repo.commit("Change")
    assert subjects(git_repo, "alerts") == {**dict.fromkeys("abcd", "Add"), **dict.fromkeys("xy", "Change")}


def test_who_reviewed_is_told(git_repo: GitRepository):
    git_repo.write("a", "one\n")
    git_repo.commit("Add\n\nLong words.\n\nReviewed-by: Ana Pérez <ana@example.com>\nAcked-by: Luis\nSigned-off-by: X")
    git_repo.write("b", "two\n")
    git_repo.git("add", "b")
    git_repo.git("commit", "--quiet", "--author", "Bob <bob@example.com>", "--message", "By another")
    git_repo.git("-c", "user.name=x", "commit", "--allow-empty", "--quiet", "--message", "z")
    found = History(git_repo.path).additions(["."], words)
    assert found["one"].reviewers == ("Ana Pérez", "Luis")
    assert (found["two"].author, found["two"].committer, found["two"].reviewers) == ("Bob", "Alice Example", ())


def test_a_host_that_commits_is_nobody(git_repo: GitRepository):
    git_repo.write("a", "one\n")
    git_repo.git("add", "a")
    done = subprocess.run(
        ["git", "commit", "--quiet", "--message", "In a browser"],
        cwd=git_repo.path,
        env={**git_repo.environment, "GIT_COMMITTER_NAME": "GitHub"},
        check=True,
    )
    assert done.returncode == 0
    assert History(git_repo.path).additions(["."], words)["one"].committer == ""


def test_a_shallow_clone_says_nothing(git_repo: GitRepository, tmp_path):
    git_repo.write("a", "one\n")
    git_repo.commit("Add")
    git_repo.commit("More")
    subprocess.run(
        ["git", "clone", "--quiet", "--depth=1", git_repo.path.as_uri(), tmp_path / "shallow"],
        env=git_repo.environment,
        check=True,
    )
    history = History(tmp_path / "shallow")
    assert (history.additions(["."], words), history.reason) == ({}, "shallow clone")


def test_a_partial_clone_is_no_history(git_repo: GitRepository, tmp_path):
    git_repo.git("config", "uploadpack.allowFilter", "true")
    git_repo.write("a", "one\n")
    git_repo.commit("Add")
    git_repo.write("a", "two\n")
    git_repo.commit("Change")
    subprocess.run(
        ["git", "clone", "--quiet", "--filter=blob:none", git_repo.path.as_uri(), tmp_path / "partial"],
        env=git_repo.environment,
        check=True,
    )
    with pytest.raises(OSError, match="status"):
        History(tmp_path / "partial").additions(["."], words)


class _Lines:
    def __init__(self, lines: list[bytes]) -> None:
        self.lines = iter(lines)

    def readline(self) -> bytes:
        return next(self.lines, b"")


@given(st.lists(st.one_of(st.binary(max_size=20), st.sampled_from([b"\0a\0b", b"@@ -1 +9 @@", b"+++ b/x", b"+x"]))))
def test_a_broken_log_raises_nothing(lines: list[bytes]):
    list(_parse(_Lines([line.replace(b"\n", b"") + b"\n" for line in lines])))  # type: ignore[arg-type]
