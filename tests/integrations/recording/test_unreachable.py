"""Remotes that do not answer, do not let us in, or do not take it: one sentence, no question, no secret."""

from __future__ import annotations

import os
import time

import pytest

from generator.git import remote as remote_module
from generator.integrations.recording import record
from tests.integrations.recording.conftest import incident
from tests.integrations.recording.driver import NOW, says
from tests.integrations.recording.http_server import LOGIN, serving

SECRET = LOGIN.partition(":")[2]


def push(clone, words="Hello", **more):
    return record(clone.path, says(words), now=NOW, push=True, key=words, **more)


def kept(clone, why: str, *, here: bool = True):
    """Recorded here, not there, and said in one sentence."""
    done = push(clone)
    assert not done.pushed
    assert why in done.kept
    assert "\n" not in done.kept + done.hint
    assert SECRET not in repr(done)
    assert (incident(clone).count("Hello") == 1) is here
    assert clone.git("status", "--porcelain").stdout == ""
    return done


def hook(origin, name: str, text: str) -> None:
    (origin.path / "hooks").mkdir(exist_ok=True)
    place = origin.path / "hooks" / name
    place.write_text(f"#!/bin/sh\n{text}\n")
    place.chmod(0o755)


def test_no_network_and_later_there_is_one(clone, origin):
    origin.path.rename(origin.path.with_name("gone"))
    kept(clone, "origin leads to no repository")
    origin.path.with_name("gone").rename(origin.path)
    done = push(clone, "Later")
    assert done.pushed
    assert [incident(origin).count(words) for words in ("Hello", "Later")] == [1, 1]
    assert not (clone.path / ".git/tocsin").exists()


def test_the_same_command_again_pushes_what_was_kept(clone, origin):
    origin.path.rename(origin.path.with_name("gone"))
    kept(clone, "origin leads to no repository")
    record(clone.path, says("Between"), now=NOW, key="Between")
    origin.path.with_name("gone").rename(origin.path)
    done = push(clone)
    assert (done.pushed, done.again, done.kept) == (True, True, "")
    assert [incident(origin).count(words) for words in ("Hello", "Between")] == [1, 1]


def test_what_waits_is_told_by_the_next_command(clone, origin):
    origin.path.rename(origin.path.with_name("gone"))
    kept(clone, "origin leads to no repository")
    done = record(clone.path, says("Between"), now=NOW, key="Between")
    assert "'status: monitoring - Hello' was not pushed yet" in " ".join(done.notes)


def test_nobody_listens(clone):
    clone.git("remote", "set-url", "origin", f"http://{LOGIN}@127.0.0.1:9/x.git")
    kept(clone, "origin does not answer")


def test_no_such_host(clone):
    clone.git("remote", "set-url", "origin", f"https://{LOGIN}@nowhere.invalid/x.git")
    kept(clone, "origin does not answer")


def test_a_server_that_is_silent(clone, origin, monkeypatch):
    monkeypatch.setattr(remote_module, "_SECONDS", 3.0)
    said = []
    with serving(origin.path.parent) as server:
        server.silent.set()
        clone.git("remote", "set-url", "origin", server.address(origin.path.name, LOGIN))
        began = time.monotonic()
        done = push(clone, tell=said.append)
        assert 3 <= time.monotonic() - began < 10
    assert done.kept == "origin did not answer in time"
    assert said == ["waiting for origin"]


def test_a_login_that_nobody_asks_for(clone, origin, monkeypatch, tmp_path):
    asked = tmp_path / "asked"
    monkeypatch.setenv("SSH_ASKPASS", f"/usr/bin/touch {asked}")
    monkeypatch.setenv("DISPLAY", ":0")
    with serving(origin.path.parent) as server:
        server.login = LOGIN
        clone.git("remote", "set-url", "origin", server.address(origin.path.name))
        kept(clone, "origin does not let us in")
        clone.git("remote", "set-url", "origin", server.address(origin.path.name, "ana:wr0ng-s3cret"))
        done = push(clone, "More")
        assert "origin does not let us in" in done.kept
        assert "wr0ng" not in repr(done)
        clone.git("remote", "set-url", "origin", server.address(origin.path.name, LOGIN))
        assert push(clone).pushed
    assert not asked.exists()
    assert [incident(origin).count(words) for words in ("Hello", "More")] == [1, 1]


def test_ssh_asks_nothing(clone, monkeypatch, tmp_path):
    program = tmp_path / "ssh"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >> {tmp_path}/called\nexit 255\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    clone.git("remote", "set-url", "origin", "ssh://git@example.com/x.git")
    kept(clone, "origin does not answer")
    called = (tmp_path / "called").read_text().splitlines()
    assert {"BatchMode=yes", "ConnectTimeout=10"} <= set(called)


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        (
            "pre-receive",
            "echo 'GH006: Protected branch update failed for refs/heads/main.'; exit 1",
            "main is protected",
        ),
        ("update", "echo 'no'; exit 1", "origin refused it: hook declined (no)"),
    ],
)
def test_a_remote_that_takes_no_such_commit(clone, origin, name, text, why):
    hook(origin, name, text)
    done = kept(clone, why)
    if "protected" in why:
        assert "status: {branch: status}" in done.hint
    assert "Hello" not in incident(origin)


def test_an_operation_that_was_taken_and_not_acknowledged(clone, origin):
    """The remote has it, and the connection broke before it said so."""
    hook(origin, "post-receive", "kill -9 $PPID")
    first = push(clone)
    (origin.path / "hooks/post-receive").unlink()
    done = push(clone)
    assert incident(origin).count("Hello") == 1, first
    assert done.kept == ""
    assert clone.git("rev-parse", "main").stdout == origin.git("rev-parse", "main").stdout


def test_others_are_always_faster(clone, origin, monkeypatch):
    from generator.integrations.recording import pushing

    monkeypatch.setattr(pushing, "PATIENCE", 3.0)
    hook(origin, "update", "exit 1")
    monkeypatch.setattr(remote_module, "_LATE", ("hook declined",))
    done = kept(clone, "others push to main all the time")
    assert done.hint == "start the same command again"
