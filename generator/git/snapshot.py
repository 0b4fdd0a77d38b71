"""A commit as a tree whose files are known by Git's ids, so that the next commit can be made of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

from generator.git.blobs import contents_of, sizes_of
from generator.git.branch import BranchStore, Entry
from generator.git.tree import IS_DIRECTORY, IS_SYMLINK, LIMIT, NOT_UTF8, SOURCE_SUFFIXES, is_utf8, shown

SYMLINK = "120000"
_FILES = frozenset({"100644", "100755", "100664"})


class Snapshot:
    """The files of a commit below a folder of the repository; `prefix` leads there, with a slash at its end.

    `known` are contents by their ids, kept for the next snapshot: most files are the same in it.
    """

    def __init__(
        self, root: Path, prefix: str, commit: str, name: str = "", known: dict[str, bytes] | None = None
    ) -> None:
        self._root = root
        self._prefix = prefix
        self.commit = commit
        self._name = name or commit[:10]
        self._known = {} if known is None else known

    @property
    def root(self) -> Path:
        """The folder in the work tree whose past this is."""
        return self._root

    @property
    def name(self) -> str:
        """The name it was given, or the beginning of the commit's id."""
        return self._name

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """Everything in the whole commit, by the path from the top: submodules and symlinks too."""
        return BranchStore(self._root).entries(self.commit)

    @cached_property
    def files(self) -> dict[str, Entry]:
        """Regular files by path."""
        below = ((path.removeprefix(self._prefix), each) for path, each in self._below())
        return {path: each for path, each in below if each.mode in _FILES and is_utf8(path)}

    def list(self) -> tuple[str, ...]:
        """All regular files, sorted."""
        return tuple(sorted(self.files))

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Content by path, in the order asked for, at most `LIMIT` + 1 bytes each."""
        wanted = [path for path in paths if path in self.files]
        self._learn([ident for path in wanted if (ident := self.files[path].id) not in self._known])
        yield from ((path, self._known[self.files[path].id]) for path in wanted)

    def _learn(self, ids: Sequence[str]) -> None:
        sizes = sizes_of(self._root, ids) if ids else []
        small = [each for each, size in zip(ids, sizes, strict=True) if size <= LIMIT]
        self._known |= zip(small, contents_of(self._root, small) if small else (), strict=True)
        # What is too large to be a source is as large as it need be to be told so.
        self._known |= dict.fromkeys(set(ids).difference(small), bytes(LIMIT + 1))

    def refused(self) -> tuple[tuple[str, str], ...]:
        """Symlinks, names that are not UTF-8, and folders named like a source."""
        return tuple(sorted(dict(self._refused()).items()))

    def _refused(self) -> Iterator[tuple[str, str]]:
        for full, each in self._below():
            path = full.removeprefix(self._prefix)
            if not is_utf8(path):
                yield shown(path), NOT_UTF8
            elif each.mode == SYMLINK:
                yield path, IS_SYMLINK
            for folder in _folders(path):
                if folder.endswith(SOURCE_SUFFIXES):
                    yield folder, IS_DIRECTORY

    def _below(self) -> Iterator[tuple[str, Entry]]:
        return ((path, each) for path, each in self.entries.items() if path.startswith(self._prefix))


def _folders(path: str) -> Iterator[str]:
    above = path.rpartition("/")[0]
    while above:
        yield above
        above = above.rpartition("/")[0]
