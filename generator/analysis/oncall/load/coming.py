"""The load of the coming year, as the rules of practice ask for it: who, how much of their time, who stands alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from math import ceil
from typing import TYPE_CHECKING

from generator.analysis.memo import once_a_catalog
from generator.analysis.oncall.forms import form_of
from generator.analysis.oncall.horizon import coming, coming_shifts
from generator.analysis.oncall.load.fairness import members
from generator.analysis.oncall.shifts import Shift
from generator.analysis.windows import Window, Windows, clip, total, union, within
from generator.kinds.people import Person
from generator.kinds.team import EscalationPolicy, Layer, Schedule, Team
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.catalog import Catalog

SMALL = 6
"""Below so many people who take turns a team cannot keep the rules of larger ones."""
MOST = 0.25
"""The most of one's time that practice allows on call, at all levels together."""
_LEEWAY = 0.02
"""A year holds no whole number of rounds, so one person has a turn more than the others; a longer turn is no excuse."""
_ZERO = timedelta()
_window = partial(tuple.__new__, Window)


@dataclass(frozen=True, slots=True)
class TeamLoad:
    """What a team's schedules ask of its people. `over` are those above the limit, the most loaded first."""

    people: tuple[str, ...]
    mean: float
    over: tuple[tuple[str, float], ...]
    enough: int
    """How many people would keep everybody within the limit."""


@once_a_catalog
def coming_windows(catalog: Catalog, schedule: Schedule, now: datetime) -> Mapping[str, Windows]:
    """When each person is on call on a schedule in the coming year, shifts that touch joined."""
    form = form_of(catalog, schedule)
    if form is not None:
        return form.by_person(coming_windows(catalog, form.first, now))
    found: dict[str, list[Window]] = {}
    for window, person in _joined(coming_shifts(catalog, schedule, now)):
        found.setdefault(person, []).append(window)
    return {person: tuple(windows) for person, windows in found.items()}


def _joined(shifts: Iterable[Shift]) -> Iterator[tuple[Window, str]]:
    """The time of shifts, which are in order, each with whose it is; of one person those that touch are one."""
    who = begins = until = None
    for start, end, person, _, _, _ in shifts:
        if person != who or start != until:
            if who is not None:
                yield _window((begins, until)), who
            who, begins = person, start
        until = end
    if who is not None:
        yield _window((begins, until)), who


@once_a_catalog
def schedules_held(catalog: Catalog, now: datetime) -> Mapping[str, tuple[Schedule, ...]]:
    """On which schedules each person is on call in the coming year."""
    found: dict[str, list[Schedule]] = {}
    for schedule in catalog.all(Schedule):
        for person in coming_windows(catalog, schedule, now):
            found.setdefault(person, []).append(schedule)
    return {person: tuple(schedules) for person, schedules in found.items()}


@once_a_catalog
def named_in(catalog: Catalog) -> Mapping[str, tuple[tuple[EscalationPolicy, int], ...]]:
    """Which steps (from 1) of which policies name each person."""
    found: dict[str, list[tuple[EscalationPolicy, int]]] = {}
    for policy in catalog.all(EscalationPolicy):
        for number, step in enumerate(policy.steps, 1):
            for who in dict.fromkeys(target.id for target in step.targets if target.kind == "person"):
                found.setdefault(who, []).append((policy, number))
    return {who: tuple(steps) for who, steps in found.items()}


@once_a_catalog
def coming_shares(catalog: Catalog, now: datetime) -> Mapping[str, float]:
    """For which part of the time in which they are there each person is on call, on all schedules together."""
    return {person: min(held / there, 1.0) for person, (held, there) in _coming_times(catalog, now).items()}


@once_a_catalog
def _coming_times(catalog: Catalog, now: datetime) -> Mapping[str, tuple[timedelta, timedelta]]:
    """For how long each person is on call in the coming year, and for how long they are there."""
    found: dict[str, list[Windows]] = {}
    lives: dict[str, list[Window]] = {}
    for schedule in catalog.all(Schedule):
        for person, windows in coming_windows(catalog, schedule, now).items():
            found.setdefault(person, []).append(_until_left(catalog, person, windows))
        for layer in schedule.layers:
            for person in () if layer.shadow else layer.people:
                lives.setdefault(person, []).append(_life(layer, coming(now)))
    year = coming(now)
    return {
        person: (_sum(windows), _there(catalog, person, lives.get(person, [year]), year) or year.length)
        for person, windows in found.items()
    }


