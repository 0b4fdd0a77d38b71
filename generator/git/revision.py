"""A revision as a tree: read from Git's objects, nothing is checked out."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

from generator.errors import UsageError
from generator.git.blobs import contents_of, sizes_of
from generator.git.run import SAFE_ENVIRONMENT, git, why_not
from generator.git.tree import IS_DIRECTORY, IS_SYMLINK, LIMIT, NOT_UTF8, SOURCE_SUFFIXES, Tree, is_utf8, shown

if TYPE_CHECKING:
    from git import Blob, Repo
    from git import Tree as GitTree

_BATCH = 256
"""Files read at once: enough to make a process cheap, few enough to hold."""


def revision(root: Path, rev: str) -> Tree:
    """The files below `root` as they were in a revision (a branch, a tag, an id, `HEAD~2`).

    Raises UsageError when there is no such revision, or no Git.
    """
    if not rev or rev.startswith("-") or " " in rev or not rev.isprintable():
        raise UsageError(f"{rev!r} is not the name of a revision", "write a branch, a tag or a commit's id")
    status, output, complaint = git(root, "rev-parse", "--show-toplevel")
    if status:
        raise UsageError(f"revision '{rev}' cannot be read: {why_not(complaint)}")
    top = Path(output.decode("utf-8", "surrogateescape").removesuffix("\n"))
    status, output, _ = git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{rev}^{{commit}}")
    if status:
        raise UsageError(f"there is no revision '{rev}' in this repository", _shallow(root))
    return Revision(root, top, rev, output.decode("ascii").strip())


def _shallow(root: Path) -> str:
    _, output, _ = git(root, "rev-parse", "--is-shallow-repository")
    return "the clone is shallow; fetch the revision first" if output.strip() == b"true" else ""


class Revision:
    """The files of one commit below a folder."""

    def __init__(self, root: Path, top: Path, name: str, commit: str) -> None:
        self._root = root
        self._top = top
        self._name = name
        self._commit = commit
        self._refused: dict[str, str] = {}

    @property
    def root(self) -> Path:
        """The folder in the work tree whose past this is."""
        return self._root

    @property
    def name(self) -> str:
        """The revision as it was given."""
        return self._name

    def list(self) -> tuple[str, ...]:
        """All regular files, sorted."""
        return tuple(sorted(self._blobs))

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Content by path."""
        wanted = [path for path in paths if path in self._blobs]
        for first in range(0, len(wanted), _BATCH):
            yield from self._batch(wanted[first : first + _BATCH])

    def _batch(self, paths: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        blobs = [self._blobs[path] for path in paths]
        sizes = sizes_of(self._root, [blob.hexsha for blob in blobs])
        small = [blob.hexsha for blob, size in zip(blobs, sizes, strict=True) if size <= LIMIT]
        contents = iter(contents_of(self._root, small))
        for path, blob, size in zip(paths, blobs, sizes, strict=True):
            yield path, next(contents) if size <= LIMIT else blob.data_stream.read(LIMIT + 1)

    def refused(self) -> tuple[tuple[str, str], ...]:
        """Symlinks, and folders named like a source."""
        self.list()
        return tuple(sorted(self._refused.items()))

    @cached_property
    def _repository(self) -> Repo:
        from git import GitError, Repo  # late: it costs 80 ms, and without a revision nobody needs it

        try:
            repository = Repo(self._top)
        except GitError as error:
            raise UsageError(f"revision '{self._name}' cannot be read: {error}") from error
        # GIT_DIR: inside a hook the variable may point at another repository, and it would win.
        repository.git.update_environment(**SAFE_ENVIRONMENT, GIT_DIR=str(repository.git_dir))
        return repository

    @cached_property
    def _blobs(self) -> dict[str, Blob]:
        tree: GitTree = self._repository.commit(self._commit).tree
        found: dict[str, Blob] = {}
        try:
            for step in self._root.resolve().relative_to(self._top.resolve()).parts:
                tree = cast("GitTree", tree[step])
        except (KeyError, ValueError):  # the folder did not exist then
            return found
        if tree.type == "tree":
            self._collect(tree, "", found)
        return found

    def _collect(self, tree: GitTree, prefix: str, found: dict[str, Blob]) -> None:
        for item in tree:
            if item.type == "submodule":
                continue
            path = f"{prefix}{item.name}"
            if not is_utf8(path):
                self._refused[shown(path)] = NOT_UTF8
            elif item.type == "tree":
                if path.endswith(SOURCE_SUFFIXES):
                    self._refused[path] = IS_DIRECTORY
                self._collect(item, f"{path}/", found)
            elif item.type == "blob":
                self._add(item, path, found)

    def _add(self, blob: Blob, path: str, found: dict[str, Blob]) -> None:
        if stat.S_ISLNK(blob.mode):
            self._refused[path] = IS_SYMLINK
        else:
            found[path] = blob
