"""What the remote has, before anything is planned: a clone of last week knows nothing of tonight's incident."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from generator.git.branch import BranchStore, ref
from generator.git.clone import open_clone
from generator.git.locks import WAIT, alone
from generator.git.remote import Unreachable, remote_branch
from generator.git.snapshot import Snapshot
from generator.integrations.recording.target import target_for
from generator.integrations.recording.telling import Telling, say
from generator.integrations.recording.work import view

if TYPE_CHECKING:
    from generator.git import Tree

_SECONDS = 20.0


def newest(root: Path, *, branch: str | None = None, tell: Callable[[str], None] = say) -> Tree | None:
    """The tree that a pushed change will be planned on, where the remote has something that this clone lacks.

    None where the clone has all of it, or the remote does not answer: recording tells about that. Nothing moves.

    Raises:
        UsageError: nothing can be recorded in this clone.
    """
    clone = open_clone(root)
    target = target_for(clone, branch)
    telling = Telling(tell)
    remote = remote_branch(clone.top, clone.common, target.branch, telling)
    if remote is None:
        return None
    with alone(clone, telling, WAIT):
        try:
            theirs = remote.fetch(_SECONDS)
        except Unreachable:
            return None
        finally:
            remote.forget()
    store = BranchStore(clone.top)
    ours = store.tip(ref(target.branch))
    if theirs is None or (ours is not None and store.contains(ours, theirs)):
        return None
    return view(clone, target, theirs, lambda commit: Snapshot(clone.root, clone.prefix, commit, target.branch))
