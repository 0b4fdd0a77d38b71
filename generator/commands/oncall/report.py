"""`tocsin oncall report`: who was on call for how long, in which hours; the base for pay or time off in lieu."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING

from generator.analysis.oncall.clock import from_wall, to_wall
from generator.analysis.oncall.load.report import load_report
from generator.analysis.windows import Window
from generator.commands.oncall.lookup import instant_said, refuse_parts, schedules_named, zone_named
from generator.commands.oncall.report_formats import FORMATS
from generator.commands.workspace import add_now, open_workspace
from generator.errors import Exit, UsageError
from generator.findings import did_you_mean
from generator.kinds.team import Schedule, Team
from generator.settings import TIME_ZONE

if TYPE_CHECKING:
    from generator.catalog import Catalog

HELP = "who was on call for how long, in which hours: the base for pay or time off in lieu"
EXAMPLES = """examples:
  tocsin oncall report                                     the last whole month, everybody
  tocsin oncall report --from 2026-10-01 --until 2026-11-01 --team platform
  tocsin oncall report --schedule platform/primary --from 2026-01-01 --until 2027-01-01 --format markdown
  tocsin oncall report --from 2026-10-01 --until 2026-11-01 --format csv > october.csv

Hours are those that pass, each in the bucket that the clock where the person lives says (buckets and days off:
`oncall` and `holidays` in tocsin.yaml). They are added up exactly and rounded half up to 0.01 only where they are
printed; CSV and JSON have exact seconds beside them. Shadow shifts are no load. The sources as they are now say who
was on call: for what they said then, check that revision out."""


def configure(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The action and its arguments."""
    report = actions.add_parser(
        "report", help=HELP, epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    report.add_argument("--from", dest="start", metavar="T", help="from when, as 2026-10-01 (the last whole month)")
    report.add_argument("--until", dest="end", metavar="T", help="until when (default: a month after --from)")
    report.add_argument("--team", action="append", default=[], metavar="ID", help="its schedules, and whom it names")
    report.add_argument("--schedule", action="append", default=[], metavar="ID", help="team/schedule")
    report.add_argument("--zone", metavar="ZONE", help="time zone of --from and --until (default: the settings')")
    report.add_argument("--format", choices=tuple(FORMATS), default="text", help="default: text")
    report.add_argument("-C", dest="folder", metavar="DIR", default=argparse.SUPPRESS, help="the repository")
    add_now(report)
    report.set_defaults(act=run_report)


def run_report(arguments: argparse.Namespace) -> Exit:
    """Adds up and prints."""
    workspace = open_workspace(arguments)
    catalog = workspace.catalog
    refuse_parts(catalog, "the report")
    zone = zone_named(arguments.zone or catalog.settings.get(TIME_ZONE))
    teams = [_team(catalog, name) for name in arguments.team]
    chosen = _schedules(catalog, teams, arguments.schedule)
    if not teams and not arguments.schedule:
        teams = [each.id for each in catalog.all(Team)]
    span = _span(arguments, workspace.context.now, zone)
    found = load_report(catalog, span, chosen, teams)
    sys.stdout.write(FORMATS[arguments.format](found, zone))
    return Exit.WELL


def _schedules(catalog: Catalog, teams: list[str], named: list[str]) -> list[Schedule]:
    """Those of the teams and those named, each once; all where neither is said."""
    every = schedules_named(catalog, [])
    if not teams and not named:
        return every
    wanted = {each.id for each in every if each.team in teams}
    wanted |= {each.id for each in (schedules_named(catalog, named) if named else ())}
    return [each for each in every if each.id in wanted]


def _team(catalog: Catalog, name: str) -> str:
    known = [each.id for each in catalog.all(Team)]
    if name not in known:
        raise UsageError(
            f"there is no team '{name}'", did_you_mean(name, known) or f"there are {', '.join(sorted(known))}"
        )
    return name


def _span(arguments: argparse.Namespace, now: datetime, zone: tzinfo) -> Window:
    """What is asked for; the last whole month of the zone, or a month from the start."""
    this_month = to_wall(now.astimezone(UTC), zone).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    if arguments.start:
        start = instant_said("--from", arguments.start, zone)
    else:
        start = from_wall(_later(this_month, -1), zone)
    end = instant_said("--until", arguments.end, zone) if arguments.end else _month_after(start, zone)
    if end <= start:
        raise UsageError(f"--until {arguments.end or end} is not after --from {arguments.start or start.date()}")
    return Window(start, end)


def _month_after(start: datetime, zone: tzinfo) -> datetime:
    return from_wall(_later(to_wall(start, zone), 1), zone)


def _later(wall: datetime, months: int) -> datetime:
    """The same day of another month; the first of the month after where it has no such day."""
    index = wall.year * 12 + wall.month - 1 + months
    try:
        return wall.replace(year=index // 12, month=index % 12 + 1)
    except ValueError:
        return _later(wall.replace(day=1), months + 1)
