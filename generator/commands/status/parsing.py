"""Parsers of actions whose options may stand between their words: `update identified --push "We found it"`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from generator.commands.workspace import add_now


class Action(NamedTuple):
    """One action of a command: what it is for, how it is used, and its options."""

    summary: str
    examples: str
    tail: str
    """What else its help says."""
    options: Callable[[argparse.ArgumentParser, str], None]


def add_actions(parser: argparse.ArgumentParser, actions: Mapping[str, Action], tail: str) -> None:
    """The parsers of a command's actions, by their names; `tail` ends the help of the command itself."""
    parser.epilog = "examples:\n" + "".join(action.examples for action in actions.values()) + tail
    made = parser.add_subparsers(dest="action", metavar="ACTION", required=True, parser_class=mixed(type(parser)))
    for name, action in actions.items():
        each = made.add_parser(name, help=action.summary, formatter_class=argparse.RawDescriptionHelpFormatter)
        each.description = f"{action.summary[:1].upper()}{action.summary[1:]}."
        each.epilog = f"examples:\n{action.examples}{action.tail}"
        action.options(each, name)
        each.add_argument("-C", dest="folder", metavar="DIR", default=argparse.SUPPRESS, help="the repository")
        add_now(each)


def mixed(parent: type[argparse.ArgumentParser]) -> type[argparse.ArgumentParser]:
    """A class of parsers like another one, for `add_subparsers(parser_class=…)`."""

    class Mixed(parent):  # type: ignore[valid-type,misc]  # whatever the class of the program's parsers is
        """Collects the words from everywhere between the options."""

        _inside = False

        def parse_known_args(self, args: Sequence[str] | None = None, namespace: Any = None) -> Any:
            if self._inside:
                return super().parse_known_args(args, namespace)
            self._inside = True
            try:
                return self.parse_known_intermixed_args(args, namespace)
            finally:
                self._inside = False

    return Mixed