def team_people(catalog: Catalog, team: Team, now: datetime) -> tuple[str, ...]:
    """Everybody who takes turns on a team's schedules in the coming year, once, in written order."""
    year = coming(now)
    layers = (layer for schedule in team.schedules for layer in schedule.layers if not layer.shadow)
    named = (person for layer in layers if _life(layer, year).length for person in layer.people)
    return tuple(person for person in dict.fromkeys(named) if not has_left(catalog, person, now))


def has_left(catalog: Catalog, person: str, now: datetime) -> bool:
    """Whether somebody is no longer there."""
    known = catalog.get(Person, person)
    return known is not None and known.until is not None and known.until <= now


@once_a_catalog
def team_load(catalog: Catalog, team: Team, now: datetime) -> TeamLoad:
    """Whether a team keeps the limit; people of several teams count with all that they carry."""
    people = team_people(catalog, team, now)
    shares, times = coming_shares(catalog, now), _coming_times(catalog, now)
    leeway = min(_LEEWAY, max(_turns(team), default=_ZERO) / coming(now).length)
    over = sorted(((shares.get(each, 0.0), each) for each in people), key=lambda each: (-each[0], each[1]))
    asked = sum(shares.get(each, 0.0) for each in people)
    return TeamLoad(
        people,
        asked / len(people) if people else 0.0,
        # Of a short time, as before somebody leaves, one turn is a large part.
        tuple(
            (who, share)
            for share, who in over
            if share > MOST and share > MOST + leeway * (coming(now).length / times[who][1])
        ),
        ceil(round(asked - leeway, 6) / MOST),
    )


@once_a_catalog
def alone(catalog: Catalog, schedule: Schedule, now: datetime) -> tuple[tuple[Layer, str], ...]:
    """The layers of a schedule on which one person takes all turns, if there are any in the coming year."""
    lonely = [layer for layer in schedule.layers if len(set(layer.people)) == 1]
    held = {(shift.layer, shift.person) for shift in coming_shifts(catalog, schedule, now)} if lonely else set()
    return tuple((layer, layer.people[0]) for layer in lonely if (layer.name, layer.people[0]) in held)


def spare(catalog: Catalog, schedule: Schedule, window: Window, busy: Iterable[str], now: datetime) -> str | None:
    """Who of a schedule could best stand in: there, not on call on it then, and the least loaded."""
    from generator.analysis.oncall.load.working_hours import absences

    shares, held = coming_shares(catalog, now), coming_windows(catalog, schedule, now)
    free = [
        person
        for person in members(schedule)
        if person not in busy
        and catalog.get(Person, person) is not None
        and not absences(catalog, person, window)
        and not within(window, held.get(person, ()))
    ]
    return min(free, key=lambda person: (shares.get(person, 0.0), person), default=None)


def _turns(team: Team) -> Iterable[timedelta]:
    return (layer.turn for schedule in team.schedules for layer in schedule.layers if not layer.shadow)


def _life(layer: Layer, year: Window) -> Window:
    return Window(max(layer.start, year.start), min(layer.end or year.end, year.end))


def _until_left(catalog: Catalog, person: str, windows: Windows) -> Windows:
    """Shifts after somebody has left are nobody's load: `oncall/leaving` tells of them."""
    known = catalog.get(Person, person)
    if known is None or known.until is None or not windows or windows[-1].end <= known.until:
        return windows
    return clip(windows, windows[0].start, max(known.until, windows[0].start))


def _there(catalog: Catalog, person: str, lives: Iterable[Window], year: Window) -> timedelta:
    known = catalog.get(Person, person)
    end = year.end if known is None or known.until is None else min(known.until, year.end)
    return total(Window(each.start, min(each.end, end)) for each in lives)


def _sum(windows: list[Windows]) -> timedelta:
    """The time that the sets cover; one alone is without overlap already."""
    every = windows[0] if len(windows) == 1 else union(*windows)
    return sum([end - start for start, end in every], _ZERO)
