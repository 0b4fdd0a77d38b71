"""Listing a folder: Git says what belongs to it, the file system says what each thing is."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from generator.git.run import git
from generator.git.tree import (
    IN_SYMLINK,
    IS_DIRECTORY,
    IS_SYMLINK,
    NOT_REGULAR,
    NOT_UTF8,
    SOURCE_SUFFIXES,
    is_utf8,
    shown,
)

SKIPPED = frozenset({".git", ".venv", "node_modules"})
"""Folders that are left out where no Git says what to ignore; `build` too, at the top."""


class Listing:
    """The regular files below a folder, and what lies in their way.

    Git knows neither pipes nor empty folders, and lists files that were deleted or lie behind a symlink; so every
    folder with a file in it is scanned once, which costs less than a `stat` a file.
    """

    def __init__(self, root: Path) -> None:
        self.files: list[str] = []
        self.refused: dict[str, str] = {}
        self._root = root
        paths = _paths(root)
        if paths is None:
            self._walk("")
        else:
            self._classify(paths)

    def _walk(self, folder: str) -> None:
        for name, kind in self._scan(folder).items():
            path = f"{folder}{name}"
            if kind != "folder":
                self._add(path, kind)
            elif name not in SKIPPED and path != "build":
                self._odd(path, kind)
                self._walk(f"{path}/")

    def _classify(self, paths: Iterable[str]) -> None:
        wanted: dict[str, set[str]] = defaultdict(set)
        for path in paths:
            self._want(wanted, path)
        self._visit("", wanted)

    @staticmethod
    def _want(wanted: dict[str, set[str]], path: str) -> None:
        """Notes the path under its folder, and each folder under the one above (with a slash behind)."""
        while path:
            cut = path.rstrip("/").rfind("/") + 1
            folder, name = path[:cut], path[cut:]
            if name in wanted[folder]:
                return
            wanted[folder].add(name)
            path = folder

    def _visit(self, folder: str, wanted: dict[str, set[str]]) -> None:
        kinds = self._scan(folder)
        for name in wanted[folder]:
            bare = name.rstrip("/")
            kind, path = kinds.get(bare), f"{folder}{bare}"
            if name != bare and kind == "folder":
                self._visit(f"{path}/", wanted) if f"{path}/" in wanted else self._look(f"{path}/")
            elif name != bare and kind == "symlink":
                self._behind(path, wanted)
            elif kind is not None:
                self._add(path, kind)
        for name, kind in kinds.items():
            self._odd(f"{folder}{name}", kind)

    def _look(self, folder: str) -> None:
        """Looks for what is no file, in a folder where Git sees nothing, or another repository that is none of ours."""
        kinds = self._scan(folder)
        for name, kind in kinds.items() if ".git" not in kinds else ():
            self._odd(f"{folder}{name}", kind)
            if kind == "folder":
                self._look(f"{folder}{name}/")

    def _behind(self, link: str, wanted: dict[str, set[str]]) -> None:
        self.refused[link] = IS_SYMLINK
        for folder in [folder for folder in wanted if folder.startswith(f"{link}/")]:
            for name in wanted[folder]:
                if not name.endswith("/"):
                    self.refused[shown(f"{folder}{name}")] = f"{IN_SYMLINK} {shown(link)}"

    def _add(self, path: str, kind: str) -> None:
        if not is_utf8(path):
            self.refused[shown(path)] = NOT_UTF8
        elif kind == "file":
            self.files.append(path)
        elif kind == "symlink":
            self.refused[path] = IS_SYMLINK
        else:
            self._odd(path, kind)

    def _odd(self, path: str, kind: str) -> None:
        if kind == "other":
            self.refused[shown(path)] = NOT_REGULAR
        elif kind == "folder" and path.endswith(SOURCE_SUFFIXES):
            self.refused[shown(path)] = IS_DIRECTORY

    def _scan(self, folder: str) -> dict[str, str]:
        try:
            with os.scandir(self._root / folder) as entries:
                return {entry.name: _kind(entry) for entry in entries}
        except OSError as error:
            self.refused[shown(folder.rstrip("/") or ".")] = f"cannot be read: {error.strerror}"
            return {}


def _kind(entry: os.DirEntry[str]) -> str:
    if entry.is_symlink():
        return "symlink"
    if entry.is_file(follow_symlinks=False):
        return "file"
    return "folder" if entry.is_dir(follow_symlinks=False) else "other"


def _paths(root: Path) -> list[str] | None:
    """What Git tracks or would track below the folder, and folders it sees nothing in; None if it does not say."""
    status, files, _ = git(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    if status or (not files and _ignored(root)):
        return None
    _, folders, _ = git(root, "ls-files", "-z", "--others", "--directory", "--exclude-standard")
    return [os.fsdecode(path) for path in (files + folders).split(b"\0") if path]


def _ignored(root: Path) -> bool:
    """Whether a repository further up ignores the whole folder: then it has no say in what belongs to it."""
    return git(root, "check-ignore", "--quiet", ".")[0] == 0
