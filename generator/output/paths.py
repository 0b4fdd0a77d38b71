"""Which paths an artifact may have, and which folder may be written into."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.artifacts import Artifact
from generator.catalog.load import SOURCE_FOLDERS
from generator.errors import TocsinError, UsageError
from generator.files import TEMPORARY

MANIFEST = "manifest.json"


def fault(path: str) -> str:
    """What is wrong with an artifact's path; empty when nothing is."""
    if not path or path.startswith("/"):
        return "is not relative"
    if "\\" in path or not path.isprintable():
        return "has a backslash or an unprintable character"
    steps = path.split("/")
    if ".." in steps:
        return "leaves the output folder"
    if "" in steps or "." in steps:
        return "has an empty step"
    if steps[-1].startswith(TEMPORARY) or folded(path) == MANIFEST:
        return "is a name of our own"
    return ""


def folded(path: str) -> str:
    """The path as a file system without case sees it."""
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path).casefold()


def collected(artifacts: Mapping[str, Iterable[Artifact]]) -> dict[str, tuple[str, Artifact]]:
    """(target, artifact) by path, sorted. Raises TocsinError for a bad path, and for two artifacts in one place."""
    found: dict[str, tuple[str, Artifact]] = {}
    taken: dict[str, str] = {}
    for target, each in artifacts.items():
        for artifact in each:
            if wrong := fault(artifact.path):
                raise TocsinError(f"target {target} gives an artifact whose path {artifact.path!r} {wrong}")
            other = taken.setdefault(folded(artifact.path), artifact.path)
            if other in found:
                first = found[other][0]
                raise TocsinError(f"targets {first} and {target} both give {_both(other, artifact.path)}")
            found[artifact.path] = (target, artifact)
    _no_file_is_a_folder(taken)
    return dict(sorted(found.items()))


def _both(first: str, second: str) -> str:
    return f"'{first}'" if first == second else f"'{first}' and '{second}', which differ only in case"


def _no_file_is_a_folder(taken: Mapping[str, str]) -> None:
    for key, path in taken.items():
        for above in above_of(key):
            if above in taken:
                raise TocsinError(f"artifact '{taken[above]}' is a file, and a folder for artifact '{path}'")


def above_of(path: str) -> list[str]:
    """The folders a path lies in, innermost first."""
    steps = path.split("/")[:-1]
    return ["/".join(steps[:count]) for count in range(len(steps), 0, -1)]


def guard(out: Path, root: Path | None) -> None:
    """Raises UsageError when `out` is no folder to write into: a symlink, the repository, or a folder around it."""
    if out.is_symlink():
        raise UsageError(f"the output folder {out} is a symlink", "give the folder it leads to")
    if out.exists() and not out.is_dir():
        raise UsageError(f"the output folder {out} is a file")
    here = os.path.realpath(out)
    if root is not None and _strays(out, root):
        raise UsageError(f"the output folder {out} leads out of the repository by a symlink", "remove the symlink")
    if ".git" in Path(here).parts:
        raise UsageError(f"the output folder {out} lies in Git's own folder", "give a folder of its own: build")
    if root is not None and _among_sources(Path(here), Path(os.path.realpath(root))):
        raise UsageError(f"the output folder {out} is for sources", "give a folder of its own: build")
    holds = root is not None and os.path.commonpath([here, os.path.realpath(root)]) == here
    if holds or any((out / mark).exists() for mark in (".git", "tocsin.yaml")):
        raise UsageError(f"the output folder {out} is the repository, or holds it", "give a folder of its own: build")


def _among_sources(here: Path, root: Path) -> bool:
    """Whether a folder is one of those that sources are read from: what is written there would be read as one."""
    return here.is_relative_to(root) and here.relative_to(root).parts[:1] in {(name,) for name in SOURCE_FOLDERS}


def _strays(out: Path, root: Path) -> bool:
    """Whether a path that is written as one below the repository is elsewhere in truth."""
    written = os.path.normpath(out.absolute())
    return Path(written).is_relative_to(os.path.normpath(root.absolute())) and not out.resolve().is_relative_to(
        root.resolve()
    )


def guard_folders(out: Path, paths: Iterable[str]) -> None:
    """Raises UsageError when a folder on the way to one of these files is a symlink."""
    for folder in sorted({above for path in paths for above in above_of(path)}):
        place = out / folder
        if place.is_symlink():
            raise UsageError(f"{place} is a symlink, and would lead out of the output folder", "remove it")
