"""A change in this clone: planned on the tip of the branch, and committed there."""

from __future__ import annotations

from generator.git.staging import Step
from generator.integrations.recording.change import Recorded
from generator.integrations.recording.draft import Draft
from generator.integrations.recording.moving import refuse_changed
from generator.integrations.recording.work import Work


def record_here(work: Work, remote: str = "") -> Recorded:
    """Plans, commits, and brings the work tree along.

    Raises:
        UsageError: it cannot be done; the repository is as it was.
    """
    tip = work.tip
    found = work.find(tip)
    if found is not None:
        return Recorded(found, work.target.branch, work.operation.subject, again=True)
    parent = tip or work.start(remote)
    draft = work.draft(parent)
    if not draft.files:
        return Recorded(None, work.target.branch, draft.message, again=work.again)
    refuse_dirty(work, draft, parent)
    commit = work.commit(draft, work.entries(parent), parent)
    work.remember(draft)
    return shown(work, draft, commit, notes=work.move(tip, commit))


def refuse_dirty(work: Work, draft: Draft, commit: str | None) -> None:
    """Raises UsageError where somebody is changing a file of the draft."""
    if work.target.checked_out:
        prefix, entries = work.clone.prefix, work.entries(commit)
        refuse_changed(work.clone, [Step(prefix + path, entries.get(prefix + path), None) for path in draft.files])


def shown(work: Work, draft: Draft, commit: str | None, notes: tuple[str, ...] = ()) -> Recorded:
    """What came of it, as far as this clone goes."""
    files = tuple(sorted(draft.files))
    again = work.again
    return Recorded(commit, work.target.branch, draft.message, files, draft.diff, again=again, notes=notes)
