"""Stints: somebody's shifts in a row, with nobody else between. "My last time on call" means one of these."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from generator.analysis.oncall.shifts import Shift
from generator.records import dataclass


@dataclass(frozen=True, slots=True)
class Stint:
    """A week from 09:00 to 01:00 is seven shifts and one stint; overrides begin a stint of their own."""

    shifts: tuple[Shift, ...]

    @property
    def person(self) -> str:
        """Whose it is."""
        return self.shifts[0].person

    @property
    def start(self) -> datetime:
        """When its first shift starts."""
        return self.shifts[0].start

    @property
    def end(self) -> datetime:
        """When its last shift ends."""
        return self.shifts[-1].end

    @property
    def on_call(self) -> timedelta:
        """How long the person is on call in it; what lies between its shifts does not count."""
        return sum((shift.end - shift.start for shift in self.shifts), timedelta())


def stints(shifts: Iterable[Shift]) -> tuple[Stint, ...]:
    """The shifts of one schedule, in order, as stints."""
    found: list[list[Shift]] = []
    for shift in shifts:
        if found and found[-1][-1].person == shift.person and found[-1][-1].override == shift.override:
            found[-1].append(shift)
        else:
            found.append([shift])
    return tuple(Stint(tuple(each)) for each in found)


def last_time(shifts: Iterable[Shift]) -> Mapping[Shift, datetime | None]:
    """When the person of each shift was last on call before they were relieved; None where never.

    `shifts` are those of one schedule, in order. Who takes over from themselves was not away.
    """
    found: dict[Shift, datetime | None] = {}
    ended: dict[str, datetime] = {}
    before: str | None = None
    since: datetime | None = None
    for shift in shifts:
        if shift.person != before:
            since = ended.get(shift.person)
        found[shift] = since
        ended[shift.person], before = shift.end, shift.person
    return found
