"""What is to be recorded, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from generator.records import dataclass

if TYPE_CHECKING:
    from generator.git import Tree


class Change(NamedTuple):
    """One change of the sources: it becomes one commit."""

    files: Mapping[str, str | None]
    """Path (from the folder of `tocsin.yaml`) → new text; None where the file goes."""
    message: str
    """Of the commit: a subject, and after an empty line whatever there is to say."""


Plan: TypeAlias = "Callable[[Tree], Change]"
"""The change that a tree needs. It is asked again where others were faster, so it may have no memory; it raises
UsageError where the change has become impossible, and gives no files where the tree has it already."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What came of a change."""

    commit: str | None
    """The commit that holds it; None where the tree had it already and nothing was to be done."""
    branch: str
    message: str = ""
    files: tuple[str, ...] = ()
    """The paths that changed, sorted."""
    diff: str = ""
    """The change as Git shows it."""
    pushed: bool = False
    """Whether the remote has it."""
    remote: str = ""
    """Where it was to be pushed: `origin`; empty where nobody asked."""
    kept: str = ""
    """Why it is in this clone only although it was to be pushed: one sentence; empty where all went well."""
    hint: str = ""
    """How to go on where something is kept."""
    again: bool = False
    """Whether an earlier start of the same command, which was interrupted, had made the commit."""
    notes: tuple[str, ...] = ()
    """What else there is to know: earlier changes that wait, a work tree that stayed behind."""
