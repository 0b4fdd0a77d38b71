"""What a killed recording left: a work tree on its way is brought to its commit, and what waits is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from generator.errors import TocsinError
from generator.git.branch import BranchStore, ref
from generator.git.checkout import bring, steps_between
from generator.git.clone import Clone, open_clone
from generator.git.locks import free_index, free_refs, holding
from generator.integrations.recording.journal import Journal, Operation


def recover(clone: Clone, journal: Journal) -> tuple[str, ...]:
    """Finishes what is half done; the caller is `alone`. Gives what somebody should know."""
    free_index(clone)
    found = (_finished(operation, journal) for operation in journal.all() if operation.new)
    return tuple(filter(None, found))


def _finished(operation: Operation, journal: Journal) -> str:
    """Both commits are known, and each step can be taken twice."""
    note = ""
    try:
        clone = open_clone(Path(operation.top))
        free_index(clone)
        free_refs(clone, operation.branch, journal.noted(operation))
        moved = BranchStore(clone.top).tip(ref(operation.branch)) == operation.new
        if moved and clone.branch == operation.branch:
            with holding(clone):
                left = bring(clone, steps_between(clone, operation.old, operation.new))
            note = f"finished '{operation.subject}', which was interrupted"
            note += f"; {', '.join(left)} changed meanwhile and stays so" if left else ""
    except (TocsinError, OSError) as error:
        return f"'{operation.subject}' was interrupted and cannot be finished: {error}"
    journal.write(replace(operation, top="", old="", new=""))
    return note
