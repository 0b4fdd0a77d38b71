"""`tocsin oncall add|remove|swap`: a team changes, and whoever is on call stays so."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, NamedTuple

from generator import times
from generator.analysis.oncall.changes.reanchor import (
    Change,
    Rollout,
    added,
    keeping_past,
    name_of,
    one_line,
    removed,
    swapped,
)
from generator.commands.oncall.changes_pick import layer_to_join, layer_with
from generator.commands.oncall.changes_text import instant_text
from generator.commands.oncall.changes_write import put, told
from generator.commands.oncall.lookup import person_named, schedules_named, warn_of_parts
from generator.commands.workspace import Workspace, add_now, open_workspace
from generator.errors import Exit, UsageError
from generator.kinds.absences import Leave, Override
from generator.kinds.team import EscalationPolicy, Schedule, Team

if TYPE_CHECKING:
    from generator.catalog import Catalog
    from generator.kinds.team import Layer

ROLLOUTS = """
rollouts:
  immediate            the list changes now; who leaves or swaps while on call hands over at once, all others stay
  after-current-shift  the turn that runs stays as it is, and the next one follows the new list
  after-full-rotation  everybody's next turn stays as it is, and the new list follows

One layer has one list. Where turns before and after the change do not fit into it, the layer ends, and a version of it
goes on. The list also says who was on call: --keep-past always writes a version. Nothing is committed to Git."""
EXAMPLES = {
    "add": """examples:
  tocsin oncall add erin platform/primary                  her first turn comes when everybody has had one
  tocsin oncall add erin primary --rollout after-current-shift     her turn is the next one
  tocsin oncall add erin primary --layer "Follow the sun: Madrid" --dry-run
""",
    "remove": """examples:
  tocsin oncall remove bob platform/primary                if he is on call, he finishes his turn
  tocsin oncall remove bob primary --rollout immediate     if he is on call, the next person takes over at once
  tocsin oncall remove bob primary --keep-past             last month's report still says when he was on call
""",
    "swap": """examples:
  tocsin oncall swap bob platform/primary --with charlie   they have each other's turns from now on
  tocsin oncall swap bob primary --with charlie --rollout after-full-rotation --dry-run

For one shift or a holiday, see: tocsin oncall cover --help
""",
}
HELP = {
    "add": "somebody joins a rotation, and nobody's next turn moves",
    "remove": "somebody leaves a rotation, and whoever is on call stays so",
    "swap": "two people exchange their places in a rotation",
}
DEFAULTS = {"add": Rollout.AFTER_ROTATION, "remove": Rollout.AFTER_SHIFT, "swap": Rollout.AFTER_SHIFT}


class Planned(NamedTuple):
    """A layer, and what becomes of it."""

    layer: Layer
    change: Change


def configure(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The arguments of the three actions."""
    for name, summary in HELP.items():
        each = actions.add_parser(name, help=summary, formatter_class=argparse.RawDescriptionHelpFormatter)
        each.epilog = EXAMPLES[name] + ROLLOUTS
        each.add_argument("person", metavar="PERSON", help="a person's id")
        each.add_argument("schedule", metavar="SCHEDULE", help="team/schedule, or its key where only one has it")
        if name == "swap":
            each.add_argument("--with", dest="other", metavar="OTHER", required=True, help="whom they exchange with")
        each.add_argument("--layer", metavar="NAME", help="which layer, where several could be meant")
        each.add_argument(
            "--rollout",
            choices=[str(rollout) for rollout in Rollout],
            default=str(DEFAULTS[name]),
            help=f"from when, see below (default: {DEFAULTS[name]})",
        )
        each.add_argument(
            "--keep-past",
            action="store_true",
            help="end the layer and go on in a version of it, so that reports of the past stay right",
        )
        each.add_argument("--dry-run", action="store_true", help="write nothing, and show what would change")
        each.add_argument("-C", dest="folder", metavar="DIR", default=argparse.SUPPRESS, help="the repository")
        add_now(each)
        each.set_defaults(act=run)


def run(arguments: argparse.Namespace) -> Exit:
    """Plans the change, says in words what it does, and writes it."""
    workspace = open_workspace(arguments)
    warn_of_parts(workspace.catalog)
    (schedule,) = schedules_named(workspace.catalog, [arguments.schedule])
    planned = _planned(workspace, schedule, arguments)
    if arguments.keep_past:
        planned = Planned(planned.layer, keeping_past(planned.layer, planned.change, workspace.context.now))
    after = put(workspace, schedule, planned.layer, planned.change, dry=arguments.dry_run)
    lines = [_headline(arguments, schedule, planned), *told(workspace, schedule, after)]
    if arguments.action == "remove":
        lines += _still_named(workspace, after, arguments.person, planned)
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    print("nothing was written (--dry-run)" if arguments.dry_run else f"wrote {schedule.ref.path}")
    return Exit.WELL


def _planned(workspace: Workspace, schedule: Schedule, arguments: argparse.Namespace) -> Planned:
    now, rollout, person = workspace.context.now, Rollout(arguments.rollout), arguments.person
    if arguments.action == "add":
        person_named(workspace.catalog, person)
        layer = layer_to_join(schedule, person, arguments.layer, now)
        return Planned(layer, added(layer, person, now, rollout))
    if arguments.action == "remove":
        layer = layer_with(schedule, [person], arguments.layer, now)
        return Planned(layer, removed(layer, person, now, rollout))
    if person == arguments.other:
        raise UsageError(f"{person} cannot exchange with {person}", "name somebody else with --with")
    layer = layer_with(schedule, [person, arguments.other], arguments.layer, now)
    return Planned(layer, swapped(layer, person, arguments.other, now, rollout))


def _headline(arguments: argparse.Namespace, schedule: Schedule, planned: Planned) -> str:
    """What happens to the list, and from when."""
    person, zone = arguments.person, planned.layer.zone
    does = {"add": "joins", "remove": "leaves", "swap": f"exchanges places with {getattr(arguments, 'other', '')} in"}
    since = planned.change.since
    when = f" from {instant_text(since, zone)} on, in a version of it that starts then" if since else ""
    return f"{person} {does[arguments.action]} layer {name_of(planned.layer)} of {schedule.id}{when}"


def _still_named(workspace: Workspace, after: Catalog, person: str, planned: Planned) -> Iterator[str]:
    """Where somebody who left a rotation is still named: each of these is for people to decide."""
    left = planned.layer.ref.at("people")
    found = [
        f"  {link.where.path}:{after.document(link.where).locate(link.where).line}: {one_line(link.said)} {person}"
        for entity in (
            *after.all(Schedule),
            *after.all(EscalationPolicy),
            *after.all(Team),
            *_absences(workspace, after),
        )
        for link in entity.references()
        if (link.to, link.id) == ("person", person)
        and (link.where.path, link.where.pointer[:-1]) != (left.path, left.pointer)
    ]
    if found:
        yield f"{person} is still named here:"
        yield from sorted(found)


def _absences(workspace: Workspace, after: Catalog) -> Iterator[Override | Leave]:
    """Overrides and leave that are not over, whatever their zones."""
    every: tuple[Override | Leave, ...] = (*after.all(Override), *after.all(Leave))
    for each in every:
        if times.parse_instant(each.until_text, UTC) + timedelta(days=1) > workspace.context.now:
            yield each
