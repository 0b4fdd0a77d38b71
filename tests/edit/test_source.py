from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.edit import write_source
from generator.errors import RefusedPath, TocsinError


def test_writes_a_whole_file_and_keeps_its_permissions(tmp_path: Path):
    file = tmp_path / "a.yaml"
    file.write_text("old")
    file.chmod(0o640)
    write_source(tmp_path, "a.yaml", "ñ: 1\r\n")
    assert file.read_bytes() == "ñ: 1\r\n".encode()
    assert file.stat().st_mode & 0o777 == 0o640
    assert os.listdir(tmp_path) == ["a.yaml"]  # noqa: PTH208 - names


def test_makes_the_folders_of_a_new_file(tmp_path: Path):
    (tmp_path / "plain").write_text("x")
    write_source(tmp_path, "status/incidents/x.yaml", "title: x\n")
    file = tmp_path / "status/incidents/x.yaml"
    assert file.read_text() == "title: x\n"
    assert file.stat().st_mode == (tmp_path / "plain").stat().st_mode


@pytest.mark.parametrize("path", ["../x", "a/../../x", "/x", ""])
def test_a_path_that_leaves_the_repository_is_refused(tmp_path: Path, path: str):
    (tmp_path / "root").mkdir()
    with pytest.raises(RefusedPath, match="leaves the repository"):
        write_source(tmp_path / "root", path, "x")
    assert [file.name for file in tmp_path.rglob("*")] == ["root"]


def test_a_symlink_and_what_lies_behind_one_is_refused(tmp_path: Path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/a.yaml").write_text("old")
    (tmp_path / "root").mkdir()
    (tmp_path / "root/folder").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "root/a.yaml").symlink_to(tmp_path / "elsewhere/a.yaml")
    for path in ("a.yaml", "folder/a.yaml", "folder/new.yaml"):
        with pytest.raises(RefusedPath, match="symlink"):
            write_source(tmp_path / "root", path, "new")
    assert (tmp_path / "elsewhere/a.yaml").read_text() == "old"


def test_what_is_no_file_is_refused(tmp_path: Path):
    (tmp_path / "folder.yaml").mkdir()
    os.mkfifo(tmp_path / "pipe.yaml")
    for path in ("folder.yaml", "pipe.yaml"):
        with pytest.raises(RefusedPath, match="is not a file"):
            write_source(tmp_path, path, "x")


def test_what_the_disk_refuses_is_one_sentence(tmp_path: Path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(TocsinError, match=r"cannot write file/a\.yaml"):
        write_source(tmp_path, "file/a.yaml", "x")
