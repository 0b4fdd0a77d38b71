"""Whoever kills a build, at whatever moment, finds every file whole."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.output import drift, write
from tests.output.killed_child import generation

ROUNDS = 20


def start(repo_root: Path, out: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(repo_root)}
    command = [sys.executable, "-m", "tests.output.killed_child", str(out)]
    return subprocess.Popen(command, env=environment, cwd=repo_root, stdout=subprocess.PIPE)


@pytest.mark.slow
def test_a_killed_run_leaves_each_file_old_or_new(tmp_path: Path, repo_root: Path):
    known = {generation(number)[0].content for number in (0, 1)}
    paths = {artifact.path for artifact in generation(0)}
    chance = random.Random(7)
    seen_torn_runs = 0
    for _ in range(ROUNDS):
        with start(repo_root, tmp_path) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == b"writing\n"
            time.sleep(chance.uniform(0, 0.05))
            child.send_signal(signal.SIGKILL)
        found = {path: (tmp_path / path).read_bytes() for path in paths if (tmp_path / path).exists()}
        assert set(found.values()) <= known
        seen_torn_runs += len(set(found.values())) > 1
    assert seen_torn_runs, "no run was killed half-way: this test shows nothing"
    write({"a": generation(1)}, tmp_path, now=None, targets=["a"], tool_version="1")
    assert drift({"a": generation(1)}, tmp_path) == []
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted([*paths, "manifest.json"])
