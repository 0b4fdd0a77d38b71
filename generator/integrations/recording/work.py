"""What every part of a recording works with: the clone, the branch, the plan, and how the three make a commit."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import field, replace
from datetime import datetime

from generator.git import Memory, Tree
from generator.git.branch import BranchStore, Entry, ref
from generator.git.checkout import steps_between
from generator.git.clone import Clone
from generator.git.laying import laid
from generator.git.messages import TRAILER
from generator.git.remote import tracked
from generator.git.run import git
from generator.git.snapshot import Snapshot
from generator.git.staging import Step
from generator.integrations.recording.change import Plan
from generator.integrations.recording.draft import Draft, committed, drafted
from generator.integrations.recording.journal import Journal, Operation
from generator.integrations.recording.moving import move
from generator.integrations.recording.target import Target
from generator.records import dataclass


@dataclass(slots=True)
class Work:
    """One change that is being recorded."""

    clone: Clone
    store: BranchStore
    journal: Journal
    plan: Plan
    now: datetime
    target: Target
    operation: Operation
    again: bool
    tell: Callable[[str], None]
    _known: dict[str, bytes] = field(default_factory=dict)
    _snapshots: dict[str, Snapshot] = field(default_factory=dict)

    @property
    def tip(self) -> str | None:
        """What the branch leads to in this clone; None where it has no such branch."""
        return self.store.tip(ref(self.target.branch))

    def start(self, remote: str) -> str | None:
        """Where a branch begins that is not there yet: where the remote's was last seen, else what main has in common.

        What was never pushed of the current branch is left out: it is not to be pushed by the way.
        """
        seen = self.store.tip(tracked(remote, self.target.branch)) if remote else None
        if seen is not None:
            return seen
        head, above = self.store.tip("HEAD"), self.store.tip("@{upstream}")
        if head is None or above is None:
            return head
        status, output, _ = git(self.clone.top, "merge-base", head, above)
        return head if status else output.decode("ascii").split()[0]

    def snapshot(self, commit: str) -> Snapshot:
        """The files of a commit."""
        if commit not in self._snapshots:
            found = Snapshot(self.clone.root, self.clone.prefix, commit, self.target.branch, self._known)
            # Two are in use at most: what is here, and what the remote has.
            self._snapshots = dict([*self._snapshots.items()][-1:]) | {commit: found}
        return self._snapshots[commit]

    def entries(self, commit: str | None) -> dict[str, Entry]:
        """Everything in a commit, by its path from the top."""
        return {} if commit is None else self.snapshot(commit).entries

    def tree(self, commit: str | None) -> Tree:
        """What the plan sees: a commit of the branch, laid over the current one where it is another branch's."""
        return view(self.clone, self.target, commit, self.snapshot)

    def draft(self, commit: str | None) -> Draft:
        """What the change is on top of a commit.

        Raises:
            UsageError: it cannot be done there.
        """
        return drafted(self.tree(commit), self.plan, anywhere=self.target.checked_out)

    def commit(self, draft: Draft, entries: Mapping[str, Entry], parent: str | None) -> str:
        """The draft as a commit on top of another one."""
        instance = self.operation.instance
        prefix = self.clone.prefix
        return committed(self.store, draft, entries, parent, prefix=prefix, instance=instance, now=self.now)

    def remember(self, draft: Draft) -> None:
        """From here on an interruption is noticed: the journal knows the change before anything moves."""
        self.operation = replace(self.operation, subject=draft.subject)
        self.journal.write(self.operation)

    def steps(self, old: str | None, new: str) -> list[Step]:
        """What happens to the work tree; nothing where the branch is not checked out."""
        if not self.target.checked_out or old is None or old == new:
            return []
        return steps_between(self.clone, old, new)

    def move(self, old: str | None, new: str) -> tuple[str, ...]:
        """Lets the branch lead to another commit; gives what somebody should know."""
        if old == new:
            return ()
        left = move(self.clone, self.journal, self.operation, self.target, old, new, self.steps(old, new))
        return (f"{', '.join(left)} changed meanwhile and stays so: see git diff",) if left else ()

    def find(self, commit: str | None) -> str | None:
        """The commit below another one that holds this change already; looked for only after an interruption."""
        if not self.again or commit is None:
            return None
        return self.found(self.operation.instance, commit)

    def found(self, instance: str, commit: str) -> str | None:
        """The commit below another one that an operation made."""
        words = f"--grep={TRAILER}: {instance}"
        _, output, _ = git(self.clone.top, "log", "-1", "--format=%H", "--fixed-strings", words, commit, "--")
        return os.fsdecode(output).strip() or None


def view(clone: Clone, target: Target, commit: str | None, snapshot: Callable[[str], Snapshot]) -> Tree:
    """The sources as a commit of a branch has them, over those of HEAD where another branch is checked out."""
    if target.checked_out and commit is not None:
        return snapshot(commit)
    head = BranchStore(clone.top).tip("HEAD")
    lower = Memory({}, root=clone.root) if head is None else snapshot(head)
    return lower if commit is None else laid(clone, commit, target.branch, lower)
