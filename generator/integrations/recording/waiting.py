"""Changes that were begun earlier and are not done: told each time, until they are."""

from __future__ import annotations

from collections.abc import Iterator

from generator.git.branch import ref
from generator.git.messages import commits_between
from generator.git.remote import RemoteBranch, tracked
from generator.integrations.recording.journal import Operation
from generator.integrations.recording.work import Work


def waiting(work: Work, remote: RemoteBranch | None) -> tuple[str, ...]:
    """A sentence for each of them, but for the one that is being recorded."""
    own = work.operation
    others = [each for each in work.journal.all() if each.branch == own.branch and each.instance != own.instance]
    return tuple(_told(work, remote, others)) if others else ()


def _told(work: Work, remote: RemoteBranch | None, others: list[Operation]) -> Iterator[str]:
    known = work.store.tip(tracked(remote.remote, remote.branch)) if remote else None
    for operation in others:
        tip = work.store.tip(ref(operation.branch))
        made = {each.instance for each in commits_between(work.clone.top, known, tip)}
        if operation.instance not in made:
            # Its words were lost before they were recorded, or somebody else brought them to the remote.
            work.journal.drop(operation)
            if not _pushed(work, operation, known):
                yield f"'{operation.subject}' was interrupted before it was recorded: start its command again"
        elif operation.push:
            yield f"'{operation.subject}' was not pushed yet: start its command again, or record something with --push"
        else:
            work.journal.drop(operation)


def _pushed(work: Work, operation: Operation, known: str | None) -> bool:
    return known is not None and work.found(operation.instance, known) is not None
