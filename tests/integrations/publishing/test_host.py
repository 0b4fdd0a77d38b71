"""Over ssh, with a real sshd: whole or not at all, and nothing of others is lost."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import threading
import time
from pathlib import Path

import pytest

from generator.errors import TocsinError, UsageError
from generator.integrations.publishing import Release, parse
from generator.integrations.publishing import host as host_module
from generator.integrations.publishing.host import pack, to_host
from generator.integrations.publishing.release import MARKER
from tests.catalogs import NOW
from tests.integrations.publishing.conftest import PAGES, Sshd, names, tree

pytestmark = pytest.mark.real_tool


def bring(release, sshd: Sshd, place: Path | str, *, dry_run=False):
    destination = parse(sshd.address(place), Path())
    return to_host(release, destination, NOW, lambda _: None, dry_run=dry_run)


def test_files_arrive_beside_and_a_link_leads_to_them(release, sshd, tmp_path):
    place = tmp_path / "new" / "www"
    found = bring(release, sshd, place)
    assert str(found) == "3 new"
    assert tree(place) == PAGES
    assert place.is_symlink()
    assert str((place).readlink()).startswith(".www.tocsin-")
    assert (place / "index.html").stat().st_mtime == NOW.timestamp()


def test_the_next_release_replaces_it_and_the_old_one_goes(release, sshd, tmp_path):
    place = tmp_path / "www"
    bring(release, sshd, place)
    (place / "robots.txt").write_text("of somebody else")
    (place / "it's mine").mkdir()
    (place / "it's mine" / "$(x)").write_text("theirs")
    found = bring(Release("site", {"index.html": b"2\n", "new.html": b"n\n"}), sshd, place)
    assert str(found) == "1 new, 1 changed, 2 removed, 2 of others kept"
    theirs = {"robots.txt": b"of somebody else", "it's mine/$(x)": b"theirs"}
    assert tree(place) == {"index.html": b"2\n", "new.html": b"n\n"} | theirs
    assert len([name for name in names(tmp_path) if name.startswith(".www")]) == 1


def test_the_same_files_are_not_sent_again(release, sshd, tmp_path):
    bring(release, sshd, tmp_path / "www")
    before = str((tmp_path / "www").readlink())
    assert bring(release, sshd, tmp_path / "www").same
    assert str((tmp_path / "www").readlink()) == before
    (tmp_path / "www" / "index.html").unlink()
    assert str(bring(release, sshd, tmp_path / "www")) == "1 new"


def test_a_dry_run_looks_and_changes_nothing(release, sshd, tmp_path):
    assert str(bring(release, sshd, tmp_path / "www", dry_run=True)) == "3 new"
    assert not list(tmp_path.iterdir())


def test_an_empty_folder_is_taken_and_one_with_files_is_not(release, sshd, tmp_path):
    place = tmp_path / "www"
    place.mkdir()
    bring(release, sshd, place)
    assert tree(place) == PAGES
    full = tmp_path / "full"
    full.mkdir()
    (full / "precious").write_text("x")
    with pytest.raises(UsageError, match="nobody published from here: precious"):
        bring(release, sshd, full)
    assert tree(full) == {"precious": b"x"}


def test_links_that_lead_elsewhere_and_other_targets_are_refused(release, sshd, tmp_path):
    (tmp_path / "other").mkdir()
    (tmp_path / "link").symlink_to("other")
    with pytest.raises(UsageError, match="leads elsewhere"):
        bring(release, sshd, tmp_path / "link")
    bring(Release("status", {"index.html": b"public"}), sshd, tmp_path / "www")
    with pytest.raises(UsageError, match="holds the target status, not site"):
        bring(release, sshd, tmp_path / "www")
    assert tree(tmp_path / "www") == {"index.html": b"public"}


def test_internal_pages_never_go_into_public_ones(release, sshd, tmp_path):
    bring(Release("status", {"index.html": b"public"}), sshd, tmp_path / "www")
    for place in ("inside", "deep/inside"):
        with pytest.raises(UsageError, match="lies in a place that holds a published target"):
            bring(release, sshd, tmp_path / "www" / place)
    assert tree(tmp_path / "www") == {"index.html": b"public"}


def test_a_path_below_the_home_folder(release, sshd):
    bring(release, sshd, "/~/pages")
    try:
        assert tree(sshd.home / "pages") == PAGES
    finally:
        for left in list(sshd.home.iterdir()):
            left.unlink() if left.is_symlink() else shutil.rmtree(left)


def test_names_that_a_shell_would_run_stay_names(release, sshd, tmp_path):
    folder = "$(touch pwned)`touch pwned`"
    bring(release, sshd, tmp_path / folder / "a'b;touch pwned")
    bring(Release("site", {"-rf": b"x"}), sshd, tmp_path / folder / "a'b;touch pwned")
    assert names(tmp_path) == [folder]
    assert tree(tmp_path / folder / "a'b;touch pwned") == {"-rf": b"x"}
    assert not [*sshd.home.rglob("pwned")]


def test_what_arrives_in_part_is_never_shown(release, sshd, tmp_path, monkeypatch):
    def half(release, into, time):
        whole = io.BytesIO()
        pack(release, whole, time)
        into.write(whole.getvalue()[: len(whole.getvalue()) // 2])

    bring(Release("site", {"index.html": b"old"}), sshd, tmp_path / "www")
    monkeypatch.setattr(host_module, "pack", half)
    with pytest.raises(TocsinError):
        bring(release, sshd, tmp_path / "www")
    assert tree(tmp_path / "www") == {"index.html": b"old"}
    assert len(names(tmp_path)) == 2


def test_an_archive_without_its_last_file_is_not_whole(release, sshd, tmp_path, monkeypatch):
    monkeypatch.setattr(host_module, "MARKER", f"not{MARKER}")
    with pytest.raises(TocsinError, match="not all of it arrived"):
        bring(release, sshd, tmp_path / "www")
    assert not list(tmp_path.iterdir())


def test_who_was_faster_is_not_overwritten(release, sshd, tmp_path, monkeypatch):
    place = tmp_path / "www"
    first = host_module.pack

    def meanwhile(*arguments):
        monkeypatch.setattr(host_module, "pack", first)
        bring(Release("site", {"index.html": b"theirs"}), sshd, place)
        first(*arguments)

    monkeypatch.setattr(host_module, "pack", meanwhile)
    with pytest.raises(TocsinError, match="somebody else published at the same time"):
        bring(release, sshd, place)
    assert tree(place) == {"index.html": b"theirs"}


def test_a_reader_never_finds_the_place_empty_or_mixed(sshd, tmp_path):
    place = tmp_path / "www"
    bring(Release("site", {"a": b"0", "b": b"0"}), sshd, place)
    seen, stop = [], threading.Event()

    def read() -> None:
        while not stop.is_set():
            seen.append(_pair(place))
            time.sleep(0.0005)

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(1, 5):
        bring(Release("site", dict.fromkeys("ab", str(number).encode())), sshd, place)
    stop.set()
    reader.join()
    assert len(seen) > 50
    assert all(first == second for first, second in seen)


def _pair(place: Path) -> tuple[bytes, bytes]:
    """Both files of one release: opened as a folder, as a server does for the time of a request."""
    folder = os.open(place, os.O_RDONLY)
    try:
        texts = []
        for name in "ab":
            file = os.open(name, os.O_RDONLY, dir_fd=folder)
            texts.append(os.read(file, 9))
            os.close(file)
        return texts[0], texts[1]
    except FileNotFoundError:  # the old release went while it was read
        return b"", b""
    finally:
        os.close(folder)


def test_a_key_of_the_host_that_nobody_knows_is_not_trusted(release, sshd, tmp_path, monkeypatch):
    monkeypatch.setenv("TOCSIN_SSH", f"{sshd.client} -o UserKnownHostsFile=/dev/null")
    with pytest.raises(TocsinError, match="Host key verification failed") as refused:
        bring(release, sshd, tmp_path / "www")
    assert "known_hosts" in refused.value.hint


def test_nobody_there_is_one_sentence(release, tmp_path, monkeypatch):
    monkeypatch.delenv("TOCSIN_SSH", raising=False)
    with pytest.raises(TocsinError, match=r"ssh does not connect: .*refused"):
        to_host(release, parse("ssh://127.0.0.1:1/srv/www", Path()), NOW, lambda _: None, dry_run=False)


def test_another_ssh_that_is_not_there(release, monkeypatch):
    monkeypatch.setenv("TOCSIN_SSH", "no-such-ssh -v")
    with pytest.raises(UsageError, match="there is no no-such-ssh on the PATH"):
        to_host(release, parse("ssh://host/srv/www", Path()), NOW, lambda _: None, dry_run=False)


@pytest.mark.parametrize("name", ["look", "receive"])
def test_shellcheck_finds_nothing_in_what_runs_over_there(name, repo_root):
    if shutil.which("shellcheck") is None:
        pytest.skip("needs shellcheck: run .ci/tools")
    file = repo_root / "generator/integrations/publishing" / f"{name}.sh"
    done = subprocess.run(["shellcheck", "-s", "sh", file], capture_output=True, text=True, check=False)
    assert done.stdout == ""
