"""A folder of this machine: whole or not at all, and nothing of others is lost."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from generator.errors import TocsinError, UsageError
from generator.integrations.publishing import Release
from generator.integrations.publishing import folder as folder_module
from generator.integrations.publishing.folder import to_folder
from generator.integrations.publishing.release import MARKER
from tests.integrations.publishing.conftest import PAGES, names, tree


def bring(release, place: Path, *, dry_run=False):
    return to_folder(release, place, place.parent / "repository", dry_run=dry_run)


def test_a_new_folder(release, tmp_path):
    assert str(bring(release, tmp_path / "a" / "www")) == "3 new"
    assert tree(tmp_path / "a" / "www") == PAGES
    assert names(tmp_path / "a") == ["www"]


def test_the_next_one_replaces_it_and_files_of_others_stay(release, tmp_path):
    place = tmp_path / "www"
    bring(release, place)
    (place / "alerts" / "CNAME").write_text("theirs")
    (place / "link").symlink_to("alerts")
    found = bring(Release("site", {"index.html": b"2\n"}), place)
    assert str(found) == "1 changed, 2 removed, 2 of others kept"
    assert tree(place) == {"index.html": b"2\n", "alerts/CNAME": b"theirs"}
    assert str((place / "link").readlink()) == "alerts"
    assert names(tmp_path) == ["www"]


def test_the_same_files_are_left_alone_and_a_hand_edited_one_is_not(release, tmp_path):
    place = tmp_path / "www"
    bring(release, place)
    before = place.stat().st_ino
    assert bring(release, place).same
    assert place.stat().st_ino == before
    (place / "index.html").write_text("by hand")
    assert str(bring(release, place)) == "1 changed"
    assert tree(place) == PAGES


def test_what_has_not_changed_keeps_its_time_and_the_folder_its_rights(release, tmp_path):
    place = tmp_path / "www"
    bring(release, place)
    os.utime(place / "index.html", (1, 1))
    place.chmod(0o2750)
    bring(Release("site", {**PAGES, "alerts/down/index.html": b"new"}), place)
    assert (place / "index.html").stat().st_mtime == 1
    assert (place / "alerts/down/index.html").stat().st_mtime != 1
    assert place.stat().st_mode & 0o7777 == 0o2750


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda place: (place / "precious").write_text("x"), "nobody published from here: precious"),
        (lambda place: (place / MARKER).write_text("{}"), "not one that Tocsin wrote"),
        (lambda place: (place / MARKER).write_text('{"target": "site", "files": {"../x": ""}}'), "not one that Tocsin"),
        (lambda place: (place / MARKER).write_text('{"target": "status", "files": {}}'), "the target status, not site"),
        (lambda place: (place / MARKER).symlink_to("/dev/zero"), "that Tocsin wrote"),
        (lambda place: os.mkfifo(place / MARKER), "Tocsin wrote"),
        (lambda place: (place / "a\nb").write_text("x"), "cannot be printed"),
        (lambda place: (place / "tocsin.yaml").write_text(""), "is the repository"),
    ],
)
def test_a_folder_that_is_not_ours_is_refused_and_stays(release, tmp_path, make, said):
    place = tmp_path / "www"
    place.mkdir()
    make(place)
    before = sorted(names(place))
    with pytest.raises(UsageError, match=said):
        bring(release, place)
    assert sorted(names(place)) == before
    assert names(tmp_path) == ["www"]


def test_a_file_of_others_is_never_overwritten(release, tmp_path):
    place = tmp_path / "www"
    bring(release, place)
    for theirs, ours in (("new", "new"), ("over", "over/x"), ("deep/y", "deep")):
        (place / theirs).parent.mkdir(exist_ok=True)
        (place / theirs).write_text("theirs")
        with pytest.raises(UsageError, match=f"{theirs} is there, is not ours"):
            bring(Release("site", {**PAGES, ours: b"x"}), place)


def test_internal_pages_never_go_into_public_ones(release, tmp_path):
    bring(Release("status", {"index.html": b"public"}), tmp_path / "www")
    for place in ("inside", "deep/inside"):
        with pytest.raises(UsageError, match="lies in a place that holds a published target"):
            bring(release, tmp_path / "www" / place)
    assert tree(tmp_path / "www") == {"index.html": b"public"}


def test_a_dry_run_changes_nothing(release, tmp_path):
    assert str(bring(release, tmp_path / "a" / "www", dry_run=True)) == "3 new"
    assert not list(tmp_path.iterdir())


def test_a_reader_finds_it_at_every_moment(release, tmp_path):
    place, missing, stop = tmp_path / "www", [], threading.Event()
    bring(release, place)

    def read() -> None:
        while not stop.is_set():
            missing.extend([1] if not (place / "index.html").exists() else [])

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(50):
        bring(Release("site", {"index.html": f"{number}".encode()}), place)
    stop.set()
    reader.join()
    assert not missing


def test_where_folders_cannot_be_exchanged_it_is_done_in_two_steps(release, tmp_path, monkeypatch):
    monkeypatch.setattr(folder_module, "_exchanged", lambda *_: False)
    bring(Release("site", {"old": b"x"}), tmp_path / "www")
    bring(release, tmp_path / "www")
    assert tree(tmp_path / "www") == PAGES
    assert names(tmp_path) == ["www"]


KILLED = """
import os, signal, sys
from pathlib import Path
from generator.integrations.publishing import Release, folder
at = sys.argv[2]
def die(*arguments): os.kill(os.getpid(), signal.SIGKILL)
if at == "writing":
    put = folder._put
    folder._put = lambda place, *more: die() if place.name == "2" else put(place, *more)
