from __future__ import annotations

import json
from datetime import timedelta, timezone
from hashlib import sha256
from pathlib import Path

import pytest

from generator.output import Report, manifest_now
from tests.output.builds import NOW, artifact, build, files


def test_writes_files_and_a_sorted_manifest(tmp_path: Path):
    out = tmp_path / "deep/build"
    report = build(out, b=[artifact("z/b.txt", "ü", "s/2", "s/1", "s/2")], a=[artifact("a.txt", "1")])
    assert report == Report(written=("a.txt", "z/b.txt"))
    assert files(out) == {"a.txt": "1", "z/b.txt": "ü"}
    assert (out / "manifest.json").read_text() == json.dumps(
        {
            "tool": "tocsin 1.2.3",
            "artifacts": {
                "a.txt": {"sha256": sha256(b"1").hexdigest(), "target": "a", "sources": ["alerts/a.yaml"]},
                "z/b.txt": {"sha256": sha256("ü".encode()).hexdigest(), "target": "b", "sources": ["s/1", "s/2"]},
            },
        },
        indent=2,
    ) + "\n"  # fmt: skip


def test_same_artifacts_same_bytes_and_untouched_files(tmp_path: Path):
    build(tmp_path / "out", a=[artifact("a.txt", "1"), artifact("b.txt", "1")])
    before = {name: (tmp_path / "out" / name).stat() for name in ("a.txt", "b.txt", "manifest.json")}
    report = build(tmp_path / "out", a=[artifact("b.txt", "2"), artifact("a.txt", "1")])
    assert report == Report(written=("b.txt",), unchanged=("a.txt",))
    after = (tmp_path / "out/a.txt").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before["a.txt"].st_ino, before["a.txt"].st_mtime_ns)


def test_files_have_the_permissions_of_any_new_file(tmp_path: Path):
    (tmp_path / "plain").write_text("x")
    build(tmp_path / "out", a=[artifact("a.txt")])
    assert (tmp_path / "out/a.txt").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_removes_what_nothing_yields_any_more_and_the_empty_folders(tmp_path: Path):
    build(tmp_path, a=[artifact("keep.txt"), artifact("d/e/old.txt"), artifact("f/old.txt")])
    (tmp_path / "f/foreign.txt").write_text("mine")
    report = build(tmp_path, a=[artifact("keep.txt")])
    assert report == Report(unchanged=("keep.txt",), removed=("d/e/old.txt", "f/old.txt"))
    assert files(tmp_path) == {"keep.txt": "x", "f/foreign.txt": "mine"}
    assert not (tmp_path / "d").exists()


def test_a_target_that_gave_nothing_loses_its_files_only_if_it_was_rendered(tmp_path: Path):
    build(tmp_path, a=[artifact("a.txt")], b=[artifact("b.txt")])
    assert build(tmp_path, a=[artifact("a.txt")]) == Report(unchanged=("a.txt",))
    assert "b.txt" in json.loads((tmp_path / "manifest.json").read_text())["artifacts"]
    assert build(tmp_path, ["b"]) == Report(removed=("b.txt",))
    assert files(tmp_path) == {"a.txt": "x"}


def test_what_somebody_changed_by_hand_is_kept_and_reported_once(tmp_path: Path):
    build(tmp_path, a=[artifact("a.txt"), artifact("b.txt")])
    (tmp_path / "a.txt").write_text("by hand")
    assert build(tmp_path, ["a"]) == Report(removed=("b.txt",), kept=("a.txt",))
    assert files(tmp_path) == {"a.txt": "by hand"}
    assert build(tmp_path, ["a"]) == Report()


def test_what_is_gone_already_is_no_matter(tmp_path: Path):
    build(tmp_path, a=[artifact("d/a.txt"), artifact("b.txt")])
    (tmp_path / "d/a.txt").unlink()
    (tmp_path / "d").rmdir()
    assert build(tmp_path, ["a"]) == Report(removed=("b.txt",))


@pytest.mark.parametrize(("old", "new"), [("a", "a/b/c"), ("a/b/c", "a"), ("a/B", "a/b"), ("a/b", "a")])
def test_a_file_takes_the_place_of_a_folder_and_the_other_way(tmp_path: Path, old: str, new: str):
    build(tmp_path, a=[artifact(old)])
    assert build(tmp_path, a=[artifact(new)]) == Report(written=(new,), removed=(old,))
    assert files(tmp_path) == {new: "x"}


def test_the_time_is_written_only_where_it_was_used(tmp_path: Path):
    build(tmp_path, a=[artifact("a.txt")])
    assert manifest_now(tmp_path) is None
    local = NOW.astimezone(timezone(timedelta(hours=-3)))
    build(tmp_path, now=local, a=[artifact("a.txt", uses_now=True)])
    assert '"now": "2026-11-24T05:30:00Z"' in (tmp_path / "manifest.json").read_text()
    assert manifest_now(tmp_path) == NOW
    build(tmp_path, b=[artifact("b.txt")])
    assert manifest_now(tmp_path) == NOW, "target a was rendered with it"
    build(tmp_path, a=[artifact("a.txt")], b=[])
    assert manifest_now(tmp_path) is None


def test_a_time_that_was_used_must_be_given(tmp_path: Path):
    with pytest.raises(ValueError, match="none was given"):
        build(tmp_path, now=None, a=[artifact("a.txt", uses_now=True)])


@pytest.mark.parametrize("path", ["d/manifest.json", "über/ñ.html", "a b.txt", "..a", "a..b/c", ".well-known/x"])
def test_any_other_path_is_written(tmp_path: Path, path: str):
    build(tmp_path, a=[artifact(path)])
    assert (tmp_path / path).read_text() == "x"


def test_unfinished_files_of_a_killed_run_are_swept_up(tmp_path: Path):
    build(tmp_path, a=[artifact("d/a.txt")])
    (tmp_path / "d/.tocsin-0123456789abcdef").write_text("half")
    for mine in (".tocsin-cache", "d/.tocsin-0123456789abcdeg", "d/x.tocsin-0123456789abcdef"):
        (tmp_path / mine).write_text("mine")
    build(tmp_path, a=[artifact("d/a.txt")])
    left = sorted(file.name for file in tmp_path.rglob("*tocsin*"))
    assert left == [".tocsin-0123456789abcdeg", ".tocsin-cache", "x.tocsin-0123456789abcdef"]
