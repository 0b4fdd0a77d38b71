"""Bringing a change to the remote: fetch, plan on what is there, push; and again where somebody else was faster."""

from __future__ import annotations

import time
from dataclasses import field, replace
from random import SystemRandom

from generator.errors import TocsinError, UsageError
from generator.git.checkout import in_the_way
from generator.git.remote import Pushed, Refused, RemoteBranch, Unreachable
from generator.integrations.recording.arranged import Arranged, Standing, arrange, here_too, standing
from generator.integrations.recording.change import Recorded
from generator.integrations.recording.keeping import forget, keep, shelve
from generator.integrations.recording.local import record_here, refuse_dirty, shown
from generator.integrations.recording.work import Work
from generator.records import dataclass

PATIENCE = 300.0
"""Seconds until a push that always comes too late is given up."""
_SHORTEST = 0.1
_LONGEST = 60.0
_GROWTH = 1.5
"""Of the pause. With fifty at once, 2 would have the last ones wait for nobody, and less would waste tries."""


@dataclass(slots=True)
class Pushing:
    """One change on its way to a remote."""

    work: Work
    remote: RemoteBranch
    began: float = field(default_factory=time.monotonic)
    tries: int = 0
    last: Recorded | None = None
    """What was recorded in this clone so far."""
    kept: str = ""
    """The name that leads to it, where no branch of this clone does."""
    notes: dict[str, None] = field(default_factory=dict)

    def run(self) -> Recorded:
        """Until the remote has it, or cannot have it.

        Raises:
            UsageError: the change is impossible; the repository is as it was.
        """
        try:
            while True:
                began = time.monotonic()
                done = self._once(self.remote.fetch(self._left()))
                if done is not None:
                    return replace(done, remote=self.remote.remote, notes=(*self.notes, *done.notes))
                self._pause(time.monotonic() - began)
        except (Unreachable, Refused) as error:
            own = isinstance(error, Refused) and not self.work.target.checked_out
            hint = f"branch {self.remote.branch} has to be free of such rules" if own else error.hint
            return self._kept(self.last or self._here(error), error.message, hint)
        finally:
            self.remote.forget()

    def _here(self, error: TocsinError) -> Recorded:
        """In this clone only, for the time being."""
        try:
            return record_here(self.work, self.remote.remote)
        except UsageError as refusal:
            raise UsageError(f"{refusal.message}; and {error.message}", refusal.hint or error.hint) from refusal

    def _once(self, theirs: str | None) -> Recorded | None:
        """One try; None where somebody else was faster."""
        found = standing(self.work, theirs)
        try:
            plan = arrange(self.work, found, self.remote.remote)
        except UsageError as error:
            if found.ours is None:
                raise
            return self._shelved(found, found.ours.id, error)
        self._tell_left(plan)
        nothing = plan.commit is None and found.ours is None and not plan.pushing
        if nothing or plan.tip is None:
            return self._recorded(plan, pushed=False)
        if found.ours is None:
            # The change becomes part of this clone before it is pushed: whatever comes, it is not lost.
            self._bring(found, plan)
        if plan.tip == theirs:
            self.remote.remember(theirs)
        elif self.remote.push(plan.tip, self._left()) is Pushed.LATE:
            return None
        self._tell_pushed(plan)
        if self.kept:
            forget(self.work)
        if found.ours is not None:
            self._follow(found, plan)
        return self._recorded(plan, pushed=True)

    def _follow(self, found: Standing, plan: Arranged) -> None:
        """The clone goes where the remote is now; where it cannot, nothing is lost either."""
        try:
            self._bring(found, plan)
        except TocsinError as error:
            self._note(f"it is pushed, and this clone stays behind ({error.message}): git pull brings it along")

    def _bring(self, found: Standing, plan: Arranged) -> None:
        """Lets this clone have what is pushed, as its branch or, where people's commits are in the way, beside them."""
        work = self.work
        if plan.draft is not None and plan.draft.files and found.ours is None:
            refuse_dirty(work, plan.draft, found.local)
            work.remember(plan.draft)
        if plan.tip is None or not self._may_follow(found, plan.tip) or plan.left:
            self._bring_beside(found, plan)
            return
        self._note(*work.move(found.local, plan.tip))
        self.last = self._recorded(plan, pushed=False)

    def _may_follow(self, found: Standing, tip: str) -> bool:
        if found.foreign:
            count = f"{len(found.foreign)} commit{'s' if len(found.foreign) > 1 else ''}"
            self._note(
                f"{self.work.target.branch} has {count} of yours that {self.remote.remote} lacks: the change is pushed "
                f"without them, git pull --rebase brings both together"
            )
            return False
        blocked = in_the_way(self.work.clone, self.work.steps(found.local, tip))
        for path, why in blocked.items():
            self._note(f"the work tree stays behind {self.remote.remote}: {path} {why}; git pull, when that is done")
            return False
        return True

    def _bring_beside(self, found: Standing, plan: Arranged) -> None:
        if found.ours is not None or plan.commit is None:
            return
        commit = here_too(self.work, found, plan)
        if commit is not None:
            self._note(*self.work.move(found.local, commit))
            self.last = replace(self._recorded(plan, pushed=False), commit=commit)
            return
        self._note(f"your {self.work.target.branch} does not have the change yet: git pull --rebase brings it")
        self.last, self.kept = self._recorded(plan, pushed=False), keep(self.work, plan.commit)

    def _recorded(self, plan: Arranged, *, pushed: bool) -> Recorded:
        if plan.draft is not None:
            return replace(shown(self.work, plan.draft, plan.commit), pushed=pushed)
        base = self.last or Recorded(plan.commit, self.work.target.branch, self.work.operation.subject)
        return replace(base, commit=plan.commit, pushed=pushed, again=self.work.again)

    def _kept(self, recorded: Recorded, why: str, hint: str) -> Recorded:
        notes = (*self.notes, *recorded.notes)
        hint = f"{hint}; the commit is {self.kept}" if self.kept else hint
        return replace(recorded, pushed=False, remote=self.remote.remote, kept=why, hint=hint, notes=notes)

    def _shelved(self, found: Standing, commit: str, error: UsageError) -> Recorded:
        name = shelve(self.work, found, commit)
        self.work.journal.drop(self.work.operation)
        recorded = self.last or Recorded(commit, self.work.target.branch, self.work.operation.subject)
        why = f"others changed it meanwhile, and now {error.message}"
        return self._kept(recorded, why, f"nothing was pushed; what you wrote is kept: git show {name}")

    def _tell_left(self, plan: Arranged) -> None:
        for made in plan.left:
            self._note(
                f"'{made.subject}' ({made.id[:10]}) was recorded here earlier and cannot be merged with what others "
                f"pushed: it stays in this clone; git pull --rebase lets you decide"
            )

    def _tell_pushed(self, plan: Arranged) -> None:
        there = {made.instance for made in plan.pushing}
        for operation in self.work.journal.all():
            if operation.instance in there:
                self.work.journal.drop(operation)
        for made in plan.pushing:
            self._note(f"'{made.subject}', which was recorded here earlier, is pushed too")

    def _note(self, *words: str) -> None:
        self.notes |= dict.fromkeys(words)

    def _left(self) -> float:
        return PATIENCE - (time.monotonic() - self.began)

    def _pause(self, spent: float) -> None:
        """Longer with each try, and never as long as the others: who comes too late together would again.

        A try that took long, over a slow network or on a busy machine, is likely to meet more of them.
        """
        self.tries += 1
        longest = min(_LONGEST, max(_SHORTEST, spent) * 2 * _GROWTH**self.tries)
        if self._left() < longest:
            so_far = time.monotonic() - self.began
            why = f"others push to {self.remote.branch} all the time: {self.tries} tries in {so_far:.0f} seconds"
            raise Unreachable(f"{why} were not enough", "start the same command again")
        self.work.tell(f"somebody else was faster at {self.remote.remote}: try {self.tries + 1}")
        time.sleep(SystemRandom().uniform(0, longest))


def push_target(remote: RemoteBranch | None) -> RemoteBranch:
    """The remote that a change is pushed to.

    Raises:
        UsageError: there is none.
    """
    if remote is None:
        raise UsageError("there is no remote to push to", "git remote add origin <address>, or leave --push out")
    return remote
