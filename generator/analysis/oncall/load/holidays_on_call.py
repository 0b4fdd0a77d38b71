"""Public holidays that somebody is on call on, while others of the layer have a working day."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from generator import times
from generator.analysis.memo import once_a_catalog
from generator.analysis.oncall.clock import to_wall
from generator.analysis.oncall.horizon import coming, coming_shifts
from generator.analysis.oncall.load.buckets import place_of
from generator.analysis.oncall.load.coming import coming_windows
from generator.analysis.oncall.load.fairness import members
from generator.analysis.oncall.load.holidays import Holiday, calendar, holidays_in
from generator.analysis.oncall.load.working_hours import absences
from generator.analysis.oncall.shifts import Shift
from generator.analysis.windows import Window
from generator.kinds.people import Person
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.catalog import Catalog
    from generator.kinds.team import Schedule

_A_DAY = timedelta(hours=8)
"""On call for less of a holiday leaves most of it."""
_Held = tuple[Sequence[Shift], Sequence[datetime]]
"""The shifts of a schedule in order, and their starts."""


@dataclass(frozen=True, slots=True)
class Spoiled:
    """The holidays on which somebody is on call; `instead` is one of the schedule who has none on the first."""

    person: Person
    holidays: tuple[Holiday, ...]
    instead: str


@once_a_catalog
def spoiled_holidays(catalog: Catalog, schedule: Schedule, now: datetime) -> tuple[Spoiled, ...]:
    """Who is on call on public holidays of their own while somebody else of the layer has none then.

    Not on weekends, and not for a few hours: those days are hardly more of a loss than others.
    """
    places = {place_of(catalog, ident) for ident in members(schedule)}
    if len(places) < 2:
        return ()
    shifts = coming_shifts(catalog, schedule, now)
    starts = [shift[0] for shift in shifts]
    found = []
    for ident in coming_windows(catalog, schedule, now):
        person = catalog.get(Person, ident)
        if person is not None and person.country is not None:
            days = list(_spoiled(catalog, schedule, person, (shifts, starts), now))
            if days:
                found.append(Spoiled(person, tuple(day for day, _ in days), days[0][1]))
    return tuple(found)


def _spoiled(
    catalog: Catalog, schedule: Schedule, person: Person, held: _Held, now: datetime
) -> Iterator[tuple[Holiday, str]]:
    """The holidays that a person is on call on, each with somebody who could be instead."""
    years = coming(now).start.year, coming(now).end.year
    shifts, starts = held
    for holiday in _working_days(catalog, person.time_zone, person.country or "", now):
        meeting = _meeting(holiday.window, shifts, bisect_left(starts, holiday.window.end))
        theirs = [shift for shift in meeting if shift[2] == person.id]
        if theirs and _held(holiday.window, theirs) >= _A_DAY:
            other = _working(catalog, _peers(schedule, theirs), person, holiday, years)
            if other:
                yield holiday, other


@once_a_catalog
def _working_days(catalog: Catalog, zone: str, country: str, now: datetime) -> tuple[Holiday, ...]:
    """The coming holidays of a place without those on weekends."""
    year = coming(now)
    weekends = calendar(catalog, country, year.start.year, year.end.year).weekends
    return tuple(each for each in holidays_in(catalog, zone, country, now, year.end) if each.day not in weekends)


def _held(window: Window, shifts: Sequence[Shift]) -> timedelta:
    """How long some shifts, which do not overlap, are within a window that they meet."""
    parts = (min(each.end, window.end) - max(each.start, window.start) for each in shifts)
    return sum(parts, timedelta())


def _meeting(window: Window, shifts: Sequence[Shift], last: int) -> Sequence[Shift]:
    """The shifts, of those before a position, that reach into a window."""
    first = last
    while first and shifts[first - 1].end > window.start:
        first -= 1
    return shifts[first:last]


def _peers(schedule: Schedule, shifts: Sequence[Shift]) -> tuple[str, ...]:
    """Who else of the layers that give some shifts could have them; for overrides, anybody of the schedule."""
    names = {shift.layer for shift in shifts}
    if None in names:
        return members(schedule)
    return tuple(dict.fromkeys(each for layer in schedule.layers if layer.name in names for each in layer.people))


def _working(catalog: Catalog, peers: tuple[str, ...], person: Person, holiday: Holiday, years: tuple[int, int]) -> str:
    """Somebody of the peers for whom the day is an ordinary one; empty where there is nobody."""
    for ident in peers:
        other = catalog.get(Person, ident)
        if other is None or (other.time_zone, other.country) == (person.time_zone, person.country):
            continue
        off = _holiday(catalog, other.country, other.time_zone, holiday.window, years)
        if not off and not absences(catalog, other.id, holiday.window):
            return other.id
    return ""


@once_a_catalog
def _holiday(catalog: Catalog, country: str | None, zone: str, window: Window, years: tuple[int, int]) -> bool:
    """Whether a day elsewhere is a holiday in a country; its middle decides which day that is there."""
    middle = window.start + window.length / 2
    day = to_wall(middle.astimezone(UTC), times.zone(zone)).date()
    return day in calendar(catalog, country, *years).names
