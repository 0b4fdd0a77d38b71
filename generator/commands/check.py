"""`tocsin check`: the whole repository is validated and linked; paths limit only what is reported."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from generator.checks.engine import run as run_checks
from generator.commands.workspace import Workspace, add_now, open_workspace
from generator.errors import Exit, NothingToDo, UsageError
from generator.findings import Finding, Level
from generator.reporters import REPORTERS, report

EXAMPLES = """examples:
  tocsin check                          everything, for people
  tocsin check --format json            everything, for programs
  tocsin check runbooks alerts/a.yaml   everything is linked, these are reported
  tocsin check --strict                 warnings fail as well

exit status: 0 well, 1 findings at error level, 2 wrong use, 3 nothing to check"""


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.epilog = EXAMPLES
    parser.add_argument("paths", nargs="*", metavar="PATH", help="report only what is in these files and folders")
    parser.add_argument("--format", choices=sorted(REPORTERS), default="text", help="how to report (default: text)")
    parser.add_argument("--strict", action="store_true", help="warnings fail as errors do")
    add_now(parser)


def run(arguments: argparse.Namespace) -> Exit:
    """Checks, reports, and fails on what must be mended."""
    workspace = open_workspace(arguments)
    findings: Sequence[Finding] = run_checks(workspace.catalog, workspace.context)
    sources = workspace.sources
    if arguments.paths:
        wanted = [_relative(path, workspace.root) for path in arguments.paths]
        findings = [each for each in findings if _within(each.where.path, wanted)]
        sources = _count(workspace, wanted)
    sys.stdout.write(report(arguments.format, findings, sources))
    return Exit.FINDINGS if fails(findings, strict=arguments.strict) else Exit.WELL


def fails(findings: Sequence[Finding], *, strict: bool = False) -> bool:
    """Whether findings make a command fail."""
    worst = (Level.ERROR, Level.WARNING) if strict else (Level.ERROR,)
    return any(each.level in worst for each in findings)


def _relative(path: str, root: Path) -> str:
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


def _within(path: str, wanted: Sequence[str]) -> bool:
    return any(each == "." or each in (path, *map(str, PurePosixPath(path).parents)) for each in wanted)


def _count(workspace: Workspace, wanted: Sequence[str]) -> int:
    read = {*workspace.catalog.documents, *workspace.catalog.unread}
    count = sum(_within(path, wanted) for path in read)
    if not count:
        raise NothingToDo(f"none of these is a source: {', '.join(wanted)}")
    return count
