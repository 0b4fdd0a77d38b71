"""Trees and history: the only code that talks to Git.

A tree is a set of files to read, be it the work tree or a revision; it says what it refuses. See docs/trees.md.
"""

from generator.git.base import merge_base
from generator.git.changes import Change
from generator.git.history import Commit, History
from generator.git.revision import revision
from generator.git.tree import LIMIT, Memory, Overlay, Tree
from generator.git.worktree import find_root, work_tree

__all__ = [
    "LIMIT",
    "Change",
    "Commit",
    "History",
    "Memory",
    "Overlay",
    "Tree",
    "find_root",
    "merge_base",
    "revision",
    "work_tree",
]
