"""When something is said: instants as sources write them, and updates that stay in order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo

from generator import times
from generator.errors import UsageError

AGAIN = timedelta(hours=24)
"""Who says the same again within this time means the same update."""
AHEAD = timedelta(hours=1)
"""So far the clock of another machine may be ahead of ours."""


def written(at: datetime) -> str:
    """`2026-10-14 13:12`, in UTC; with seconds where it has some."""
    utc = at.astimezone(UTC)
    return f"{utc:%Y-%m-%d %H:%M:%S}" if utc.second else f"{utc:%Y-%m-%d %H:%M}"


def said(option: str, text: str, zone: tzinfo = UTC) -> datetime:
    """The instant that an option names, in UTC; in a zone where the text has no offset."""
    try:
        found = times.parse_instant(text.strip(), zone).astimezone(UTC)
    except (ValueError, OverflowError) as refusal:
        raise UsageError(f"{option}: {refusal}", "as 2026-10-14 13:12, or 2026-10-14T13:12-03:00") from None
    if not times.can_be_present(found):
        raise UsageError(f"{option}: {found.year} is no year to write about")
    return found


def in_order(at: datetime, last: datetime | None, now: datetime) -> datetime:
    """When an update is of that follows another one: never before it, whoever wrote it on whichever machine.

    Raises:
        UsageError: the one before is of a time that is far off.
    """
    if last is None or last <= at:
        return at
    if last > now + AHEAD:
        raise UsageError(
            f"the last update is of {written(last)} UTC, which is still to come", "mend its time in the file first"
        )
    return last
