"""`tocsin check --shellcheck`: the command blocks of runbooks, given to shellcheck."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from generator.commands.selection import Retest, relative, within
from generator.errors import UsageError
from generator.kinds.runbook import Runbook

if TYPE_CHECKING:
    from generator.catalog import Catalog
    from generator.findings import Finding


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument(
        "--shellcheck",
        action=argparse.BooleanOptionalAction,
        help="give command blocks of runbooks to shellcheck (default: if it is installed and they are few)",
    )


def is_installed() -> bool:
    """Whether there is a shellcheck on the PATH."""
    from generator.integrations import shellcheck

    return shellcheck.find_shellcheck() is not None


def run_shellcheck(catalog: Catalog, root: Path, arguments: argparse.Namespace) -> Mapping[str, Sequence[Finding]]:
    """What shellcheck finds in the runbooks that are asked for, by the check that tells it.

    Raises:
        UsageError: it is asked for and not installed.
    """
    if arguments.shellcheck is False:
        return {}
    from generator.integrations import shellcheck

    program = shellcheck.find_shellcheck()
    if program is None:
        if arguments.shellcheck:
            raise UsageError("--shellcheck needs shellcheck, and there is none on the PATH", shellcheck.INSTALL)
        return {}
    wanted = [relative(path, root) for path in arguments.paths]
    runbooks = [each for each in catalog.all(Runbook) if not each.deprecated]
    chosen = [each for each in runbooks if not wanted or within(each.ref.path, wanted)]
    return shellcheck.run_shellcheck(program, catalog, chosen, all_of_them=bool(arguments.shellcheck))


def retest(root: Path, arguments: argparse.Namespace) -> Retest:
    """Asks about another state of the sources, to tell what was there before a change."""
    return lambda catalog, _context: run_shellcheck(catalog, root, arguments)
