"""Which commits are laid over a tree: a branch in this clone, the same branch of the remote, or both."""

from __future__ import annotations

import re

from generator.errors import UsageError
from generator.git.branch import BranchStore, ref
from generator.git.clone import Clone, open_clone
from generator.git.overlay import Laid
from generator.git.remote import remote_branch, tracked
from generator.git.run import git
from generator.git.snapshot import Snapshot
from generator.git.tree import Tree
from generator.records import dataclass

_FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_STATUS = re.compile(r"""^status:[ \t]*["']?(\w+)""", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Layers:
    """A tree with a branch over it, or without where there is none, and then why."""

    tree: Tree
    tips: tuple[str, ...] = ()
    upper: frozenset[str] = frozenset()
    """The paths whose content is the branch's."""
    why: str = ""
    effect: str = ""
    hint: str = ""


def lay(lower: Tree, name: str) -> Layers:
    """The branch of that name over a tree: ours, or the remote's as it was last seen, whichever is newer.

    Where each has what the other lacks, ours lies over the remote's. A branch that is checked out lies there already.
    """
    try:
        clone = open_clone(lower.root)
        if clone.branch == name:
            return Layers(lower)
        here, there = _tips(clone, name)
    except UsageError as error:
        return Layers(lower, (), frozenset(), f"branch '{name}' cannot be read", error.message, error.hint)
    if here is None and there is None:
        hint = f"git fetch origin {name}; where nobody has it yet, the first recorded incident makes it"
        return Layers(lower, (), frozenset(), f"there is no branch '{name}' in this clone", _ALONE, hint)
    return _over(clone, name, lower, here, there)


_ALONE = "the sources of this tree count alone"


def _tips(clone: Clone, name: str) -> tuple[str | None, str | None]:
    """What the branch leads to here, and at the remote as it was last seen; the older one of two is left out."""
    store = BranchStore(clone.top)
    try:
        remote = remote_branch(clone.top, clone.common, name)
    except UsageError:  # several, and none is meant
        remote = None
    here = store.tip(ref(name))
    there = store.tip(tracked(remote.remote, remote.branch)) if remote else None
    if here is None or there is None:
        return here, there
    if store.contains(here, there):
        return here, None
    return (None, there) if store.contains(there, here) else (here, there)


def _over(clone: Clone, name: str, lower: Tree, here: str | None, there: str | None) -> Layers:
    tree, tips, upper = lower, [], frozenset[str]()
    base = None
    for tip in filter(None, (there, here)):
        tree = laid(clone, tip, name, tree, base)
        tips.append(tip)
        upper |= tree.upper
        # The second one is ours: only what the remote's lacks comes from it.
        base = common(clone, tip, here) if here else None
    if here and there:
        hint = "tocsin incident … --push brings both together"
        said = f"branch '{name}' has commits here that the remote lacks, and the other way round"
        return Layers(tree, tuple(tips), upper, said, "both count", hint)
    if _shallow(clone) and common(clone, "HEAD", tips[0]) is None:
        said = f"the clone is shallow, and what branch '{name}' took away cannot be told"
        hint = "git fetch --unshallow; in CI fetch-depth: 0"
        return Layers(tree, tuple(tips), upper, said, "all its files count", hint)
    return Layers(tree, tuple(tips), upper)


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


def _shallow(clone: Clone) -> bool:
    return git(clone.top, "rev-parse", "--is-shallow-repository")[1].strip() == b"true"
