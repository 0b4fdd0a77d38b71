"""Fifty clones at once, with the real Git, over a path and over HTTP; some of them killed and started again."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.integrations.recording import driver
from tests.integrations.recording.conftest import incident
from tests.integrations.recording.http_server import serving

CLONES = 50
KILLED = 12


@contextmanager
def address(transport: str, origin) -> Iterator[str]:
    if transport == "path":
        yield str(origin.path)
    else:
        with serving(origin.path.parent) as server:
            yield server.address(origin.path.name)


def race(origin, clone_as, tmp_path: Path, transport: str, how: str, *, clones: int, kills: int) -> int:
    """Lets all of them speak at once, by the whole command or the recording alone; gives how many were killed."""
    with address(transport, origin) as where:
        places = {f"words-{number:02}": str(clone_as(f"clone-{number}", where).path) for number in range(clones)}
        order = {"places": places, "how": how, "kills": kills, "seed": clones, "longest": 1.5}
        Path(tmp_path / "order.json").write_text(json.dumps(order), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, driver.__file__, str(tmp_path / "order.json")],
            cwd=Path(__file__).parents[3],
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() != "-1", done.stderr
    return int(done.stdout)


def every_word_once(origin, clone_as, tmp_path: Path, clones: int) -> None:
    text = incident(origin)
    assert {f"words-{number:02}": 1 for number in range(clones)} == {
        f"words-{number:02}": text.count(f"message: words-{number:02}}}\n") for number in range(clones)
    }
    commits = origin.git("log", "--format=%(trailers:key=Tocsin-Operation)").stdout.split()[1::2]
    assert len(commits) == len(set(commits)) == clones
    assert origin.git("rev-list", "--count", "main").stdout.strip() == str(clones + 1)
    assert origin.git("log", "--merges", "--format=%H").stdout == ""
    assert origin.git("fsck", "--strict", check=False).returncode == 0
    for number in range(clones):
        clone = type(origin)(tmp_path / f"clone-{number}")
        assert clone.git("status", "--porcelain").stdout == ""
        assert clone.git("rev-list", "origin/main..main").stdout == ""
        assert not {"tocsin", "index.lock", "HEAD.lock"} & {path.name for path in (clone.path / ".git").iterdir()}


@pytest.mark.slow
@pytest.mark.parametrize("transport", ["path", "http"])
def test_fifty_clones_at_once(origin, clone_as, tmp_path, transport):
    race(origin, clone_as, tmp_path, transport, "record", clones=CLONES, kills=0)
    every_word_once(origin, clone_as, tmp_path, CLONES)


@pytest.mark.slow
@pytest.mark.parametrize(("transport", "how"), [("path", "command"), ("http", "record")])
def test_whoever_is_killed_at_any_moment_and_starts_again_says_it_once(origin, clone_as, tmp_path, transport, how):
    killed = race(origin, clone_as, tmp_path, transport, how, clones=KILLED, kills=KILLED)
    assert killed > KILLED / 3
    every_word_once(origin, clone_as, tmp_path, KILLED)
