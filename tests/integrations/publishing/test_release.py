from __future__ import annotations

import json

import pytest

from generator.artifacts import Artifact
from generator.errors import NothingToDo, TocsinError, UsageError
from generator.integrations.publishing import Release
from generator.integrations.publishing.release import MARKER, Present, plan
from generator.integrations.publishing.said import last_words

OF_STATUS = Artifact("status/index.html", b"public", ())


def test_paths_lose_the_folder_of_the_target():
    assert Release.of("status", [OF_STATUS]).files == {"index.html": b"public"}


@pytest.mark.parametrize("path", ["site/index.html", "statuspage/x", "status", f"status/{MARKER}", "status/../x"])
def test_no_file_of_another_target_is_published(path):
    with pytest.raises(TocsinError, match=r"no file of the folder status/|leaves|own|folder for"):
        Release.of("status", [OF_STATUS, Artifact(path, b"internal", ())])


def test_nothing_is_not_published():
    with pytest.raises(NothingToDo, match="nothing to publish"):
        Release.of("status", [])


def test_the_marker_is_the_same_for_the_same_files():
    first = Release("site", {"b": b"1", "a": b"2"})
    assert first.marker == Release("site", {"a": b"2", "b": b"1"}).marker
    assert list(json.loads(first.marker)["files"]) == ["a", "b"]


@pytest.mark.parametrize("marker", [b"", b"[]", b"{", b'{"target": 1, "files": {}}', b"\xff", b"[" * 100_000])
def test_a_marker_that_somebody_spoiled(marker):
    with pytest.raises(UsageError, match="not one that Tocsin wrote"):
        plan(Release("site", {"a": b""}), Present(marker, frozenset()))


def test_what_others_say_is_short_plain_and_without_secrets():
    said = last_words(b"1\n2\nfatal: https://me:hunter2@host/x\r\n\x1b[31mpassword: hunter2\ntoken=hunter2 x\n\n3")
    assert said == "fatal: https://…@host/x; password: …; token=…; 3"
