"""`check --fix`: findings with one right form are mended in the sources, each change told."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from generator.commands.selection import select
from generator.commands.workspace import open_workspace
from generator.errors import EditRefused
from generator.findings import Finding, Fix

PASSES = 5
"""One mended finding may bring another into reach (a label that has become needless); more than this none does."""


def mend(arguments: argparse.Namespace) -> None:
    """Mends what can be mended in the sources that are asked for, and says what was done on standard error.

    What a baseline knows is mended too; what a comment silences is meant to stay.
    """
    count, refused = 0, dict[str, None]()
    for _ in range(PASSES):
        workspace = open_workspace(arguments)
        findings = select(workspace, arguments, baseline=False).findings
        here = [each for each in findings if each.where.path not in workspace.elsewhere]
        readable = [each for each in here if each.where.path not in workspace.catalog.unread]
        done, left = _pass(workspace.root, readable)
        count += done
        refused |= left
        if not done:
            break
    for complaint in refused:
        sys.stderr.write(f"not mended: {complaint}\n")
    sys.stderr.write(f"{count} mended\n")


def _pass(root: Path, findings: Iterable[Finding]) -> tuple[int, dict[str, None]]:
    """How many changes were made, and what was refused."""
    by_path: dict[str, list[Fix]] = {}
    for finding in findings:
        by_path.setdefault(finding.where.path, []).extend(finding.fixes)
    count, refused = 0, dict[str, None]()
    for path, fixes in sorted(by_path.items()):
        if fixes:
            done, complaints = _file(root, path, fixes)
            count += done
            refused |= dict.fromkeys(complaints)
    return count, refused


def _file(root: Path, path: str, fixes: Iterable[Fix]) -> tuple[int, list[str]]:
    from generator.edit import mend as mend_source
    from generator.edit import write_source

    before = (root / path).read_bytes().decode("utf-8")
    try:
        after = mend_source(path, before, fixes)
    except EditRefused as refusal:
        return 0, [f"{path}: {refusal.message}"]
    for fix in after.done:
        sys.stderr.write(f"mended {path}: {fix.said}\n")
    if after.text != before:
        write_source(root, path, after.text)
    return len(after.done), [f"{path}: {fix.said}: {why}" for fix, why in after.refused]
