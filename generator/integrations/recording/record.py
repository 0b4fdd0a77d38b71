"""Recording a change: the whole of it, in order."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from generator.errors import UsageError
from generator.git.branch import BranchStore
from generator.git.clone import open_clone
from generator.git.locks import alone
from generator.integrations.recording.change import Plan, Recorded
from generator.integrations.recording.journal import Journal
from generator.integrations.recording.local import Local
from generator.integrations.recording.recovery import recover
from generator.integrations.recording.target import target_for

_KEY = re.compile(r"[\x21-\x7e]{1,200}")

Tell = Callable[[str], None]


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
    if not _KEY.fullmatch(key):
        raise UsageError("the key of an operation has 1 to 200 plain characters")
    clone = open_clone(root)
    with alone(clone, tell or _say):
        journal = Journal(clone.common / "tocsin" / "operations")
        notes = recover(clone, journal)
        local = Local(clone, BranchStore(clone.top), journal, plan, now, target_for(clone, branch))
        operation, again = journal.begin(key, local.target.branch, push=push)
        return local.record(operation, notes, again=again)


def _say(words: str) -> None:
    sys.stderr.write(f"{words} …\n")
