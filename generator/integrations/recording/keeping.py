"""A commit that no branch holds is kept under a name of ours, so that nothing that somebody wrote is lost."""

from __future__ import annotations

from generator.git.branch import ref
from generator.git.run import git
from generator.integrations.recording.arranged import Standing
from generator.integrations.recording.work import Work

_KEPT = "refs/tocsin/kept"


def keep(work: Work, commit: str) -> str:
    """The name that leads to the commit."""
    name = f"{_KEPT}/{work.operation.instance}"
    git(work.clone.top, "update-ref", "-m", "tocsin: kept", name, commit)
    return name


def forget(work: Work) -> None:
    """The commit is where it belongs: the name goes."""
    git(work.clone.top, "update-ref", "-d", f"{_KEPT}/{work.operation.instance}")


def shelve(work: Work, found: Standing, commit: str) -> str:
    """Takes our own change out of the branch where nothing was committed after it, and keeps it under a name."""
    name = keep(work, commit)
    parent = work.store.tip(f"{ref(work.target.branch)}~1")
    if found.local == commit and parent is not None:
        work.move(commit, parent)
    return name
