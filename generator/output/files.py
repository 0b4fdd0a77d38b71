"""Files in the output folder: read one, remove one, sweep up what a killed run left."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from generator.files import is_unfinished
from generator.output.paths import above_of


def on_disk(place: Path) -> bytes | None:
    """The content of a regular file; None where there is none (nothing, a symlink, a pipe)."""
    try:
        if not stat.S_ISREG(os.lstat(place).st_mode):
            return None
        return place.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def remove(out: Path, path: str) -> None:
    """Removes a file, and the folders in `out` that are empty without it."""
    (out / path).unlink()
    with suppress(OSError):  # not empty
        for folder in above_of(path):
            (out / folder).rmdir()


def sweep(out: Path) -> None:
    """Removes the unfinished files that a killed run left."""
    for folder, _, names in os.walk(out):
        for name in names:
            if is_unfinished(name):
                Path(folder, name).unlink()
