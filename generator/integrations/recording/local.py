"""A change in this clone: planned on the tip of the branch, and committed there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from generator.errors import UsageError
from generator.git.branch import BranchStore, ref
from generator.git.checkout import Step
from generator.git.clone import Clone
from generator.git.snapshot import Snapshot
from generator.integrations.recording.change import Plan, Recorded
from generator.integrations.recording.draft import committed, drafted
from generator.integrations.recording.journal import Journal, Operation
from generator.integrations.recording.moving import move, refuse_changed
from generator.integrations.recording.target import Target


@dataclass(slots=True)
class Local:
    """What a recording works with."""

    clone: Clone
    store: BranchStore
    journal: Journal
    plan: Plan
    now: datetime
    target: Target

    def record(self, operation: Operation, notes: tuple[str, ...], *, again: bool) -> Recorded:
        """Plans, commits, and brings the work tree along."""
        tip = self.store.tip(ref(self.target.branch))
        if tip is None:
            raise UsageError(f"there is no branch {self.target.branch} yet")
        base = Snapshot(self.clone.root, self.clone.prefix, tip)
        draft = drafted(base, self.plan)
        operation = replace(operation, subject=draft.subject)
        if not draft.files:
            self.journal.drop(operation)
            return Recorded(None, self.target.branch, draft.message, again=again, notes=notes)
        prefix = self.clone.prefix
        refuse_changed(self.clone, [Step(prefix + path, base.entries.get(prefix + path), None) for path in draft.files])
        commit = committed(
            self.store, draft, base.entries, tip, prefix=prefix, instance=operation.instance, now=self.now
        )
        from generator.git.checkout import steps_between

        move(self.clone, self.journal, operation, self.target, tip, commit, steps_between(self.clone, tip, commit))
        self.journal.drop(operation)
        return Recorded(
            commit, self.target.branch, draft.message, tuple(sorted(draft.files)), draft.diff, again=again, notes=notes
        )
