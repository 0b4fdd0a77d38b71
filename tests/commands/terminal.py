"""A terminal of its own for a command: what it asks is waited for, and answered as a person would."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

CTRL_C, CTRL_D = "\x03", "\x04"
PATIENCE = 20.0
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\r")


class Terminal:
    """The command's process, and all that it has shown."""

    def __init__(self, process: subprocess.Popen[bytes], screen: int) -> None:
        self.process, self.screen, self.raw, self.read = process, screen, b"", 0

    @property
    def shown(self) -> str:
        """Everything until now, without escapes."""
        return _ESCAPES.sub("", self.raw.decode("utf-8", "replace"))

    def answer(self, question: str, text: str, end: str = "\n") -> None:
        """Waits until it asks that, and types a line."""
        self.wait_for(question)
        os.write(self.screen, f"{text}{end}".encode())

    def wait_for(self, words: str) -> None:
        """Waits until these words are shown behind those that were waited for before."""
        end = time.monotonic() + PATIENCE
        while words not in self.shown[self.read :]:
            assert time.monotonic() < end, f"it never said {words!r}:\n{self.shown}"
            if not self._more(0.1) and self.process.poll() is not None:
                assert words in self.shown[self.read :], f"it ended without {words!r}:\n{self.shown}"
        self.read = self.shown.index(words, self.read) + len(words)

    def stop(self, question: str, key: str) -> int:
        """Waits until it asks that, and presses a key until it ends: one pressed too early is nobody's."""
        self.wait_for(question)
        os.write(self.screen, key.encode())
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process.poll() is None and "stopped" not in self.shown[self.read :]:
            if not self._more(2):
                os.write(self.screen, key.encode())
        return self.end()

    def end(self) -> int:
        """Its exit status, once all that it says is read."""
        end = time.monotonic() + PATIENCE
        while self.process.poll() is None or self._more(0):
            assert time.monotonic() < end, f"it does not end:\n{self.shown}"
            self._more(0.1)
        return self.process.wait(PATIENCE)

    def _more(self, seconds: float) -> bool:
        if not select.select([self.screen], [], [], seconds)[0]:
            return False
        try:
            found = os.read(self.screen, 65536)
        except OSError:  # the other end is closed
            return False
        self.raw += found
        return bool(found)


@contextmanager
def terminal(folder: Path, arguments: Sequence[str], environment: Mapping[str, str]) -> Iterator[Terminal]:
    """Starts `tocsin` in a folder, on a terminal."""
    screen, inside = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "generator", *arguments],
        cwd=folder,
        env={**environment, "TERM": "dumb", "PYTHONPATH": str(Path(__file__).parents[2])},
        stdin=inside,
        stdout=inside,
        stderr=inside,
        start_new_session=True,
        preexec_fn=_take,  # noqa: PLW1509  # nothing else runs in this process
    )
    os.close(inside)
    try:
        yield Terminal(process, screen)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        os.close(screen)


def _take() -> None:
    """Makes the terminal the session's own, so that Ctrl-C reaches the command."""
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
