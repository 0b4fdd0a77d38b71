"""A copy of this process does a part of the work on the second core: one would wait while the other is busy.

The copy (`fork`) shares all that was read and says what came out through a pipe. Where anything is in the way (one
core, another system, threads) whoever asks does all of the work, and so they do where the copy fails: what comes out is
the same.
"""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


def is_possible() -> bool:
    """Whether there is a second core, and this process may be copied: one with threads must not be."""
    try:
        # The names alone, many times faster than a path for each.
        return len(os.sched_getaffinity(0)) > 1 and len(os.listdir("/proc/self/task")) == 1  # noqa: PTH208
    except (AttributeError, OSError):  # not on Linux
        return False


class Copy(Generic[T]):
    """A copy of this process that does one thing, and says what came out."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._pipe, into = os.pipe()
        self._process = os.fork()
        if not self._process:
            self._be(work, into)
        os.close(into)

    def _be(self, work: Callable[[], T], into: int) -> None:
        """The copy's whole life. Nothing that this process would do at its end is done twice."""
        status = 1
        try:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # this process is stopped, and ends the copy
            with os.fdopen(into, "wb") as pipe:
                pipe.write(pickle.dumps(work(), pickle.HIGHEST_PROTOCOL))
            status = 0
        finally:
            os._exit(status)

    def said(self) -> T | None:
        """What came out; None where it failed."""
        with os.fdopen(self._pipe, "rb") as pipe:
            said = pipe.read()
        _, status = os.waitpid(self._process, 0)
        self._process = 0
        if status:
            return None
        outcome: T = pickle.loads(said)  # noqa: S301  # a copy of ourselves wrote it
        return outcome

    def end(self) -> None:
        """Ends it where nobody waits for it any more."""
        if self._process:
            os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)
            os.close(self._pipe)
            self._process = 0
