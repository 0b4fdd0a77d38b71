"""The merge that brought a commit, and the pull request that commits name."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from generator.git import History
from generator.git.additions import Addition
from tests.repositories import GitRepository

WHEN = datetime(2026, 10, 1, tzinfo=UTC)


def test_the_branch_got_a_commit_with_its_first_merge(git_repo: GitRepository) -> None:
    base = git_repo.commit("Base")
    git_repo.git("checkout", "-q", "-b", "inner")
    inner = git_repo.commit("Inner")
    git_repo.git("checkout", "-q", "-b", "outer")
    outer = git_repo.commit("Outer")
    git_repo.git("checkout", "-q", "-")
    git_repo.git("checkout", "-q", "-B", "main", base)
    git_repo.commit("On the branch")
    git_repo.git(
        "merge", "-q", "--no-ff", "-m", "Merge pull request #7 from x/inner\n\nReviewed-by: Bob <b@x>", "inner"
    )
    first = git_repo.git("rev-parse", "HEAD").stdout.strip()
    git_repo.git("merge", "-q", "--no-ff", "-m", "Merge branch 'outer'\n\nSee merge request a/b!8", "outer")
    found = History(git_repo.path).merges({base, inner, outer})
    assert {commit: merge.request for commit, merge in found.items()} == {inner: "#7", outer: "!8"}
    assert (found[inner].commit, found[inner].reviewers) == (first, ("Bob",))


def test_nothing_is_asked_and_nothing_is_known(git_repo: GitRepository, tmp_path) -> None:
    assert History(git_repo.path).merges(set()) == {}
    assert History(tmp_path).merges({"a"}) == {}
    git_repo.commit("First")
    assert History(git_repo.path).merges({"0" * 40}) == {}


@pytest.mark.parametrize(
    ("message", "request_"),
    [
        ("Watch the shop (#123)", "#123"),
        ("Watch the shop (#12)\n\nMentions (#13)", "#12"),
        ("Merge pull request #45 from a/b\n\nWatch", "#45"),
        ("Merge branch 'a' into 'main'\n\nWatch\n\nSee merge request team/shop!67", "!67"),
        ("Merge pull request 'Watch the shop' (#8) from a into main", "#8"),
        ("Merged in watch (pull request #9)", "#9"),
        ("Merged PR 10: Watch", "#10"),
        ("Mend #11", ""),
        ('Revert "a (#12)"', ""),
        ("", ""),
    ],
)
def test_the_request_that_a_commit_names(message: str, request_: str) -> None:
    assert Addition("a", WHEN, "Ana", message, "").request == request_
