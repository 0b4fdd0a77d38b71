"""Commands, one module each: it describes its arguments, and runs. To add one: a module and its line here.

Each module has `configure(parser)` and `run(arguments) -> Exit`; it is imported when its command is called.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Command(NamedTuple):
    """A command by its module; the summary is here so that `--help` imports none of them."""

    module: str
    summary: str


COMMANDS: Mapping[str, Command] = {
    "init": Command("generator.commands.init", "write a working repository to start from"),
    "check": Command("generator.commands.check", "validate the whole repository and say what is wrong, and where"),
    "build": Command("generator.commands.build", "render every target: rules, routes, Terraform, calendars, pages"),
    "serve": Command("generator.commands.serve", "show the runbook site while you write"),
    "publish": Command("generator.commands.publish", "bring a built target to a folder, over ssh, or to a branch"),
    "new": Command("generator.commands.new", "write a source from its template"),
    "import": Command("generator.commands.importing.command", "turn what a team already has into sources"),
    "metrics": Command("generator.commands.metrics", "ask a live Prometheus for the names of its metrics"),
    "oncall": Command("generator.commands.oncall.command", "say who is on call, when and why, from the sources"),
    "incident": Command("generator.commands.incident.command", "open, tell of and resolve an incident, a commit each"),
    "maintenance": Command("generator.commands.maintenance.command", "announce planned work, begin, end or cancel it"),
    "postmortem": Command("generator.commands.postmortem", "add up how long incidents take, from the postmortems"),
    "actions": Command("generator.commands.actions", "list the action items of postmortems, and how far they are"),
    "explain": Command("generator.commands.explain", "show the page of a check: what it finds, why, how to mend it"),
}
