"""`tocsin incident`: opened, told of, resolved; each step changes the incident's files in one commit."""

from __future__ import annotations

import argparse
from importlib import import_module

from generator.commands.incident.examples import EXAMPLES, SUMMARIES, TAIL
from generator.commands.status.carrying import add_carrying
from generator.commands.status.parsing import Action, add_actions
from generator.commands.status.texts import add_messages, add_titles
from generator.errors import Exit

MODULES = {"open": "begin", "update": "step", "resolve": "step", "reopen": "step", "list": "report", "show": "report"}
STEPS = ("update", "resolve", "reopen")


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of every action."""
    options = {"open": _open, "list": _list, "show": _show}
    actions = {
        name: Action(summary, EXAMPLES[name], TAIL if name in ("open", *STEPS) else "", options.get(name, _step))
        for name, summary in SUMMARIES.items()
    }
    add_actions(parser, actions, TAIL)


def run(arguments: argparse.Namespace) -> Exit:
    """Runs the action."""
    module = import_module(f"generator.commands.incident.{MODULES[arguments.action]}")
    status: Exit = module.run(arguments)
    return status


def _open(each: argparse.ArgumentParser, _: str) -> None:
    add_messages(each)
    add_titles(each)
    each.add_argument("--public", action="store_true", help="tell customers on the status page")
    each.add_argument("--private", action="store_true", help="for the team alone (the default where nobody is asked)")
    each.add_argument(
        "--status",
        choices=("investigating", "identified", "monitoring"),
        default="investigating",
        help="how far it is (default: investigating)",
    )
    _add_components(each)
    each.add_argument(
        "--alert", action="append", default=[], metavar="NAME", help="an alert that told of it; repeatable"
    )
    each.add_argument(
        "--id", "--incident", dest="id", metavar="ID", help="its id (default: today and the title's words)"
    )
    each.add_argument("--started", metavar="T", help="when the trouble began, in UTC (default: when it was noticed)")
    form = each.add_mutually_exclusive_group()
    form.add_argument("--short", dest="form", action="store_const", const="short", help="the short form of the record")
    form.add_argument("--long", dest="form", action="store_const", const="long", help="the long one (by the severity)")
    each.add_argument("--record-language", choices=("en", "es"), help="of the record (the first of the settings)")
    _add_common(each)


def _step(each: argparse.ArgumentParser, name: str) -> None:
    words = "MESSAGE" if name == "resolve" else "[STATUS] MESSAGE"
    each.add_argument("words", nargs="*", metavar="WORDS", help=f"{words}: the status, and what customers read")
    add_messages(each, positional=False)
    each.add_argument("--incident", metavar="ID", help="which one (default: the only one that is open)")
    _add_components(each)
    each.add_argument("--internal", action="store_true", help="for the timeline of the record: customers read nothing")
    each.add_argument("--mitigated", action="store_true", help="customers no longer notice it: marks that moment")
    each.add_argument("--public", action="store_true", help="from now on, tell customers of it on the status page")
    each.add_argument("--postmortem", metavar="URL", help="a public address that tells what was learnt")
    add_titles(each)
    _add_common(each)


def _add_components(each: argparse.ArgumentParser) -> None:
    each.add_argument(
        "--component",
        action="append",
        default=[],
        metavar="ID=STATUS",
        help="a component and its status from now on, as website=partial_outage, or in short degraded, partial, major, "
        "ok; repeatable",
    )
    each.add_argument(
        "--impact", choices=("none", "minor", "major", "critical"), help="how bad it is (default: by the components)"
    )


def _add_common(each: argparse.ArgumentParser) -> None:
    each.add_argument("--severity", metavar="SEV", help="SEV-1 and so on, or none: it was no incident")
    each.add_argument("--at", metavar="T", help="when, in UTC, if it was not now: 2026-10-14 13:12")
    add_carrying(each)


def _list(each: argparse.ArgumentParser, _: str) -> None:
    each.add_argument("--all", action="store_true", help="those that are over, too")
    each.add_argument("--format", choices=("text", "json"), default="text", help="default: text")


def _show(each: argparse.ArgumentParser, _: str) -> None:
    each.add_argument("named", nargs="?", metavar="ID", help="which one (default: the only one that is open)")
    each.add_argument("--incident", metavar="ID", help="the same as an option")
    each.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