elif at == "swapping":
    folder._swap = die
else:
    folder._exchanged = lambda *_: False
    rename, count = Path.rename, []
    Path.rename = lambda self, to: die() if count else (count.append(1), rename(self, to))
folder.to_folder(Release("site", {"1": b"new", "2": b"new"}), Path(sys.argv[1]), Path("/nowhere"), dry_run=False)
"""


@pytest.mark.parametrize("at", ["writing", "swapping", "between"])
def test_killed_at_any_moment_nothing_is_lost(tmp_path, repo_root, at):
    place = tmp_path / "www"
    bring(Release("site", {"1": b"old", "2": b"old"}), place)
    (place / "theirs").write_text("x")
    done = subprocess.run([sys.executable, "-c", KILLED, place, at], cwd=repo_root, check=False)
    assert done.returncode == -9
    if at != "between":
        assert tree(place) == {"1": b"old", "2": b"old", "theirs": b"x"}
    bring(Release("site", {"1": b"next", "2": b"next"}), place)
    assert tree(place) == {"1": b"next", "2": b"next", "theirs": b"x"}
    assert names(tmp_path) == ["www"]


@pytest.mark.skipif(os.getuid() == 0, reason="root may write everywhere")
def test_a_folder_whose_parent_is_not_ours(release, tmp_path):
    (tmp_path / "above").mkdir(mode=0o555)
    with pytest.raises(UsageError, match="not yours to write into"):
        bring(release, tmp_path / "above" / "www")


def test_a_mount_cannot_be_replaced(release):
    with pytest.raises(UsageError, match="mount of its own"):
        to_folder(release, Path("/proc"), Path("/nowhere"), dry_run=True)


def test_a_disk_that_refuses_leaves_the_old_one(release, tmp_path, monkeypatch):
    place = tmp_path / "www"
    bring(Release("site", {"old": b"x"}), place)

    def full(*arguments):
        raise OSError(28, "No space left on device", "www/index.html")

    monkeypatch.setattr(folder_module, "_put", full)
    with pytest.raises(TocsinError, match="No space left"):
        bring(release, place)
    assert tree(place) == {"old": b"x"}
    assert names(tmp_path) == ["www"]
