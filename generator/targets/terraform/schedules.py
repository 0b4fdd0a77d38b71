"""schedules.tf: layers as PagerDuty has them. The first block is the bottom, the last one wins."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from generator.kinds.restrictions import WEEK, Restriction
from generator.kinds.team import Layer, Schedule
from generator.targets.terraform.hcl import Block, Comment, Expression, Item, attributes
from generator.targets.terraform.names import identifier, printable
from generator.targets.terraform.plan import Plan, Rotation
from generator.times import iso_utc

_DAY = timedelta(days=1)


def schedules(plan: Plan) -> Iterator[Item]:
    """Every schedule that has a layer left."""
    for schedule in plan.catalog.all(Schedule):
        rotations = tuple(plan.rotations_of(schedule.id))
        if not rotations:
            yield Comment(f"Left out: {schedule.id} has no layer that still runs with somebody whom PagerDuty knows.")
        for rotation in rotations:
            yield from _schedule(plan, rotation)


def _schedule(plan: Plan, rotation: Rotation) -> Iterator[Item]:
    schedule, zone = rotation.schedule, plan.zone(rotation.zone)
    if zone != rotation.zone:
        yield Comment(f"PagerDuty does not know the zone {rotation.zone}; {zone} has the same rules.")
    name = printable(schedule.name, schedule.id)
    yield Block(
        "resource",
        ("pagerduty_schedule", rotation.name),
        (
            *attributes(
                name=name if rotation.alone else f"{name} ({rotation.zone})",
                description=f"Kept by tocsin in {schedule.ref.path}",
                time_zone=zone,
                teams=[Expression(f"pagerduty_team.{identifier(schedule.team)}.id")],
            ),
            *(_layer(plan, layer) for layer in rotation.layers),
        ),
    )


def _layer(plan: Plan, layer: Layer) -> Block:
    users = (plan.user(person) for person in layer.people)
    return Block(
        "layer",
        (),
        (
            *attributes(
                name=printable(layer.name),
                start=iso_utc(layer.start),
                end=None if layer.end is None else iso_utc(layer.end),
                rotation_virtual_start=iso_utc(layer.anchor),
                rotation_turn_length_seconds=_seconds(layer.turn),
                users=[user.attribute("id") for user in users if user is not None],
            ),
            *(Block("restriction", (), each) for each in restrictions(layer.restrictions)),
        ),
    )


def restrictions(written: tuple[Restriction, ...]) -> list[tuple[Item, ...]]:
    """The bodies of `restriction` blocks; none where all of the time is left."""
    daily = [each for each in written if each.daily]
    if any(each.length >= _DAY for each in daily):
        return []
    weekly = _weekly(each for each in written if not each.daily)
    if weekly == [(timedelta(), WEEK)]:
        return []
    return [
        *(attributes(**_start("daily_restriction", each.length, _midnight(each))) for each in daily),
        *(attributes(**_start("weekly_restriction", length, at)) for at, length in weekly),
    ]


def _start(kind: str, length: timedelta, at: timedelta) -> dict[str, str | int]:
    hours, rest = divmod(_seconds(at % _DAY), 3600)
    start: dict[str, str | int] = {"type": kind}
    if kind == "weekly_restriction":
        start["start_day_of_week"] = at // _DAY + 1
    return {
        **start,
        "start_time_of_day": f"{hours:02}:{rest // 60:02}:{rest % 60:02}",
        "duration_seconds": _seconds(length),
    }


def _midnight(restriction: Restriction) -> timedelta:
    """How long after midnight it starts."""
    at = restriction.start
    return timedelta(hours=at.hour, minutes=at.minute, seconds=at.second)


def _weekly(written: Iterator[Restriction]) -> list[tuple[timedelta, timedelta]]:
    """(start in the week, length), joined where they touch; a whole week is one from its beginning."""
    spans = sorted(
        (day * _DAY + _midnight(each), min(each.length, WEEK)) for each in written for day in sorted(each.days)
    )
    joined: list[tuple[timedelta, timedelta]] = []
    for start, length in spans:
        if joined and start <= joined[-1][0] + joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], start + length - joined[-1][0]))
        else:
            joined.append((start, length))
    return _around_the_week(joined)


def _around_the_week(spans: list[tuple[timedelta, timedelta]]) -> list[tuple[timedelta, timedelta]]:
    """The last span may reach over the week's end into the first ones."""
    while len(spans) > 1 and spans[-1][0] + spans[-1][1] - WEEK >= spans[0][0]:
        (first, length), (last, reach) = spans.pop(0), spans[-1]
        spans[-1] = (last, max(reach, first + WEEK + length - last))
    return [(timedelta(), WEEK)] if any(length >= WEEK for _, length in spans) else spans


def _seconds(duration: timedelta) -> int:
    return duration // timedelta(seconds=1)
