"""`tocsin maintenance`: announced, begun, ended, called off; each step is one commit."""

from __future__ import annotations

import argparse
from importlib import import_module

from generator.commands.status.carrying import add_carrying
from generator.commands.status.parsing import Action, add_actions
from generator.commands.status.texts import add_messages, add_titles
from generator.errors import Exit

SUMMARIES = {
    "plan": "announce planned work, with its window and what it may disturb",
    "start": "say that it begins now, before the clock does",
    "finish": "say that it is done now, before the clock does",
    "cancel": "call it off",
    "list": "what is planned and what is going on",
}
EXAMPLES = {
    "plan": """\
  tocsin maintenance plan                                    asks for everything
  tocsin maintenance plan --title "Database upgrade" --from "2026-12-06 03:00" --for 1h --component website \\
      "The shop may be read-only for five minutes." --language es="La tienda puede quedar en solo lectura…"
  tocsin maintenance plan --title "Network" --from "2026-12-06 00:00" --until "2026-12-06 01:00" \\
      --zone America/Argentina/Buenos_Aires --component website --template maintenance --mute --push
""",
    "start": """\
  tocsin maintenance start                                   the next one that is planned
  tocsin maintenance start database --message "We begin early." --push
""",
    "finish": """\
  tocsin maintenance finish --push                           the one that is going on
""",
    "cancel": """\
  tocsin maintenance cancel 2026-12-06-database --message "We do it next month." --push
""",
    "list": """\
  tocsin maintenance list
  tocsin maintenance list --all --format json
""",
}
TAIL = """
Windows open and close by the clock, without a commit: `start` and `finish` are for when it is not enough. On a
terminal, what is missing is asked for, and what will be read and written is shown first; Ctrl-C leaves nothing.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of every action."""
    options = {"plan": _plan, "list": _list}
    actions = {
        name: Action(summary, EXAMPLES[name], "" if name == "list" else TAIL, options.get(name, _step))
        for name, summary in SUMMARIES.items()
    }
    add_actions(parser, actions, TAIL)


def run(arguments: argparse.Namespace) -> Exit:
    """Runs the action."""
    name = {"plan": "announce", "list": "report"}.get(arguments.action, "step")
    status: Exit = import_module(f"generator.commands.maintenance.{name}").run(arguments)
    return status


def _plan(each: argparse.ArgumentParser, _: str) -> None:
    add_messages(each)
    add_titles(each)
    each.add_argument("--from", dest="start", metavar="T", help="when it begins, as 2026-12-06 03:00")
    end = each.add_mutually_exclusive_group()
    end.add_argument("--until", dest="end", metavar="T", help="when it ends")
    end.add_argument("--for", dest="length", metavar="DURATION", help="how long it takes instead, as 1h30m")
    each.add_argument("--zone", metavar="ZONE", help="time zone of --from and --until where they have no offset (UTC)")
    each.add_argument("--component", action="append", default=[], metavar="ID", help="what it may disturb; repeatable")
    each.add_argument("--mute", action="store_true", help="keep Alertmanager silent meanwhile about its services")
    each.add_argument("--budget", choices=("counted", "excluded"), help="whether errors meanwhile spend error budgets")
    each.add_argument("--id", metavar="ID", help="its id (default: the day that it begins, and the title's words)")
    add_carrying(each)


def _step(each: argparse.ArgumentParser, _: str) -> None:
    each.add_argument("named", nargs="?", metavar="ID", help="which one (default: the only one that it can be)")
    add_messages(each, positional=False)
    each.add_argument("--maintenance", metavar="ID", help="the same as an option")
    each.add_argument("--at", metavar="T", help="when, in UTC, if it was not now")
    add_carrying(each)


def _list(each: argparse.ArgumentParser, _: str) -> None:
    each.add_argument("--all", action="store_true", help="those that are over, too")
    each.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
