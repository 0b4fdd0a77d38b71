"""Instants as the service reads and writes them."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.pagerduty_fake.errors import invalid

# The names that the service takes: 135 of IANA's. UTC, Europe/Oslo, America/Toronto and many more are refused.
ZONES = frozenset(json.loads((Path(__file__).parent / "time-zones.json").read_text(encoding="utf-8"))["zones"])

# How the provider's client writes an instant of a layer: Go's own form.
_GO = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.\d+)? ([+-]\d{4}) \w+\Z")


def zone(name: object, field: str = "Time zone") -> ZoneInfo:
    """A zone that the service knows."""
    if name not in ZONES:
        raise invalid(f"{field} is invalid")
    return ZoneInfo(str(name))


def instant(written: object, field: str, naive: ZoneInfo) -> datetime:
    """Exact, in UTC. A time without an offset is read in the account's zone, as the service does."""
    parsed = _parsed(written, field)
    return (parsed if parsed.tzinfo else parsed.replace(tzinfo=naive)).astimezone(UTC)


def layer_instant(written: object, field: str, naive: ZoneInfo) -> datetime:
    """An instant of a layer. One with an offset is moved by it: 10:00+02:00 comes back as 12:00+02:00.

    So the provider sends UTC, and so must everybody else.
    """
    parsed = _parsed(written, field)
    if parsed.tzinfo is None:
        return instant(written, field, naive)
    return parsed.astimezone(UTC) + (parsed.utcoffset() or timedelta())


def _parsed(written: object, field: str) -> datetime:
    if not isinstance(written, str):
        raise invalid(f"{field} must be a time")
    go = _GO.fullmatch(written)
    text = f"{go[1]}T{go[2]}{go[3]}" if go else written
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise invalid(f"{field} must be in ISO 8601 format") from None


def shown(when: datetime, where: ZoneInfo) -> str:
    """In a zone, with its offset; seconds are the smallest unit."""
    local = when.astimezone(where).replace(microsecond=0)
    return local.isoformat().replace("+00:00", "Z")


def first_instant(wall: datetime, where: ZoneInfo) -> datetime:
    """The first instant at which the clock of a zone shows a local time, or has gone past it.

    So a time that does not exist is the first instant after the gap, and of one that exists twice it is the first.
    """
    early = wall.replace(tzinfo=where, fold=0).astimezone(UTC)
    if early.astimezone(where).replace(tzinfo=None) == wall:
        return early
    # In a gap: `fold=1` counts with the offset after it and so lies before it. The change is between the two.
    before, after = wall.replace(tzinfo=where, fold=1).astimezone(UTC), early
    offset = before.astimezone(where).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=1) // 2)
        if middle.astimezone(where).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after


def wall_clock(when: datetime, where: ZoneInfo) -> datetime:
    """What a clock in a zone shows."""
    return when.astimezone(where).replace(tzinfo=None)
