"""`tocsin oncall cover`: somebody stands in for somebody else, as override lines, one a shift."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from generator.analysis.oncall import shifts
from generator.analysis.windows import Window, Windows, intersection, union
from generator.commands.oncall.changes_text import span_texts
from generator.commands.oncall.changes_write import text_of, written
from generator.commands.oncall.lookup import instant_said, person_named, schedules_named, warn_of_parts
from generator.commands.scaffold import fill
from generator.commands.workspace import Workspace, add_now, open_workspace
from generator.errors import Exit, UsageError
from generator.kinds.absences import OVERRIDES
from generator.kinds.team import Schedule, Team

if TYPE_CHECKING:
    from generator.catalog import Catalog

EXAMPLES = """examples:
  tocsin oncall cover bob --for diana --from 2026-12-24 --until 2026-12-27 --why holidays
  tocsin oncall cover bob --for diana --from "2026-12-24 15:00" --until "2026-12-24 18:00" --schedule platform/primary

Each of the shifts inside the span becomes one line in schedules/<team>.overrides.yaml: hours in which nobody is on
call stay free. Times without a zone are in the schedule's. The same cover twice changes nothing. PagerDuty gets it with
tocsin oncall push."""


class Cover(NamedTuple):
    """What of a schedule is covered."""

    schedule: Schedule
    windows: Windows


def configure(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The arguments."""
    parser = actions.add_parser(
        "cover",
        help="somebody stands in for somebody's shifts in a span",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog=EXAMPLES,
    )
    parser.add_argument("who", metavar="WHO", help="the person who will be on call")
    parser.add_argument("--for", dest="whom", metavar="WHOM", required=True, help="whose shifts they take")
    parser.add_argument("--from", dest="start", metavar="T", required=True, help="as 2026-12-24 or 2026-12-24 09:00")
    parser.add_argument("--until", dest="end", metavar="T", required=True, help="until when; a date is its midnight")
    parser.add_argument("--schedule", metavar="SCHEDULE", help="only of this schedule (default: of all)")
    parser.add_argument("--why", metavar="TEXT", help="the reason, for the calendar and the reports")
    parser.add_argument("--dry-run", action="store_true", help="write nothing, and show what would be added")
    parser.add_argument("-C", dest="folder", metavar="DIR", default=argparse.SUPPRESS, help="the repository")
    add_now(parser)
    parser.set_defaults(act=run)


def run(arguments: argparse.Namespace) -> Exit:
    """Finds the shifts, and appends a line for each."""
    workspace = open_workspace(arguments)
    warn_of_parts(workspace.catalog)
    catalog, (who, whom) = workspace.catalog, _people(workspace, arguments)
    every = schedules_named(catalog, [arguments.schedule] if arguments.schedule else [])
    spans = {each.id: _span(arguments, each, workspace) for each in every}
    theirs = [Cover(each, _of(catalog, each, whom, spans[each.id])) for each in every]
    covers = [each for each in theirs if each.windows]
    if not covers:
        return _nothing(workspace, every, spans, who, whom)
    _refuse_absent(catalog, who, covers)
    for warning in _busy(catalog, who, covers):
        sys.stderr.write(f"tocsin: {warning}\n")
    lines: dict[str, list[dict[str, str]]] = {}
    for cover in covers:
        lines.setdefault(cover.schedule.team, []).extend(_lines(catalog, cover, who, whom, arguments.why))
        for window in cover.windows:
            print(f"{who} covers {whom} on {cover.schedule.id}: {_shown(window, cover.schedule)}")
    for team, added in lines.items():
        path = append_overrides(workspace, team, added, dry=arguments.dry_run)
        print("nothing was written (--dry-run)" if arguments.dry_run else f"wrote {path}")
    return Exit.WELL


def _people(workspace: Workspace, arguments: argparse.Namespace) -> tuple[str, str]:
    who, whom = (person_named(workspace.catalog, each) for each in (arguments.who, arguments.whom))
    if who == whom:
        raise UsageError(f"{who} cannot stand in for {whom}", "name two people")
    return who, whom


