from __future__ import annotations

from pathlib import Path

import pytest

from generator.artifacts import Artifact
from generator.errors import TocsinError
from generator.output import Drift, drift, write


def artifact(path: str, text: str = "x") -> Artifact:
    return Artifact.text(path, text, ())


@pytest.fixture
def out(tmp_path: Path) -> Path:
    artifacts = {"a": [artifact("d/a.txt"), artifact("b.txt")], "b": [artifact("c.txt")]}
    write(artifacts, tmp_path / "out", now=None, targets=["a", "b"], tool_version="1")
    return tmp_path / "out"


def test_none_after_a_build(out: Path):
    assert drift({"a": [artifact("b.txt"), artifact("d/a.txt")], "b": [artifact("c.txt")]}, out) == []


def test_tells_what_changed_is_missing_or_unexpected(out: Path):
    (out / "b.txt").write_text("by hand")
    found = drift({"a": [artifact("b.txt"), artifact("n.txt")], "b": [artifact("c.txt", "y")]}, out)
    assert found == [
        Drift("b.txt", "changed"),
        Drift("c.txt", "changed"),
        Drift("d/a.txt", "unexpected"),
        Drift("n.txt", "missing"),
    ]


def test_looks_only_at_the_targets_that_were_rendered(out: Path):
    assert drift({"a": [artifact("b.txt"), artifact("d/a.txt")]}, out) == []
    assert drift({"b": []}, out) == [Drift("c.txt", "unexpected")]


def test_files_that_the_manifest_does_not_list_are_nobody_s_business(out: Path):
    (out / "foreign.txt").write_text("mine")
    assert drift({"b": [artifact("c.txt")]}, out) == []


def test_an_absent_folder_lacks_everything_and_is_not_made(tmp_path: Path):
    assert drift({"a": [artifact("d/a.txt")]}, tmp_path / "out") == [Drift("d/a.txt", "missing")]
    assert not (tmp_path / "out").exists()


def test_a_folder_or_a_symlink_where_a_file_belongs_is_a_missing_file(out: Path):
    (out / "c.txt").unlink()
    (out / "c.txt").symlink_to(out / "b.txt")
    assert drift({"b": [artifact("c.txt"), artifact("d")]}, out) == [Drift("c.txt", "missing"), Drift("d", "missing")]
    assert Drift("b.txt/x", "missing") in drift({"b": [artifact("b.txt/x")]}, out)


def test_writes_nothing(out: Path):
    before = {file: file.stat().st_mtime_ns for file in out.rglob("*")}
    drift({"a": [artifact("new.txt")]}, out)
    assert {file: file.stat().st_mtime_ns for file in out.rglob("*")} == before


def test_two_artifacts_in_one_place_are_refused_here_too(out: Path):
    with pytest.raises(TocsinError, match="both give"):
        drift({"a": [artifact("x")], "b": [artifact("X")]}, out)
