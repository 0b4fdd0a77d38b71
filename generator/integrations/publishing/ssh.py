"""The system's ssh: its configuration, its keys and its host keys are the user's, and none of ours.

The other side needs a POSIX shell and tar.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO

from generator.errors import TocsinError, UsageError
from generator.integrations.publishing.destinations import Host
from generator.integrations.publishing.said import last_words
from generator.records import dataclass

VARIABLE = "TOCSIN_SSH"
"""The environment variable that names another ssh, or gives it options: `ssh -i key -J jump`."""
_FAILED = 255
_POLL = 0.5
_SECONDS_TO_LOOK = 120
# A host that is gone is noticed: 20 seconds for a connection, a minute for one that has gone silent.
_PATIENCE = ("-o", "ConnectTimeout=20", "-o", "ServerAliveInterval=15", "-o", "ServerAliveCountMax=4")

Progress = Callable[[int], None]
"""Told how many bytes are on their way."""


@dataclass(frozen=True, slots=True)
class Connection:
    """What runs a script of ours on a host."""

    host: Host
    program: tuple[str, ...]

    def look(self, script: str) -> bytes:
        """What a script prints."""
        return self._run(script.encode(), None, lambda _: None)

    def send(self, script: str, content: IO[bytes], progress: Progress) -> bytes:
        """What a script prints that reads a file as well."""
        return self._run(script.encode(), content, progress)

    def _run(self, script: bytes, content: IO[bytes] | None, progress: Progress) -> bytes:
        """The script travels in front of the content: so nothing of it passes the login shell, whichever that is."""
        from tempfile import TemporaryFile

        with TemporaryFile() as sent, TemporaryFile() as out, TemporaryFile() as err:
            sent.write(script)
            if content is not None:
                shutil.copyfileobj(content, sent)
            sent.seek(0)
            try:
                process = subprocess.Popen(self._command(len(script)), stdin=sent, stdout=out, stderr=err)  # noqa: S603  # the user's ssh; `--` stands before what comes from outside
            except OSError as error:
                raise UsageError(f"{self.program[0]} does not run: {error.strerror}", _INSTALL) from None
            status = _watched(process, sent, progress, None if content is not None else _SECONDS_TO_LOOK)
            for stream in (out, err):
                stream.seek(0)
            if status:
                raise _refusal(status, err.read())
            return out.read()

    def _command(self, length: int) -> tuple[str, ...]:
        """Where nobody can answer, ssh asks nothing."""
        batch = () if sys.stdin is not None and sys.stdin.isatty() else ("-o", "BatchMode=yes")
        port = () if self.host.port is None else ("-p", str(self.host.port))
        user = ("-l", self.host.user) if self.host.user else ()
        read = f"""sh -c 'eval "$(dd bs=1 count={length} 2>/dev/null)"'"""
        return (*self.program, "-T", "-x", "-a", *_PATIENCE, *batch, *port, *user, "--", self.host.host, read)


_INSTALL = f"install OpenSSH's client, or name another with {VARIABLE}"


def connect(host: Host, environment: Mapping[str, str] = os.environ) -> Connection:
    """The program that will be used; nobody is asked yet.

    Raises:
        UsageError: there is none.
    """
    try:
        program = shlex.split(environment.get(VARIABLE) or "ssh")
    except ValueError:
        raise UsageError(f"{VARIABLE} has a quote that does not end") from None
    found = shutil.which(program[0]) if program else None
    if found is None:
        raise UsageError(f"there is no {program[0] if program else 'ssh'} on the PATH", _INSTALL)
    return Connection(host, (found, *program[1:]))


def script(name: str, **variables: str) -> str:
    """A script of this folder, with some variables set before."""
    text = (Path(__file__).parent / f"{name}.sh").read_text(encoding="utf-8")
    return "".join(f"{key}={shlex.quote(value)}\n" for key, value in variables.items()) + text


def _watched(process: subprocess.Popen[bytes], sent: IO[bytes], progress: Progress, seconds: float | None) -> int:
    """The status it ends with. Its place in the file that it reads is ours too: that is how far it is."""
    passed = 0.0
    try:
        while True:
            try:
                return process.wait(_POLL)
            except subprocess.TimeoutExpired:
                passed += _POLL
                progress(os.lseek(sent.fileno(), 0, os.SEEK_CUR))
                if seconds is not None and passed > seconds:
                    raise TocsinError(f"it did not answer within {int(seconds)} seconds") from None
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def _refusal(status: int, complaint: bytes) -> TocsinError:
    words = last_words(complaint)
    if status == _FAILED:
        hint = "try it by hand: ssh <host> true"
        if "Host key verification failed" in words:
            hint = "connect once by hand and compare the host's key, or put it into known_hosts"
        return TocsinError(f"ssh does not connect: {words or 'it says nothing'}", hint)
    return TocsinError(words or f"it ends with status {status} and says nothing")
