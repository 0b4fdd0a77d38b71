"""Where a change began."""

from __future__ import annotations

from pathlib import Path

from generator.git.run import git


def merge_base(root: Path, rev: str) -> str:
    """The last commit that `rev` and HEAD share; `rev` itself where they share none, or none that was fetched."""
    if not rev or rev.startswith("-") or " " in rev or not rev.isprintable():
        return rev  # reading it says what is wrong with it
    status, output, _ = git(root, "merge-base", "HEAD", f"{rev}^{{commit}}")
    return output.decode("ascii").strip() if not status and output.strip() else rev
