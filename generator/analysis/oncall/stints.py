"""Stints: somebody's shifts in a row, with nobody else between. "My last time on call" means one of these."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from generator.analysis.oncall.shifts import Shift


def last_time(shifts: Iterable[Shift]) -> Mapping[Shift, datetime | None]:
    """When the person of each shift was last on call before the stint that the shift is part of; None where never.

    `shifts` are those of one schedule, in order. A week from 09:00 to 01:00 is seven shifts and one stint.
    """
    found: dict[Shift, datetime | None] = {}
    ended: dict[str, datetime] = {}
    before: Shift | None = None
    since: datetime | None = None
    for shift in shifts:
        if before is None or shift.person != before.person:
            since = ended.get(shift.person)
        found[shift] = since
        ended[shift.person] = shift.end
        before = shift
    return found
