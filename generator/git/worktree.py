"""The work tree: what lies in the folder now, tracked or not, but not what Git ignores."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.errors import UsageError
from generator.git.listing import Listing
from generator.git.reader import Reader, reason
from generator.git.tree import Tree

SETTINGS = "tocsin.yaml"


def find_root(start: Path) -> Path:
    """The repository a command means: the nearest folder upwards with a `tocsin.yaml`, else the Git root, else `start`.

    Raises UsageError when `start` is no folder.
    """
    here = start.resolve()
    if not here.is_dir():
        raise UsageError(f"{start} is not a folder")
    upwards = (here, *here.parents)
    for mark in (SETTINGS, ".git"):
        for folder in upwards:
            if os.path.lexists(folder / mark):
                return folder
    return here


def work_tree(root: Path) -> Tree:
    """What lies in `root` now."""
    return WorkTree(root)


class WorkTree:
    """The files below a folder; listed once, when first asked for."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._listed: tuple[str, ...] | None = None
        self._refused: dict[str, str] = {}

    @property
    def root(self) -> Path:
        """The folder."""
        return self._root

    @property
    def name(self) -> str:
        """Always `work tree`."""
        return "work tree"

    def list(self) -> tuple[str, ...]:
        """All regular files, sorted."""
        if self._listed is None:
            listing = Listing(self._root)
            self._refused |= listing.refused
            self._listed = tuple(sorted(listing.files))
        return self._listed

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Content by path. Folders on the way are opened one by one, so that no symlink is followed."""
        with Reader(self._root) as reader:
            for path in paths:
                try:
                    content = reader.read(path)
                except FileNotFoundError:
                    continue
                except OSError as error:
                    self._refused.setdefault(path, reason(error))
                else:
                    yield path, content

    def refused(self) -> tuple[tuple[str, str], ...]:
        """What was met and not read, with its reason."""
        self.list()
        return tuple(sorted(self._refused.items()))