def _span(arguments: argparse.Namespace, schedule: Schedule, workspace: Workspace) -> Window:
    start = instant_said("--from", arguments.start, schedule.zone)
    end = instant_said("--until", arguments.end, schedule.zone)
    if end <= start:
        raise UsageError(f"--until {arguments.end} is not after --from {arguments.start}")
    if end <= workspace.context.now:
        raise UsageError(f"--until {arguments.end} is past", "who was on call cannot be changed any more")
    return Window(start, end)


def _of(catalog: Catalog, schedule: Schedule, person: str, span: Window, instead_of: str | None = None) -> Windows:
    """When a person is on call in a span, shifts that touch as one; with `instead_of` by overrides for that person."""
    return union(
        each.window
        for each in shifts(catalog, schedule, *span)
        if each.person == person and (instead_of is None or (each.override and each.override.instead_of == instead_of))
    )


def _nothing(workspace: Workspace, every: Sequence[Schedule], spans: dict[str, Window], who: str, whom: str) -> Exit:
    """No shift is left to cover: it is covered already, or there was none."""
    found = [
        f"{who} covers {whom} on {each.id} already: {_shown(window, each)}\n"
        for each in every
        for window in _of(workspace.catalog, each, who, spans[each.id], whom)
    ]
    if not found:
        where = every[0].id if len(every) == 1 else "any schedule"
        raise UsageError(
            f"{whom} is not on call on {where} in that span: there is nothing to cover",
            f"tocsin oncall export --person {whom} --format csv shows when",
        )
    sys.stdout.write("".join(found) + "nothing was written\n")
    return Exit.WELL


def _refuse_absent(catalog: Catalog, who: str, covers: Sequence[Cover]) -> None:
    """Somebody who is on leave then, or is no longer there, cannot stand in."""
    from generator.analysis.oncall.load.working_hours import absences

    for cover in covers:
        asked = Window(cover.windows[0].start, cover.windows[-1].end)
        for window in intersection(cover.windows, absences(catalog, who, asked)):
            shown = _shown(window, cover.schedule)
            raise UsageError(f"{who} is on leave or gone then: {shown}", "ask somebody else, or change the leave")


def _busy(catalog: Catalog, who: str, covers: Sequence[Cover]) -> Iterator[str]:
    """Where the person is on call at the same time anyway: possible, and worth knowing."""
    for cover in covers:
        asked = Window(cover.windows[0].start, cover.windows[-1].end)
        for other in catalog.all(Schedule):
            for window in intersection(cover.windows, _of(catalog, other, who, asked)):
                yield f"{who} is on call on {other.id} as well then: {_shown(window, other)}"


def _lines(catalog: Catalog, cover: Cover, who: str, whom: str, why: str | None) -> Iterator[dict[str, str]]:
    """An override a window; the schedule is named where the team has several."""
    schedule = cover.schedule
    team = catalog.get(Team, schedule.team)
    several = {"schedule": schedule.key} if team is None or len(team.schedules) > 1 else {}
    for window in cover.windows:
        span = dict(zip(("from", "until"), span_texts(window, schedule.zone), strict=True))
        yield {"who": who, "for": whom, **several, **span, **({"why": why} if why else {})}


def append_overrides(workspace: Workspace, team: str, lines: Sequence[dict[str, str]], *, dry: bool) -> str:
    """The source that the lines were added to; it is made from its template where there is none."""
    from generator.edit import append

    path = _path(workspace.catalog, team)
    before = text_of(workspace, path)
    text = before or fill("new/overrides.yaml", id=team, title=team, zone="")
    for line in lines:
        text = append(text, (), line, path=path)
    written(workspace, path, before, text, dry=dry)
    return path


def _path(catalog: Catalog, team: str) -> str:
    """The team's overrides; beside the team's own file where it has none yet."""
    known = [path for path in (*catalog.documents, *catalog.unread) if OVERRIDES.id_of(path) == team]
    if known:
        return min(known)
    found = catalog.get(Team, team)
    folder = "schedules" if found is None else found.ref.path.rpartition("/")[0]
    return f"{folder}/{team}.overrides.yaml"


def _shown(window: Window, schedule: Schedule) -> str:
    return " until ".join(span_texts(window, schedule.zone))
