"""A large repository is checked by two processes, and nothing that is found tells of it."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from benchmarks.corpus import write
from benchmarks.oncall import corpus
from generator.checks.sharing import MANY
from generator.copies import Copy
from generator.findings import Finding, Level, Ref, Span

linux = pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="needs Linux: elsewhere nothing is copied")

COUNTING = """
import os, sys
copies, fork = [], os.fork
def counted():
    copies.append(None)
    return fork()
os.fork = counted
if sys.argv.pop(1) == "alone":
    os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])
from generator.cli import main
status = main(sys.argv[1:])
sys.stderr.write(str(len(copies)))
sys.exit(status)
"""


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    folder = tmp_path_factory.mktemp("large")
    files = corpus(MANY // 4 + 1, "weekly")
    files["alerts/service-000.yaml"] += "  - {alert: Broken, expr: sum(, urgency: page}\n"
    write(files, folder)
    return folder


def checked(folder, how):
    """Findings as JSON, the exit status, and how often the process was copied."""
    command = [sys.executable, "-c", COUNTING, how, "-C", str(folder), "check", "--format", "json"]
    done = subprocess.run([*command, "--now", "2026-11-24T12:00Z"], capture_output=True, text=True, check=False)
    return done.stdout, done.returncode, done.stderr


@linux
def test_two_processes_find_what_one_finds(large):
    if len(os.sched_getaffinity(0)) < 2:
        pytest.skip("needs two cores")
    (shared, status, copies), (alone, status_alone, none) = checked(large, "together"), checked(large, "alone")
    assert (copies, none) == ("1", "0")
    assert shared == alone
    assert status == status_alone == 1
    assert "oncall/leave" in shared  # of the copy's checks
    assert "oncall/one-person-path" in shared


def test_a_copy_says_findings_as_they_were():
    finding = Finding(Ref("a.yaml", ("b", 0), span=Span(1, 2, 3, 4)), "said", "hint", (), "a/b", Level.NOTE, "subject")
    assert Copy(lambda: {"a/b": [finding]}).said() == {"a/b": [finding]}


def test_a_copy_that_fails_says_nothing():
    assert Copy(lambda: {"a/b": [1 / 0]}).said() is None


def test_a_copy_ends_with_the_process_that_waits_for_it():
    copy = Copy(lambda: time.sleep(600) or {})
    process = copy._process  # there is no other way to ask whether it lives
    copy.end()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    copy.end()
