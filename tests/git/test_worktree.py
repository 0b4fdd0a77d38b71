from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from generator.errors import UsageError
from generator.git import LIMIT, find_root, work_tree
from tests.repositories import GitRepository


def contents(root: Path) -> dict[str, bytes]:
    tree = work_tree(root)
    return dict(tree.read(tree.list()))


def test_lists_tracked_and_untracked_but_neither_ignored_nor_deleted(git_repo: GitRepository):
    for path in ("tracked.yaml", "deleted.yaml", "a/deep/one.md"):
        git_repo.write(path, "x")
    git_repo.write(".gitignore", "ignored*\n")
    git_repo.commit()
    (git_repo.path / "deleted.yaml").unlink()
    git_repo.write("untracked.yaml", "y")
    git_repo.write("ignored.yaml", "z")
    assert work_tree(git_repo.path).list() == (".gitignore", "a/deep/one.md", "tracked.yaml", "untracked.yaml")
    assert work_tree(git_repo.path).refused() == ()


def test_reads_in_the_order_asked_for_and_leaves_out_what_is_not_there(git_repo: GitRepository):
    git_repo.write("b/one.yaml", "1")
    git_repo.write("two.yaml", "2")
    asked = ["two.yaml", "none.yaml", "b/one.yaml", "none/x", "two.yaml"]
    found = list(work_tree(git_repo.path).read(asked))
    assert found == [("two.yaml", b"2"), ("b/one.yaml", b"1"), ("two.yaml", b"2")]


@pytest.mark.parametrize("git", [True, False])
@pytest.mark.parametrize(
    "name", ["a\nb.yaml", 'quote".yaml', "'.yaml", "über.yaml", " space .yaml", "-x.yaml", "*.yaml"]
)
def test_any_name_is_read(tmp_path: Path, git_repo: GitRepository, git: bool, name: str):
    root = git_repo.path if git else tmp_path / "plain"
    (root / "d").mkdir(parents=True)
    (root / "d" / name).write_text("x")
    assert contents(root) == {f"d/{name}": b"x"}


@pytest.mark.parametrize("git", [True, False])
def test_a_name_that_is_not_utf8_is_refused_in_a_printable_form(tmp_path: Path, git_repo: GitRepository, git: bool):
    root = git_repo.path if git else tmp_path / "plain"
    root.mkdir(exist_ok=True)
    Path(os.fsdecode(os.fsencode(root) + b"/\xff.yaml")).write_text("x")
    tree = work_tree(root)
    assert tree.list() == ()
    assert tree.refused() == (("\\udcff.yaml", "has a name that is not UTF-8"),)


@pytest.mark.parametrize("git", [True, False])
def test_symlinks_are_refused_and_never_followed(tmp_path: Path, git_repo: GitRepository, git: bool):
    root = git_repo.path if git else tmp_path / "plain"
    (root / "alerts").mkdir(parents=True)
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "key.yaml").write_text("secret")
    (root / "alerts/a.yaml").symlink_to(secret / "key.yaml")
    (root / "alerts/dangling.yaml").symlink_to("nowhere")
    (root / "runbooks").symlink_to(secret)
    tree = work_tree(root)
    assert tree.list() == ()
    reasons = dict.fromkeys(["alerts/a.yaml", "alerts/dangling.yaml", "runbooks"], "is a symlink")
    assert dict(tree.refused()) == reasons
    assert list(tree.read(["alerts/a.yaml", "runbooks/key.yaml"])) == []


def test_tracked_files_behind_a_folder_that_became_a_symlink_are_refused(tmp_path: Path, git_repo: GitRepository):
    git_repo.write("alerts/deep/a.yaml", "x")
    git_repo.commit()
    (git_repo.path / "alerts").rename(tmp_path / "moved")
    (git_repo.path / "alerts").symlink_to(tmp_path / "moved")
    tree = work_tree(git_repo.path)
    assert tree.list() == ()
    assert dict(tree.refused()) == {
        "alerts": "is a symlink",
        "alerts/deep/a.yaml": "lies behind the symlink alerts",
    }


@pytest.mark.parametrize("git", [True, False])
@pytest.mark.parametrize("beside", [True, False])
def test_pipes_sockets_and_folders_named_like_a_source_are_refused(
    tmp_path: Path, git_repo: GitRepository, git: bool, beside: bool, monkeypatch
):
    root = git_repo.path if git else tmp_path / "plain"
    (root / "d/folder.yaml").mkdir(parents=True)
    if beside:
        (root / "d/x.md").write_text("x")
    os.mkfifo(root / "d/pipe.yaml")
    monkeypatch.chdir(root)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("d/socket.yaml")
        tree = work_tree(root)
        assert tree.list() == (("d/x.md",) if beside else ())
        assert tree.refused() == (
            ("d/folder.yaml", "is a directory"),
            ("d/pipe.yaml", "is not a regular file"),
            ("d/socket.yaml", "is not a regular file"),
        )
        assert list(tree.read(["d/pipe.yaml", "d/folder.yaml"])) == []


