from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from generator.errors import UsageError
from generator.git import LIMIT, revision
from tests.repositories import GitRepository


def contents(root: Path, rev: str = "HEAD") -> dict[str, bytes]:
    tree = revision(root, rev)
    return dict(tree.read(tree.list()))


def test_reads_the_past_not_the_present(git_repo: GitRepository):
    git_repo.write("alerts/a.yaml", "old")
    git_repo.write("gone.yaml", "gone")
    first = git_repo.commit()
    git_repo.write("alerts/a.yaml", "new")
    (git_repo.path / "gone.yaml").unlink()
    git_repo.commit()
    git_repo.write("alerts/a.yaml", "not committed")
    assert contents(git_repo.path) == {"alerts/a.yaml": b"new"}
    for rev in (first, first[:10], "HEAD~1", "main~1", "main@{0}~1"):
        assert contents(git_repo.path, rev) == {"alerts/a.yaml": b"old", "gone.yaml": b"gone"}


def test_is_named_as_it_was_given(git_repo: GitRepository):
    git_repo.commit()
    tree = revision(git_repo.path, "HEAD")
    assert (tree.name, tree.root, tree.list(), tree.refused()) == ("HEAD", git_repo.path, (), ())


def test_reads_in_the_order_asked_for_many_files_at_once(git_repo: GitRepository):
    for number in range(600):
        git_repo.write(f"d/{number:03}.yaml", f"n: {number}\n" * (number % 3))
    git_repo.commit()
    tree = revision(git_repo.path, "HEAD")
    asked = [*reversed(tree.list()), "d/none.yaml", "d/001.yaml"]
    found = list(tree.read(asked))
    assert [path for path, _ in found] == [path for path in asked if path != "d/none.yaml"]
    assert all(content == (git_repo.path / path).read_bytes() for path, content in found)


@pytest.mark.parametrize("name", ["a\nb.yaml", 'quote".yaml', "über.yaml", " space .yaml", "-x.yaml"])
def test_any_name_is_read(git_repo: GitRepository, name: str):
    git_repo.write(f"d/{name}", "x")
    git_repo.commit()
    assert contents(git_repo.path) == {f"d/{name}": b"x"}


def test_a_name_that_is_not_utf8_is_refused_in_a_printable_form(git_repo: GitRepository):
    Path(os.fsdecode(os.fsencode(git_repo.path) + b"/\xff.yaml")).write_text("x")
    git_repo.commit()
    tree = revision(git_repo.path, "HEAD")
    assert tree.list() == ()
    assert tree.refused() == (("\\udcff.yaml", "has a name that is not UTF-8"),)


def test_symlinks_are_refused_and_folders_named_like_a_source_reported(git_repo: GitRepository):
    git_repo.write("real/a.yaml", "x")
    (git_repo.path / "link.yaml").symlink_to("real/a.yaml")
    (git_repo.path / "folder").symlink_to("real")
    git_repo.write("alerts/b.yaml/c.yaml", "x")
    git_repo.commit()
    tree = revision(git_repo.path, "HEAD")
    assert tree.list() == ("alerts/b.yaml/c.yaml", "real/a.yaml")
    assert tree.refused() == (
        ("alerts/b.yaml", "is a directory"),
        ("folder", "is a symlink"),
        ("link.yaml", "is a symlink"),
    )
    assert list(tree.read(["link.yaml", "folder/a.yaml"])) == []


def test_reads_one_byte_more_than_a_source_may_have(git_repo: GitRepository):
    for name, size in {"a": 0, "b": LIMIT, "c": LIMIT + 1, "d": LIMIT + 9}.items():
        git_repo.write(name, "x" * size)
    git_repo.commit()
    sizes = {path: len(content) for path, content in contents(git_repo.path).items()}
    assert sizes == {"a": 0, "b": LIMIT, "c": LIMIT + 1, "d": LIMIT + 1}


def test_below_a_subfolder_paths_start_there(git_repo: GitRepository):
    git_repo.write("above.yaml", "x")
    git_repo.commit()
    git_repo.write("ops/deep/a.yaml", "y")
    git_repo.commit()
    assert contents(git_repo.path / "ops") == {"deep/a.yaml": b"y"}
    assert contents(git_repo.path / "ops", "HEAD~1") == {}


def test_a_submodule_is_none_of_ours(git_repo: GitRepository):
    git_repo.write("a.yaml", "x")
    commit = git_repo.commit()
    git_repo.git("update-index", "--add", "--cacheinfo", f"160000,{commit},module")
    git_repo.git("commit", "--quiet", "--no-gpg-sign", "--message", "Add a module")
    assert contents(git_repo.path) == {"a.yaml": b"x"}


@pytest.mark.parametrize("rev", ["--output=x", "-h", "", "a b", "a\nb", "HEAD\0"])
def test_what_is_no_name_of_a_revision_is_refused(git_repo: GitRepository, rev: str):
    git_repo.commit()
    with pytest.raises(UsageError, match="is not the name of a revision"):
        revision(git_repo.path, rev)


@pytest.mark.parametrize("rev", ["nowhere", "HEAD~9", "HEAD..main", "HEAD:a.yaml", "0" * 40, "main:../x"])
def test_an_unknown_revision_is_named(git_repo: GitRepository, rev: str):
    git_repo.write("a.yaml", "x")
    git_repo.commit()
    with pytest.raises(UsageError, match=re.escape(f"there is no revision '{rev}' in this repository")):
        revision(git_repo.path, rev)


def test_without_git_there_is_no_revision(tmp_path: Path):
    with pytest.raises(UsageError, match="revision 'HEAD' cannot be read: not a Git repository"):
        revision(tmp_path, "HEAD")


def test_without_the_program_git_there_is_no_revision(git_repo: GitRepository, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(UsageError, match="revision 'HEAD' cannot be read: git is not installed"):
        revision(git_repo.path, "HEAD")


def test_a_hook_s_environment_does_not_lead_elsewhere(git_repo: GitRepository, tmp_path: Path, monkeypatch):
    git_repo.write("a.yaml", "x")
    git_repo.commit()
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "elsewhere"))
    assert contents(git_repo.path) == {"a.yaml": b"x"}


def test_a_shallow_clone_says_so(git_repo: GitRepository, tmp_path: Path):
    git_repo.commit()
    git_repo.commit()
    git_repo.git("clone", "--quiet", "--depth=1", f"file://{git_repo.path}", str(tmp_path / "shallow"))
    assert contents(tmp_path / "shallow") == {}
    with pytest.raises(UsageError) as error:
        revision(tmp_path / "shallow", "HEAD~1")
    assert error.value.hint == "the clone is shallow; fetch the revision first"


def test_a_missing_object_is_an_error_of_ours(git_repo: GitRepository):
    git_repo.write("a.yaml", "some content")
    git_repo.commit()
    identifier = git_repo.git("rev-parse", "HEAD:a.yaml").stdout.strip()
    (git_repo.path / ".git/objects" / identifier[:2] / identifier[2:]).unlink()
    with pytest.raises(UsageError, match="Git cannot read a revision"):
        contents(git_repo.path)
