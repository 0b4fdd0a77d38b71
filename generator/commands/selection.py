"""Which findings `check` reports: of the paths that were asked for, and, with `--since`, of the change alone."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from generator.checks.engine import run as run_checks
from generator.commands.status_branch import with_branch
from generator.commands.workspace import Workspace, bytes_of, text_of
from generator.context import Context
from generator.errors import NothingToDo, SettingsError, UsageError
from generator.findings import Finding
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.catalog import Catalog
    from generator.git import Tree

Key = tuple[str, str, str]
Retest = Callable[["Catalog", Context], Mapping[str, Sequence[Finding]]]


@dataclass(frozen=True, slots=True)
class Selection:
    """What is reported, of how many sources, and how many findings were there before the change."""

    findings: tuple[Finding, ...]
    sources: int
    known: int = 0


def select(
    workspace: Workspace, arguments: argparse.Namespace, *, baseline: bool = True, retest: Retest | None = None
) -> Selection:
    """The findings that are asked for; everything is read and linked, whatever is reported.

    `retest` runs the tests of alerts on another state of the sources, where they were run on this one.
    """
    wanted = [relative(path, workspace.root) for path in arguments.paths]
    sources = _count(workspace, wanted) if wanted else workspace.sources
    if arguments.since is None:
        findings, known = run_checks(workspace.catalog, workspace.context, baseline=baseline), 0
    else:
        findings, known = _new(workspace, arguments.since, retest, baseline=baseline)
    if wanted:
        findings = tuple(each for each in findings if within(each.where.path, wanted))
    return Selection(findings, sources, known)


def _new(workspace: Workspace, rev: str, retest: Retest | None, *, baseline: bool) -> tuple[tuple[Finding, ...], int]:
    """The findings that were not there where the change began, and how many were."""
    from generator.git import merge_base, revision

    # The branch of the status sources is the same before and after: nothing on it is part of the change.
    tree = with_branch(revision(workspace.root, merge_base(workspace.root, rev))).tree
    before = _catalog(tree, rev)
    context = replace(workspace.context, load_base=lambda: before)
    found = run_checks(workspace.catalog, context, baseline=baseline)
    if before is None:
        return found, 0
    then = replace(
        workspace.context,
        read=lambda path: text_of(tree, path),
        read_bytes=lambda path: bytes_of(tree, path),
        tested={},
    )
    if retest is not None and any(workspace.context.tested.values()):
        then = replace(then, tested=retest(before, then))
    fresh = _added(found, run_checks(before, then, baseline=baseline))
    return fresh, len(found) - len(fresh)


def _catalog(tree: Tree, rev: str) -> Catalog | None:
    from generator.catalog import load

    try:
        return load(tree)
    except SettingsError as error:
        sys.stderr.write(f"tocsin: at {rev}, {error.message}: every finding counts as new\n")
        return None


def _added(found: Sequence[Finding], before: Sequence[Finding]) -> tuple[Finding, ...]:
    """Of several findings that are the same, the last ones are new."""
    surplus = Counter(map(_key, found))
    surplus.subtract(Counter(map(_key, before)))
    added = []
    for each in reversed(found):
        if surplus[_key(each)] > 0:
            surplus[_key(each)] -= 1
            added.append(each)
    return tuple(reversed(added))


def _key(finding: Finding) -> Key:
    return finding.check, finding.subject, finding.message


def relative(path: str, root: Path) -> str:
    """A path as people type it, relative to the repository. Symlinks are not followed: they are what is asked about."""
    absolute = Path(os.path.abspath(path))  # noqa: PTH100  # Path.resolve would follow symlinks
    parent = absolute.parent.resolve()
    try:
        relative = (parent / absolute.name).relative_to(root).as_posix()
    except ValueError:
        if absolute.resolve() == root:
            return "."
        raise UsageError(f"{path} is outside the repository {root}") from None
    if not os.path.lexists(absolute):
        raise UsageError(f"there is no {path}")
    return relative


def within(path: str, wanted: Sequence[str]) -> bool:
    """Whether a path is one of those that are wanted, or below one."""
    return any(each == "." or each in (path, *map(str, PurePosixPath(path).parents)) for each in wanted)


def _count(workspace: Workspace, wanted: Sequence[str]) -> int:
    read = {*workspace.catalog.documents, *workspace.catalog.unread}
    count = sum(within(path, wanted) for path in read)
    if not count:
        raise NothingToDo(f"none of these is a source: {', '.join(wanted)}")
    return count
