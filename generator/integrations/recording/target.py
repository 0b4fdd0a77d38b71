"""Which branch a change is recorded on, and whether that can be now."""

from __future__ import annotations

import os
from pathlib import Path

from generator.errors import UsageError
from generator.git.branch import ref
from generator.git.clone import Clone
from generator.git.run import git
from generator.records import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """A branch; where it is checked out here, the work tree goes along."""

    branch: str
    checked_out: bool


def target_for(clone: Clone, branch: str | None) -> Target:
    """The branch that is named, else the current one.

    Raises:
        UsageError: nothing can be recorded there now.
    """
    current = clone.branch
    if branch is not None and branch != current:
        return _other(clone, branch)
    what, how = clone.going_on()
    if what:
        raise UsageError(f"{what} is going on in this clone: nothing can be recorded in between", how)
    if current is None:
        raise UsageError("HEAD is detached, and a change is recorded on a branch", "git switch main")
    if git(clone.top, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")[0]:
        raise UsageError(f"branch {current} has no commit yet", "commit the sources first: git add . && git commit")
    return Target(current, checked_out=True)


def _other(clone: Clone, branch: str) -> Target:
    if branch.startswith("-") or git(clone.top, "check-ref-format", ref(branch))[0]:
        raise UsageError(f"'{branch}' is no name of a branch", "the setting is status.branch")
    _, output, _ = git(clone.top, "for-each-ref", "--format=%(worktreepath)", ref(branch))
    place = os.fsdecode(output).strip("\n")
    if place and Path(place).is_dir():
        raise UsageError(f"branch {branch} is checked out in {place}", "record it there")
    return Target(branch, checked_out=False)
