"""What is said while somebody waits: nothing for two seconds, then not too often."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import field

from generator.records import dataclass

_QUIET = 2.0
_BETWEEN = 5.0


def say(words: str) -> None:
    """On standard error."""
    sys.stderr.write(f"{words} …\n")
    sys.stderr.flush()


@dataclass(slots=True)
class Telling:
    """Hears of everything that takes time, and passes on what is worth it."""

    tell: Callable[[str], None]
    next: float = field(default_factory=lambda: time.monotonic() + _QUIET)

    def __call__(self, words: str) -> None:
        """Says it, if it is time."""
        now = time.monotonic()
        if now >= self.next:
            self.next = now + _BETWEEN
            self.tell(words)
