"""Changes of files: what each commit added, removed, renamed or wrote anew, and what is not committed yet."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from generator.git.run import git
from generator.records import dataclass

COMMITS = 2000
"""So many commits are looked at, the newest ones."""

_RAW = (
    *("-z", "--raw", "--no-abbrev", "--find-renames=60%", "-l1000", "--no-ext-diff", "--no-textconv"),
    *("--relative", "--ignore-submodules=all"),
)
_LOG = (
    *("log", "--first-parent", "--diff-merges=first-parent", f"--max-count={COMMITS}"),
    *("--no-show-signature", "--format=%x00/%x00%H%x00%ct"),
)


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one file in one commit."""

    commit: str
    """Its id; empty for what is not committed."""
    old_path: str | None
    """None where the file is new."""
    new_path: str | None
    """None where it is gone."""
    old_blob: str | None
    new_blob: str | None
    """Ids of the contents; None where there is none, or none that Git has stored (in the work tree)."""
    time: datetime | None = None
    """When it was committed, in UTC; None for what is not."""


def changes(root: Path, folders: Sequence[str]) -> tuple[Change, ...]:
    """Of the files below some folders, as seen from the branch (a merge is one change), the newest first."""
    status, output, _ = git(root, "diff-index", *_RAW, "HEAD", "--", *folders)
    uncommitted = () if status else tuple(_parse(_texts(output)))
    status, output, _ = git(root, *_LOG, *_RAW, "HEAD", "--", *folders)
    return uncommitted if status else (*uncommitted, *_parse(_texts(output)))


def uncommitted(root: Path, folders: Sequence[str]) -> frozenset[str]:
    """The tracked files below some folders that are not as in the last commit."""
    status, output, _ = git(root, "diff-index", *_RAW, "HEAD", "--", *folders)
    return frozenset() if status else frozenset(each.new_path for each in _parse(_texts(output)) if each.new_path)


def _texts(output: bytes) -> Iterator[str]:
    return (os.fsdecode(part).removeprefix("\n") for part in output.split(b"\0"))


def _parse(parts: Iterator[str]) -> Iterator[Change]:
    """A slash starts a commit: id and time follow; `:mode mode old new status` a change: one or two paths follow."""
    commit, time = "", None
    for part in parts:
        if part == "/":
            commit, time = next(parts, ""), instant(next(parts, ""))
        elif part.startswith(":"):
            _, _, old, new, status = part.split(" ")
            first = next(parts, "")
            second = next(parts, "") if status[:1] in "RC" else first
            yield Change(
                commit,
                None if status == "A" else first,
                None if status == "D" else second,
                old if old.strip("0") else None,
                new if new.strip("0") else None,
                time,
            )


def instant(seconds: str) -> datetime:
    """The time of a commit; 1970 where it says none that there can be: nothing keeps anybody from writing such one."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, UTC)
