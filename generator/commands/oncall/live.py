"""`tocsin oncall verify`: our expansion held against what PagerDuty renders; and what push and pull share with it."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from generator.commands.oncall.lookup import instant_said, refuse_parts, schedules_named
from generator.commands.progress import Progress
from generator.commands.workspace import Workspace, add_now, open_workspace
from generator.errors import Exit, UsageError
from generator.kinds.team import Schedule

if TYPE_CHECKING:
    from generator.integrations.pagerduty import Difference, Live, Remote

AHEAD = timedelta(weeks=12)
NOT_THERE = "no id in schedules/pagerduty.ids.yaml is its own, and no schedule there has its name"
ACCOUNT = """The token is read from PAGERDUTY_TOKEN and from nowhere else; of another region than us the
settings say so: pagerduty: {service_region: eu}. It takes the extra: pip install 'tocsin[pagerduty]'."""
EXAMPLES = f"""examples:
  tocsin oncall verify                                   all schedules, the next twelve weeks
  tocsin oncall verify platform/primary --from 2026-10-20 --until 2026-11-10
  tocsin oncall verify --format json

Every time at which PagerDuty has somebody else on call than the sources say is named, to the second. {ACCOUNT}

exit status: 0 the same, 1 differences, 2 wrong use or no answer"""


def configure(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The arguments of verify."""
    parser = add_action(actions, "verify", "compare the shifts with those that PagerDuty has", EXAMPLES)
    parser.add_argument("--from", dest="start", metavar="T", help="from when (default: now)")
    parser.add_argument("--until", dest="end", metavar="T", help="until when (default: twelve weeks later)")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    parser.set_defaults(act=run)


def add_action(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], name: str, what: str, examples: str
) -> argparse.ArgumentParser:
    """A parser with what every action on the account takes."""
    parser = actions.add_parser(name, help=what, formatter_class=argparse.RawDescriptionHelpFormatter, epilog=examples)
    parser.add_argument("schedules", nargs="*", metavar="SCHEDULE", help="team/schedule; default: all")
    parser.add_argument("--timeout", type=float, default=20.0, metavar="S", help="seconds for an answer (default: 20)")
    parser.add_argument("-C", dest="folder", metavar="DIR", default=argparse.SUPPRESS, help="the repository")
    add_now(parser)
    return parser


@contextmanager
def opened(arguments: argparse.Namespace) -> Iterator[tuple[Workspace, Live, list[Schedule]]]:
    """The repository, the account beside it, and the schedules that are meant and are in PagerDuty's care."""
    from generator.integrations.pagerduty import Live, connect

    workspace = open_workspace(arguments)
    # An override that a broken file cannot say is not one that was taken out: push would remove it in PagerDuty.
    refuse_parts(workspace.catalog, "the comparison")
    chosen = schedules_named(workspace.catalog, arguments.schedules)
    if not 0 < arguments.timeout <= 600:
        raise UsageError("--timeout is a number of seconds, up to 600")
    with connect(workspace.catalog, arguments.timeout) as api:
        live = Live(workspace.catalog, workspace.context.now, api)
        yield workspace, live, [each for each in chosen if arguments.schedules or live.is_called(each)]


def run(arguments: argparse.Namespace) -> Exit:
    """Compares and prints."""
    with opened(arguments) as (workspace, live, chosen):
        found, absent = _compared(arguments, live, chosen, workspace.context.now)
        lines = list((_json if arguments.format == "json" else _text)(live, found, absent))
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return Exit.FINDINGS if absent or any(each for _, each in found) else Exit.WELL


def _compared(
    arguments: argparse.Namespace, live: Live, chosen: Sequence[Schedule], now: datetime
) -> tuple[list[tuple[Remote, list[Difference]]], list[Remote]]:
    """The differences of each schedule, and those that the account has not."""
    from generator.integrations.pagerduty import differences

    progress = Progress()
    found: list[tuple[Remote, list[Difference]]] = []
    absent: list[Remote] = []
    try:
        for number, schedule in enumerate(chosen, 1):
            progress.step(f"asking for {number} of {len(chosen)} schedules")
            start, end = _span(arguments, schedule, now)
            for remote in live.remotes(schedule):
                if remote.id is None:
                    absent.append(remote)
                else:
                    there = live.there(remote.id, start, end)
                    found.append((remote, differences(live.here(remote.schedule, start, end), there)))
    finally:
        progress.done()
    return found, absent


def _span(arguments: argparse.Namespace, schedule: Schedule, now: datetime) -> tuple[datetime, datetime]:
    start = instant_said("--from", arguments.start, schedule.zone) if arguments.start else now
    end = instant_said("--until", arguments.end, schedule.zone) if arguments.end else start + AHEAD
    if end <= start:
        raise UsageError(f"--until {arguments.end or end} is not after --from {arguments.start or start}")
    return start, end


def _text(live: Live, found: Sequence[tuple[Remote, list[Difference]]], absent: Sequence[Remote]) -> Iterator[str]:
    for remote in absent:
        yield f"{remote.schedule.id}: PagerDuty has no schedule '{remote.name}': {NOT_THERE}"
    for remote, each in found:
        for start, end, here, there in each:
            when = shown(start, end, remote.schedule)
            yield f"{label(remote)}: {when}: {live.name(here)} here, {live.name(there)} in PagerDuty"
    count = sum(len(each) for _, each in found)
    many = f"{count} difference{'' if count == 1 else 's'}" if count else "no difference"
    yield f"{many} in {len(found)} schedule{'' if len(found) == 1 else 's'}" + (
        f", {len(absent)} not there" if absent else ""
    )


def _json(live: Live, found: Sequence[tuple[Remote, list[Difference]]], absent: Sequence[Remote]) -> Iterator[str]:
    listed = [
        {
            "schedule": remote.schedule.id,
            "pagerduty": remote.id,
            "from": start.astimezone(remote.schedule.zone).isoformat(),
            "until": end.astimezone(remote.schedule.zone).isoformat(),
            "here": None if here is None else live.name(here),
            "there": None if there is None else live.name(there),
        }
        for remote, each in found
        for start, end, here, there in each
    ]
    whole = {"differences": listed, "not_there": [each.schedule.id for each in absent]}
    yield json.dumps(whole, indent=2, ensure_ascii=False)


def label(remote: Remote) -> str:
    """A schedule, with its name in PagerDuty where that is only a part of it."""
    return remote.schedule.id if remote.alone else f"{remote.schedule.id} ({remote.name})"


def shown(start: datetime, end: datetime, schedule: Schedule) -> str:
    """A span in the schedule's zone; seconds only where there are some."""
    one, other = (each.astimezone(schedule.zone) for each in (start, end))
    return f"{_moment(one)} – {_moment(other)} {other:%Z}"


def _moment(local: datetime) -> str:
    return f"{local:%Y-%m-%d %H:%M}" + (f":{local:%S}" if local.second else "")
