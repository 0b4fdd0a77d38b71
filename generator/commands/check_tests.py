"""`tocsin check --tests`: the tests of alerts, run through promtool."""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from generator.checks.engine import run as run_checks
from generator.commands.progress import Progress
from generator.commands.selection import Retest, relative, within
from generator.commands.workspace import Workspace
from generator.findings import Level
from generator.kinds.service import Service

if TYPE_CHECKING:
    from pathlib import Path

    from generator.analysis.rule_tests.results import Results
    from generator.catalog import Catalog
    from generator.context import Context

_UNFIT = ("source/", "schema/", "query/")
"""Families whose errors say that a source means nothing, or that no server would take its rules."""
_PATIENCE = 2.0
"""Seconds after which people are told how far it is."""


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("--tests", action="store_true", help="also run the tests of SLOs and alerts through promtool")
    parser.add_argument(
        "--promtool", metavar="PATH", help="the promtool to run (default: TOCSIN_PROMTOOL, else on PATH)"
    )


def run_tests(workspace: Workspace, arguments: argparse.Namespace) -> tuple[Workspace, Results]:
    """The workspace with what the tests have found, so that the checks tell it, and the results in numbers.

    Services that are not even valid are left out: there is nothing to test yet. PATHs limit it, too.
    """
    results = _results(workspace.catalog, workspace.context, workspace.root, arguments)
    return replace(workspace, context=replace(workspace.context, tested=results.findings)), results


def retest(root: Path, arguments: argparse.Namespace) -> Retest:
    """Runs the same tests on another state of the sources, to tell what failed before a change."""
    return lambda catalog, context: _results(catalog, context, root, arguments).findings


def _results(catalog: Catalog, context: Context, root: Path, arguments: argparse.Namespace) -> Results:
    from generator.integrations.promtool import find_promtool
    from generator.integrations.rule_tests import run_rule_tests

    promtool = find_promtool(arguments.promtool)
    findings = run_checks(catalog, context, baseline=False)
    wanted = [relative(path, root) for path in arguments.paths]
    services = [each for each in catalog.all(Service) if not wanted or within(each.ref.path, wanted)]
    skip = {each.where.path for each in findings if each.level is Level.ERROR and each.check.startswith(_UNFIT)}
    shown = Progress()
    began = time.monotonic()

    def progress(doing: str, done: int, of: int) -> None:
        if time.monotonic() - began > _PATIENCE:
            shown.step(f"{doing} ({done} of {of} files)")

    try:
        return run_rule_tests(catalog, promtool, services, skip, progress)
    finally:
        shown.done()
