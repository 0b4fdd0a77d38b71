"""`tocsin postmortem`: what the postmortems of a repository add up to."""

from __future__ import annotations

import argparse
import sys

from generator.analysis.postmortems.metrics import incidents
from generator.commands.postmortem_formats import FORMATS, Metrics
from generator.commands.workspace import add_now, open_workspace
from generator.errors import Exit, NothingToDo

DESCRIPTION = "What the postmortems of a repository add up to."
EXAMPLES = """examples:
  tocsin postmortem metrics                                medians of all incidents, by month, severity and service
  tocsin postmortem metrics --since 2026-07 --format markdown
  tocsin postmortem metrics --service tr-web --format json

Time to detect, mitigate and resolve count from the start of the trouble, time to acknowledge from its detection.
Medians say how many incidents they are of. `severity: none` is no incident and counts nowhere."""


def configure(parser: argparse.ArgumentParser) -> None:
    """The actions and their arguments."""
    parser.description, parser.epilog = DESCRIPTION, EXAMPLES
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    metrics = actions.add_parser(
        "metrics",
        help="how long incidents take, as medians by month, severity and service",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    metrics.add_argument("--since", metavar="MONTH", default="", help="from this month on, as 2026-07")
    metrics.add_argument("--service", metavar="ID", help="only incidents that touched it")
    metrics.add_argument("--format", choices=tuple(FORMATS), default="text", help="default: text")
    metrics.add_argument("-C", dest="folder", metavar="DIR", default=argparse.SUPPRESS, help="the repository")
    add_now(metrics)


def run(arguments: argparse.Namespace) -> Exit:
    """Counts and prints."""
    catalog = open_workspace(arguments).catalog
    found = [
        each
        for each in incidents(catalog)
        if each.month >= arguments.since and arguments.service in (None, *each.services)
    ]
    if not found:
        raise NothingToDo(
            "there is no postmortem of an incident that this asks for", "tocsin new postmortem writes one"
        )
    sys.stdout.write(FORMATS[arguments.format](Metrics.of(found)))
    return Exit.WELL
