"""The repository that a branch is pushed to. Never with force: who was faster is built upon."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from generator.errors import TocsinError, UsageError
from generator.git.branch import BranchStore, ref
from generator.git.run import environment
from generator.integrations.publishing.said import clean, last_words
from generator.records import dataclass

_SECONDS = 600
_NO_SUCH_BRANCH = 2
"""What `git ls-remote --exit-code` ends with."""
_HINT = "try it by hand: git ls-remote"


@dataclass(frozen=True, slots=True)
class Remote:
    """A remote of the repository, by its name."""

    root: Path
    name: str

    def tip(self, branch: str) -> str | None:
        """The commit that the branch leads to over there, brought here; None where there is no such branch.

        Raises:
            TocsinError: nobody answers.
        """
        status, output, complaint = self._git("ls-remote", "--exit-code", "--refs", self.name, ref(branch))
        if status == _NO_SUCH_BRANCH:
            return None
        if status:
            raise TocsinError(f"{self.name} does not answer: {last_words(complaint)}", f"{_HINT} {self.name}")
        commit = output.split()[0].decode("ascii", "replace")
        quiet = ("--quiet", "--no-tags", "--no-write-fetch-head", "--refmap=", "--no-recurse-submodules")
        status, _, complaint = self._git("fetch", *quiet, self.name, ref(branch))
        if status:
            raise TocsinError(f"{self.name} does not give {branch}: {last_words(complaint)}", f"{_HINT} {self.name}")
        return commit

    def push(self, branch: str, commit: str) -> bool:
        """Whether it was taken; False where somebody else was faster.

        Raises:
            TocsinError: it was refused for another reason.
        """
        flags = ("--porcelain", "--no-follow-tags", "--no-recurse-submodules")
        status, output, complaint = self._git("push", *flags, self.name, f"{commit}:{ref(branch)}")
        if not status:
            return True
        said = output.decode("utf-8", "replace")
        rejected = [line for line in said.splitlines() if line.startswith("!")]
        if any(word in line for line in rejected for word in ("(fetch first)", "(non-fast-forward)", "(cannot lock")):
            return False
        words = "; ".join(clean(line.replace("\t", " ")) for line in rejected) or last_words(complaint)
        raise TocsinError(f"{self.name} refuses the branch: {words}")

    def _git(self, *arguments: str) -> tuple[int, bytes, str]:
        command = ["git", "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", *arguments]
        try:
            done = subprocess.run(  # noqa: S603  # the user's git, with the remotes of their repository
                command, cwd=self.root, env=_environment(), capture_output=True, check=False, timeout=_SECONDS
            )
        except subprocess.TimeoutExpired:
            raise TocsinError(f"{self.name} was not done after {_SECONDS} seconds") from None
        return done.returncode, done.stdout, done.stderr.decode("utf-8", "replace")


def remote_for(store: BranchStore, branch: str) -> Remote:
    """The remote of a branch: the one that Git's configuration names, else `origin`, else the only one.

    Raises:
        UsageError: there is none, or too many.
    """
    names = store.remotes()
    chosen = store.setting(f"branch.{branch}.remote")
    if chosen in names:
        return Remote(store.root, chosen)
    if not names:
        raise UsageError("there is no remote to push to", "git remote add origin <address>, or leave --push out")
    if "origin" not in names and len(names) > 1:
        hint = f"git config branch.{branch}.remote <name>"
        raise UsageError(f"none of the remotes ({', '.join(names)}) is meant for branch {branch}", hint)
    return Remote(store.root, "origin" if "origin" in names else names[0])


def _environment() -> dict[str, str]:
    """As everywhere, but for the network, and somebody may be there to answer."""
    safe = environment()
    for name in ("GIT_ALLOW_PROTOCOL", "GIT_NO_LAZY_FETCH", "GIT_OPTIONAL_LOCKS"):
        del safe[name]
    own = {name: os.environ[name] for name in ("GIT_ALLOW_PROTOCOL",) if name in os.environ}
    somebody = sys.stdin is not None and sys.stdin.isatty()
    return safe | own | {"GIT_TERMINAL_PROMPT": "1" if somebody else "0"}
