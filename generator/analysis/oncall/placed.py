"""Overrides in their schedule's zone: each time is read once, and only those near a span are looked at for it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import accumulate
from typing import NamedTuple

from generator.analysis.memo import once_a_catalog
from generator.analysis.windows import Window, Windows, carve
from generator.catalog import Catalog
from generator.kinds.absences import Override
from generator.kinds.team import Schedule, Team


class Placed(NamedTuple):
    """An override and its time."""

    window: Window
    override: Override


def overrides_of(catalog: Catalog, schedule: Schedule) -> tuple[Override, ...]:
    """The overrides of a schedule, as written.

    One that names no schedule belongs to the team's only one; where there are several it belongs to none (a finding).
    """
    team = catalog.get(Team, schedule.team)
    only = team is None or len(team.schedules) == 1
    return tuple(
        override
        for override in _by_team(catalog).get(schedule.team, ())
        if (only if override.schedule is None else override.schedule == schedule.key)
    )


def placed_within(catalog: Catalog, schedule: Schedule, start: datetime, end: datetime) -> tuple[Placed, ...]:
    """The overrides of a schedule that hold between two instants, in full length, as written."""
    index = _index(catalog, schedule)
    found = []
    for at in range(bisect_left(index.starts, end) - 1, -1, -1):
        if index.reach[at] <= start:
            break  # nor does any of those that begin earlier reach so far
        if index.placed[index.order[at]].window.end > start:
            found.append(index.order[at])
    return tuple(index.placed[each] for each in sorted(found))


def stacked(overrides: Iterable[Placed], start: datetime, end: datetime) -> tuple[Sequence[Placed], Windows]:
    """What each override has between two instants, when a later line wins; and all the time that they take."""
    pieces: list[Placed] = []
    taken: list[Window] = []
    for window, override in reversed([*overrides]):
        here = Window(max(window.start, start), min(window.end, end))
        if here.start < here.end:
            pieces += [Placed(piece, override) for piece in carve(here, taken)]
            _take(taken, here)
    return pieces, tuple(taken)


class _Index(NamedTuple):
    """Overrides as written; their places by start, with the starts, and how far those up to each reach."""

    placed: tuple[Placed, ...]
    order: tuple[int, ...]
    starts: tuple[datetime, ...]
    reach: tuple[datetime, ...]


@once_a_catalog
def _index(catalog: Catalog, schedule: Schedule) -> _Index:
    every = (Placed(Window(*each.span(schedule.zone)), each) for each in overrides_of(catalog, schedule))
    placed = tuple(each for each in every if each.window.start < each.window.end)
    order = tuple(sorted(range(len(placed)), key=lambda at: placed[at].window))
    windows = [placed[at].window for at in order]
    return _Index(
        placed,
        order,
        tuple(window.start for window in windows),
        tuple(accumulate((window.end for window in windows), max)),
    )


@once_a_catalog
def _by_team(catalog: Catalog) -> Mapping[str, tuple[Override, ...]]:
    found: dict[str, list[Override]] = {}
    for override in catalog.all(Override):
        found.setdefault(override.team, []).append(override)
    return {team: tuple(overrides) for team, overrides in found.items()}


def _take(taken: list[Window], window: Window) -> None:
    """Adds a window to sorted, disjoint ones; what it meets or touches becomes one with it."""
    first = bisect_left(taken, window.start, key=lambda each: each.end)
    last = bisect_right(taken, window.end, key=lambda each: each.start)
    met = [window, *taken[first:last]]
    taken[first:last] = [Window(min(each.start for each in met), max(each.end for each in met))]
