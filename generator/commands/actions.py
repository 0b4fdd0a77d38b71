"""`tocsin actions`: what postmortems asked for, who does it, and whether it gets done."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC

from generator.analysis.postmortems import ActionItem, action_items
from generator.analysis.postmortems.metrics import progress
from generator.commands.actions_formats import LISTS, REPORTS
from generator.commands.workspace import Workspace, add_now, open_workspace
from generator.errors import Exit, NothingToDo, UsageError
from generator.findings import did_you_mean
from generator.kinds.people import Person

DESCRIPTION = "Action items of postmortems: what was asked for, who does it, and whether it gets done."
EXAMPLES = """examples:
  tocsin actions list                                      what is open, the longest overdue first
  tocsin actions list --owner alice
  tocsin actions list --all --format json
  tocsin actions report                                    how much is done; exit 0 whatever it says
  tocsin actions report --format markdown > actions.md

An item is overdue after its due date; one that is open for more than 30 days after its incident is late, whatever
its date says."""


def configure(parser: argparse.ArgumentParser) -> None:
    """The actions and their arguments."""
    parser.description, parser.epilog = DESCRIPTION, EXAMPLES
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    shown = _action(actions, "list", "the items, open ones only unless --all is said", tuple(LISTS))
    shown.add_argument("--all", action="store_true", help="done and dropped items too")
    shown.add_argument("--owner", metavar="ID", help="only this person's")
    _action(actions, "report", "how much is done, open and overdue, by person", tuple(REPORTS))


def run(arguments: argparse.Namespace) -> Exit:
    """Lists, or adds up."""
    workspace = open_workspace(arguments)
    items = action_items(workspace.catalog)
    if not items:
        raise NothingToDo("no postmortem has action items", "they are rows of a table: | Action | Owner | … |")
    today = workspace.context.now.astimezone(UTC).date()
    if arguments.action == "report":
        sys.stdout.write(REPORTS[arguments.format](workspace.catalog, items, today))
    else:
        wanted = _wanted(arguments, workspace, items)
        sys.stdout.write(LISTS[arguments.format](workspace.catalog, wanted, progress(wanted, today)))
    return Exit.WELL


def _action(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], name: str, said: str, formats: Sequence[str]
) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=said, epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--format", choices=formats, default="text", help="default: text")
    parser.add_argument("-C", dest="folder", metavar="DIR", default=argparse.SUPPRESS, help="the repository")
    add_now(parser)
    return parser


def _wanted(arguments: argparse.Namespace, workspace: Workspace, items: Sequence[ActionItem]) -> list[ActionItem]:
    owner = arguments.owner
    if owner is not None and workspace.catalog.get(Person, owner) is None:
        known = [each.id for each in workspace.catalog.all(Person)]
        raise UsageError(f"there is nobody '{owner}'", did_you_mean(owner, known) or f"there are {', '.join(known)}")
    return [item for item in items if (arguments.all or item.is_open) and owner in (None, item.person)]
