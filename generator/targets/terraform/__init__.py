"""Terraform for PagerDuty: people, teams, schedules, policies and services. See docs/targets/terraform.md."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from generator.analysis.pagerduty.account import Account
from generator.analysis.pagerduty.renames import past
from generator.analysis.pagerduty.use import account_of
from generator.artifacts import Artifact
from generator.catalog import Catalog
from generator.context import Context
from generator.kinds import Entity
from generator.kinds.pagerduty_ids import PagerDutyId
from generator.kinds.people import Person
from generator.kinds.service import Service
from generator.kinds.status import Component, Maintenance
from generator.kinds.team import Schedule, Team
from generator.settings import PATH as SETTINGS
from generator.targets.base import Target
from generator.targets.rendering import header
from generator.targets.terraform.contacts import contacts, variables
from generator.targets.terraform.escalation import escalation
from generator.targets.terraform.hcl import Item, document
from generator.targets.terraform.maintenances import maintenances
from generator.targets.terraform.moves import imports, past_blocks
from generator.targets.terraform.outputs import outputs
from generator.targets.terraform.people import people
from generator.targets.terraform.schedules import schedules
from generator.targets.terraform.services import services
from generator.targets.terraform.teams import teams
from generator.targets.terraform.versions import versions

FOLDER = "terraform/pagerduty"

_Kinds = tuple[type[Entity], ...]
_TEAM: _Kinds = (Team,)
_ON_CALL: _Kinds = (Person, Team)
_PEOPLE: _Kinds = (*_ON_CALL, PagerDutyId)
_SERVICES: _Kinds = (*_ON_CALL, Service)
_ALL: _Kinds = (*_SERVICES, PagerDutyId, Component, Maintenance)
_FILES: tuple[tuple[str, Callable[[Account], Iterable[Item]], _Kinds], ...] = (
    ("versions", versions, _TEAM),
    ("variables", variables, _PEOPLE),
    ("people", people, _ON_CALL),
    ("contacts", contacts, _PEOPLE),
    ("teams", teams, _ON_CALL),
    ("schedules", schedules, _ON_CALL),
    ("escalation", escalation, _ON_CALL),
    ("services", services, _SERVICES),
    ("maintenances", maintenances, (*_SERVICES, Component, Maintenance)),
    ("outputs", outputs, _SERVICES),
)
"""File, what is in it, and the entities whose sources it is made from."""


def render(catalog: Catalog, context: Context) -> Iterator[Artifact]:
    """One file a subject; those without content are absent."""
    account = account_of(catalog, context.now)
    uses_now = _uses_now(catalog)
    for name, write, kinds in _FILES:
        yield from _artifact(catalog, name, tuple(write(account)), kinds, uses_now=uses_now and kinds != _TEAM)
    before = past(catalog, context.history)
    for name, items in (("imports", imports(account, before)), ("moves", past_blocks(account, before))):
        yield from _artifact(catalog, name, tuple(items), _ALL, uses_now=uses_now)


def _uses_now(catalog: Catalog) -> bool:
    """Ends make the present matter, of a layer, of somebody's time here, of planned work; and what zones do to it."""
    layers = [layer for schedule in catalog.all(Schedule) for layer in schedule.layers]
    zones = any(
        layer.zone_name != schedule.zone_name for schedule in catalog.all(Schedule) for layer in schedule.layers
    )
    return (
        zones
        or any(layer.end is not None for layer in layers)
        or any(person.until is not None for person in catalog.all(Person))
        or any(maintenance.mute for maintenance in catalog.all(Maintenance))
    )


def _artifact(
    catalog: Catalog, name: str, items: tuple[Item, ...], kinds: _Kinds, *, uses_now: bool
) -> Iterator[Artifact]:
    if not items:
        return
    sources = {entity.ref.path for kind in kinds for entity in catalog.all(kind)} | ({SETTINGS} & {*catalog.documents})
    named = tuple(sorted(sources))
    yield Artifact.text(f"{FOLDER}/{name}.tf", document(header(named), items), named, uses_now=uses_now)


TARGET = Target(
    "terraform",
    "Terraform for PagerDuty: people, teams, schedules, escalation policies, services",
    render,
    applies=lambda catalog: bool(catalog.all(Team)),
)
