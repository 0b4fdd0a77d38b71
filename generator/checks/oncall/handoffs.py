"""Handoffs: at a fixed hour of a working day, between two shifts and not within one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice, takewhile

from generator import times
from generator.analysis.memo import once_a_catalog
from generator.analysis.oncall.clock import to_wall
from generator.analysis.oncall.coverage.handoffs import Handoff, handoffs
from generator.analysis.oncall.coverage.pattern import span_words
from generator.analysis.oncall.forms import form_of
from generator.analysis.oncall.load.holidays import holidays_of
from generator.analysis.oncall.report import person_name
from generator.catalog import Catalog
from generator.checks.base import check
from generator.context import Context
from generator.findings import Finding
from generator.kinds.people import Person
from generator.kinds.team import Layer, Schedule
from generator.records import dataclass

NIGHT = (time(22), time(7))
WEEK, LONG, SOON = timedelta(weeks=1), timedelta(days=3), timedelta(weeks=8)
NAMES = 3
MANY = 60
"""So many handoffs of a layer tell its hours: the weeks of a year, or two months of days."""
HINT = "move it with the layer's anchor: (its start:, where none is written)"


@dataclass(frozen=True, slots=True)
class Handing:
    """A layer with the handoffs of the coming year."""

    schedule: Schedule
    layer: Layer
    handoffs: tuple[Handoff, ...]

    def finding(self, message: str, hint: str) -> Finding:
        """One about the time of the handoff."""
        return Finding(self.layer.ref, f"{self.layer.name} of {self.schedule.name} {message}", hint)

    def when(self, handoff: Handoff) -> str:
        """`thu 09:00`, or `09:00` where it is not always the same day."""
        wall = to_wall(handoff.at, self.layer.zone)
        return (
            f"{times.DAYS[wall.weekday()]} {wall:%H:%M}" if self.layer.turn % WEEK == timedelta() else f"{wall:%H:%M}"
        )


@check("oncall/handoff-night", level="warning")
def night(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """The pager changes hands at night, between 22:00 and 07:00 where one of the two lives.

    Whoever hands over should say what is going on, and whoever takes over should be awake to hear it. A handoff at
    midnight is mostly what a form filled in by itself. Hours that begin at night (a night layer) are no finding: nobody
    is on call before.
    """
    for each in _handing(catalog, context):
        at_night = [handoff for handoff in each.handoffs if handoff.inside and not _cuts(each.layer, handoff)]
        people = _asleep(catalog, at_night)
        if people:
            first = next(handoff for handoff in at_night if {handoff.leaves, handoff.comes} & {*people})
            yield each.finding(
                f"hands over at {each.when(first)} ({each.layer.zone_name}), at night for {_names(catalog, people)}",
                HINT,
            )


@check("oncall/handoff-weekend", level="warning")
def weekend(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """The weeks of a rotation change hands on a Saturday or a Sunday.

    Nobody is at work to say what is going on. Hand over on a working day. Layers for weekends alone are not meant.
    """
    for each in _handing(catalog, context):
        first = next(iter(each.handoffs), None)
        weekly = each.layer.turn % WEEK == timedelta()
        if first and weekly and to_wall(first.at, each.layer.zone).weekday() > 4 and _works(each.layer):
            yield each.finding(f"hands over on the weekend, {each.when(first)} ({each.layer.zone_name})", HINT)


@check("oncall/handoff-holiday", level="note")
def holiday(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """The pager changes hands on a public holiday of one of the two, in the coming eight weeks.

    Nobody minds a colleague's note about what is going on, and nobody should have to write it on a day off. An override
    moves a single handoff: `tocsin oncall cover`. Holidays are known from the `country` of people. Hours that begin
    anew on that day are no handoff: nobody is on call until then.
    """
    until, days_off = context.now + SOON, _DaysOff(catalog, context)
    for each in _handing(catalog, context):
        soon = takewhile(lambda handoff: handoff.at < until, each.handoffs if each.layer.turn >= WEEK else ())
        told = [name for handoff in soon if handoff.inside for name in days_off.of(handoff)[:1]]
        if told:
            yield each.finding(f"hands over on {'; '.join(told)}", "tell those two, or move the handoff by an override")


class _DaysOff:
    """The holidays of people in the coming weeks, each place's read once."""

    def __init__(self, catalog: Catalog, context: Context) -> None:
        self._catalog, self._span = catalog, (context.now, context.now + SOON)
        self._known: dict[tuple[str, str | None], dict[date, str]] = {}

    def of(self, handoff: Handoff) -> list[str]:
        """`2026-12-25, Christmas Day (Alice)` for each of the two who has that day off."""
        found = []
        for ident in (handoff.leaves, handoff.comes):
            person = self._catalog.get(Person, ident)
            if person is not None and person.country is not None:
                day = to_wall(handoff.at, times.zone(person.time_zone)).date()
                name = self._of(person).get(day)
                if name is not None:
                    found.append(f"{day}, {name} ({person.name})")
        return found

    def _of(self, person: Person) -> dict[date, str]:
        place = person.time_zone, person.country
        if place not in self._known:
            every = holidays_of(self._catalog, person, *self._span)
            self._known[place] = {each.day: each.name for each in every}
        return self._known[place]


