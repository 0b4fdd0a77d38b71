"""What is published: the files of one target, and the file among them that says which they are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import cached_property
from hashlib import sha256

from generator.artifacts import Artifact
from generator.errors import NothingToDo, TocsinError, UsageError
from generator.output.paths import collected, fault
from generator.records import dataclass

MARKER = ".tocsin-published"
"""The file by which a destination is known as ours."""
_LIMIT = 64 << 20
"""Bytes of a marker that are read; nobody publishes that many files."""


@dataclass(frozen=True)
class Release:
    """The files of a target by path, as they lie at the destination."""

    target: str
    files: Mapping[str, bytes] = field(repr=False)

    @classmethod
    def of(cls, target: str, artifacts: Iterable[Artifact]) -> Release:
        """The artifacts of a target without the folder that they share.

        Raises:
            NothingToDo: there are none.
            TocsinError: one lies elsewhere; no file of another target is ever published.
        """
        found = {}
        for path, (_, artifact) in collected({target: artifacts}).items():
            inside = path.removeprefix(f"{target}/")
            if inside == path or inside.split("/")[0] == MARKER:
                raise TocsinError(f"target {target} gives {path}, which is no file of the folder {target}/")
            found[inside] = artifact.content
        if not found:
            raise NothingToDo(f"target {target} has no files: there is nothing to publish")
        return cls(target, found)

    @cached_property
    def hashes(self) -> dict[str, str]:
        """SHA-256 by path."""
        return {path: sha256(content).hexdigest() for path, content in sorted(self.files.items())}

    @cached_property
    def marker(self) -> bytes:
        """The marker's bytes: the same for the same files."""
        said = {"tool": "tocsin", "target": self.target, "files": self.hashes}
        return (json.dumps(said, indent=1) + "\n").encode("ascii")


@dataclass(frozen=True, slots=True)
class Present:
    """What lies at a destination: its marker, and the paths of all else."""

    marker: bytes | None = None
    paths: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Plan:
    """What publishing does to a destination, by path."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    kept: tuple[str, ...]
    """Not ours: they stay."""

    @property
    def same(self) -> bool:
        """Whether nothing has to be done."""
        return not (self.new or self.changed or self.removed)

    def __str__(self) -> str:
        parts = (("new", self.new), ("changed", self.changed), ("removed", self.removed), ("of others kept", self.kept))
        return ", ".join(f"{len(paths)} {word}" for word, paths in parts if paths) or "no change"


def plan(release: Release, present: Present, actual: Mapping[str, str] | None = None) -> Plan:
    """What has to be done; `actual` are the hashes of what lies there, where they are known better than by the marker.

    Raises:
        UsageError: the destination is not ours, belongs to another target, or has a file where ours would go.
    """
    ours = _ours(release, present)
    there = {path: each for path, each in ours.items() if path in present.paths}
    there |= {path: each for path, each in (actual or {}).items() if path in ours}
    kept = present.paths - ours.keys()
    _no_clash(release, kept)
    wanted = release.hashes
    return Plan(
        new=tuple(path for path in wanted if path not in there),
        changed=tuple(path for path, each in wanted.items() if there.get(path, each) != each),
        removed=tuple(sorted(there.keys() - wanted.keys())),
        kept=tuple(sorted(kept)),
    )


def _ours(release: Release, present: Present) -> dict[str, str]:
    """What the marker lists. A destination without one must be empty."""
    if present.marker is None:
        if present.paths:
            first = min(present.paths)
            more = f" and {len(present.paths) - 1} more" if len(present.paths) > 1 else ""
            raise UsageError(
                f"it holds files that nobody published from here: {first}{more}", "give an empty place, or a new one"
            )
        return {}
    target, files = _read(present.marker)
    if target != release.target:
        raise UsageError(f"it holds the target {target}, not {release.target}", "give each target a place of its own")
    return files


def _read(marker: bytes) -> tuple[str, dict[str, str]]:
    try:
        said = json.loads(marker[:_LIMIT])
        target, files = said["target"], {path: str(each) for path, each in said["files"].items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise not_ours() from None
    if not isinstance(target, str) or not target.isprintable() or any(fault(path) for path in files):
        raise not_ours()
    return target, files


INSIDE = "it lies in a place that holds a published target", "whoever reads that would read this too: take another"


def not_ours() -> UsageError:
    """A marker that somebody else wrote, or spoiled."""
    return UsageError(f"its file {MARKER} is not one that Tocsin wrote", "give an empty place, or a new one")


def _no_clash(release: Release, kept: Iterable[str]) -> None:
    """A file of others where ours would go is never overwritten, nor one where ours need a folder."""
    folders = {"/".join(path.split("/")[:count]) for path in release.files for count in range(1, path.count("/") + 1)}
    for path in sorted(kept):
        above = {"/".join(path.split("/")[:count]) for count in range(1, path.count("/") + 1)}
        if path in release.files or path in folders or not above.isdisjoint(release.files):
            raise UsageError(f"{path} is there, is not ours, and stands where a file of ours goes", "move it away")
