"""schedules.tf: layers as PagerDuty has them. The first block is the bottom, the last one wins."""

from __future__ import annotations

from collections.abc import Iterator

from generator.analysis.pagerduty import addresses
from generator.analysis.pagerduty.account import Account
from generator.analysis.pagerduty.names import printable
from generator.analysis.pagerduty.rotations import Rotation
from generator.kinds.team import Layer
from generator.targets.terraform.blocks import BEFORE_DESTROY, kept, reference, resource, user
from generator.targets.terraform.hcl import Block, Comment, Expression, Item, attributes
from generator.targets.terraform.restrictions import restrictions, seconds
from generator.times import iso_utc


def schedules(account: Account) -> Iterator[Item]:
    """Every schedule that has a layer left."""
    for schedule in account.schedules:
        rotations = account.rotations_of(schedule.id)
        if not rotations:
            yield Comment(f"Left out: {schedule.id} has no layer that still runs with somebody whom PagerDuty knows.")
        for rotation in rotations:
            yield from _schedule(account, rotation)


def _schedule(account: Account, rotation: Rotation) -> Iterator[Item]:
    schedule, zone = rotation.schedule, account.zone(rotation.zone)
    if zone != rotation.zone:
        yield Comment(f"PagerDuty does not know the zone {rotation.zone}; {zone} has the same rules.")
    name = printable(schedule.name, schedule.id)
    yield resource(
        rotation.address,
        *attributes(
            name=name if rotation.alone else f"{name} ({rotation.zone})",
            description=kept(schedule.ref.path, schedule.description),
            time_zone=zone,
            teams=[reference(addresses.team(schedule.team))],
        ),
        *(_layer(account, layer) for layer in rotation.layers),
        BEFORE_DESTROY,
        # Who leaves is taken out of the layers first, and only then out of the team: PagerDuty wants it so.
        *attributes(depends_on=[Expression(str(member.address)) for member in account.places(rotation)] or None),
    )


def _layer(account: Account, layer: Layer) -> Block:
    """Times are UTC of their date: PagerDuty moves those of another offset, and reads all back in its own."""
    people = (account.known(person) for person in layer.people)
    return Block(
        "layer",
        (),
        (
            *attributes(
                name=printable(layer.name),
                start=iso_utc(layer.start),
                end=None if layer.end is None else iso_utc(layer.end),
                rotation_virtual_start=iso_utc(layer.anchor),
                rotation_turn_length_seconds=seconds(layer.turn),
                users=[user(account, person) for person in people if person is not None],
            ),
            *(Block("restriction", (), each) for each in restrictions(layer.restrictions)),
        ),
    )
