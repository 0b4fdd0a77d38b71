"""`tocsin explain`: the page of a check, or the list of all of them."""

from __future__ import annotations

import argparse
import sys

from generator.checks import Check, all_checks
from generator.errors import Exit, UsageError
from generator.findings import did_you_mean

EXAMPLES = """examples:
  tocsin explain                   every check, one line each
  tocsin explain runbook/missing   what it finds, why it matters, how to mend it"""


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.epilog = EXAMPLES
    parser.add_argument("id", nargs="?", metavar="ID", help="the id of a check, as findings show it in brackets")


def run(arguments: argparse.Namespace) -> Exit:
    """Shows."""
    checks = all_checks()
    if arguments.id is None:
        width = max(map(len, checks))
        sys.stdout.writelines(f"{each.id:{width}}  {each.level:7}  {each.summary}\n" for each in checks.values())
        return Exit.WELL
    wanted = arguments.id.strip("[]")
    if wanted not in checks:
        near = did_you_mean(wanted, checks) or "tocsin explain lists them all"
        raise UsageError(f"there is no check '{wanted}'", near)
    sys.stdout.write(page(checks[wanted]))
    return Exit.WELL


def page(check: Check) -> str:
    """The page of a check, in Markdown; the docs hold the same text."""
    summary, _, rest = check.page.partition("\n")
    return f"# {check.id}\n\n{summary}\n\nLevel: {check.level}\n\n{rest.strip()}\n"
