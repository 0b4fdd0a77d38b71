"""Running `git` against a remote: it asks nobody, it ends in time, and what it says repeats no secret."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from generator.git.run import environment, git

_QUIET = (
    "--no-pager",
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "core.fsmonitor=false"),
    *("-c", "gc.auto=0"),
    *("-c", "maintenance.auto=false"),
    # A connection over which nothing comes is given up.
    *("-c", "http.lowSpeedLimit=1"),
    *("-c", "http.lowSpeedTime=20"),
)
_SSH = "-o BatchMode=yes -o ConnectTimeout=10 -o ServerAliveInterval=5 -o ServerAliveCountMax=4"
_ASKING = {"GIT_TERMINAL_PROMPT": "0", "SSH_ASKPASS_REQUIRE": "never", "GCM_INTERACTIVE": "never", "SSH_ASKPASS": ""}
TIMED_OUT = -1
"""The status of what did not end in time."""

_LINES = 3
_WIDTH = 300
_COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_SECRETS = (
    (re.compile(r"(?i)\b([a-z][a-z0-9+.-]*://)[^/\s'\"]*@"), r"\1…@"),
    (re.compile(r"(?i)([?&;](?:[a-z_-]*(?:token|key|secret|password|auth)[a-z_-]*)=)[^\s&'\"]+"), r"\1…"),
    (re.compile(r"(?i)\b(password|passwd|token|secret|authorization)(\s*[=:]\s*)\S.*"), r"\1\2…"),
)


def over_network(
    root: Path, *arguments: str, seconds: float, wait: Callable[[], None] = lambda: None
) -> tuple[int, str, str]:
    """(status, output, complaint) of one `git` that may reach a remote; `TIMED_OUT` where it did not end in time.

    It and what it starts are one group of processes: all of them end when the time is over, or with us. `wait` is
    called every second.
    """
    command = ["git", *_QUIET, *arguments]
    try:
        process = subprocess.Popen(  # noqa: S603  # no shell; remotes and branches are names, never options
            command,
            cwd=root,
            env=_environment(root),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            process_group=0,
        )
    except (FileNotFoundError, PermissionError):
        return 127, "", "git is not installed"
    try:
        output, complaint = _ended(process, seconds, wait)
    except subprocess.TimeoutExpired:
        return TIMED_OUT, "", ""
    finally:
        _end(process)
    return process.returncode, output.decode("utf-8", "replace"), complaint.decode("utf-8", "replace")


def _ended(process: subprocess.Popen[bytes], seconds: float, wait: Callable[[], None]) -> tuple[bytes, bytes]:
    """What it wrote, when it has ended; `wait` is called every second until then."""
    end = time.monotonic() + seconds
    while True:
        try:
            return process.communicate(timeout=min(1.0, seconds))
        except subprocess.TimeoutExpired:
            if time.monotonic() >= end:
                raise
            wait()


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    for stream in (process.stdout, process.stderr):
        if stream is not None:
            stream.close()
    process.wait()


def _environment(root: Path) -> dict[str, str]:
    safe = environment()
    for name in ("GIT_ALLOW_PROTOCOL", "GIT_NO_LAZY_FETCH", "GIT_OPTIONAL_LOCKS"):
        del safe[name]
    own = {name: os.environ[name] for name in ("GIT_ALLOW_PROTOCOL",) if name in os.environ}
    return safe | own | _ASKING | _ssh(root)


def _ssh(root: Path) -> dict[str, str]:
    """The ssh that the user chose, told to ask nothing; another program than ssh is left as it is."""
    chosen = os.environ.get("GIT_SSH_COMMAND") or os.fsdecode(git(root, "config", "core.sshCommand")[1]).strip()
    if not chosen and os.environ.get("GIT_SSH"):
        return {}
    with suppress(ValueError):
        if Path((shlex.split(chosen or "ssh") or [""])[0]).name == "ssh":
            return {"GIT_SSH_COMMAND": f"{chosen or 'ssh'} {_SSH}"}
    return {}


def last_words(text: str) -> str:
    """The last lines of what a program wrote, short, without control characters and secrets."""
    lines = [cleaned(line)[:_WIDTH] for line in re.split(r"[\r\n]+", text) if line.strip()]
    said = [line for line in lines if not line.startswith(("hint:", "Please make sure", "and the repository exists"))]
    return "; ".join(said[-_LINES:])


def cleaned(line: str) -> str:
    """A line that moves no cursor, colours nothing and holds no password of an address."""
    plain = "".join(each if each.isprintable() else " " for each in _COLOUR.sub("", line)).strip()
    for pattern, instead in _SECRETS:
        plain = pattern.sub(instead, plain)
    return plain
