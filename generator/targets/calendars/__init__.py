"""Calendars: who is on call in the coming weeks, by schedule, by person, and all. See docs/targets/calendars.md.

Entries are known by schedule and start, not by person: when two people swap, the entry changes and no new one appears.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from generator.analysis.oncall.brief import Desk
from generator.analysis.oncall.report import person_name
from generator.analysis.windows import Window
from generator.artifacts import Artifact
from generator.catalog import Catalog
from generator.context import Context
from generator.kinds.absences import Override
from generator.kinds.people import Person
from generator.kinds.team import Schedule
from generator.settings import PATH as SETTINGS
from generator.targets.base import Target
from generator.targets.calendars.entries import entries, people_of, week_start
from generator.targets.calendars.events import calendar

AHEAD = timedelta(weeks=12)


def render(catalog: Catalog, context: Context) -> Iterator[Artifact]:
    """One calendar a schedule, one a person, one of all; from the start of this week, twelve weeks on."""
    start = week_start(context.now)
    span = Window(start, start + AHEAD)
    schedules = catalog.all(Schedule)
    found = {schedule.id: entries(catalog, context, schedule, span) for schedule in schedules}
    everything = [entry for each in found.values() for entry in each]
    sources = _sources(catalog, context)
    for schedule in schedules:
        own = calendar(catalog, f"schedule:{schedule.id}", schedule.name, found[schedule.id])
        yield _artifact(f"schedules/{schedule.id.replace('/', '-')}", own, sources)
    for person in people_of(catalog, schedules):
        name = person_name(catalog, person)
        theirs = [entry for entry in everything if entry.shift.person == person]
        yield _artifact(f"people/{person}", calendar(catalog, f"person:{person}", f"On call: {name}", theirs), sources)
    yield _artifact("all", calendar(catalog, "all", "On call", everything), sources)


def calendar_between(
    catalog: Catalog, context: Context, schedules: Iterable[Schedule], span: Window, person: str | None = None
) -> bytes:
    """The shifts of schedules (of one person, where one is named) that reach into a span, as one calendar."""
    found = (entry for schedule in schedules for entry in entries(catalog, context, schedule, span))
    theirs = [entry for entry in found if person in (None, entry.shift.person)]
    name = "On call" if person is None else f"On call: {person_name(catalog, person)}"
    return calendar(catalog, f"person:{person}" if person else "all", name, theirs)


def _sources(catalog: Catalog, context: Context) -> tuple[str, ...]:
    paths = {each.ref.path for kind in (Schedule, Override, Person) for each in catalog.all(kind)}
    paths |= {path for schedule in catalog.all(Schedule) for path in Desk(catalog, context, schedule).paths}
    return tuple(sorted(paths | ({SETTINGS} & {*catalog.documents})))


def _artifact(name: str, content: bytes, sources: tuple[str, ...]) -> Artifact:
    return Artifact(f"calendars/{name}.ics", content, sources, uses_now=True)


TARGET = Target(
    "calendars",
    "iCalendar files: who is on call, for a schedule, a person and everybody",
    render,
    applies=lambda catalog: bool(catalog.all(Schedule)),
)
