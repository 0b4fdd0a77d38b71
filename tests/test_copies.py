"""A copy of the process that does a part of the work."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from generator import copies
from generator.copies import Copy
from generator.targets import status
from tests.targets.status.conftest import artifacts, busy, outside_git

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def children():
    """The processes that this one has started and not waited for."""
    return Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="utf-8").split()


def test_it_says_what_came_out():
    assert Copy(lambda: [os.getpid()]).said() != [os.getpid()]
    assert Copy(lambda: None).said() is None


def test_of_one_that_fails_nothing_is_said():
    assert Copy(lambda: [1 / 0]).said() is None


def test_one_that_nobody_waits_for_is_ended():
    copy = Copy(lambda: time.sleep(600))
    started = time.monotonic()
    copy.end()
    copy.end()
    assert time.monotonic() - started < 60


@pytest.mark.parametrize("fails", [False, True])
def test_the_status_page_is_the_same_with_a_copy_and_where_it_fails(monkeypatch, fails):
    alone = artifacts(busy())
    monkeypatch.setattr(status, "MANY", 0)
    monkeypatch.setattr(status, "is_possible", lambda: True)
    if fails:
        monkeypatch.setattr(copies.Copy, "_be", lambda *_: os._exit(1))
    assert artifacts(busy()) == alone


def test_a_page_that_nobody_reads_to_its_end_leaves_no_process_behind(monkeypatch):
    monkeypatch.setattr(status, "MANY", 0)
    monkeypatch.setattr(status, "is_possible", lambda: True)
    before = children()
    rendering = status.render(busy(), outside_git())
    next(rendering)
    assert len(children()) == len(before) + 1
    rendering.close()
    assert children() == before
