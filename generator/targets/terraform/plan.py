"""What goes to PagerDuty and what cannot: decided once, so that every file refers only to what another one defines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from generator.analysis.pagerduty.settings import PAGERDUTY, PagerDuty
from generator.analysis.pagerduty.zones import suggestion
from generator.catalog import Catalog
from generator.kinds.people import Person
from generator.kinds.service import Service
from generator.kinds.team import EscalationPolicy, Layer, Schedule, Target, Team
from generator.targets.terraform.hcl import Expression
from generator.targets.terraform.names import identifier


@dataclass(frozen=True, slots=True)
class Rotation:
    """A schedule as PagerDuty can have it: layers of one zone. `name` is its identifier."""

    name: str
    schedule: Schedule
    zone: str
    layers: tuple[Layer, ...]
    alone: bool
    """Whether it is the whole schedule."""

    @property
    def reference(self) -> Expression:
        """The resource."""
        return Expression(f"pagerduty_schedule.{self.name}")


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a team. `name` is the identifier of the membership."""

    name: str
    user: Expression
    role: str

    @property
    def reference(self) -> Expression:
        """The membership's resource."""
        return Expression(f"pagerduty_team_membership.{self.name}")


@dataclass(frozen=True)
class Plan:
    """What of a catalog can be written for PagerDuty at an instant: layers that have ended by then are gone."""

    catalog: Catalog
    now: datetime

    @cached_property
    def settings(self) -> PagerDuty:
        """The setting `pagerduty`."""
        return self.catalog.settings.get(PAGERDUTY)

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """Everybody whom PagerDuty can know: it knows people by their e-mail."""
        return tuple(person for person in self.catalog.all(Person) if person.email)

    def user(self, ident: str | None) -> Expression | None:
        """The user of a person, None where there is none."""
        person = self.catalog.get(Person, ident)
        if person is None or not person.email:
            return None
        kind = "data.pagerduty_user" if self.settings.users == "existing" else "pagerduty_user"
        return Expression(f"{kind}.{identifier(person.id)}")

    def zone(self, written: str) -> str:
        """The zone by a name that PagerDuty accepts; as written where there is none (which is a finding)."""
        return suggestion(written, self.now) or written

    @cached_property
    def rotations(self) -> tuple[Rotation, ...]:
        """All of them, in the order of their schedules."""
        return tuple(rotation for schedule in self.catalog.all(Schedule) for rotation in self._split(schedule))

    def rotations_of(self, schedule: str) -> Iterator[Rotation]:
        """Those of one schedule."""
        return (rotation for rotation in self.rotations if rotation.schedule.id == schedule)

    def _split(self, schedule: Schedule) -> Iterator[Rotation]:
        """One a zone of its layers. Names hang on all that is written, so they stay when a layer ends."""
        layers = [layer for layer in schedule.layers if not layer.shadow]
        zones = list(dict.fromkeys(layer.zone_name for layer in layers))
        for zone in zones:
            alone = len(zones) == 1
            suffix = () if alone or zone == schedule.zone_name else (zone,)
            alive = tuple(layer for layer in layers if layer.zone_name == zone and self._lives(layer))
            if alive:
                yield Rotation(identifier(schedule.id, *suffix), schedule, zone, alive, alone)

    def _lives(self, layer: Layer) -> bool:
        ended = layer.end is not None and layer.end <= self.now
        return not ended and any(self.user(person) for person in layer.people)

    def targets(self, targets: Iterable[Target]) -> tuple[tuple[str, Expression], ...]:
        """What a step calls, as (type, resource), each once."""
        found: list[tuple[str, Expression]] = []
        for target in targets:
            if target.kind == "schedule":
                found += [("schedule_reference", rotation.reference) for rotation in self.rotations_of(target.id)]
            elif (user := self.user(target.id)) is not None:
                found.append(("user_reference", user))
        return tuple(dict.fromkeys(found))

    @cached_property
    def policies(self) -> Mapping[str, EscalationPolicy]:
        """The policies that call somebody, by id."""
        return {
            policy.id: policy
            for policy in self.catalog.all(EscalationPolicy)
            if any(self.targets(step.targets) for step in policy.steps)
        }

    def policy_of(self, service: Service) -> EscalationPolicy | None:
        """The policy of a service, where it is one of those."""
        ident = f"{service.team}/{service.escalation}" if service.escalation else service.team
        return self.policies.get(ident or "")

    def members(self, team: Team) -> tuple[Member, ...]:
        """Whoever is in the team's schedules or called by its policies, and the lead first."""
        rotating = (
            person
            for rotation in self.rotations
            if rotation.schedule.team == team.id
            for layer in rotation.layers
            for person in layer.people
        )
        called = (
            target.id
            for policy in team.policies
            for step in policy.steps
            for target in step.targets
            if target.kind == "person"
        )
        everybody = dict.fromkeys([*([team.lead] if team.lead else []), *rotating, *called])
        return tuple(
            Member(identifier(team.id, person), user, "manager" if person == team.lead else "responder")
            for person in everybody
            if (user := self.user(person)) is not None
        )
