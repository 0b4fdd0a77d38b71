"""A branch of a remote: what it leads to, and bringing a commit there, never with force."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import field
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from generator.errors import TocsinError, UsageError
from generator.git.branch import BranchStore, ref
from generator.git.network import TIMED_OUT, cleaned, last_words, over_network
from generator.git.run import git
from generator.records import dataclass

_SECONDS = 60.0
_TRIES = 4
_FETCHED = "refs/tocsin/fetched"
"""Where the remote's commit is known by while a change is being recorded; it goes when that is over."""


class Pushed(Enum):
    """How a push ended that the remote answered."""

    TAKEN = 1
    LATE = 2
    """Somebody else was faster."""


class Unreachable(TocsinError):
    """The remote does not answer, or does not let us in: later it may."""


class Refused(TocsinError):
    """The remote answers, and takes no such commit."""


@dataclass(frozen=True, slots=True)
class RemoteBranch:
    """A remote by its name, and a branch by its name there."""

    root: Path
    common: Path
    remote: str
    branch: str
    tell: Callable[[str], None] = field(repr=False, compare=False)
    """Hears that somebody is waited for."""

    def fetch(self, seconds: float) -> str | None:
        """The commit that the branch leads to over there, brought here; None where there is no such branch.

        Raises:
            Unreachable: nobody answers, or we are not let in.
        """
        # Only we use that name, and the caller is alone: a lock of it is what a killed process left.
        (self.common / f"{_FETCHED}.lock").unlink(missing_ok=True)
        # Of a partial clone too: what is new is about to be read, and reading reaches no network.
        quiet = ("--quiet", "--no-filter", "--no-tags", "--no-write-fetch-head", "--refmap=", "--no-recurse-submodules")
        spec = f"+{ref(self.branch)}:{_FETCHED}"
        for _ in range(_TRIES):
            status, _, complaint = self._git("fetch", *quiet, "--", self.remote, spec, seconds=seconds)
            # The fetch of a killed process may live on for a moment, and moves the name while ours is on its way.
            if not status or f"cannot lock ref '{_FETCHED}'" not in complaint:
                break
        if "couldn't find remote ref" in complaint:
            return None
        if status:
            raise Unreachable(*_why(self.remote, status, complaint))
        return BranchStore(self.root).tip(_FETCHED)

    def forget(self) -> None:
        """Leaves no trace of what was fetched."""
        place = self.common / _FETCHED
        # Git would lock all names at once to delete one; this one is a file of its own, and nobody else's.
        place.unlink(missing_ok=True)
        with suppress(OSError):
            place.parent.rmdir()
        if BranchStore(self.root).tip(_FETCHED) is not None:  # somebody has packed it meanwhile
            git(self.root, "update-ref", "-d", _FETCHED)

    def remember(self, commit: str) -> None:
        """Notes what the remote has where this clone knows an older commit, as a push of Git's own does."""
        name, store = tracked(self.remote, self.branch), BranchStore(self.root)
        known = store.tip(name)
        if known not in (None, commit):
            git(self.root, "update-ref", "-m", "tocsin: fetch", name, commit, str(known))

    def push(self, commit: str, seconds: float) -> Pushed:
        """Brings a commit there.

        Raises:
            Unreachable: nobody answers, or we are not let in.
            Refused: it is not taken, whoever comes first.
        """
        flags = ("--porcelain", "--no-follow-tags", "--no-signed", "--no-recurse-submodules")
        spec = f"{commit}:{ref(self.branch)}"
        status, output, complaint = self._git("push", *flags, "--", self.remote, spec, seconds=seconds)
        if not status:
            return Pushed.TAKEN
        rejected = [line for line in output.splitlines() if line.startswith("!")]
        if not rejected:
            raise Unreachable(*_why(self.remote, status, complaint))
        if any(word in line for line in rejected for word in _LATE) or _MIGRATION in complaint:
            return Pushed.LATE
        raise Refused(*_refusal(self.remote, self.branch, rejected[0], complaint))

    def _git(self, *arguments: str, seconds: float) -> tuple[int, str, str]:
        seconds = max(1.0, min(seconds, _SECONDS))
        return over_network(
            self.root, *arguments, seconds=seconds, wait=lambda: self.tell(f"waiting for {self.remote}")
        )


