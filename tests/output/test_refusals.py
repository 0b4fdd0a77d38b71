"""What is never written, removed or followed."""

from __future__ import annotations

import json
import os
import re
from hashlib import sha256
from pathlib import Path

import pytest

from generator.errors import RefusedPath, TocsinError, UsageError
from generator.output import Report, manifest_now, write
from tests.output.builds import NOW, artifact, build, files


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/a",
        "../a",
        "a/../b",
        "a/..",
        "./a",
        "a//b",
        "a/",
        "a\\b",
        "a\nb",
        "a\x7f",
        "a\u2028b",
        "a\udcffb",
        "manifest.json",
        "Manifest.JSON",
        ".tocsin-a",
        "d/.tocsin-a",
    ],
)
def test_a_bad_path_is_refused_before_anything_is_written(tmp_path: Path, path: str):
    with pytest.raises(TocsinError, match="target a gives an artifact whose path"):
        build(tmp_path / "out", a=[artifact("fine.txt"), artifact(path)])
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        ("a.txt", "a.txt", "targets a and b both give 'a.txt'"),
        ("A.txt", "a.TXT", "targets a and b both give 'A.txt' and 'a.TXT', which differ only in case"),
        ("d/Ü", "d/u\u0308", "which differ only in case"),
        ("a", "a/b", "artifact 'a' is a file, and a folder for artifact 'a/b'"),
        ("d/x/y", "D/X", "artifact 'D/X' is a file, and a folder for artifact 'd/x/y'"),
    ],
)
def test_two_artifacts_in_one_place_are_refused(tmp_path: Path, first: str, second: str, message: str):
    with pytest.raises(TocsinError, match=re.escape(message)):
        build(tmp_path / "out", a=[artifact(first)], b=[artifact(second)])
    assert not (tmp_path / "out").exists()


def manifest(out: Path, *paths: str) -> None:
    entry = {"sha256": sha256(b"secret").hexdigest(), "target": "a", "sources": []}
    out.mkdir(exist_ok=True)
    (out / "manifest.json").write_text(json.dumps({"tool": "t", "artifacts": dict.fromkeys(paths, entry)}))


@pytest.mark.parametrize("absolute", [True, False])
def test_a_manifest_that_leads_out_removes_nothing(tmp_path: Path, absolute: bool):
    victim = tmp_path / "victim"
    victim.write_text("secret")
    manifest(tmp_path / "out", str(victim) if absolute else "../victim")
    with pytest.raises(RefusedPath, match=r"lists '.*victim', which"):
        build(tmp_path / "out", ["a"])
    assert victim.exists()


def test_a_folder_that_is_a_symlink_is_neither_emptied_nor_written_into(tmp_path: Path):
    (tmp_path / "elsewhere").mkdir()
    victim = tmp_path / "elsewhere/victim"
    victim.write_text("secret")
    manifest(tmp_path / "out", "link/victim")
    (tmp_path / "out/link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageError, match="link is a symlink"):
        build(tmp_path / "out", ["a"])
    (tmp_path / "out/manifest.json").unlink()
    with pytest.raises(UsageError, match="link is a symlink"):
        build(tmp_path / "out", a=[artifact("link/new/x")])
    assert files(tmp_path / "elsewhere") == {"victim": "secret"}


def test_a_symlink_where_a_file_belongs_is_replaced_not_followed(tmp_path: Path):
    (tmp_path / "victim").write_text("x")
    (tmp_path / "out").mkdir()
    (tmp_path / "out/a.txt").symlink_to(tmp_path / "victim")
    assert build(tmp_path / "out", a=[artifact("a.txt")]) == Report(written=("a.txt",))
    assert not (tmp_path / "out/a.txt").is_symlink()
    manifest(tmp_path / "out", "b.txt")
    (tmp_path / "victim").write_text("secret")
    (tmp_path / "out/b.txt").symlink_to(tmp_path / "victim")
    assert build(tmp_path / "out", ["a"]).removed == ()
    assert (tmp_path / "victim").read_text() == "secret"


def test_a_manifest_that_is_a_symlink_is_refused(tmp_path: Path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out/manifest.json").symlink_to(tmp_path / "x")
    with pytest.raises(RefusedPath, match="is a symlink"):
        build(tmp_path / "out", a=[artifact("a.txt")])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "{",
        "{}",
        '{"tool": "t", "artifacts": []}',
        '{"tool": "t", "artifacts": {"a": 1}}',
        "\xff",
        '{"tool": "t", "artifacts": {"a": {}}}',
        '{"tool": "t", "now": "soon", "artifacts": {}}',
        "[" * 100_000,
        '{"tool": "t", "artifacts": {"a": {"sha256": "", "target": "a", "sources": 1}}}',
    ],
)
def test_a_manifest_that_is_none_says_what_to_do(tmp_path: Path, text: str):
    (tmp_path / "manifest.json").write_bytes(text.encode("latin-1"))
    with pytest.raises(TocsinError, match="is not a manifest that Tocsin wrote") as error:
        build(tmp_path, a=[artifact("a.txt")])
    assert error.value.hint == "remove it, and build again"


