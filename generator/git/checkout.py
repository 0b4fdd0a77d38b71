"""Bringing a work tree and its index from one commit to another, only where nobody else changed anything.

Every step can be done again: a file is written where it still is what the old commit holds, and left alone otherwise.
So whoever was killed in between starts again from the same two commits.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from generator.errors import TocsinError
from generator.files import TEMPORARY
from generator.git.branch import Entry
from generator.git.clone import Clone
from generator.git.run import git
from generator.git.staging import MANY, Step, hidden_paths, stage

_FILES = frozenset({"100644", "100755"})


def steps_between(clone: Clone, old: str, new: str) -> list[Step]:
    """What differs between two commits."""
    status, output, complaint = git(
        clone.top, "diff-tree", "-r", "-z", "--raw", "--no-abbrev", "--no-renames", old, new
    )
    if status:
        raise TocsinError(f"git diff-tree failed: {complaint}", "run `git fsck`")
    parts = iter(os.fsdecode(output).split("\0"))
    found = []
    for part in parts:
        if part.startswith(":"):
            old_mode, new_mode, old_id, new_id, _ = part[1:].split(" ")
            found.append(Step(next(parts), _entry(old_mode, old_id), _entry(new_mode, new_id)))
    return found


def _entry(mode: str, ident: str) -> Entry | None:
    return Entry(mode, "commit" if mode == "160000" else "blob", ident) if mode.strip("0") else None


def in_the_way(clone: Clone, steps: Sequence[Step]) -> dict[str, str]:
    """The paths that cannot be brought along, and why: somebody is changing them, or they are no plain files."""
    found = {step.path: why for step in steps if (why := _unfit(clone, step))}
    wanted = {step.path for step in steps}
    for path, states in _states(clone, wanted):
        if path in wanted:
            found.setdefault(path, "is staged" if states[0] != " " and states[1] == " " else "has changes of its own")
    return found


def _unfit(clone: Clone, step: Step) -> str:
    if any(each is not None and each.mode not in _FILES for each in (step.old, step.new)) or "\n" in step.path:
        return "is no plain file"
    folder = clone.top
    for name in step.path.split("/")[:-1]:
        folder /= name
        if folder.is_symlink() or (os.path.lexists(folder) and not folder.is_dir()):
            return f"lies behind {folder.relative_to(clone.top)}, which is no folder"
    if step.old is None and os.path.lexists(clone.top / step.path):
        return "is there already and not committed"
    return ""


def _states(clone: Clone, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Path and the two letters of `git status` for what is not as in HEAD."""
    chosen = sorted(paths)
    how = ("status", "--porcelain", "-z", "--no-renames", "--untracked-files=no", "--ignore-submodules=all")
    named = ("--", *chosen) if len(chosen) <= MANY else ()
    status, output, complaint = git(clone.top, "--literal-pathspecs", *how, *named)
    if status:
        raise TocsinError(f"git status failed: {complaint}", "run `git status`")
    for line in os.fsdecode(output).split("\0"):
        if line:
            yield line[3:], line[:2]


def bring(clone: Clone, steps: Sequence[Step]) -> list[str]:
    """Takes the steps in the work tree and the index; gives the paths that somebody changed meanwhile and keep that.

    The caller holds the index (`holding`).
    """
    there = _hashes(clone, [step.path for step in steps])
    hidden, left = hidden_paths(clone), []
    for step in (each for each in steps if each.path not in hidden):
        found = there.get(step.path)
        if found == _id(step.new):
            continue
        if found != _id(step.old):
            left.append(step.path)
        elif step.new is None:
            _remove(clone.top, step.path)
        else:
            _put(clone.top / step.path, _smudged(clone, step.path, step.new), step.new)
    stage(clone, steps, hidden)
    return left


def _id(entry: Entry | None) -> str | None:
    return None if entry is None else entry.id


def _put(place: Path, content: bytes, entry: Entry) -> None:
    """Replaces a file as a whole. Whoever is killed meanwhile leaves an unfinished one that the next try replaces."""
    temporary = place.with_name(f"{TEMPORARY}{entry.id[:16]}")
    place.parent.mkdir(parents=True, exist_ok=True)
    temporary.unlink(missing_ok=True)
    mode = 0o777 if entry.mode == "100755" else 0o666
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode), "wb") as file:
        file.write(content)
    temporary.replace(place)


def _hashes(clone: Clone, paths: Sequence[str]) -> dict[str, str]:
    """The ids that the files of the work tree would get; what is no plain file has one that nothing has."""
    found, plain = {}, []
    for path in paths:
        with suppress(OSError):
            regular = stat.S_ISREG((clone.top / path).lstat().st_mode)
            plain.append(path) if regular else found.update({path: "none"})
    if plain:
        given = "".join(f"{path}\n" for path in plain).encode("utf-8", "surrogateescape")
        status, output, complaint = git(clone.top, "hash-object", "--stdin-paths", given=given)
        if status:
            raise TocsinError(f"a file of the work tree cannot be read: {complaint}")
        found |= dict(zip(plain, output.decode("ascii").split(), strict=True))
    return found


def _smudged(clone: Clone, path: str, entry: Entry) -> bytes:
    """The content as Git would check it out: with the ends of lines that its attributes ask for."""
    status, output, complaint = git(clone.top, "cat-file", "--filters", f"--path={path}", entry.id)
    if status:
        raise TocsinError(f"git cannot give {path}: {complaint}", "run `git fsck`")
    return output


def _remove(top: Path, path: str) -> None:
    place = top / path
    place.unlink(missing_ok=True)
    for folder in place.parents:
        if folder == top:
            return
        try:
            folder.rmdir()
        except OSError:
            return