@check("oncall/handoff-inside-restriction", level="warning")
def inside_restriction(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A turn ends within the hours of a layer, and cuts one shift between two people.

    Of `hours: 09:00-17:00` with a turn that begins at noon one person has the morning and another the afternoon, once a
    turn. Let turns begin when the hours begin, or at a time at which nobody is on duty.
    """
    for each in _handing(catalog, context):
        first = next((handoff for handoff in each.handoffs if _cuts(each.layer, handoff)), None)
        if first is not None:
            hours = span_words(first.hours, each.layer.zone)
            begins = to_wall(first.hours.start, each.layer.zone)
            yield each.finding(
                f"hands over at {each.when(first)}, inside its hours: {person_name(catalog, first.leaves)} and"
                f" {person_name(catalog, first.comes)} share {hours} ({each.layer.zone_name})",
                f"let its turns begin at {begins:%H:%M}: {HINT}",
            )


def _handing(catalog: Catalog, context: Context) -> Iterator[Handing]:
    return (each for schedule in catalog.all(Schedule) for each in _of(catalog, schedule, context.now))


@once_a_catalog
def _of(catalog: Catalog, schedule: Schedule, now: datetime) -> tuple[Handing, ...]:
    layers = enumerate(schedule.layers)
    found = (Handing(schedule, layer, _handoffs(catalog, schedule, index, now)) for index, layer in layers)
    return tuple(each for each in found if each.handoffs)


@once_a_catalog
def _handoffs(catalog: Catalog, schedule: Schedule, index: int, now: datetime) -> tuple[Handoff, ...]:
    form = form_of(catalog, schedule)
    if form is not None:
        people = form.people
        there = _handoffs(catalog, form.first, index, now)
        return tuple(Handoff(at, people[leaves], people[comes], hours) for at, leaves, comes, hours in there)
    layer = schedule.layers[index]
    return () if layer.shadow else tuple(islice(handoffs(layer, now), MANY))


def _cuts(layer: Layer, handoff: Handoff) -> bool:
    """Whether it falls into hours that are one shift: of a day or a weekend, and no longer than a turn."""
    short = handoff.hours.length <= min(layer.turn, LONG)
    return bool(layer.restrictions) and handoff.inside and short


def _works(layer: Layer) -> bool:
    """Whether it is on duty from Monday to Friday too."""
    return not layer.restrictions or any(min(restriction.days) < 4 for restriction in layer.restrictions)


def _asleep(catalog: Catalog, found: Iterable[Handoff]) -> tuple[str, ...]:
    """For whom one of their handoffs is at night."""
    people: dict[str, None] = {}
    for handoff in found:
        for ident in (handoff.leaves, handoff.comes):
            person = catalog.get(Person, ident)
            if ident not in people and person is not None and _is_night(handoff.at, person.time_zone):
                people[ident] = None
    return tuple(people)


@lru_cache(maxsize=16384)
def _is_night(instant: datetime, zone: str) -> bool:
    """Teams that hand over at the same time and live in the same places are many."""
    wall = to_wall(instant, times.zone(zone)).time()
    return wall >= NIGHT[0] or wall < NIGHT[1]


def _names(catalog: Catalog, people: tuple[str, ...]) -> str:
    names = [person_name(catalog, ident) for ident in people]
    if len(names) > NAMES:
        return f"{', '.join(names[:NAMES])} and {len(names) - NAMES} more"
    *some, last = names
    return f"{', '.join(some)} and {last}" if some else last