def test_the_repository_itself_is_no_output_folder(tmp_path: Path):
    root = tmp_path / "root"
    root.mkdir()
    for out in (root, tmp_path, root / "x/.."):
        with pytest.raises(UsageError, match="is the repository, or holds it"):
            write({}, out, now=None, targets=[], tool_version="1", root=root)
    (root / ".git").mkdir()
    with pytest.raises(UsageError, match="is the repository, or holds it"):
        build(root)
    write({}, root / ".github", now=None, targets=[], tool_version="1", root=root)
    assert (root / ".github/manifest.json").exists()


def test_an_output_folder_that_is_or_lies_behind_a_symlink_is_refused(tmp_path: Path):
    (tmp_path / "root").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "root/build").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageError, match="build is a symlink"):
        build(tmp_path / "root/build")
    with pytest.raises(UsageError, match="leads out of the repository"):
        write({}, tmp_path / "root/build/x", now=None, targets=[], tool_version="1", root=tmp_path / "root")
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_what_the_disk_refuses_is_one_sentence(tmp_path: Path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match="file is a file"):
        build(tmp_path / "file")
    (tmp_path / "out/a.txt/b").mkdir(parents=True)
    with pytest.raises(TocsinError, match=r"cannot write .*out/a\.txt: "):
        build(tmp_path / "out", a=[artifact("a.txt")])
    with pytest.raises(TocsinError, match=r"cannot write .*: File name too long"):
        build(tmp_path / "out", a=[artifact("x" * 300)])
    assert list((tmp_path / "out").glob(".tocsin-*")) == []


@pytest.mark.parametrize("folder", [".git", ".git/build", "alerts", "status/build"])
def test_refuses_the_folders_of_git_and_of_sources(tmp_path: Path, folder: str):
    with pytest.raises(UsageError):
        write({"t": [artifact("a")]}, tmp_path / folder, now=NOW, targets=["t"], tool_version="1", root=tmp_path)
    assert not (tmp_path / folder).exists()


@pytest.mark.parametrize("now", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59Z"])
def test_a_manifest_of_an_impossible_time_is_not_ours(tmp_path: Path, now: str):
    (tmp_path / "manifest.json").write_text(json.dumps({"tool": "x", "now": now, "artifacts": {}}))
    with pytest.raises(TocsinError, match="not a manifest"):
        manifest_now(tmp_path)


def test_a_pipe_in_place_of_the_manifest_is_not_waited_for(tmp_path: Path):
    os.mkfifo(tmp_path / "manifest.json")
    with pytest.raises(TocsinError, match="it is no file"):
        manifest_now(tmp_path)


def test_in_a_shared_folder_a_file_of_others_is_never_written_over(tmp_path):
    theirs, kwargs = tmp_path / "page.txt", {"now": None, "targets": ("t",), "tool_version": "1", "shared": True}
    theirs.write_text("theirs")
    with pytest.raises(UsageError, match="is there, and tocsin did not write it"):
        write({"t": [artifact("page.txt", "ours")]}, tmp_path, **kwargs)
    assert [path.name for path in tmp_path.iterdir()] == ["page.txt"]
    assert theirs.read_text() == "theirs"
    theirs.write_text("ours")
    write({"t": [artifact("page.txt", "ours")]}, tmp_path, **kwargs)
    write({"t": [artifact("page.txt", "newer")]}, tmp_path, **kwargs)
    assert theirs.read_text() == "newer"
