"""When a person can be expected at work, and when not: working hours, leave, and being there at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from generator import times
from generator.analysis.memo import once_a_catalog
from generator.analysis.oncall.load.holidays import holidays_in
from generator.analysis.oncall.recurring import recurring
from generator.analysis.windows import Window, Windows, subtraction, union
from generator.kinds.absences import Leave
from generator.kinds.people import Person
from generator.records import dataclass
from generator.settings import TIME_ZONE

if TYPE_CHECKING:
    from generator.catalog import Catalog
    from generator.kinds.restrictions import Restriction


@dataclass(frozen=True, slots=True)
class Away:
    """A leave with its time, which is read where the person lives."""

    leave: Leave
    window: Window


@once_a_catalog
def leaves(catalog: Catalog) -> Mapping[str, tuple[Away, ...]]:
    """Everybody's leave by their id, in order; whichever team's file says so."""
    found: dict[str, list[Away]] = {}
    for leave in catalog.all(Leave):
        person = catalog.get(Person, leave.who)
        zone = times.zone(catalog.settings.get(TIME_ZONE) if person is None else person.time_zone)
        span = (times.parse_instant(text, zone) for text in (leave.from_text, leave.until_text))
        found.setdefault(leave.who, []).append(Away(leave, Window(*span)))
    return {who: tuple(sorted(each, key=lambda away: away.window)) for who, each in found.items()}


def absences(catalog: Catalog, person: str, span: Window) -> Windows:
    """When somebody is away in a span: on leave, or no longer there."""
    away = [each.window for each in leaves(catalog).get(person, ()) if each.window.start < span.end]
    known = catalog.get(Person, person)
    if not away and (known is None or known.until is None):
        return ()
    if known is not None and known.until is not None and known.until < span.end:
        away.append(Window(max(span.start, known.until), span.end))
    return union(Window(max(each.start, span.start), min(each.end, span.end)) for each in away)


@once_a_catalog
def hours_in(
    catalog: Catalog, written: tuple[Restriction, ...], zone: str, country: str | None, span: Window
) -> Windows:
    """The working hours of all who live in one place and have the same ones, without its holidays."""
    if not written:
        return ()
    hours = recurring(written, times.zone(zone), *span)
    if country is None:
        return hours
    return subtraction(hours, (each.window for each in holidays_in(catalog, zone, country, *span)))
