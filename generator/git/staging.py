"""The index: entries of single paths, written anew beside its place, so that others' entries stay as they are."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from generator.errors import TocsinError
from generator.git.branch import Entry
from generator.git.clone import Clone
from generator.git.run import git

MANY = 200
"""More paths than these are no arguments any more: everything is looked at."""


class Step(NamedTuple):
    """What happens to one path, counted from the top of the repository; None: no such file."""

    path: str
    old: Entry | None
    new: Entry | None


def stage(clone: Clone, steps: Sequence[Step], hidden: frozenset[str]) -> None:
    """Writes the index anew beside its place. An entry that is not the old one was changed by somebody: it stays."""
    now = _staged(clone, [step.path for step in steps])
    due = [step for step in steps if now.get(step.path) == step.old]
    if not due:
        return
    temporary = own_folder(clone) / f"index-{secrets.token_hex(8)}"
    more = {"GIT_INDEX_FILE": str(temporary)}
    try:
        if clone.index.exists():
            shutil.copyfile(clone.index, temporary)
        given = b"".join(map(_line, due))
        status, _, complaint = git(clone.top, "update-index", "-z", "--index-info", given=given, more=more)
        if status:
            raise TocsinError(f"git update-index failed: {complaint}")
        if again := b"".join(_name(step) for step in due if step.path in hidden and step.new):
            git(clone.top, "update-index", "-z", "--skip-worktree", "--stdin", given=again, more=more)
        git(clone.top, "update-index", "-q", "--refresh", more=more)
        temporary.replace(clone.index)
    finally:
        temporary.unlink(missing_ok=True)


def hidden_paths(clone: Clone) -> frozenset[str]:
    """What a sparse checkout leaves out: it is in the index alone."""
    if not (clone.git_dir / "info" / "sparse-checkout").exists():
        return frozenset()
    _, output, _ = git(clone.top, "ls-files", "-t", "-z", "--full-name")
    return frozenset(line[2:] for line in os.fsdecode(output).split("\0") if line.startswith("S "))


def _name(step: Step) -> bytes:
    return step.path.encode("utf-8", "surrogateescape") + b"\0"


def _line(step: Step) -> bytes:
    old = step.old.id if step.old else ""
    about = f"{step.new.mode} {step.new.id}\t" if step.new else f"0 {'0' * len(old)}\t"
    return about.encode("ascii") + _name(step)


def _staged(clone: Clone, paths: Sequence[str]) -> dict[str, Entry]:
    named = ("--", *paths) if len(paths) <= MANY else ()
    _, output, _ = git(clone.top, "--literal-pathspecs", "ls-files", "--stage", "-z", "--full-name", *named)
    found = {}
    for line in os.fsdecode(output).split("\0"):
        about, tab, path = line.partition("\t")
        if tab:
            mode, ident, stage = about.split(" ")
            kind = "commit" if mode == "160000" else "blob"
            found[path] = Entry(mode, kind if stage == "0" else f"stage {stage}", ident)
    return found


def own_folder(clone: Clone) -> Path:
    """Where what is half done of this work tree lies."""
    folder = clone.git_dir / "tocsin"
    folder.mkdir(exist_ok=True)
    return folder
