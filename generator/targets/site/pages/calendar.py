"""The coming weeks of a schedule as a drawing: a row a week, by the wall clock of the schedule's zone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from generator.analysis.oncall import Shift, from_wall, to_wall, whole_shifts
from generator.analysis.oncall.report import person_name
from generator.kinds.team import Schedule
from generator.targets.site.charts import Chart, Row, Segment, block
from generator.targets.site.site import Site

WEEKS = 6
_WEEK = timedelta(weeks=1)


def calendar(site: Site, schedule: Schedule) -> str:
    """The drawing, from the Monday of the present week; empty where nobody is on call in it."""
    first = _monday(to_wall(site.context.now, schedule.zone))
    weeks = [first + _WEEK * index for index in range(WEEKS)]
    start, end = (from_wall(each, schedule.zone) for each in (first, first + _WEEK * WEEKS))
    shifts = whole_shifts(site.catalog, schedule, start, end)
    if not shifts:
        return ""
    people = list(dict.fromkeys(sorted(shift.person for shift in shifts)))
    title = site.say(
        "Who is on {schedule} in the coming {number} weeks; the table below says the same in words.",
        schedule=schedule.name,
        number=WEEKS,
    )
    ticks = tuple((day / 7, name) for day, name in enumerate(site.speech.weekdays()))
    rows = tuple(Row(week_label(site, week), tuple(_segments(site, schedule, shifts, people, week))) for week in weeks)
    return block(Chart(title, tuple(person_name(site.catalog, each) for each in people), rows, ticks))


def week_label(site: Site, week: datetime) -> str:
    """`23 Nov to 29 Nov`."""
    last = week + timedelta(days=6)
    return site.say("{first} to {last}", first=site.speech.day(week), last=site.speech.day(last))


def _monday(wall: datetime) -> datetime:
    midnight = wall.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(days=midnight.weekday())


def _why(site: Site, shift: Shift) -> str:
    """What gives a shift."""
    if shift.override is None:
        return site.say("turn {number} of {layer}", number=shift.turn, layer=shift.layer)
    other = person_name(site.catalog, shift.override.instead_of) if shift.override.instead_of else ""
    instead = site.say("override for {person}", person=other) if other else site.say("override")
    return f"{instead}: {shift.override.why}" if shift.override.why else instead


def _segments(
    site: Site, schedule: Schedule, shifts: Iterable[Shift], people: Sequence[str], week: datetime
) -> Iterator[Segment]:
    """What of the shifts lies in a week, on the wall clock: an hour that comes twice is drawn once."""
    for shift in shifts:
        start, end = to_wall(shift.start, schedule.zone), to_wall(shift.end, schedule.zone)
        begins, ends = max(start, week), min(end, week + _WEEK)
        if begins < ends:
            name = person_name(site.catalog, shift.person)
            first, last = (f"{site.speech.day(each)} {each:%H:%M}" for each in (start, end))
            title = f"{name}, {site.say('{first} to {last}', first=first, last=last)}: {_why(site, shift)}"
            part = (begins - week) / _WEEK
            yield Segment(part, min((ends - begins) / _WEEK, 1 - part), people.index(shift.person), name, title)
