"""A clone as somebody works in it: where its work tree, index and branch are, and what is going on in it."""

from __future__ import annotations

import os
from pathlib import Path

from generator.errors import UsageError
from generator.git.run import git, why_not
from generator.records import dataclass

_GOING_ON = (
    ("MERGE_HEAD", "a merge", "git merge --continue, or git merge --abort"),
    ("CHERRY_PICK_HEAD", "a cherry-pick", "git cherry-pick --continue, or --abort"),
    ("REVERT_HEAD", "a revert", "git revert --continue, or --abort"),
    ("rebase-merge", "a rebase", "git rebase --continue, or --abort"),
    ("rebase-apply", "a rebase", "git rebase --continue, or --abort"),
    ("BISECT_LOG", "a bisection", "git bisect reset"),
)
_ANSWERS = 5


@dataclass(frozen=True, slots=True)
class Clone:
    """`root` is the folder of the sources; it may lie below `top`, and `prefix` (with a slash) leads there."""

    root: Path
    top: Path
    prefix: str
    git_dir: Path
    """Of this work tree alone; `common` is shared by all work trees of the repository."""
    common: Path
    index: Path

    @property
    def branch(self) -> str | None:
        """The branch that is checked out, without `refs/heads/`; None where HEAD is detached."""
        status, output, _ = git(self.top, "symbolic-ref", "--quiet", "HEAD")
        name = os.fsdecode(output).removesuffix("\n")
        return name.removeprefix("refs/heads/") if not status and name.startswith("refs/heads/") else None

    def going_on(self) -> tuple[str, str]:
        """What is half done in this work tree, and how to end it; empty where nothing is."""
        found = (each for each in _GOING_ON if os.path.lexists(self.git_dir / each[0]))
        return next(((what, how) for _, what, how in found), ("", ""))


def open_clone(root: Path) -> Clone:
    """The clone around a folder.

    Raises:
        UsageError: there is none, it is another user's, or it has no work tree.
    """
    asked = ("--show-prefix", "--show-toplevel", "--absolute-git-dir", "--git-common-dir", "--git-path", "index")
    status, output, complaint = git(root, "rev-parse", *asked)
    if "must be run in a work tree" in complaint:
        raise UsageError(f"{root} is a repository without a work tree", "use a clone of it")
    if status:
        raise UsageError(f"{root} is {why_not(complaint)}", "changes are recorded as commits: git init, or use a clone")
    lines = os.fsdecode(output).removesuffix("\n").split("\n")
    if len(lines) != _ANSWERS:
        raise UsageError(f"{str(root)!r} has a line break in its name", "rename the folder")
    prefix, top, git_dir, common, index = lines
    return Clone(root, Path(top), prefix, Path(git_dir), (root / common).resolve(), root / index)
