"""A schedule of PagerDuty's as a schedule of a team."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo

from generator import times
from generator.importers.base import Imported
from generator.importers.on_call import instants
from generator.importers.on_call.hours import Span, is_exact, put_hours
from generator.importers.pagerduty.account import Layer, Schedule
from generator.importers.tree import List, Map, Written

_SHORTEST, _LONGEST = timedelta(hours=1), timedelta(days=365)


class Layers:
    """Writes schedules; what cannot be kept is told."""

    def __init__(self, people: Mapping[str, str], now: datetime | None, imported: Imported) -> None:
        self.people, self.now, self.imported = people, now, imported

    def schedule(self, schedule: Schedule, default_name: str) -> Map | None:
        """The schedule; None where nothing of it can be kept, which is told."""
        zone = self._zone(schedule)
        if zone is None:
            return None
        if schedule.layers is None:
            said = f"schedule '{schedule.name}' was not imported: its layers are not in the file"
            self.imported.refused(schedule.at, said, "a list of schedules has none: save GET /schedules/ID for each")
            return None
        out = Map()
        if schedule.name and schedule.name != default_name:
            out.put("name", schedule.name, at=schedule.at)
        if schedule.told is not None:
            out.put("description", schedule.told)
        out.put("time_zone", schedule.zone)
        layers = List()
        for layer in self._running(schedule, schedule.layers):
            made = self._layer(layer, schedule, zone, len(layers.entries) + 1)
            if made is not None:
                layers.add(made, at=layer.at)
        if layers:
            out.put("layers", layers)
            return out
        self.imported.refused(schedule.at, f"schedule '{schedule.name}' was not imported: no layer of it is left")
        return None

    def _zone(self, schedule: Schedule) -> tzinfo | None:
        try:
            return times.zone(schedule.zone)
        except ValueError as refusal:
            self.imported.refused(schedule.at, f"schedule '{schedule.name}' was not imported: its time zone {refusal}")
            return None

    def _running(self, schedule: Schedule, layers: list[Layer]) -> list[Layer]:
        """The layers that have not ended: PagerDuty keeps all that ever were."""
        left = []
        for layer in layers:
            end = instants.read(layer.end) if layer.end else None
            if end is None or self.now is None or end > self.now:
                left.append(layer)
        if left and len(left) < len(layers):
            gone = len(layers) - len(left)
            said = f"{gone} layer{'s' if gone > 1 else ''} of schedule '{schedule.name}' ended: left out"
            self.imported.told(schedule.at, said)
        return left

    def _layer(self, layer: Layer, schedule: Schedule, zone: tzinfo, number: int) -> Map | None:
        said = f"layer '{layer.name}' of schedule '{schedule.name}'"
        start, anchor = instants.read(layer.start), instants.read(layer.anchor)
        end = instants.read(layer.end) if layer.end else None
        turn = timedelta(seconds=min(layer.turn, 10**9))
        people = [self.people[user] for user in layer.users if user in self.people]
        why = _why_not(layer, end, turn, people)
        if why or start is None or anchor is None:
            self.imported.refused(layer.at, f"{said} was not imported: {why or 'a time in it cannot be read'}")
            return None
        if len(people) < len(layer.users):
            missing = ", ".join(user for user in layer.users if user not in self.people)
            self.imported.lost(layer.at, f"{said} is without {missing}, of whom nothing is known: turns move")
        out = Map()
        if layer.name and layer.name != f"Layer {number}":
            out.put("name", layer.name)
        out.put("start", Written(instants.local(start, zone)))
        if anchor != start:
            out.put("anchor", Written(instants.local(anchor, zone)))
        if end is not None:
            out.put("end", Written(instants.local(end, zone)))
        out.put("turn", times.format_duration(turn))
        self._hours(out, layer, said)
        out.put("people", _listed(people))
        return out

    def _hours(self, out: Map, layer: Layer, said: str) -> None:
        spans = []
        for each in layer.restrictions:
            span = Span(each.day, each.start, each.length)
            spans.append(span)
            if not is_exact(span):
                self.imported.lost(each.at, f"a restriction of {said} has seconds: it is kept in whole minutes around")
        put_hours(out, spans)


def _why_not(layer: Layer, end: datetime | None, turn: timedelta, people: list[str]) -> str:
    """Why a layer means nothing here; empty where it does."""
    start = instants.read(layer.start)
    if not people:
        return "nobody in it is known"
    if not _SHORTEST <= turn <= _LONGEST:
        return "its turn is none of 1 hour to 365 days"
    if layer.end and end is None:
        return "its end cannot be read"
    return "it ends before it starts" if end is not None and start is not None and end <= start else ""


def _listed(values: list[str]) -> List:
    out = List()
    for each in values:
        out.add(each)
    return out
