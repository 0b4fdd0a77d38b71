"""What each commit did to files, and what is not committed yet."""

from __future__ import annotations

import pytest

from generator.git import History
from tests.repositories import GitRepository, new_repository

LONG = "".join(f"line {number}\n" for number in range(20))


@pytest.fixture
def repository(tmp_path) -> GitRepository:
    found = new_repository(tmp_path / "repository")
    found.write("a/one.yaml", LONG)
    found.write("b/other.yaml", "x: 1\n")
    found.commit()
    return found


def seen(repository: GitRepository, *folders: str) -> list[tuple[str | None, str | None]]:
    return [(each.old_path, each.new_path) for each in History(repository.path).changes(*(folders or ("a", "b")))]


def test_what_was_added_changed_renamed_and_removed_the_newest_first(repository):
    repository.git("mv", "a/one.yaml", "a/two.yaml")
    repository.commit()
    repository.write("a/two.yaml", LONG + "more\n")
    repository.commit()
    repository.git("rm", "-q", "a/two.yaml")
    last = repository.commit()
    assert seen(repository, "a") == [
        ("a/two.yaml", None),
        ("a/two.yaml", "a/two.yaml"),
        ("a/one.yaml", "a/two.yaml"),
        (None, "a/one.yaml"),
    ]
    assert History(repository.path).changes("a")[0].commit == last


def test_contents_are_those_of_before_and_after(repository):
    repository.write("b/other.yaml", "x: 2\n")
    repository.commit()
    history = History(repository.path)
    change = history.changes("b")[0]
    texts = history.contents([change.old_blob, change.new_blob])
    assert (texts[change.old_blob], texts[change.new_blob]) == (b"x: 1\n", b"x: 2\n")
    assert history.contents([]) == {}


def test_what_is_not_committed_comes_first_and_has_no_stored_content(repository):
    repository.write("b/other.yaml", "x: 3\n")
    change = History(repository.path).changes("b")[0]
    assert (change.commit, change.new_path, change.new_blob) == ("", "b/other.yaml", None)
    assert change.old_blob is not None


def test_a_merge_is_one_change_of_the_branch(repository):
    repository.git("checkout", "-q", "-b", "topic")
    for number in (2, 3):
        repository.write("b/other.yaml", f"x: {number}\n")
        repository.commit()
    repository.git("checkout", "-q", "main")
    repository.write("a/new.yaml", "y: 1\n")
    repository.commit()
    repository.git("merge", "-q", "--no-ff", "-m", "Merge", "topic")
    assert seen(repository, "b") == [("b/other.yaml", "b/other.yaml"), (None, "b/other.yaml")]


@pytest.mark.parametrize("name", ["a/sp ace.yaml", "a/new\nline.yaml", "a/:colon.yaml", "a/é.yaml"])
def test_names_of_all_sorts(repository, name):
    repository.write(name, LONG.replace("line", "other"))
    repository.commit()
    assert seen(repository, "a")[0] == (None, name)


def test_paths_begin_at_the_folder_that_is_asked(repository):
    repository.write("sub/schedules/x.yaml", "z: 1\n")
    repository.commit()
    found = History(repository.path / "sub").changes("schedules")
    assert [each.new_path for each in found] == ["schedules/x.yaml"]


def test_without_history_there_is_nothing(tmp_path):
    assert History(tmp_path).changes("a") == ()
