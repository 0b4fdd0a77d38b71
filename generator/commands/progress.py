"""One line that says what is being done: on a terminal only, on standard error, and gone afterwards."""

from __future__ import annotations

import sys


class Progress:
    """Each step replaces the last. Where nobody watches, nothing is written."""

    def __init__(self) -> None:
        self._stream = sys.stderr
        self._shown = self._stream.isatty()

    def step(self, doing: str) -> None:
        """Says what comes next."""
        if self._shown:
            self._stream.write(f"\r\x1b[2K{doing} …")
            self._stream.flush()

    def done(self) -> None:
        """Clears the line."""
        if self._shown:
            self._stream.write("\r\x1b[2K")
            self._stream.flush()
