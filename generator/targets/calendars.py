"""Calendars: who is on call in the coming weeks, by schedule, by person, and all. See docs/targets/calendars.md.

Entries are known by schedule and start, not by person: when two people swap, the entry changes and no new one appears.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from generator.analysis.addresses import address, schedule_page
from generator.analysis.oncall import Shift, overrides_of, whole_shadow_shifts, whole_shifts
from generator.analysis.oncall.report import person_name, why
from generator.analysis.windows import Window
from generator.artifacts import Artifact
from generator.catalog import Catalog
from generator.context import Context
from generator.kinds.people import Person
from generator.kinds.team import Schedule
from generator.settings import PATH as SETTINGS
from generator.targets.base import Target

if TYPE_CHECKING:
    from icalendar import Calendar, Event

AHEAD = timedelta(weeks=12)
REFRESH = timedelta(hours=12)
_UID_SPACE = "tocsin"


@dataclass(frozen=True, slots=True)
class Entry:
    """A shift as a calendar shows it. `stamp` is when its sources were last changed."""

    schedule: Schedule
    shift: Shift
    stamp: datetime
    shadow: bool = False

    @property
    def uid(self) -> str:
        """Stable while the slot stays, whoever takes it. A shadow has its own: it goes along with somebody."""
        layer = self.shift.layer or "" if self.shadow else ""
        return _uid(self.schedule.id, layer, self.shift.start.astimezone(UTC).isoformat())


def render(catalog: Catalog, context: Context) -> Iterator[Artifact]:
    """One calendar a schedule, one a person, one of all; from the start of this week, twelve weeks on."""
    start = week_start(context.now)
    entries = {
        schedule.id: _entries(catalog, context, schedule, start, start + AHEAD) for schedule in catalog.all(Schedule)
    }
    everything = [entry for each in entries.values() for entry in each]
    sources = _sources(catalog)
    for schedule in catalog.all(Schedule):
        own = _calendar(catalog, f"schedule:{schedule.id}", schedule.name, entries[schedule.id])
        yield _artifact(f"schedules/{schedule.id.replace('/', '-')}", own, sources)
    for person in _people(catalog):
        name = person_name(catalog, person)
        theirs = [entry for entry in everything if entry.shift.person == person]
        yield _artifact(f"people/{person}", _calendar(catalog, f"person:{person}", f"On call: {name}", theirs), sources)
    yield _artifact("all", _calendar(catalog, "all", "On call", everything), sources)


def calendar_between(
    catalog: Catalog, context: Context, schedules: Iterable[Schedule], span: Window, person: str | None = None
) -> bytes:
    """The shifts of schedules (of one person, where one is named) that reach into a span, as one calendar."""
    entries = [entry for schedule in schedules for entry in _entries(catalog, context, schedule, *span)]
    theirs = [entry for entry in entries if person in (None, entry.shift.person)]
    name = "On call" if person is None else f"On call: {person_name(catalog, person)}"
    return _calendar(catalog, f"person:{person}" if person else "all", name, theirs)


def week_start(now: datetime) -> datetime:
    """The Monday, at midnight UTC, of the week of an instant."""
    midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(days=midnight.weekday())


def _entries(catalog: Catalog, context: Context, schedule: Schedule, start: datetime, end: datetime) -> list[Entry]:
    """Shifts in full length, so that an entry keeps its start, and its identity, when the week moves on."""
    stamp = _stamp(catalog, context, schedule)
    found = [Entry(schedule, shift, stamp) for shift in whole_shifts(catalog, schedule, start, end)]
    found += [Entry(schedule, shift, stamp, shadow=True) for shift in whole_shadow_shifts(schedule, start, end)]
    return sorted(found, key=lambda entry: (entry.shift.start, entry.shadow, entry.shift.layer or ""))


def _stamp(catalog: Catalog, context: Context, schedule: Schedule) -> datetime:
    """When its sources were last committed; where Git does not know, the start of the schedule: never the present."""
    paths = {schedule.ref.path, *(override.ref.path for override in overrides_of(catalog, schedule))}
    paths |= {SETTINGS, *(person.ref.path for person in catalog.all(Person))}
    known = context.history.time_of(sorted(paths)) if context.history.available else None
    return (known or min(layer.start for layer in schedule.layers)).astimezone(UTC).replace(microsecond=0)


def _people(catalog: Catalog) -> list[str]:
    """Everybody who may have a shift, also those who have none now: somebody may have subscribed already."""
    found = {person for schedule in catalog.all(Schedule) for layer in schedule.layers for person in layer.people}
    found |= {override.who for schedule in catalog.all(Schedule) for override in overrides_of(catalog, schedule)}
    return sorted(found)


def _calendar(catalog: Catalog, ident: str, name: str, entries: Iterable[Entry]) -> bytes:
    from icalendar import Calendar

    calendar = Calendar.new(
        prodid="-//Tocsin//On-call calendars//EN",
        name=_line(name),
        uid=_uid("calendar", ident),
        subcomponents=[_event(catalog, entry) for entry in entries],
    )
    _refresh(calendar)
    content: bytes = calendar.to_ical()
    return content


def _refresh(calendar: Calendar) -> None:
    """How often to look again; RFC 7986 demands the parameter, and Outlook reads only the older property."""
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")


def _event(catalog: Catalog, entry: Entry) -> Event:
    from icalendar import TRANSP, Event

    shift, schedule = entry.shift, entry.schedule
    along = " (learning)" if entry.shadow else ""
    return Event.new(
        uid=entry.uid,
        stamp=entry.stamp,
        start=shift.start,
        end=shift.end,
        summary=_line(f"{person_name(catalog, shift.person)}{along}: {schedule.name}"),
        description=_line(why(catalog, shift)),
        transparency=TRANSP.TRANSPARENT,
        url=address(catalog, schedule_page(schedule.id)),
    )


def _line(text: str) -> str:
    """Text on one line: what cannot be printed becomes a blank."""
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())


def _uid(*parts: str) -> str:
    """A name for the whole world out of parts; changing how it is made would double everybody's entries."""
    return hashlib.sha256("\n".join((_UID_SPACE, *parts)).encode()).hexdigest()[:32] + "@tocsin"


def _sources(catalog: Catalog) -> tuple[str, ...]:
    paths = {schedule.ref.path for schedule in catalog.all(Schedule)}
    paths |= {override.ref.path for schedule in catalog.all(Schedule) for override in overrides_of(catalog, schedule)}
    paths |= {person.ref.path for person in catalog.all(Person)}
    return tuple(sorted(paths | ({SETTINGS} & {*catalog.documents})))


def _artifact(name: str, content: bytes, sources: tuple[str, ...]) -> Artifact:
    return Artifact(f"calendars/{name}.ics", content, sources, uses_now=True)


TARGET = Target(
    "calendars",
    "iCalendar files: who is on call, for a schedule, a person and everybody",
    render,
    applies=lambda catalog: bool(catalog.all(Schedule)),
)
