"""When a maintenance was announced. Sources do not say it: Git does, and where it cannot be asked, a rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from generator.context import Context
from generator.git.changes import Change
from generator.kinds.status import Maintenance

FOLDER = "status/maintenances"
AHEAD = tuple(timedelta(days=365 * years) for years in (1, 2, 4, 100))
"""What stands in for Git: a year before its start. Nothing that depends on now would stay the same in all builds."""


def first_commits(context: Context, maintenances: Iterable[Maintenance]) -> Mapping[str, datetime]:
    """When Git first saw each file, by its path; those that it does not know are absent."""
    if not any(maintenances) or not context.history.available:
        return {}
    return _first(context.history.changes(FOLDER))


def _first(changes: Iterable[Change]) -> dict[str, datetime]:
    """Changes come with the newest first; a file that was renamed is as old as it was under its first name."""
    found: dict[str, datetime] = {}
    later: dict[str, str] = {}
    for change in changes:
        if change.new_path is None or change.time is None:
            continue
        path = later.get(change.new_path, change.new_path)
        found[path] = change.time
        if change.old_path not in {None, change.new_path}:
            later[change.old_path or ""] = path
    return found


def announced(maintenance: Maintenance, commit: datetime | None, now: datetime) -> datetime:
    """Never after `now`, its start, or the first thing that was said about it; the same in every build."""
    ahead = [maintenance.start - time for time in AHEAD]
    known = [commit] if commit is not None and commit <= now else []
    said = [update.at for update in maintenance.updates]
    said += [maintenance.cancelled] if maintenance.cancelled else []
    limit = min([now, maintenance.start, *said])
    return next((at for at in (*known, *ahead) if at <= limit), ahead[-1])
