"""Recording a change: the whole of it, in order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from generator.errors import TocsinError, UsageError
from generator.git.branch import BranchStore
from generator.git.clone import open_clone
from generator.git.locks import WAIT, alone
from generator.git.remote import remote_branch
from generator.integrations.recording.change import Plan, Recorded
from generator.integrations.recording.journal import Journal
from generator.integrations.recording.local import record_here
from generator.integrations.recording.pushing import Pushing, push_target
from generator.integrations.recording.recovery import recover
from generator.integrations.recording.target import target_for
from generator.integrations.recording.telling import Telling, say
from generator.integrations.recording.waiting import waiting
from generator.integrations.recording.work import Work

Tell: TypeAlias = Callable[[str], None]


def record(  # the contract
    root: Path,
    plan: Plan,
    *,
    now: datetime,
    push: bool = False,
    branch: str | None = None,
    key: str,
    tell: Tell | None = None,
) -> Recorded:
    """Makes the change one commit of the current branch (or of another one), and pushes it where that is asked for.

    `key` names the operation: whoever was killed and starts the same command again finishes it. `tell` hears what takes
    longer than two seconds; without it, standard error does.

    Raises:
        UsageError: it cannot be done; the repository is as it was.
        TocsinError: something outside is in the way; what was begun is finished by the next command.
    """
    if not key:
        raise UsageError("an operation needs a key")
    clone = open_clone(root)
    telling = Telling(tell or say)
    with alone(clone, telling, WAIT):
        journal, store = Journal(clone.common / "tocsin" / "operations"), BranchStore(clone.top)
        notes = recover(clone, journal)
        target = target_for(clone, branch)
        store.require_identity()
        found = remote_branch(clone.top, clone.common, target.branch, telling)
        operation, again = journal.begin(key, target.branch, push=push)
        work = Work(clone, store, journal, plan, now, target, operation, again, telling)
        try:
            done = Pushing(work, push_target(found)).run() if push else record_here(work, found.remote if found else "")
        except TocsinError:
            journal.abandon(work.operation)
            raise
        if not done.kept:
            journal.drop(work.operation)
        return replace(done, notes=(*notes, *waiting(work, found), *done.notes))
