"""`tocsin oncall`: who is on call, from the sources alone: now, over any span, and as a calendar or table."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo

from generator.analysis.oncall import on_call_at
from generator.analysis.oncall.report import Piece, pieces
from generator.analysis.windows import Window
from generator.commands.oncall.actions import Actions, list_lazily
from generator.commands.oncall.formats import FORMATS, shown_now
from generator.commands.oncall.lookup import instant_said, person_named, schedules_named, warn_of_parts, zone_named
from generator.commands.workspace import Workspace, add_now, open_workspace
from generator.errors import Exit, UsageError
from generator.kinds import KINDS, absences, people, team
from generator.kinds.team import Schedule

ON_CALL = (people.KIND, absences.OVERRIDES, absences.LEAVE, team.KIND)
AHEAD = timedelta(weeks=4)
SOON = timedelta(days=2), timedelta(weeks=3), timedelta(weeks=53)
"""How far `now` looks for the end of a shift and for who is next: further only where it is not found near."""
EXAMPLES = {
    "now": """\
  tocsin oncall now                                        who is on call on every schedule, until when, who is next
  tocsin oncall now platform/primary --format json
""",
    "show": """\
  tocsin oncall show platform/primary                      the next four weeks, and why it is that person
  tocsin oncall show primary --from 2026-12-20 --until 2027-01-03 --zone Europe/Madrid
""",
    "export": """\
  tocsin oncall export --person alice > alice.ics          her shifts, for a calendar
  tocsin oncall export --from 2026-01-01 --until 2027-01-01 --format csv > 2026.csv
""",
}
EPILOG = """examples:
{}
Times without a zone are in --zone, else in the schedule's. Nothing is asked of PagerDuty: the sources say it."""


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.epilog = EPILOG.format("".join(EXAMPLES.values()))
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True, action=Actions)
    now = actions.add_parser("now", help="who is on call now, until when, and who is next")
    show = actions.add_parser("show", help="who is on call over a span, and why")
    export = actions.add_parser("export", help="shifts as a calendar, CSV or JSON on standard output")
    now.add_argument("schedules", nargs="*", metavar="SCHEDULE", help="team/schedule; default: all")
    show.add_argument("schedules", nargs=1, metavar="SCHEDULE", help="team/schedule, or its key where only one has it")
    export.add_argument("schedules", nargs="*", metavar="SCHEDULE", help="team/schedule; default: all")
    export.add_argument("--person", metavar="ID", help="only the shifts of this person")
    for each in (show, export):
        each.add_argument(
            "--from", dest="start", metavar="T", help="from when, as 2026-12-24 or 2026-12-24 09:00 (now)"
        )
        each.add_argument("--until", dest="end", metavar="T", help="until when (default: four weeks later)")
    for each in (now, show, export):
        each.add_argument("-C", dest="folder", metavar="DIR", default=argparse.SUPPRESS, help="the repository")
        each.add_argument("--zone", metavar="ZONE", help="time zone of what is read and shown (the schedule's)")
        add_now(each)
    for name, each in (("now", now), ("show", show), ("export", export)):
        each.formatter_class, each.epilog = argparse.RawDescriptionHelpFormatter, EPILOG.format(EXAMPLES[name])
    list_lazily(actions)
    now.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    show.add_argument("--format", choices=("text", "json", "csv"), default="text", help="default: text")
    export.add_argument("--format", choices=("ics", "json", "csv"), default="ics", help="default: ics")


def run(arguments: argparse.Namespace) -> Exit:
    """Expands and prints, or does what an action of another module does."""
    if "act" in arguments:
        status: Exit = arguments.act(arguments)
        return status
    # A calendar's entries tell of alerts, runbooks and maintenances; who is on call is said by these alone.
    workspace = open_workspace(arguments, kinds=KINDS if arguments.format == "ics" else ON_CALL)
    warn_of_parts(workspace.catalog)
    chosen = schedules_named(workspace.catalog, arguments.schedules)
    zone = None if arguments.zone is None else zone_named(arguments.zone)
    if arguments.action == "now":
        found = {each.id: _from_now(workspace, each) for each in chosen}
        sys.stdout.write(shown_now(arguments.format, chosen, found, zone))
        return Exit.WELL
    start, end = _span(arguments, workspace, zone or chosen[0].zone)
    if arguments.format == "ics":
        sys.stdout.buffer.write(_calendar(workspace, chosen, Window(start, end), arguments.person))
        return Exit.WELL
    every = [piece for each in chosen for piece in pieces(workspace.catalog, each, start, end)]
    person = getattr(arguments, "person", None)
    theirs = (
        every if person is None else [each for each in every if each.person == person_named(workspace.catalog, person)]
    )
    zones = {each.id: zone or each.zone for each in chosen}
    sys.stdout.write(FORMATS[arguments.format](theirs, zones))
    return Exit.WELL


def _from_now(workspace: Workspace, schedule: Schedule) -> list[Piece]:
    """The pieces until somebody else is on call, at most of the coming year; the present shift began when it began."""
    now = workspace.context.now
    for ahead in SOON:
        first, *rest = pieces(workspace.catalog, schedule, now, now + ahead)
        if any(each.person != first.person for each in [each for each in rest if not each.shadow][:-1]):
            break
    shift = on_call_at(workspace.catalog, schedule, now)
    return [first if shift is None else replace(first, start=shift.start), *rest]


def _calendar(workspace: Workspace, chosen: Sequence[Schedule], span: Window, who: str | None) -> bytes:
    from generator.targets.calendars import calendar_between

    person = None if who is None else person_named(workspace.catalog, who)
    return calendar_between(workspace.catalog, workspace.context, chosen, span, person)


def _span(arguments: argparse.Namespace, workspace: Workspace, zone: tzinfo) -> tuple[datetime, datetime]:
    start = instant_said("--from", arguments.start, zone) if arguments.start else workspace.context.now
    end = instant_said("--until", arguments.end, zone) if arguments.end else start + AHEAD
    if end <= start:
        raise UsageError(f"--until {arguments.end or end} is not after --from {arguments.start or start}")
    return start, end
