"""SIGKILL at every step: before and after each program that is run and each file that is put in its place."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from generator.integrations.recording import record
from tests.integrations.recording.conftest import incident
from tests.integrations.recording.driver import INCIDENT, NOW, says

DYING = """
import os, signal, subprocess, sys
from pathlib import Path
from generator.integrations.recording import record
from tests.integrations.recording.driver import NOW, says

def counted(function):
    def wrapped(*arguments, **more):
        step()
        result = function(*arguments, **more)
        step()
        return result
    return wrapped

def step():
    global left
    left -= 1
    if left == 0:
        os.killpg(0, signal.SIGKILL)

left = 0
subprocess.Popen.__init__ = counted(subprocess.Popen.__init__)
subprocess.Popen.wait = counted(subprocess.Popen.wait)
for name in ("link", "replace", "unlink", "rename"):
    setattr(os, name, counted(getattr(os, name)))
for name in ("replace", "unlink"):
    setattr(Path, name, counted(getattr(Path, name)))
for number in range(int(sys.argv[1]), 10_000, int(sys.argv[2])):
    child = os.fork()
    if not child:
        os.setsid()
        left = number
        place, words = (each.format(number) for each in sys.argv[3:5])
        record(Path(place), says(words), now=NOW, push=sys.argv[5] == "push", key="k")
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        print(number)
        break
"""


def killed(first: int, each: int, place: str, words: str, how: str) -> int:
    """Kills a command after so many steps, others after more, each in a clone of its own; gives how many there are."""
    done = subprocess.run(
        [sys.executable, "-c", DYING, str(first), str(each), place, words, how],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout)


STEPS = 600
"""More steps than there are."""


@pytest.mark.slow
@pytest.mark.parametrize("how", ["push", "here"])
def test_the_same_command_started_again_finishes_it_and_never_doubles_it(origin, clone_as, tmp_path, how):
    every = 17
    for number in range(1, STEPS, every):
        clone_as(f"clone-{number}")
    last = killed(1, every, str(tmp_path / "clone-{}"), "words-{}", how)
    assert 40 < last < STEPS
    for number in range(1, last, every):
        clone = type(origin)(tmp_path / f"clone-{number}")
        done = record(clone.path, says(f"words-{number}"), now=NOW, push=how == "push", key="k")
        assert not done.kept, done
        text = (clone.path / INCIDENT).read_text()
        assert text == incident(clone), number
        assert text.count(f"message: words-{number}}}") == 1, number
        assert clone.git("status", "--porcelain").stdout == "", number
        assert clone.git("log", "--format=%s").stdout.count(f"words-{number}\n") == 1, number
        assert not (clone.path / ".git/tocsin").exists(), number
    for number in range(1, last, every if how == "push" else STEPS):
        assert incident(origin).count(f"message: words-{number}}}") == (1 if how == "push" else 0), number


@pytest.mark.slow
def test_another_command_finishes_the_work_tree_and_tells_what_waits(origin, clone_as, tmp_path):
    every = 31
    for number in range(1, STEPS, every):
        clone_as(f"clone-{number}")
    last = killed(1, every, str(tmp_path / "clone-{}"), "words-{}", "push")
    told = set()
    for number in range(1, last, every):
        clone = type(origin)(tmp_path / f"clone-{number}")
        done = record(clone.path, says("Other"), now=NOW, key="other")
        assert clone.git("status", "--porcelain").stdout == "", number
        text = incident(clone)
        assert (clone.path / INCIDENT).read_text() == text
        assert text.count("message: Other}") == 1
        assert text.count(f"message: words-{number}}}") in {0, 1}
        told |= {note.rpartition("' ")[2].partition(":")[0] for note in done.notes}
    assert "was not pushed yet" in told
    assert "was interrupted before it was recorded" in told
