"""The setting `status.branch`: the sources of a branch laid over those of the folder, wherever sources are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from generator.analysis.status.settings import STATUS
from generator.catalog import load
from generator.errors import SettingsError
from generator.findings import Finding, Level, Ref
from generator.git import Memory
from generator.settings import PATH

if TYPE_CHECKING:
    from generator.git import Tree

CHECK = "source/branch"
_KEY = "branch"


class Sources(NamedTuple):
    """What is read: a tree, and what is known of it."""

    tree: Tree
    branch: str = ""
    """The branch that is laid over it; empty where none is."""
    tips: tuple[str, ...] = ()
    """The commits that are laid over it, for whoever asks about history."""
    elsewhere: frozenset[str] = frozenset()
    """The paths whose content is the branch's: nothing in the folder says the same."""
    finding: Finding | None = None


def branch_of(tree: Tree) -> str | None:
    """The branch that the settings of a tree name. Settings that cannot be read name none: reading them tells why."""
    raw = dict(tree.read([PATH]))
    if _KEY.encode() not in raw.get(PATH, b""):
        return None
    try:
        return load(Memory(raw), ()).settings.get(STATUS).branch
    except SettingsError:
        return None


def with_branch(tree: Tree) -> Sources:
    """The tree, with the branch of its settings over it."""
    name = branch_of(tree)
    if not name:
        return Sources(tree)
    from generator.git.laying import lay

    found = lay(tree, name)
    finding = None
    if found.why:
        where = Ref(PATH, ("status", _KEY), "value")
        finding = Finding(where, f"{found.why}: {found.effect}", found.hint, check=CHECK, level=Level.WARNING)
    return Sources(found.tree, name if found.tips else "", found.tips, found.upper, finding)
