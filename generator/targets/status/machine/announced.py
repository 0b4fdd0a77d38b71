"""When a maintenance was announced. Sources do not say it: Git does, and where it cannot be asked, a rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from generator.context import Context
from generator.git.changes import Change
from generator.kinds.status import Maintenance

FOLDER = "status/maintenances"
AHEAD = tuple(timedelta(days=365 * years) for years in (1, 2, 4, 100))
"""What stands in for Git: a year before its start. Nothing that depends on now would stay the same in all builds."""


@dataclass(frozen=True, slots=True)
class Commits:
    """Of one file until now: of the first and the last, when it was committed."""

    first: datetime
    last: datetime
    count: int


def commits(context: Context, maintenances: Iterable[Maintenance]) -> Mapping[str, Commits]:
    """Those of each file that Git knows, by its path."""
    if not any(maintenances) or not context.history.available:
        return {}
    return _by_path(context.history.changes(FOLDER), context.now)


def _by_path(changes: Iterable[Change], now: datetime) -> dict[str, Commits]:
    """Changes come with the newest first; a file that was renamed is as old as it was under its first name."""
    found: dict[str, Commits] = {}
    later: dict[str, str] = {}
    for change in changes:
        if change.new_path is None or change.time is None:
            continue
        path = later.get(change.new_path, change.new_path)
        if change.old_path not in {None, change.new_path}:
            later[change.old_path or ""] = path
        if change.time <= now:
            known = found.get(path, Commits(change.time, change.time, 0))
            found[path] = Commits(min(known.first, change.time), max(known.last, change.time), known.count + 1)
    return found


def announced(maintenance: Maintenance, known: Commits | None, now: datetime) -> datetime:
    """Never after `now`, its start, or the first thing that was said about it; the same in every build."""
    ahead = [maintenance.start - time for time in AHEAD]
    committed = [known.first] if known else []
    said = [update.at for update in maintenance.updates]
    said += [maintenance.cancelled] if maintenance.cancelled else []
    limit = min([now, maintenance.start, *said])
    return next((at for at in (*committed, *ahead) if at <= limit), ahead[-1])
