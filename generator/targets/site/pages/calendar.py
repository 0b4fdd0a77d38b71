"""The coming weeks of a schedule as a drawing: a row a week, by the wall clock of the schedule's zone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from generator.analysis.oncall import Shift, from_wall, to_wall, whole_shifts
from generator.analysis.oncall.report import person_name, why
from generator.kinds.team import Schedule
from generator.targets.site.charts import Chart, Row, Segment, block
from generator.targets.site.site import DAYS, MONTHS, Site

WEEKS = 6
_WEEK = timedelta(weeks=1)
TICKS = tuple((day / 7, name) for day, name in enumerate(DAYS))


def calendar(site: Site, schedule: Schedule) -> str:
    """The drawing, from the Monday of the present week; empty where nobody is on call in it."""
    first = _monday(to_wall(site.context.now, schedule.zone))
    weeks = [first + _WEEK * index for index in range(WEEKS)]
    start, end = (from_wall(each, schedule.zone) for each in (first, first + _WEEK * WEEKS))
    shifts = whole_shifts(site.catalog, schedule, start, end)
    if not shifts:
        return ""
    people = list(dict.fromkeys(sorted(shift.person for shift in shifts)))
    title = f"Who is on {schedule.name} in the coming {WEEKS} weeks; the table below says the same in words."
    rows = tuple(Row(week_label(week), tuple(_segments(site, schedule, shifts, people, week))) for week in weeks)
    return block(Chart(title, tuple(person_name(site.catalog, each) for each in people), rows, TICKS))


def week_label(week: datetime) -> str:
    """`23 Nov to 29 Nov`."""
    last = week + timedelta(days=6)
    return f"{week.day} {MONTHS[week.month - 1]} to {last.day} {MONTHS[last.month - 1]}"


def _monday(wall: datetime) -> datetime:
    midnight = wall.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(days=midnight.weekday())


def _segments(
    site: Site, schedule: Schedule, shifts: Iterable[Shift], people: Sequence[str], week: datetime
) -> Iterator[Segment]:
    """What of the shifts lies in a week, on the wall clock: an hour that comes twice is drawn once."""
    for shift in shifts:
        start, end = to_wall(shift.start, schedule.zone), to_wall(shift.end, schedule.zone)
        begins, ends = max(start, week), min(end, week + _WEEK)
        if begins < ends:
            name = person_name(site.catalog, shift.person)
            title = f"{name}, {start:%d.%m. %H:%M} to {end:%d.%m. %H:%M}: {why(site.catalog, shift)}"
            part = (begins - week) / _WEEK
            yield Segment(part, min((ends - begins) / _WEEK, 1 - part), people.index(shift.person), name, title)
