"""Instants as text in a zone."""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo

from generator import times

_FRACTION = re.compile(r"(?<=:[0-9]{2})\.[0-9]+")


def read(text: str) -> datetime | None:
    """An instant that says its offset, in UTC; None for all else. Parts of seconds are cut."""
    try:
        found = times.parse_instant(_FRACTION.sub("", text.strip()), UTC)
    except ValueError:
        return None
    return found if times.can_be_present(found) else None


def local(instant: datetime, zone: tzinfo) -> str:
    """`2026-10-14 09:00` in the zone; with its offset where the zone's clocks show that time twice."""
    there = instant.astimezone(zone)
    text = f"{there:%Y-%m-%d %H:%M}" + (f":{there:%S}" if there.second else "")
    if times.parse_instant(text, zone) == instant:
        return text
    return f"{instant.astimezone(UTC):%Y-%m-%d %H:%M:%S}Z"
