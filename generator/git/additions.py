"""Who wrote a line first: one reading of the log with its patches answers for every line that somebody asks about."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from generator.git.run import running
from generator.records import dataclass

FORMAT = ("--encoding=UTF-8", "--no-show-signature", "--no-notes", "--format=%x00%H%x00%ct%x00%aN%x00%cN%x00%B%x00")
"""How `git log` writes a commit that `read_commits` reads."""
_LOG = (
    *("log", "--patch", "--unified=0", "--inter-hunk-context=0", "--no-renames", "--relative", "--no-color"),
    *("--no-ext-diff", "--no-textconv", "--src-prefix=a/", "--dst-prefix=b/", "--ignore-submodules=all", *FORMAT),
)
_FIELDS = 6
_HUNK = re.compile(rb"@@ -[0-9]+(?:,([0-9]+))? \+[0-9]+(?:,([0-9]+))? @@")
_REVIEWED = re.compile(r"^(?:reviewed|acked|approved)-by:([^<\n]*)", re.IGNORECASE | re.MULTILINE)
_SQUASHED = re.compile(r"\((?P<id>[#!][0-9]{1,9})\)$")
_REQUESTS = (
    re.compile(r"^Merge pull request (?P<id>#[0-9]{1,9})\b", re.MULTILINE),
    re.compile(r"^See merge request [^\s!]*(?P<id>![0-9]{1,9})\b", re.MULTILINE),
    re.compile(r"^Merge pull request '[^\n]*' \((?P<id>#[0-9]{1,9})\)", re.MULTILINE),
    re.compile(r"^Merged (?:in [^\n]* \(pull request |PR )(?P<id>#?[0-9]{1,9})\b", re.MULTILINE),
)
"""How GitHub, GitLab, Gitea, Bitbucket and Azure name what they merge."""
_HOSTS = frozenset({"github", "gitlab", "gitea", "forgejo", "bitbucket", "web-flow"})
"""Committers that are no people: the hosts commit what is merged in a browser."""

Finder = Callable[[str, str], Iterable[Hashable]]
"""(path, line) → what the line is looked up for: anything that can be a key."""


@dataclass(frozen=True, slots=True)
class Addition:
    """A commit: the oldest that wrote a line, or the merge that brought it. `time` is when it was committed, in UTC."""

    commit: str
    time: datetime
    author: str
    message: str
    """The whole of it; the first line is the subject."""
    committer: str
    """Who put it where it is; empty where that is the author, or a host and not a person."""

    @property
    def subject(self) -> str:
        """What the commit says it does."""
        return self.message.partition("\n")[0].strip()

    @property
    def reviewers(self) -> tuple[str, ...]:
        """Who read it, as its trailers say (`Reviewed-by: Ana <ana@example.com>`)."""
        return tuple(dict.fromkeys(filter(None, map(str.strip, _REVIEWED.findall(self.message)))))

    @property
    def request(self) -> str:
        """The pull or merge request that it names as its own: `#123`, `!45`; empty where it names none."""
        found = [_SQUASHED.search(self.subject), *(pattern.search(self.message) for pattern in _REQUESTS)]
        ident = next((each["id"] for each in found if each), "")
        return f"#{ident}" if ident.isdigit() else ident


def additions(root: Path, folders: Sequence[str], find: Finder) -> dict[Hashable, Addition]:
    """The oldest commit that added a line with each key that `find` gives, in any file below some folders.

    Every commit is looked at, so that a file that was renamed or split keeps the age of its lines.
    Raises OSError where Git does not have all of the history (a partial clone).
    """
    found: dict[Hashable, Addition] = {}
    with running(root, (*_LOG, "HEAD", "--", *folders), whole=True) as output:
        for addition, path, line in _parse(output):
            for key in find(path, line):
                found[key] = addition  # the log goes backwards: the last one is the oldest
    return found


def _parse(output: IO[bytes]) -> Iterator[tuple[Addition, str, str]]:
    """(commit, path, added line). Lines of a hunk are counted: one may look like a header."""
    addition: Addition | None = None
    path, left = "", 0
    while line := output.readline():
        if left > 0:
            left -= not line.startswith(b"\\")  # "\ No newline at end of file" is no line of it
            if line.startswith(b"+") and addition is not None and path:
                yield addition, path, line[1:].rstrip(b"\r\n").decode("utf-8", "replace")
        elif line.startswith(b"\0"):
            addition, path = _commit(line, output), ""
        elif line.startswith(b"+++ "):
            path = _path(line[4:])
        elif match := _HUNK.match(line):
            left = sum(int(1 if count is None else count) for count in match.groups())


def read_commits(output: IO[bytes]) -> Iterator[Addition]:
    """The commits of a log that has no patches."""
    while line := output.readline():
        if line.startswith(b"\0") and (commit := _commit(line, output)):
            yield commit


def _path(written: bytes) -> str:
    """The new file; empty where there is none, or a name that Git has to quote, which no source has."""
    # A name with a space has a tab behind it.
    text = written.rstrip(b"\r\n").removesuffix(b"\t").decode("utf-8", "replace")
    return text.removeprefix("b/") if text.startswith("b/") else ""


def _commit(line: bytes, output: IO[bytes]) -> Addition | None:
    parts = [line]
    while b"".join(parts).count(b"\0") < _FIELDS and (more := output.readline()):
        parts.append(more)
    fields = b"".join(parts).decode("utf-8", "replace").split("\0")
    if len(fields) <= _FIELDS:
        return None
    _, identifier, time, author, committer, message, _ = fields[: _FIELDS + 1]
    other = committer if committer != author and committer.casefold() not in _HOSTS else ""
    return Addition(identifier, _moment(time), author, message.strip(), other)


def _moment(seconds: str) -> datetime:
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):  # nothing keeps anybody from writing such a commit
        return datetime.fromtimestamp(0, UTC)
