"""Whoever kills a build at any moment finds every file whole, and the next build as if nothing had happened."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.files import is_unfinished
from tests.repositories import GitRepository
from tests.test_determinism import NOW, files, targets

MOMENTS = 15
CHOSEN = targets("prometheus", "terraform", "status")


def command(repository: GitRepository) -> list[str]:
    return [sys.executable, "-m", "generator", "-C", str(repository.path), "build", "--now", NOW, *CHOSEN]


def start(repository: GitRepository) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command(repository),
        cwd=Path(__file__).parents[1],
        env=repository.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def complete(repository: GitRepository) -> float:
    """Builds to the end and says how long it took."""
    began = time.monotonic()
    with start(repository) as process:
        assert process.wait(timeout=120) == 0
    return time.monotonic() - began


def torn(out: Path, new: dict[str, bytes]) -> list[str]:
    """The files that are not those of a complete build; what was just being written has a name that says so."""
    found = files(out) if out.exists() else {}
    return [path for path in found if found[path] != new.get(path) and not is_unfinished(path.rpartition("/")[2])]


@pytest.mark.slow
def test_a_killed_build_leaves_whole_files_and_the_next_one_heals(example: GitRepository):
    out = example.path / "build"
    duration = complete(example)
    new = files(out)
    for moment in range(MOMENTS):
        shutil.rmtree(out, ignore_errors=True)
        with start(example) as process:
            # Most moments lie near the end: that is when files are written.
            time.sleep(duration * (0.2 if moment == 0 else 0.7 + 0.4 * moment / MOMENTS))
            os.killpg(process.pid, signal.SIGKILL)
        assert torn(out, new) == []
    complete(example)
    assert files(out) == new


def test_a_build_killed_between_two_files_is_healed(example: GitRepository):
    """The same, at moments that are certain: after each rename."""
    out = example.path / "build"
    complete(example)
    new = files(out)
    for written in (1, 9):
        shutil.rmtree(out)
        dying = [sys.executable, "-c", DYING, str(written), *command(example)[3:]]
        done = subprocess.run(dying, cwd=Path(__file__).parents[1], env=example.environment, check=False)
        assert done.returncode == -signal.SIGKILL
        found = files(out)
        assert torn(out, new) == []
        assert len(found) == written
        complete(example)
        assert files(out) == new


DYING = """
import os, signal, sys
from generator.cli import main
left = int(sys.argv.pop(1))
rename = os.replace
def counted(*arguments, **more):
    global left
    rename(*arguments, **more)
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
os.replace = counted
sys.exit(main(sys.argv[1:]))
"""
