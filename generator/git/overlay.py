"""A branch laid over a tree: what the branch changed since both were one, and only in the folders that it is for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path

from generator.git.snapshot import Snapshot
from generator.git.tree import Tree

FOLDERS = ("status/", "postmortems/")
"""What the branch of the setting `status.branch` holds."""

Wins = Callable[[str, bytes], bool]
"""(path, content) of a file below: whether it counts although the branch changed it too."""


class Laid:
    """What the branch wrote or took away since `base` counts; everything else is the lower tree's.

    With no base (the branch shares no history with us) all its files count, and it takes nothing away.
    """

    def __init__(self, branch: Snapshot, base: Snapshot | None, lower: Tree, wins: Wins | None = None) -> None:
        old = {} if base is None else _held(base)
        new = _held(branch)
        self._branch, self._lower = branch, lower
        written = {path for path, ident in new.items() if old.get(path) != ident}
        below = frozenset(lower.list())
        if wins is not None:
            written -= {path for path, content in lower.read(sorted(written & below)) if wins(path, content)}
        self._upper = frozenset(written)
        self._hidden = frozenset(path for path in old if path not in new)

    @property
    def root(self) -> Path:
        """The lower tree's: that is the repository."""
        return self._lower.root

    @property
    def name(self) -> str:
        """Both names."""
        return f"{self._branch.name} over {self._lower.name}"

    def list(self) -> tuple[str, ...]:
        """All paths, sorted."""
        lower = (path for path in self._lower.list() if path not in self._hidden)
        return tuple(sorted({*lower, *self._upper}))

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Content by path, in the order asked for."""
        for tree, run in groupby(paths, lambda path: self._branch if path in self._upper else self._lower):
            yield from tree.read([path for path in run if path in self._upper or path not in self._hidden])

    def refused(self) -> tuple[tuple[str, str], ...]:
        """What the branch refuses in its folders, and what the lower tree does where the branch has no file."""
        upper = {path: why for path, why in self._branch.refused() if path.startswith(FOLDERS)}
        lower = {path: why for path, why in self._lower.refused() if path not in self._upper | self._hidden}
        return tuple(sorted({**lower, **upper}.items()))

    @property
    def upper(self) -> frozenset[str]:
        """The paths whose content is the branch's."""
        return self._upper


def _held(tree: Snapshot) -> dict[str, str]:
    return {path: entry.id for path, entry in tree.files.items() if path.startswith(FOLDERS)}
