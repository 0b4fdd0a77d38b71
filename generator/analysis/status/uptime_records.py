"""Uptime of every component and group over the last 30, 90 and 365 days.

A group counts the minutes of all of its components alike: half of them down for an hour are half an hour. A component
that came later counts from then on, and weighs no more than the time it was there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from decimal import Decimal
from fractions import Fraction

from generator.analysis.status.incidents import worst
from generator.analysis.status.summary import Board
from generator.analysis.status.uptime import Day, Quiet, days_of, quiet_days, uptime
from generator.catalog import Catalog
from generator.kinds.status import Component

PERIODS = (30, 90, 365)
"""In days; the last is the longest."""
_NONE = timedelta()


@dataclass(frozen=True, slots=True)
class Record:
    """A component or a group, day by day, oldest first, today until now the last."""

    component: Component
    days: tuple[Day, ...]

    def last(self, days: int) -> tuple[Day, ...]:
        """Its last days; counted or not."""
        return self.days[-days:]

    def uptime(self, days: int, weight: Decimal) -> Fraction | None:
        """The share of its last days that counts as up, from 0 to 1; None where nothing is counted."""
        return uptime(self.last(days), weight)

    def counted(self, days: int) -> int:
        """How many of its last days are counted: less than all where it came later."""
        return sum(1 for day in self.last(days) if day.total)


def records(catalog: Catalog, board: Board, zone: tzinfo, *, days: int = PERIODS[-1]) -> Mapping[str, Record]:
    """Of every component and group, in the order of the page; a group without components has no record."""
    calendar = quiet_days(board.now, zone, days)
    components = catalog.all(Component)
    single = _singles(components, board, calendar)
    members: dict[str, list[tuple[Day, ...]]] = {}
    for component in components:
        if component.group is not None:
            members.setdefault(component.group, []).append(single[component.id])
    found = {**{group: group_days(theirs) for group, theirs in members.items()}, **single}
    return {each.id: Record(each, found[each.id]) for each in components if each.id in found}


def _singles(components: Sequence[Component], board: Board, calendar: Sequence[Quiet]) -> dict[str, tuple[Day, ...]]:
    """Those of which nothing was said are alike, and share their days."""
    alike: dict[date | None, tuple[Day, ...]] = {}
    found: dict[str, tuple[Day, ...]] = {}
    for component in components:
        spans = board.spans.get(component.id, ())
        if component.is_group:
            continue
        if spans:
            found[component.id] = days_of(spans, calendar, component.since)
            continue
        if component.since not in alike:
            alike[component.since] = days_of((), calendar, component.since)
        found[component.id] = alike[component.since]
    return found


def group_days(members: Sequence[Sequence[Day]]) -> tuple[Day, ...]:
    """The days of a group: the time of its components added up, and the worst of their statuses."""
    return tuple(_together(same) for same in zip(*members, strict=True))


def _together(same: Sequence[Day]) -> Day:
    """One day of several components."""
    first = same[0]
    if all(day is first for day in same):  # as nearly all are: nothing happened to any of them
        count = len(same)
        return Day(first.day, first.worst, first.total * count, first.major * count, first.partial * count)
    return Day(
        first.day,
        worst(day.worst for day in same),
        sum((day.total for day in same), _NONE),
        sum((day.major for day in same), _NONE),
        sum((day.partial for day in same), _NONE),
    )