def test_reading_a_pipe_does_not_wait_and_says_why_it_refused(tmp_path: Path):
    tree = work_tree(tmp_path)
    assert tree.list() == ()
    os.mkfifo(tmp_path / "late.yaml")
    assert list(tree.read(["late.yaml"])) == []
    assert tree.refused() == (("late.yaml", "is not a regular file"),)


@pytest.mark.parametrize("path", ["../secret.yaml", "a/../../secret.yaml", "/secret.yaml", "a/.."])
def test_paths_that_leave_the_repository_are_refused(tmp_path: Path, path: str):
    (tmp_path / "secret.yaml").write_text("secret")
    (tmp_path / "root/a").mkdir(parents=True)
    tree = work_tree(tmp_path / "root")
    assert list(tree.read([path])) == []
    assert tree.refused() == ((path, "leaves the repository"),)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_refused(tmp_path: Path):
    (tmp_path / "a.yaml").write_text("x")
    (tmp_path / "a.yaml").chmod(0)
    tree = work_tree(tmp_path)
    assert list(tree.read(tree.list())) == []
    assert tree.refused() == (("a.yaml", "cannot be read: Permission denied"),)


@pytest.mark.parametrize(("size", "read"), [(0, 0), (LIMIT, LIMIT), (LIMIT + 1, LIMIT + 1), (LIMIT + 9, LIMIT + 1)])
def test_reads_one_byte_more_than_a_source_may_have(tmp_path: Path, size: int, read: int):
    (tmp_path / "a.yaml").write_bytes(b"x" * size)
    assert len(contents(tmp_path)["a.yaml"]) == read


def test_without_git_all_files_but_those_of_tools(tmp_path: Path):
    kept = ["a.yaml", "alerts/x.yaml", "runbooks/build/x.md"]
    for path in [*kept, ".venv/x.yaml", "node_modules/x.md", "a/.git/config", "build/x.yaml"]:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x")
    assert list(contents(tmp_path)) == kept


def test_without_the_program_git_all_files(git_repo: GitRepository, monkeypatch):
    git_repo.write("a.yaml", "x")
    monkeypatch.setenv("PATH", "/nowhere")
    assert contents(git_repo.path) == {"a.yaml": b"x"}


def test_below_a_subfolder_of_a_repository_paths_start_there(git_repo: GitRepository):
    git_repo.write("above.yaml", "x")
    git_repo.write("ops/a.yaml", "y")
    git_repo.commit()
    assert contents(git_repo.path / "ops") == {"a.yaml": b"y"}


def test_a_repository_above_that_ignores_the_folder_has_no_say(git_repo: GitRepository):
    git_repo.write(".gitignore", "/scratch/\n")
    git_repo.write("scratch/a.yaml", "x")
    assert contents(git_repo.path / "scratch") == {"a.yaml": b"x"}


def test_a_repository_inside_is_none_of_ours(git_repo: GitRepository):
    git_repo.write("inner/a.yaml", "x")
    git_repo.git("init", "--quiet", "inner")
    git_repo.write("a.yaml", "y")
    assert contents(git_repo.path) == {"a.yaml": b"y"}


def test_a_hook_s_environment_does_not_lead_elsewhere(git_repo: GitRepository, tmp_path: Path, monkeypatch):
    git_repo.write("a.yaml", "x")
    other = tmp_path / "other"
    other.mkdir()
    monkeypatch.setenv("GIT_DIR", str(git_repo.path / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(git_repo.path / ".git/index"))
    (other / "b.yaml").write_text("y")
    assert contents(other) == {"b.yaml": b"y"}


def test_a_repository_s_own_monitor_is_not_run(git_repo: GitRepository, tmp_path: Path):
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\n")
    trap.chmod(0o755)
    git_repo.write("a.yaml", "x")
    git_repo.git("config", "core.fsmonitor", str(trap))
    assert work_tree(git_repo.path).list() == ("a.yaml",)
    assert not (tmp_path / "sprung").exists()
    git_repo.git("status")
    assert (tmp_path / "sprung").exists(), "the trap does not work: this test shows nothing"


def test_find_root_prefers_the_nearest_settings(git_repo: GitRepository):
    git_repo.write("tocsin.yaml", "")
    git_repo.write("ops/tocsin.yaml", "")
    deep = git_repo.write("ops/a/b/x", "").parent
    assert find_root(deep) == git_repo.path / "ops"
    (git_repo.path / "ops/tocsin.yaml").unlink()
    assert find_root(deep) == git_repo.path


def test_find_root_falls_back_to_git_then_to_the_start(git_repo: GitRepository, tmp_path: Path):
    deep = git_repo.write("a/b/x", "").parent
    assert find_root(deep) == git_repo.path
    plain = tmp_path / "plain"
    plain.mkdir()
    assert find_root(plain) == plain


def test_find_root_wants_a_folder(tmp_path: Path):
    with pytest.raises(UsageError, match="gone is not a folder"):
        find_root(tmp_path / "gone")
