"""Writing a changed source back."""

from __future__ import annotations

import stat
from pathlib import Path, PurePosixPath

from generator.errors import RefusedPath, TocsinError
from generator.files import put


def write_source(root: Path, path: str, text: str) -> None:
    """Writes a source as a whole, as UTF-8, keeping its permissions; folders are made.

    Raises RefusedPath for a path that leaves the repository, a symlink, or one behind a symlink; TocsinError when the
    disk refuses.
    """
    place = _place(root, path)
    try:
        put(place, text.encode("utf-8"), stat.S_IMODE(place.stat().st_mode) if place.exists() else None)
    except OSError as error:
        raise TocsinError(f"cannot write {path}: {error.strerror or error}") from error


def _place(root: Path, path: str) -> Path:
    pure = PurePosixPath(path)
    if not pure.parts or pure.is_absolute() or ".." in pure.parts:
        raise RefusedPath(f"'{path}' leaves the repository")
    place = root
    for step in pure.parts:
        place /= step
        if place.is_symlink():
            raise RefusedPath(f"'{path}' is a symlink, or lies behind one", "edit the file it leads to")
    if place.exists() and not place.is_file():
        raise RefusedPath(f"'{path}' is not a file")
    return place
