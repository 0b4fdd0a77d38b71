"""The tree: what every reader of sources sees, wherever the files are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Protocol

LIMIT = 1024 * 1024
"""Bytes of the largest file that may be a source. A tree gives at most one more, so that the reader sees the excess."""

SOURCE_SUFFIXES = (".yaml", ".yml", ".md")

IS_SYMLINK = "is a symlink"
IN_SYMLINK = "lies behind the symlink"
IS_DIRECTORY = "is a directory"
NOT_REGULAR = "is not a regular file"
NOT_UTF8 = "has a name that is not UTF-8"
LEAVES = "leaves the repository"


def is_utf8(path: str) -> bool:
    """Whether a name from the file system was UTF-8; Python carries other bytes as lone surrogates."""
    return path.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in path)


def shown(path: str) -> str:
    """The path with foreign bytes made visible, so that it can be printed."""
    return path if is_utf8(path) else path.encode("utf-8", "backslashreplace").decode()


class Tree(Protocol):
    """Files by path; paths are posix and relative to `root`."""

    @property
    def root(self) -> Path:
        """The folder the paths start from."""
        ...

    @property
    def name(self) -> str:
        """What to call it in a message: `work tree`, or the revision as it was given."""
        ...

    def list(self) -> tuple[str, ...]:
        """All regular files, sorted. Never a symlink, a file behind one, or a special file."""
        ...

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Content by path, in the order asked for, at most `LIMIT` + 1 bytes each.

        A path that does not exist or is refused is left out; what is refused only now (no permission) joins `refused`.
        """
        ...

    def refused(self) -> tuple[tuple[str, str], ...]:
        """(path, reason), sorted: symlinks, special files, folders named like a source, files that cannot be read."""
        ...


class Memory:
    """A tree of given bytes, for tests and for sources that are not written yet."""

    def __init__(
        self,
        files: Mapping[str, bytes],
        *,
        root: Path = Path("/nowhere"),
        name: str = "memory",
        refused: Iterable[tuple[str, str]] = (),
    ) -> None:
        self._files = dict(sorted(files.items()))
        self._root = root
        self._name = name
        self._refused = tuple(sorted(refused))

    @property
    def root(self) -> Path:
        """The folder it claims to lie in; nothing is read there."""
        return self._root

    @property
    def name(self) -> str:
        """The name it was given."""
        return self._name

    def list(self) -> tuple[str, ...]:
        """All paths, sorted."""
        return tuple(self._files)

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Content by path, as every tree gives it."""
        for path in paths:
            if path in self._files:
                yield path, self._files[path][: LIMIT + 1]

    def refused(self) -> tuple[tuple[str, str], ...]:
        """The refusals it was given."""
        return self._refused


class Overlay:
    """One tree over another: where both have a path, the upper one's file counts.

    A path that the upper tree refuses is refused, even where the lower one has a file: silently reading another file
    than the one that is in the way would be worse.
    """

    def __init__(self, upper: Tree, lower: Tree) -> None:
        self._upper = upper
        self._lower = lower

    @property
    def root(self) -> Path:
        """The lower tree's: that is the repository."""
        return self._lower.root

    @property
    def name(self) -> str:
        """Both names."""
        return f"{self._upper.name} over {self._lower.name}"

    def list(self) -> tuple[str, ...]:
        """All paths of both, sorted."""
        return tuple(sorted({*self._upper.list(), *self._lower_paths()}))

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Content by path, in the order asked for."""
        uppers, lowers = set(self._upper.list()), set(self._lower_paths())
        for tree, run in groupby(paths, lambda path: self._upper if path in uppers else self._lower):
            yield from tree.read([path for path in run if tree is self._upper or path in lowers])

    def refused(self) -> tuple[tuple[str, str], ...]:
        """What the upper tree refuses, and what the lower one does where the upper has no file."""
        uppers = set(self._upper.list())
        found = {path: why for path, why in self._lower.refused() if path not in uppers}
        return tuple(sorted({**found, **dict(self._upper.refused())}.items()))

    def _lower_paths(self) -> Iterator[str]:
        hidden = {*self._upper.list(), *(path for path, _ in self._upper.refused())}
        return (path for path in self._lower.list() if path not in hidden)
