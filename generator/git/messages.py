"""The trailer by which a commit is recognised wherever it went: `Tocsin-Operation: 1f0c…`."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from generator.errors import TocsinError
from generator.git.run import git

TRAILER = "Tocsin-Operation"
_LINE = re.compile(rf"{TRAILER}: (\S+)")
_TRAILERS = re.compile(r"(?:[A-Za-z][A-Za-z0-9-]*: .*(?:\n|\Z))+")


class Made(NamedTuple):
    """A commit of a branch."""

    id: str
    parents: tuple[str, ...]
    message: str

    @property
    def instance(self) -> str:
        """The operation that made it; empty where people did. A merge is always people's."""
        return instance_of(self.message) if len(self.parents) == 1 else ""

    @property
    def subject(self) -> str:
        """The first line of the message."""
        return self.message.partition("\n")[0]


def with_instance(message: str, instance: str) -> str:
    """The message with the trailer as its last line, whatever the words before say."""
    last = message.rpartition("\n\n")
    gap = "\n" if last[1] and _TRAILERS.fullmatch(last[2]) else "\n\n"
    return f"{message}{gap}{TRAILER}: {instance}"


def instance_of(message: str) -> str:
    """The operation that a message names in its last line."""
    found = _LINE.fullmatch(message.rstrip().rpartition("\n")[2].rstrip())
    return found[1] if found else ""


def commits_between(root: Path, old: str | None, new: str | None) -> list[Made]:
    """The commits that one name has and the other lacks, the oldest first; all of them where there is no other.

    Raises:
        TocsinError: Git does not tell.
    """
    if new is None:
        return []
    span = (new,) if old is None else (f"^{old}", new)
    log = ("log", "-z", "--reverse", "--topo-order", "--encoding=UTF-8", "--no-notes", "--format=%H%x1f%P%x1f%B")
    status, output, complaint = git(root, *log, *span, "--")
    if status:
        raise TocsinError(f"git log failed: {complaint}", "run `git fsck`")
    return list(_parse(os.fsdecode(output)))


def _parse(output: str) -> Iterator[Made]:
    for part in output.split("\0"):
        ident, _, rest = part.partition("\x1f")
        parents, found, message = rest.partition("\x1f")
        if found:
            yield Made(ident.strip(), tuple(parents.split()), message.strip("\n"))
