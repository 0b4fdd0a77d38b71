"""A calendar as a schedule and its overrides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from generator.importers.base import Imported, Options
from generator.importers.ical.calendar import Calendar, Event
from generator.importers.ical.layers import DAY, Rotation, Shape, layer, rotations, shape_of
from generator.importers.ical.people import People
from generator.importers.names import free, slug
from generator.importers.on_call.instants import local
from generator.importers.tree import List, Map, Written
from generator.times import zone as zone_named

AHEAD = timedelta(weeks=53)
"""How far ahead overrides are written for what repeats unevenly."""


_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


class Cover(NamedTuple):
    """One line of overrides."""

    start: datetime
    end: datetime
    who: str
    event: Event


def put_calendars(calendars: Sequence[Calendar], people: People, options: Options, imported: Imported) -> None:
    """The schedules of a team's source, one a calendar, and the overrides of all."""
    if not calendars:
        return
    team = options.team or slug(calendars[0].name)
    source, schedules, covers = Map(), Map(), List()
    for calendar in calendars:
        key = free(
            "primary" if len(calendars) == 1 else slug(calendar.name), [each.key or "" for each in schedules.entries]
        )
        made = _Schedule(calendar, people, options, imported)
        found = made.written()
        if found is None:
            imported.refused(calendar.at, f"calendar '{calendar.name}' was not imported: nobody is on call in it")
            continue
        schedules.put(key, found, at=calendar.at)
        for cover in made.covers():
            covers.add(_line(cover, key if len(calendars) > 1 else None, calendar.zone), at=cover.event.at)
    if schedules:
        source.put("schedules", schedules)
        imported.sources[f"schedules/{team}.yaml"] = source
    if covers:
        imported.lists[f"schedules/{team}.overrides.yaml"] = covers


def _line(cover: Cover, schedule: str | None, zone: str) -> Map:
    out = Map()
    out.put("who", cover.who)
    if schedule:
        out.put("schedule", schedule)
    out.put("from", Written(local(cover.start, zone_named(zone))))
    out.put("until", Written(local(cover.end, zone_named(zone))))
    return out


class _Schedule:
    """One calendar: which of its events are layers, and which are covers."""

    def __init__(self, calendar: Calendar, people: People, options: Options, imported: Imported) -> None:
        self.calendar, self.imported = calendar, imported
        self.now = options.now or _BEGINNING
        zones = [event.zone for event in calendar.events if event.rule]
        calendar.zone = max(sorted(set(zones)), key=zones.count) if zones else calendar.zone
        known = [(event, person) for event in calendar.events if (person := people.of(event)) is not None]
        self.single = [each for each in known if each[0].rule is None]
        self.layers, self.uneven = self._divided([each for each in known if each[0].rule is not None])
        if not self.layers and (self.single or self.uneven):
            self._first()

    def _divided(self, repeating: Sequence[tuple[Event, str]]) -> tuple[list[Rotation], list[tuple[Event, str]]]:
        """Rotations, the lowest level first; and what no layer can say."""
        shapes: dict[Shape, list[tuple[Event, str]]] = {}
        uneven = []
        for event, person in repeating:
            shape = shape_of(event)
            if shape is None:
                uneven.append((event, person))
            elif shape.ends is None or event.instant(shape.ends + event.length) > self.now:
                shapes.setdefault(shape, []).append((event, person))
        found = [rotation for shape, events in shapes.items() for rotation in rotations(shape, events, self.now)]
        inside = {id(event) for rotation in found for event in rotation.events}
        uneven += [each for events in shapes.values() for each in events if id(each[0]) not in inside]
        return sorted(found, key=lambda each: (each.shape.level, each.start)), uneven

    def _first(self) -> None:
        """A schedule has at least one layer: here, one that covers the first cover alone."""
        covers = list(self.covers())
        if not covers:
            return
        first = covers[0]
        zone = zone_named(self.calendar.zone)
        start, end = (each.astimezone(zone).replace(tzinfo=None) for each in (first.start, first.end))
        shape = Shape(0, self.calendar.zone, 7 * DAY, (), start.time(), 7 * DAY, end)
        self.layers = [Rotation(shape, 7 * DAY, (first.who,), start, start, ())]

    def written(self) -> Map | None:
        """The schedule; None where nobody is on call."""
        if not self.layers:
            return None
        out = Map()
        out.put("name", self.calendar.name)
        out.put("time_zone", self.calendar.zone)
        layers = out.put("layers", List())
        for rotation in self.layers:
            level = rotation.shape.level
            made = layer(rotation, self.calendar.zone, f"Level {level}" if level else "")
            layers.add(made, at=rotation.events[0].at if rotation.events else None)
            for event in rotation.events:
                self._exceptions(event)
        return out

    def _exceptions(self, event: Event) -> None:
        moved = {other.instead_of for other in self.calendar.events if other.uid == event.uid and other.instead_of}
        ahead = [each for each in sorted(event.without - moved) if event.instant(each) > self.now]
        if ahead:
            shown = ", ".join(f"{each:%Y-%m-%d}" for each in ahead[:5]) + (" …" if len(ahead) > 5 else "")
            said = f"'{event.summary}' is left out on {shown}: a layer goes on, and an override needs somebody"
            self.imported.lost(event.at, said, "write overrides for whoever is on call then")

    def covers(self) -> Iterator[Cover]:
        """What lies above the layers, in order of time, of higher levels last; what is over is left out."""
        last = self.now + AHEAD
        found: list[Cover] = []
        for event, person in (*self.uneven, *self.single):
            for wall in event.starts():
                start = event.instant(wall)
                if start > last:
                    break
                end = event.instant(wall + event.length)
                if end > self.now:
                    found.append(Cover(start, end, person, event))
        for rotation in self.layers:
            for event, person in zip(rotation.events, rotation.people, strict=False):
                found += [
                    Cover(event.instant(wall), event.instant(wall + event.length), person, event)
                    for wall in event.more
                    if event.instant(wall + event.length) > self.now
                ]
        return iter(sorted(found, key=lambda each: (each.event.rule is None, each.event.level, each.start, each.end)))
