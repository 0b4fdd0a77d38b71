"""Terraform for PagerDuty: people, teams, schedules, policies and services. See docs/targets/terraform.md."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from generator.artifacts import Artifact
from generator.catalog import Catalog
from generator.context import Context
from generator.kinds import Entity
from generator.kinds.pagerduty_ids import PagerDutyId
from generator.kinds.people import Person
from generator.kinds.service import Service
from generator.kinds.team import Schedule, Team
from generator.settings import PATH as SETTINGS
from generator.targets.base import Target
from generator.targets.rendering import header
from generator.targets.terraform.accounts import people, teams, versions
from generator.targets.terraform.escalation import escalation, imports, outputs, services
from generator.targets.terraform.hcl import Block, Item, document
from generator.targets.terraform.plan import Plan
from generator.targets.terraform.schedules import schedules

FOLDER = "terraform/pagerduty"

_ON_CALL: tuple[type[Entity], ...] = (Person, Team)
_FILES: tuple[tuple[str, Callable[[Plan], Iterable[Item]], tuple[type[Entity], ...]], ...] = (
    ("versions", versions, (Team,)),
    ("people", people, (Person,)),
    ("teams", teams, _ON_CALL),
    ("schedules", schedules, _ON_CALL),
    ("escalation", escalation, _ON_CALL),
    ("services", services, (*_ON_CALL, Service)),
    ("outputs", outputs, (*_ON_CALL, Service)),
)
"""File, what is in it, and the entities whose sources it is made from."""


def render(catalog: Catalog, context: Context) -> Iterator[Artifact]:
    """One file a subject; those without content are absent."""
    plan = Plan(catalog, context.now)
    # Only the end of a layer makes the present matter.
    uses_now = any(layer.end is not None for schedule in catalog.all(Schedule) for layer in schedule.layers)
    defined: set[str] = set()
    for name, write, kinds in _FILES:
        items = tuple(write(plan))
        defined |= _addresses(items)
        yield from _artifact(catalog, name, items, kinds, uses_now=uses_now and Team in kinds)
    known = tuple(imports(plan, frozenset(defined)))
    yield from _artifact(catalog, "imports", known, (*_ON_CALL, Service, PagerDutyId), uses_now=uses_now)


def _artifact(
    catalog: Catalog, name: str, items: tuple[Item, ...], kinds: tuple[type[Entity], ...], *, uses_now: bool
) -> Iterator[Artifact]:
    if not items:
        return
    sources = {entity.ref.path for kind in kinds for entity in catalog.all(kind)} | ({SETTINGS} & {*catalog.documents})
    named = tuple(sorted(sources))
    yield Artifact.text(f"{FOLDER}/{name}.tf", document(header(named), items), named, uses_now=uses_now)


def _addresses(items: Iterable[Item]) -> set[str]:
    return {".".join(item.labels) for item in items if isinstance(item, Block) and item.type == "resource"}


TARGET = Target(
    "terraform",
    "Terraform for PagerDuty: people, teams, schedules, escalation policies, services",
    render,
    applies=lambda catalog: bool(catalog.all(Team)),
)
