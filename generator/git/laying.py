"""Which commits are laid over a tree: a branch in this clone, the same branch of the remote, or both."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.git.overlay import Laid
from generator.git.run import git
from generator.git.snapshot import Snapshot

if TYPE_CHECKING:
    from generator.git.clone import Clone
    from generator.git.tree import Tree

_FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_STATUS = re.compile(r"""^status:[ \t]*["']?(\w+)""", re.MULTILINE)


def laid(clone: Clone, commit: str, name: str, lower: Tree, base: str | None = None) -> Laid:
    """A commit of a branch over a tree; `base` is the commit that both came from, else it is looked for."""
    found = base or common(clone, "HEAD", commit)
    old = None if found is None else Snapshot(clone.root, clone.prefix, found)
    return Laid(Snapshot(clone.root, clone.prefix, commit, name), old, lower, written_up)


def written_up(path: str, content: bytes) -> bool:
    """Whether a file of main counts although the branch has it too: a postmortem that is no longer open.

    It was brought there on purpose, and is written there from then on.
    """
    if not path.startswith("postmortems/"):
        return False
    front = _FRONT.match(content.decode("utf-8", "replace"))
    status = _STATUS.search(front[1]) if front else None
    return status is not None and status[1] != "open"


def common(clone: Clone, one: str, other: str) -> str | None:
    """The last commit that two share; None where they share none, or none that was fetched."""
    status, output, _ = git(clone.top, "merge-base", one, other)
    return None if status else output.decode("ascii").split()[0]