_LATE = (
    *("(fetch first)", "(non-fast-forward)", "(stale info)", "cannot lock", "failed to lock", "failed to update ref"),
    *("incorrect old value", "reference already exists", "but expected", "unable to create", "Unable to create"),
)
_MIGRATION = "unable to migrate objects"
_PROTECTED = (
    *("protected branch", "GH006", "GH013", "not allowed to push code to protected", "pre-receive hook declined"),
    *("Changes must be made through a pull request", "denied to update branch", "branch is protected"),
)
_NOT_LET_IN = (
    *("Authentication failed", "could not read Username", "could not read Password", "terminal prompts disabled"),
    *("Permission denied", "error: 401", "error: 403", "HTTP 401", "HTTP 403", "Invalid username or password"),
    *("Access denied", "access denied", "Permission to"),
)
_NO_REPOSITORY = ("does not appear to be a git repository", "epository not found", "' not found", "does not exist")


class _Said(NamedTuple):
    message: str
    hint: str


def _why(remote: str, status: int, complaint: str) -> _Said:
    by_hand = f"try it by hand: git fetch {remote}"
    words = last_words(complaint)
    if status == TIMED_OUT:
        return _Said(f"{remote} did not answer in time", by_hand)
    if "Host key verification failed" in complaint:
        return _Said(f"{remote} shows a host key that is not known here", f"{by_hand}, and compare the key")
    if any(word in complaint for word in _NOT_LET_IN):
        return _Said(f"{remote} does not let us in: {words}", f"log in, or {by_hand}")
    if any(word in complaint for word in _NO_REPOSITORY):
        return _Said(f"{remote} leads to no repository: {words}", "look at its address: git remote -v")
    return _Said(f"{remote} does not answer: {words or f'git ends with status {status}'}", by_hand)


def _refusal(remote: str, branch: str, line: str, complaint: str) -> _Said:
    reason = cleaned(line.replace("\t", " ").rpartition("[")[2].partition("]")[2].strip().strip("()")) or cleaned(line)
    told = [each.removeprefix("remote:").strip() for each in complaint.splitlines() if each.startswith("remote:")]
    words = last_words("\n".join(each for each in told if each and not each.startswith("error: hook declined")))
    if any(word in part for word in _PROTECTED for part in (line, complaint)):
        hint = "keep the status sources on a branch of their own: status: {branch: status} in tocsin.yaml"
        return _Said(f"{remote} refused it: {branch} is protected ({words or reason})", hint)
    return _Said(f"{remote} refused it: {reason}{f' ({words})' if words else ''}", f"git push {remote} {branch}")


def remote_branch(
    root: Path, common: Path, branch: str, tell: Callable[[str], None] = lambda _words: None
) -> RemoteBranch | None:
    """Where a branch is pushed to: its upstream, else the branch of its name at `origin`, else at the only remote.

    None where there is no remote at all.

    Raises:
        UsageError: none of several remotes is meant.
    """
    store = BranchStore(root)
    names = store.remotes()
    if not names:
        return None
    chosen, merge = store.setting(f"branch.{branch}.remote"), store.setting(f"branch.{branch}.merge")
    if chosen in names:
        return RemoteBranch(root, common, chosen, merge.removeprefix("refs/heads/") or branch, tell)
    if "origin" not in names and len(names) > 1:
        hint = f"git config branch.{branch}.remote <name>"
        raise UsageError(f"none of the remotes ({', '.join(names)}) is meant for branch {branch}", hint)
    return RemoteBranch(root, common, "origin" if "origin" in names else names[0], branch, tell)


def tracked(remote: str, branch: str) -> str:
    """The full name under which this clone remembers a remote's branch."""
    return f"refs/remotes/{remote}/{branch}"
