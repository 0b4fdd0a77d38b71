"""Whether a rotation treats its people alike: nobody without shifts, nobody with only nights or all the weekends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from generator import times
from generator.analysis.oncall.coverage.pattern import span_words
from generator.analysis.oncall.horizon import coming
from generator.analysis.oncall.load.patterns import (
    Run,
    Uneven,
    back_to_back,
    never_on_call,
    only_nights,
    uneven,
)
from generator.analysis.oncall.report import person_name
from generator.catalog import Catalog
from generator.checks.base import check
from generator.context import Context
from generator.findings import Finding
from generator.kinds.restrictions import Restriction
from generator.kinds.team import Layer, Schedule

FEW = 3
"""So many people are named, and the others counted."""


@check("oncall/never", level="warning")
def never(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """Somebody of a layer never gets a shift, while the others do.

    Daily turns of seven people on working days give two of them nothing but Saturdays and Sundays, for ever: turns go
    on while nobody is on duty. They believe that they are on call, they get no practice, and the others carry their
    part. Let a turn last a week, or let the number of people and the days of the pattern have no common divisor.
    """
    for schedule in catalog.all(Schedule):
        for layer, idle in never_on_call(catalog, schedule, context.now):
            get = "get a turn and never" if len(idle) > 1 else "gets a turn and never"
            yield _at(
                layer,
                schedule,
                f"{named(catalog, idle)} {get} a shift on {layer.name} of {schedule.id}: {_pattern(layer)}",
                "write turn: 1w, or take another number of people; who only learns belongs into a shadow layer",
            )


@check("oncall/only-nights", level="warning")
def nights(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """Somebody of a schedule has only nights, and others have the days.

    Nine tenths of their time in the coming year, or more, lie in the bucket of 03:00 (by default 22:00 to 09:00, where
    they live). Two people who take turns of twelve hours share equal totals this way, and one of them sleeps. Let the
    turn last a day or a week, let the number of people be odd, or let another time zone have the hours by day.
    """
    for schedule in catalog.all(Schedule):
        found = only_nights(catalog, schedule, context.now)
        if found:
            layer = next((each for each in schedule.layers if set(found) & set(each.people)), None)
            message = (
                f"{named(catalog, found)} {'have' if len(found) > 1 else 'has'} nothing but nights on {schedule.id}"
            )
            hint = "let turns last a day or a week, or let an odd number of people take them"
            if layer is not None and set(layer.people) <= set(found):
                hint = f"{layer.name} is night where they live: let them have days too, or people elsewhere these hours"
            if layer is None:
                yield schedule.finding(message=message, hint=hint, key=True)
            else:
                yield _at(layer, schedule, f"{message}, the others the days: {_pattern(layer)}", hint)


@check("oncall/unfair", level="warning")
def unfair(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """One person of a layer carries far more of one kind of hours than the others.

    Equal totals hide it: with daily turns of seven people everybody has the same hours, and the same two have every
    weekend. Judged by bucket (`oncall` in `tocsin.yaml`) over the coming year, in each person's zone, by the time in
    which the layer has them, without leave: more than 1.5 times the mean, and more than 100 hours above it. Overrides
    do not count, and neither do holidays, which fall as they fall. `tocsin oncall report` has all the numbers.
    """
    for schedule in catalog.all(Schedule):
        by_layer: dict[int, list[Uneven]] = {}
        for each in uneven(catalog, schedule, context.now):
            by_layer.setdefault(id(each.layer), []).append(each)
        for found in by_layer.values():
            layer = found[0].layer
            yield _at(
                layer,
                schedule,
                f"{layer.name} of {schedule.id} is unfair: {'; '.join(_uneven(catalog, each) for each in found)}",
                "let turns last a week, or take a number of people with which the days move on",
            )


@check("oncall/back-to-back", level="warning")
def twice_in_a_row(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """Somebody has two turns back to back although there are others.

    After a turn on call comes a time without. A list that names somebody twice in a row, or first and last, gives
    them two turns as one; so does a cover for the turn before or after one's own. Judged where a layer has at least
    three people: of two, one has to take both when the other is away.
    """
    for schedule in catalog.all(Schedule):
        by_person: dict[str, list[Run]] = {}
        for run in back_to_back(catalog, schedule, context.now):
            by_person.setdefault(run.person, []).append(run)
        for person, runs in by_person.items():
            layers = [layer for layer in schedule.layers if layer.name in runs[0].layers]
            if layers and max(len(set(layer.people)) for layer in layers) > 2:
                whole = [run for run in runs if run.window.start > coming(context.now).start]
                yield _twice(catalog, schedule, layers[0], person, whole or runs)


def _twice(catalog: Catalog, schedule: Schedule, layer: Layer, person: str, runs: Sequence[Run]) -> Finding:
    first = f"{span_words(runs[0].window, schedule.zone)} ({times.words(runs[0].window.length)})"
    more = f", and {len(runs) - 1} more in the coming year" if len(runs) > 1 else ""
    hint = "let somebody else cover, or swap" if runs[0].covers else "write somebody else between them in the list"
    return _at(
        layer,
        schedule,
        f"{person_name(catalog, person)} has turns back to back on {schedule.id}: {first}{more}",
        hint,
        person,
    )


def named(catalog: Catalog, people: Sequence[str]) -> str:
    """`Ana and Bea`, `Ana, Bea, Cleo and 3 others`."""
    names = [person_name(catalog, each) for each in people]
    if len(names) > FEW + 1:
        return f"{', '.join(names[:FEW])} and {len(names) - FEW} others"
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def _uneven(catalog: Catalog, each: Uneven) -> str:
    fair = each.fair
    most, least = person_name(catalog, fair.most), person_name(catalog, fair.least)
    return (
        f"{most} has {_hours(each.most)} hours of {each.bucket} in the coming year, {fair.overload:.1f} times the mean "
        f"of {_hours(each.mean)} ({least} has least)"
    )


def _hours(time: timedelta) -> int:
    return round(time / timedelta(hours=1))


def _pattern(layer: Layer) -> str:
    """`turns of 1 day, 7 people, on duty mon-fri 09:00-17:00`."""
    duty = ", on duty " + " and ".join(map(_duty, layer.restrictions[:2])) if layer.restrictions else ""
    return f"turns of {times.words(layer.turn)}, {len(layer.people)} people{duty}"


def _duty(restriction: Restriction) -> str:
    days = "" if restriction.daily else f"{' '.join(times.DAYS[day] for day in sorted(restriction.days))} "
    return f"{days}from {restriction.start:%H:%M} for {times.words(restriction.length)}"


def _at(layer: Layer, schedule: Schedule, message: str, hint: str, person: str = "") -> Finding:
    subject = f"{schedule.id}/{person or layer.name}"
    return Finding(layer.ref.at("people"), message, hint, subject=subject)
