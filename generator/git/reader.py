"""Reading files below a root without following a symlink or waiting for a pipe."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import Self

from generator.git.tree import IS_DIRECTORY, IS_SYMLINK, LEAVES, LIMIT, NOT_REGULAR

_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


class Refused(OSError):
    """A file that is not read, with the reason as its text."""


def reason(error: OSError) -> str:
    """Why a file was not read, in our words."""
    if isinstance(error, Refused):
        return str(error)
    return IS_SYMLINK if error.errno == errno.ELOOP else f"cannot be read: {error.strerror or error}"


class Reader:
    """Reads files below a root, keeping the folder of the last one open: the next is probably its neighbour."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folder: str | None = None
        self._fd = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def read(self, path: str) -> bytes:
        """At most `LIMIT` + 1 bytes. Raises OSError for what is not a regular file, or lies behind a symlink."""
        folder, _, name = path.rpartition("/")
        if folder != self._folder or path.startswith("/"):
            self._enter(path, folder)
        if name == "..":
            raise Refused(LEAVES)
        fd = os.open(name, _FILE, dir_fd=self._fd)
        try:
            return _content(fd)
        finally:
            os.close(fd)

    def _enter(self, path: str, folder: str) -> None:
        self._close()
        steps = folder.split("/") if folder else []
        if path.startswith("/") or ".." in steps:
            raise Refused(LEAVES)
        fd = os.open(self._root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        for step in steps:
            try:
                inner = os.open(step, _FOLDER, dir_fd=fd)
            finally:
                os.close(fd)
            fd = inner
        self._fd, self._folder = fd, folder

    def _close(self) -> None:
        if self._fd >= 0:
            os.close(self._fd)
        self._fd, self._folder = -1, None


def _content(fd: int) -> bytes:
    status = os.fstat(fd)
    if not stat.S_ISREG(status.st_mode):
        raise Refused(IS_DIRECTORY if stat.S_ISDIR(status.st_mode) else NOT_REGULAR)
    content = os.read(fd, min(status.st_size, LIMIT) + 1)
    if status.st_size < len(content) <= LIMIT:  # it grew since
        content += os.read(fd, LIMIT + 1 - len(content))
    return content
