"""Contents of many blobs by one process: one question at a time, as GitPython asks, takes ten times as long."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator.errors import UsageError
from generator.git.run import git


def sizes_of(root: Path, identifiers: Sequence[str]) -> list[int]:
    """The sizes of some blobs, in bytes."""
    return [int(line.rsplit(b" ", 1)[1]) for line in _ask(root, "--batch-check", identifiers).splitlines()]


def contents_of(root: Path, identifiers: Sequence[str]) -> list[bytes]:
    """The whole contents of some blobs."""
    output = _ask(root, "--batch", identifiers)
    contents, start = [], 0
    for _ in identifiers:
        head = output.index(b"\n", start)
        end = head + 1 + int(output[start:head].rsplit(b" ", 1)[1])
        contents.append(output[head + 1 : end])
        start = end + 1
    return contents


def _ask(root: Path, how: str, identifiers: Sequence[str]) -> bytes:
    status, output, complaint = git(root, "cat-file", how, given="\n".join((*identifiers, "")).encode("ascii"))
    if status or b" missing\n" in output[:64]:
        raise UsageError(f"Git cannot read a revision: {complaint or 'objects are missing'}", "run `git fsck`")
    return output
