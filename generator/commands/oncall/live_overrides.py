"""`tocsin oncall push` and `pull`: overrides of the sources to PagerDuty, and those made there into the sources."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from generator.commands.oncall.changes_cover import append_overrides
from generator.commands.oncall.changes_text import instant_text
from generator.commands.oncall.live import ACCOUNT, NOT_THERE, add_action, label, opened, shown
from generator.commands.progress import Progress
from generator.commands.workspace import Workspace
from generator.errors import Exit
from generator.kinds.team import Schedule, Team

if TYPE_CHECKING:
    from generator.integrations.pagerduty import Live, Plan, Remote, Span

PUSH = f"""examples:
  tocsin oncall push                      shows what would be made and removed in PagerDuty, and does nothing
  tocsin oncall push --apply              does it
  tocsin oncall push platform/primary --apply

Overrides that PagerDuty has already stay, so doing it twice changes nothing. What is over is left alone; of what runs,
the rest counts. Removed is only what an earlier commit of schedules/<team>.overrides.yaml held and the file holds no
more: what was made in PagerDuty is named, and stays. {ACCOUNT}

exit status: 0 nothing is left to do, 1 something would be done or cannot be, 2 wrong use or no answer"""
PULL = f"""examples:
  tocsin oncall pull                      shows the overrides made in PagerDuty that the sources lack
  tocsin oncall pull --apply              writes them into schedules/<team>.overrides.yaml
  tocsin oncall pull platform/primary --apply

What the file says already is not written again, and nothing is taken out of it. {ACCOUNT}

exit status: 0 nothing is left to do, 1 something would be written or cannot be, 2 wrong use or no answer"""


def configure(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The arguments of both."""
    push = add_action(actions, "push", "bring overrides over to PagerDuty", PUSH)
    push.add_argument("--apply", action="store_true", help="do it (default: show what would be done)")
    push.set_defaults(act=run_push)
    pull = add_action(actions, "pull", "bring overrides made in PagerDuty into the sources", PULL)
    pull.add_argument("--apply", action="store_true", help="write them (default: show what would be written)")
    pull.set_defaults(act=run_pull)


def run_push(arguments: argparse.Namespace) -> Exit:
    """Plans everything first; then does it, the new overrides before the old ones go."""
    with opened(arguments) as (workspace, live, chosen):
        return _push(arguments, workspace, live, chosen)


def _push(arguments: argparse.Namespace, workspace: Workspace, live: Live, chosen: Sequence[Schedule]) -> Exit:
    planned = _plans(workspace, live, chosen)
    left = False
    for remote, each in planned:
        if each is None:
            print(f"{label(remote)}: PagerDuty has no schedule '{remote.name}': {NOT_THERE}")
            left = True
            continue
        for span in each.strange:
            print(f"{_line(live, remote, span)} was made in PagerDuty and stays: tocsin oncall pull brings it here")
        for person in each.unknown:
            print(
                f"{label(remote)}: {person} has no account in PagerDuty: overrides with {person} are not brought over"
            )
        left = left or bool(each.unknown) or (not arguments.apply and bool(each.missing or each.stale))
        _do(live, remote, each, apply=arguments.apply)
    _sum(planned, "made" if arguments.apply else "to be made", "removed" if arguments.apply else "to be removed")
    if not arguments.apply and any(each and (each.missing or each.stale) for _, each in planned):
        sys.stderr.write("nothing was done; tocsin oncall push --apply does it\n")
    return Exit.FINDINGS if left else Exit.WELL


def _plans(workspace: Workspace, live: Live, chosen: Sequence[Schedule]) -> list[tuple[Remote, Plan | None]]:
    """What is to be done for each schedule of the account."""
    from generator.integrations.pagerduty import plan

    progress = Progress()
    out: list[tuple[Remote, Plan | None]] = []
    history = workspace.context.history
    try:
        for number, schedule in enumerate(chosen, 1):
            progress.step(f"asking for the overrides of {number} of {len(chosen)} schedules")
            for remote in live.remotes(schedule):
                found = None if remote.id is None else plan(live, remote.schedule, remote.id, history)
                out.append((remote, found))
    finally:
        progress.done()
    if not history.available and any(each for _, each in out):
        sys.stderr.write(f"tocsin: note: nothing is removed without Git's history: {history.reason}\n")
    return out


def _do(live: Live, remote: Remote, each: Plan, *, apply: bool) -> None:
    for span in each.missing:
        if apply:
            live.api.add_override(each.ident, span.start, span.end, span.who)
        print(f"{_line(live, remote, span)} {'was made' if apply else 'would be made'}")
    for entry in each.stale:
        if apply:
            live.api.remove_override(each.ident, entry.id)
        verb = "was removed" if apply else "would be removed"
        print(f"{_line(live, remote, entry.span)} {verb}: the file held it, and holds it no more")


def _line(live: Live, remote: Remote, span: Span) -> str:
    return f"{label(remote)}: {shown(span.start, span.end, remote.schedule)}: {live.name(span.who)}"


def _sum(planned: Sequence[tuple[Remote, Plan | None]], made: str, removed: str) -> None:
    missing = sum(len(each.missing) for _, each in planned if each)
    stale = sum(len(each.stale) for _, each in planned if each)
    print(f"{missing} override{'' if missing == 1 else 's'} {made}, {stale} {removed}")


def run_pull(arguments: argparse.Namespace) -> Exit:
    """Finds what was made in PagerDuty; then appends a line for each."""
    with opened(arguments) as (workspace, live, chosen):
        return _pull(arguments, workspace, live, chosen)


def _pull(arguments: argparse.Namespace, workspace: Workspace, live: Live, chosen: Sequence[Schedule]) -> Exit:
    found = _plans(workspace, live, chosen)
    lines: dict[str, list[dict[str, str]]] = {}
    left = False
    for schedule in chosen:
        remotes = [(remote, each) for remote, each in found if remote.schedule.id == schedule.id and each is not None]
        for remote, each in remotes:
            for span in each.strange:
                reason = _why_not(live, span, [other for _, other in remotes])
                if reason:
                    print(f"{_line(live, remote, span)} {reason}")
                    left = True
                elif remote is remotes[0][0]:
                    print(f"{_line(live, remote, span)} {'is new' if arguments.apply else 'would be written'}")
                    lines.setdefault(schedule.team, []).append(_entry(workspace, live, schedule, span))
    for team, added in lines.items() if arguments.apply else ():
        print(f"wrote {append_overrides(workspace, team, added, dry=False)}")
    count = sum(map(len, lines.values()))
    print(f"{count} override{'' if count == 1 else 's'} {'written' if arguments.apply else 'to be written'}")
    return Exit.FINDINGS if left or (lines and not arguments.apply) else Exit.WELL


def _why_not(live: Live, span: Span, plans: Sequence[Plan]) -> str:
    """Why an override cannot become a line; empty where it can."""
    if span.who not in live.person_ids:
        return "is of somebody who is not among the people here: it is not written"
    if not all(span in each.strange for each in plans):
        return "is in one of the schedules only that this one is divided into: it is not written"
    return ""


def _entry(workspace: Workspace, live: Live, schedule: Schedule, span: Span) -> dict[str, str]:
    team = workspace.catalog.get(Team, schedule.team)
    several = {"schedule": schedule.key} if team is None or len(team.schedules) > 1 else {}
    when = {"from": instant_text(span.start, schedule.zone), "until": instant_text(span.end, schedule.zone)}
    return {"who": live.person_ids[span.who], **several, **when, "why": "made in PagerDuty"}
