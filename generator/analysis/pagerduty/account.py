"""What goes to PagerDuty and what cannot: decided once, so that whatever is written refers only to what is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from generator.analysis.pagerduty import addresses
from generator.analysis.pagerduty.addresses import Address
from generator.analysis.pagerduty.rotations import Rotation, split
from generator.analysis.pagerduty.settings import PAGERDUTY, PagerDuty
from generator.analysis.pagerduty.zones import suggestion
from generator.kinds.people import Person
from generator.kinds.service import Service
from generator.kinds.team import EscalationPolicy, EscalationStep, Layer, Schedule, Target, Team
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.catalog import Catalog

_MINUTE = timedelta(minutes=1)
ROOM_FOR_SEVERAL = timedelta(minutes=3)
"""PagerDuty's least wait where a step calls several targets."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a team."""

    address: Address
    person: Person
    role: str
    """`manager` or `responder`."""


@dataclass(frozen=True)
class Account:
    """What of a catalog can be written for PagerDuty at an instant: layers that have ended by then are gone."""

    catalog: Catalog
    now: datetime

    @cached_property
    def settings(self) -> PagerDuty:
        """The setting `pagerduty`."""
        return self.catalog.settings.get(PAGERDUTY)

    @cached_property
    def calling(self) -> tuple[Team, ...]:
        """The teams that PagerDuty calls for: all but those whose people Alertmanager itself pages."""
        return tuple(team for team in self.catalog.all(Team) if not team.pages_people)

    @cached_property
    def schedules(self) -> tuple[Schedule, ...]:
        """Those of these teams, and of other teams the ones that their policies call."""
        teams = {team.id for team in self.calling}
        called = {target.id for target in self._called if target.kind == "schedule"}
        return tuple(each for each in self.catalog.all(Schedule) if each.team in teams or each.id in called)

    @cached_property
    def teams(self) -> tuple[Team, ...]:
        """The teams that PagerDuty knows: those that it calls for, and the owners of the schedules."""
        owners = {team.id for team in self.calling} | {schedule.team for schedule in self.schedules}
        return tuple(team for team in self.catalog.all(Team) if team.id in owners)

    @cached_property
    def _called(self) -> tuple[Target, ...]:
        policies = (policy for team in self.calling for policy in team.policies)
        return tuple(target for policy in policies for step in policy.steps for target in step.targets)

    def known(self, ident: str | None) -> Person | None:
        """A person whom PagerDuty can know: it knows people by their e-mail."""
        person = self.catalog.get(Person, ident)
        return person if person is not None and person.email else None

    @cached_property
    def needed(self) -> frozenset[str]:
        """The ids of all who take turns, are called or lead a team."""
        rotating = (person for rotation in self.rotations for layer in rotation.layers for person in layer.people)
        called = (target.id for target in self._called if target.kind == "person")
        return frozenset((*rotating, *called, *(team.lead for team in self.teams if team.lead)))

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """Everybody who has a user, those who have left too: the account goes with the line in the file.

        Users that are only looked up have to be there, or nothing can be planned: those are the ones needed alone.
        """
        everybody = (person for person in self.catalog.all(Person) if person.email) if self.teams else ()
        return tuple(person for person in everybody if self.settings.manages_users or person.id in self.needed)

    @cached_property
    def reachable(self) -> tuple[Person, ...]:
        """Those of them whom PagerDuty may notify: not who has left and is not counted on any more."""
        return tuple(person for person in self.people if person.id in self.needed or not self._has_left(person))

    def _has_left(self, person: Person) -> bool:
        return person.until is not None and person.until <= self.now

    def zone(self, written: str) -> str:
        """The zone by a name that PagerDuty accepts; as written where there is none (which is a finding)."""
        return suggestion(written, self.now) or written

    @cached_property
    def _rotations(self) -> Mapping[str, tuple[Rotation, ...]]:
        return {schedule.id: tuple(split(schedule, self.now, self._lives)) for schedule in self.schedules}

    @cached_property
    def rotations(self) -> tuple[Rotation, ...]:
        """All of them, in the order of their schedules."""
        return tuple(each for rotations in self._rotations.values() for each in rotations)

    def rotations_of(self, schedule: str) -> tuple[Rotation, ...]:
        """Those of one schedule."""
        return self._rotations.get(schedule, ())

    def _lives(self, layer: Layer) -> bool:
        ended = layer.end is not None and layer.end <= self.now
        return not ended and any(self.known(person) for person in layer.people)

    def targets(self, targets: Iterable[Target]) -> tuple[Rotation | Person, ...]:
        """What a step calls, each once."""
        found: dict[Address, Rotation | Person] = {}
        for target in targets:
            if target.kind == "schedule":
                found |= {rotation.address: rotation for rotation in self.rotations_of(target.id)}
            elif (person := self.known(target.id)) is not None:
                found[addresses.user(person.id)] = person
        return tuple(found.values())

    def minutes(self, step: EscalationStep) -> int:
        """How long PagerDuty waits: whole minutes, at least one, and three where several are called at once."""
        least = ROOM_FOR_SEVERAL if len(self.targets(step.targets)) > 1 else _MINUTE
        return -(-max(step.wait, least) // _MINUTE)

    @cached_property
    def policies(self) -> Mapping[str, EscalationPolicy]:
        """The policies that call somebody, by id."""
        return {
            policy.id: policy
            for team in self.calling
            for policy in team.policies
            if any(self.targets(step.targets) for step in policy.steps)
        }

    def policy_of(self, service: Service) -> EscalationPolicy | None:
        """The policy of a service, where it is one of those."""
        ident = f"{service.team}/{service.escalation}" if service.escalation else service.team
        return self.policies.get(ident or "")

    @cached_property
    def services_of(self) -> Mapping[str, list[Service]]:
        """The services of each policy that has any, by its id."""
        found: dict[str, list[Service]] = {}
        for service in self.services:
            policy = self.policy_of(service)
            found.setdefault(policy.id if policy else "", []).append(service)
        return found

    @cached_property
    def services(self) -> tuple[Service, ...]:
        """The services that reach somebody."""
        return tuple(service for service in self.catalog.all(Service) if self.policy_of(service) is not None)

    def members(self, team: Team) -> tuple[Member, ...]:
        """The lead first, then whoever takes turns in a schedule of the team or one that it calls, or is called."""
        return self._members.get(team.id, ())

    def places(self, rotation: Rotation) -> tuple[Member, ...]:
        """The places in teams that hang on somebody's turns in a schedule."""
        people = {person for layer in rotation.layers for person in layer.people}
        teams = self._users_of.get(rotation.schedule.id, ())
        return tuple(member for team in teams for member in self.members(team) if member.person.id in people)

    @cached_property
    def _users_of(self) -> Mapping[str, list[Team]]:
        """The teams that have or call a schedule."""
        found: dict[str, list[Team]] = {}
        for team in self.teams:
            for schedule in self._schedules_of(team):
                found.setdefault(schedule, []).append(team)
        return found

    @cached_property
    def _members(self) -> Mapping[str, tuple[Member, ...]]:
        return {team.id: self._members_of(team) for team in self.teams}

    def _targets_of(self, team: Team) -> list[Target]:
        steps = (step for policy in team.policies if policy.id in self.policies for step in policy.steps)
        return [target for step in steps for target in step.targets]

    def _schedules_of(self, team: Team) -> dict[str, None]:
        """Its own and those that it calls."""
        own = (schedule.id for schedule in team.schedules)
        return dict.fromkeys((*own, *(each.id for each in self._targets_of(team) if each.kind == "schedule")))

    def _members_of(self, team: Team) -> tuple[Member, ...]:
        rotations = (rotation for each in self._schedules_of(team) for rotation in self.rotations_of(each))
        rotating = [person for rotation in rotations for layer in rotation.layers for person in layer.people]
        named = [target.id for target in self._targets_of(team) if target.kind == "person"]
        everybody = dict.fromkeys([*([team.lead] if team.lead else []), *rotating, *named])
        return tuple(
            Member(addresses.membership(team.id, ident), person, "manager" if ident == team.lead else "responder")
            for ident in everybody
            if (person := self.known(ident)) is not None
        )
