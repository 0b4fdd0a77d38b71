"""The actions of `tocsin oncall` that have modules of their own. Only the module of the one that is called is imported.

To add one: its line here, and `configure(actions)` in its module, which adds the action with `set_defaults(act=…)`.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

# What `add_subparsers(action=…)` wants a class of has no public name.
if TYPE_CHECKING:
    _Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001
else:
    _Subparsers = argparse._SubParsersAction  # noqa: SLF001


class Action(NamedTuple):
    """Where an action is, and what the list of actions says of it."""

    module: str
    summary: str


ACTIONS: Mapping[str, Action] = {
    "add": Action("changes", "somebody joins a rotation, and nobody's next turn moves"),
    "remove": Action("changes", "somebody leaves a rotation, and whoever is on call stays so"),
    "swap": Action("changes", "two people exchange their places in a rotation"),
    "cover": Action("changes_cover", "somebody stands in for somebody's shifts in a span"),
    "verify": Action("live", "compare the shifts with those that PagerDuty has"),
    "push": Action("live_overrides", "bring overrides over to PagerDuty"),
    "pull": Action("live_overrides", "bring overrides made in PagerDuty into the sources"),
    "report": Action("report", "who was on call for how long, in which hours: the base for pay or time off in lieu"),
}


def list_lazily(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds all of them to the list in --help."""
    for name, action in ACTIONS.items():
        actions.add_parser(name, help=action.summary, add_help=False)


class Actions(_Subparsers):
    """Subcommands of which most are names and summaries until one is called; for `add_subparsers(action=…)`."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        """Lets the module of the action that is called make its parser."""
        chosen = ACTIONS.get(values[0]) if values else None
        if chosen is not None:
            for name, action in ACTIONS.items():
                if action.module == chosen.module:
                    del self.choices[name]
            import_module(f"generator.commands.oncall.{chosen.module}").configure(self)
        super().__call__(parser, namespace, values, option_string)
