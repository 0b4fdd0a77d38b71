"""`tocsin import ical`: calendars in which people wrote who is on call become a schedule, and overrides for the rest.

A name is the summary of an event. `[L1]` in front of it is its level: of two at one time the higher one is on call,
as in the products that read such calendars. What repeats evenly becomes layers; single events lie above them all.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.importers.base import Given, Imported, Importer, Options
from generator.importers.ical.calendar import read_calendar
from generator.importers.ical.people import People
from generator.importers.ical.schedule import put_calendars

NEXT = """\
next:
  tocsin check                       what it thinks of them: gaps, people without e-mail
  tocsin oncall show TEAM/SCHEDULE   who is on call, to be held against the calendar
"""


def read(files: Sequence[Given], options: Options) -> Imported:
    """One schedule a calendar."""
    imported = Imported()
    calendars = [found for file in files if (found := read_calendar(file, options, imported)) is not None]
    people = People(calendars, options, imported)
    put_calendars(calendars, people, options, imported)
    people.put()
    return imported


IMPORTER = Importer(
    "ical", "calendars (.ics) whose events name who is on call", read, (".ics",), is_yaml=False, next_steps=NEXT
)
