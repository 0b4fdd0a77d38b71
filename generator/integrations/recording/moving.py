"""Letting the branch lead to another commit, with the work tree and the index where it is checked out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.errors import TocsinError, UsageError
from generator.git.branch import BranchStore
from generator.git.checkout import bring, in_the_way
from generator.git.clone import Clone
from generator.git.locks import holding
from generator.git.staging import Step
from generator.integrations.recording.journal import Journal, Operation
from generator.integrations.recording.target import Target

_WHY = "tocsin: {}"


def refuse_changed(clone: Clone, steps: Sequence[Step]) -> None:
    """Raises UsageError where somebody is changing a file that the change needs."""
    for path, why in in_the_way(clone, steps).items():
        raise UsageError(f"{path} {why}: nothing was recorded", "commit it or put it away (git stash), and try again")


def move(  # from where, to where, of what
    clone: Clone,
    journal: Journal,
    operation: Operation,
    target: Target,
    old: str | None,
    new: str,
    steps: Sequence[Step],
) -> list[str]:
    """Moves the branch from one commit to another; gives the files that somebody changed meanwhile and that stay so.

    Raises:
        TocsinError: somebody else moved it, or holds the index; nothing was moved then.
    """
    store = BranchStore(clone.top)
    why = _WHY.format(operation.subject)
    if not target.checked_out:
        journal.write(operation)
        store.move(target.branch, new, old, why)
        return []
    with holding(clone):
        refuse_changed(clone, steps)
        if clone.branch != target.branch:
            raise TocsinError(f"another branch than {target.branch} was checked out meanwhile", "try again")
        moving = replace(operation, top=str(clone.top), old=old or "", new=new)
        journal.write(moving)
        store.move(target.branch, new, old, why)
        left = bring(clone, steps)
        journal.write(operation)
        return left
