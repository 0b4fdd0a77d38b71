"""History: when each file was last changed, and by whom."""

from __future__ import annotations

import os
from collections.abc import Collection, Hashable, Iterable, Iterator
from datetime import UTC, datetime
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING

from generator.git.blobs import contents_of
from generator.git.changes import Change, changes, uncommitted
from generator.git.run import git, running, why_not
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.git.additions import Addition, Finder


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit, as far as a page about a file needs it."""

    id: str
    time: datetime
    """When it was committed (not authored), in UTC."""
    author: str
    subject: str


class History:
    """The history below one folder. Nothing runs before the first question, and `git log` runs once for all paths."""

    def __init__(self, root: Path, more: tuple[str, ...] = ()) -> None:
        """`more` are commits whose history counts too: those of a branch that is laid over the sources."""
        self._root = root
        self._more = more

    @property
    def in_git(self) -> bool:
        """Whether the folder lies in a Git work tree: only then does `tracked` mean something."""
        return self._state[0]

    @property
    def available(self) -> bool:
        """Whether `last_change` and `time_of` can answer."""
        return not self.reason

    @property
    def reason(self) -> str:
        """Why they cannot: `not a Git repository`, `shallow clone`, `no commit yet`, …; empty when they can."""
        return self._state[1]

    def last_change(self, path: str) -> Commit | None:
        """The newest commit that changed the file; None where there is none, or no history."""
        return self._changes.get(path)

    def time_of(self, paths: Iterable[str]) -> datetime | None:
        """When the last of these files was last changed."""
        return max((commit.time for path in paths if (commit := self.last_change(path))), default=None)

    def tracked(self) -> frozenset[str]:
        """The paths that Git tracks (or is about to: `git add`), relative to the folder, in a shallow clone too."""
        return self._tracked

    def changes(self, *folders: str) -> tuple[Change, ...]:
        """What happened to the files of some folders, the newest first; nothing where there is no history."""
        return changes(self._root, folders) if self.available else ()

    def uncommitted(self, *folders: str) -> frozenset[str]:
        """The tracked files of some folders that are not as in the last commit; nothing where there is no history."""
        return uncommitted(self._root, folders) if self.available else frozenset()

    def additions(self, folders: Iterable[str], find: Finder) -> dict[Hashable, Addition]:
        """Who first wrote the lines for which `find(path, line)` gives keys; nothing where there is no history.

        Raises OSError where Git does not have all of it (a partial clone).
        """
        from generator.git.additions import additions

        return additions(self._root, tuple(folders), find) if self.available else {}

    def merges(self, commits: Collection[str]) -> dict[str, Addition]:
        """Commit → the merge with which the branch got it; what was committed on the branch itself has none."""
        from generator.git.merges import merges

        return merges(self._root, commits) if self.available else {}

    def contents(self, blobs: Iterable[str]) -> dict[str, bytes]:
        """Files as they were, by the id of their content."""
        wanted = sorted(set(blobs))
        return dict(zip(wanted, contents_of(self._root, wanted), strict=True)) if wanted else {}

    @cached_property
    def _state(self) -> tuple[bool, str]:
        status, output, complaint = git(self._root, "rev-parse", "--is-inside-work-tree", "--is-shallow-repository")
        words = output.split()
        if status or words[:1] != [b"true"]:
            return False, why_not(complaint)
        if words[1:] == [b"true"]:
            return True, "shallow clone"
        status, _, _ = git(self._root, "rev-parse", "--verify", "--quiet", "HEAD")
        return True, "no commit yet" if status else ""

    @cached_property
    def _tracked(self) -> frozenset[str]:
        if not self.in_git:
            return frozenset()
        _, output, _ = git(self._root, "ls-files", "-z", "--cached")
        for commit in self._more:
            output += git(self._root, "ls-tree", "-r", "-z", "--name-only", commit)[1]
        return frozenset(os.fsdecode(path) for path in output.split(b"\0") if path)

    @cached_property
    def _changes(self) -> dict[str, Commit]:
        return _newest(self._root, self._tracked, self._more) if self.available else {}


_LOG = (
    *("log", "-z", "-c", "--name-only", "--no-renames", "--relative", "--no-ext-diff", "--no-textconv"),
    *("--encoding=UTF-8", "--no-show-signature", "--format=%x00/%x00%H%x00%ct%x00%aN%x00%s"),
)


def _newest(root: Path, tracked: frozenset[str], more: tuple[str, ...]) -> dict[str, Commit]:
    """The newest commit by path. The log is left as soon as every tracked path was seen."""
    found: dict[str, Commit] = {}
    missing = set(tracked)
    with running(root, (*_LOG, "HEAD", *more, "--", ".")) as output:
        for commit, path in _parse(_tokens(output)):
            found.setdefault(path, commit)
            missing.discard(path)
            if not missing:
                break
    return found


def _tokens(output: IO[bytes]) -> Iterator[bytes]:
    rest = b""
    while chunk := output.read(1 << 16):
        *whole, rest = (rest + chunk).split(b"\0")
        yield from whole
    if rest:
        yield rest


def _parse(tokens: Iterator[bytes]) -> Iterator[tuple[Commit, str]]:
    """(commit, path) from the log's tokens.

    A slash, which is no path, starts a commit; id, time, author and subject follow, then the paths, with empty tokens
    here and there. A path that follows the subject at once has a line break in front that is not its own.
    """
    commit: Commit | None = None
    first = False
    for token in tokens:
        if token == b"/":
            commit, first = _commit(tokens), True
            continue
        if token and commit:
            yield commit, os.fsdecode(token.removeprefix(b"\n") if first else token)
        first = False


def _commit(tokens: Iterator[bytes]) -> Commit | None:
    parts = [token.decode("utf-8", "replace") for token in islice(tokens, 4)]
    if len(parts) < 4:  # a broken repository ends the log anywhere
        return None
    identifier, time, author, subject = parts
    try:
        moment = datetime.fromtimestamp(int(time), UTC)
    except (ValueError, OverflowError, OSError):  # nothing keeps anybody from writing such a commit
        moment = datetime.fromtimestamp(0, UTC)
    return Commit(identifier, moment, author, subject)
