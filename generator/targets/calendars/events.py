"""Entries as iCalendar, through the library that knows its escapes and its folding."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from generator.analysis.addresses import address, schedule_page
from generator.analysis.oncall.report import person_name, why
from generator.targets.calendars.entries import Entry, uid

if TYPE_CHECKING:
    from icalendar import Calendar, Event

    from generator.catalog import Catalog

REFRESH = timedelta(hours=12)


def calendar(catalog: Catalog, ident: str, name: str, entries: Iterable[Entry]) -> bytes:
    """A calendar file. `ident` is its identity, for ever; `name` is shown."""
    from icalendar import Calendar

    made = Calendar.new(
        prodid="-//Tocsin//On-call calendars//EN",
        name=_line(name),
        uid=uid("calendar", ident),
        subcomponents=[_event(catalog, entry) for entry in entries],
    )
    _refresh(made)
    content: bytes = made.to_ical()
    return content


def _refresh(made: Calendar) -> None:
    """How often to look again; RFC 7986 demands the parameter, and Outlook reads only the older property."""
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT12H")


def _event(catalog: Catalog, entry: Entry) -> Event:
    from icalendar import TRANSP, Event

    shift, schedule = entry.shift, entry.schedule
    along = " (learning)" if entry.shadow else ""
    link = address(catalog, schedule_page(schedule.id))
    return Event.new(
        uid=entry.uid,
        stamp=entry.stamp,
        start=shift.start,
        end=shift.end,
        summary=_line(f"{person_name(catalog, shift.person)}{along}: {schedule.name}"),
        description=_description(catalog, entry, link),
        transparency=TRANSP.TRANSPARENT,
        url=link,
    )


def _description(catalog: Catalog, entry: Entry, link: str | None) -> str:
    """The brief. The link once more: several calendars show no other one."""
    lines = [why(catalog, entry.shift), *entry.brief, *([link] if link else [])]
    return "\n".join(map(_line, lines))


def _line(text: str) -> str:
    """Text on one line: what cannot be printed becomes a blank."""
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())
