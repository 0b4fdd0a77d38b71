"""The sources that an account becomes: who and what gets which id, and which file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TypeVar

from generator.analysis.pagerduty import addresses
from generator.analysis.pagerduty.settings import PAGERDUTY, PagerDuty
from generator.importers.base import Imported, Options
from generator.importers.pagerduty.account import Account, Policy, Schedule, Team
from generator.importers.pagerduty.layers import Layers
from generator.importers.pagerduty.names import key_in_team, known_people, people_ids, team_ids
from generator.importers.pagerduty.people import put_people
from generator.importers.pagerduty.policies import put_policies
from generator.importers.pagerduty.roles import tell_roles
from generator.importers.tree import Map
from generator.kinds.people import Person
from generator.kinds.service import Service
from generator.settings import PATH as SETTINGS

T = TypeVar("T", Schedule, Policy)
_ADDRESS = re.compile(r"pagerduty_[a-z0-9_]+\.[a-z0-9_]+")
IDS = "schedules/pagerduty.ids.yaml"


class Sources:
    """One import of an account whose links are resolved, and in which everything has one team."""

    def __init__(self, account: Account, options: Options, imported: Imported) -> None:
        self.account, self.options, self.imported = account, options, imported
        known = known_people(account.users.values(), options.catalog)
        taken = {each.id for each in options.catalog.all(Person)} if options.catalog is not None else set()
        self.new = [user for user in account.users.values() if user.key not in known]
        self.people = {**known, **people_ids(self.new, taken)}
        self.teams = team_ids(account, options.catalog)
        self.schedules: dict[str, tuple[str, str]] = {}
        """(team, key) by the schedule's own key."""
        self.policies: dict[str, tuple[str, str]] = {}
        for team in account.teams.values():
            self._name(team)

    def write(self) -> None:
        """Everything that can be written, each file once; a team without schedules and policies is no source."""
        put_people(self.new, self.people, self.options, self.imported)
        layers = Layers(self.people, self.options.now, self.imported)
        schedules = {team.key: self._schedules(team, layers) for team in self.account.teams.values()}
        for team in self.account.teams.values():
            source = self._head(team)
            if schedules[team.key]:
                source.put("schedules", schedules[team.key])
            put_policies(source, self.policies_of(team), self, self.lead(team))
            if source.get("schedules") or source.get("escalation"):
                self.imported.sources[f"schedules/{self.teams[team.key]}.yaml"] = source
        self._settings()
        tell_roles(self)
        ids = Map()
        for address, ident in self.ids():
            ids.put(address, ident)
        if ids:
            self.imported.add(IDS, ids)

    def _settings(self) -> None:
        """Users whom nobody manages in Terraform stay so: a plan would change their roles and titles."""
        catalog = self.options.catalog
        said = catalog is not None and catalog.settings.get(PAGERDUTY) != PagerDuty()
        if self.account.users and not self.account.manages_users and not said:
            settings = Map()
            settings.put("pagerduty", Map()).put("users", "existing")
            self.imported.add(SETTINGS, settings)

    def _name(self, team: Team) -> None:
        """Keys of the team's schedules and policies; people's ids and `lead` mean something else in a step."""
        ident = self.teams[team.key]
        taken = {*self.people.values(), "lead"}
        for schedule in _of(self.account.schedules.values(), team):
            key = key_in_team(schedule.name, schedule.ident, ident, team.name, taken)
            taken.add(key)
            self.schedules[schedule.key] = (ident, key)
        used: set[str] = set()
        for policy in self.policies_of(team):
            key = key_in_team(policy.name, policy.ident, ident, team.name, used) if used else ""
            used.add(key)
            self.policies[policy.key] = (ident, key)

    def policies_of(self, team: Team) -> list[Policy]:
        """The team's policies, its usual one first: by address or name, else the one that most services use."""
        ident = self.teams[team.key]
        used = Counter(service.policy for service in self.account.services.values())
        usual = (f"{team.name} Escalation", team.name)
        every = list(_of(self.account.policies.values(), team))
        return sorted(every, key=lambda each: (each.ident != ident, each.name not in usual, -used[each.key]))

    def managers(self, team: Team) -> list[str]:
        """Whoever manages the team in PagerDuty, by id."""
        return [
            self.people[user]
            for (of, user), role in self.account.members.items()
            if of == team.key and role == "manager" and user in self.people
        ]

    def lead(self, team: Team) -> str | None:
        """Whoever alone manages the team."""
        managers = self.managers(team)
        return managers[0] if len(managers) == 1 else None

    def _head(self, team: Team) -> Map:
        source, ident, lead = Map(), self.teams[team.key], self.lead(team)
        if team.name and team.name != ident:
            source.put("name", team.name, at=team.at)
        if team.told is not None:
            source.put("description", team.told)
        if lead is not None:
            source.put("lead", lead)
        return source

    def _schedules(self, team: Team, layers: Layers) -> Map:
        out, name = Map(), team.name or self.teams[team.key]
        for schedule in list(_of(self.account.schedules.values(), team)):
            key = self.schedules[schedule.key][1]
            made = layers.schedule(schedule, f"{name} - {key.replace('-', ' ').title()}")
            if made is None:
                del self.schedules[schedule.key]
            else:
                out.put(key, made, at=schedule.at)
        return out

    def ids(self) -> Iterator[tuple[str, str]]:
        """Address and id of all that PagerDuty has already."""
        account = self.account
        for team in account.teams.values():
            if team.known_as:
                yield str(addresses.team(self.teams[team.key])), team.known_as
        for schedule in account.schedules.values():
            if schedule.known_as and schedule.key in self.schedules:
                yield str(addresses.schedule("/".join(self.schedules[schedule.key]))), schedule.known_as
        for policy in account.policies.values():
            if policy.known_as:
                named = "/".join(filter(None, self.policies[policy.key]))
                yield str(addresses.policy(named)), policy.known_as
        yield from self._members()
        yield from self._services()
        yield from ((address, ident) for address, ident in account.others.items() if _ADDRESS.fullmatch(address))

    def _members(self) -> Iterator[tuple[str, str]]:
        said = {pair: self.account.others.pop(address, "") for address, pair in self.account.memberships.items()}
        for key, user in self.account.members:
            team, person = self.account.teams.get(key), self.account.users.get(user)
            if team is None or person is None or user not in self.people:
                continue
            ident = said.get((key, user), "")
            if not ident and team.known_as and person.known_as:
                ident = f"{person.known_as}:{team.known_as}"
            if ident:
                yield str(addresses.membership(self.teams[key], self.people[user])), ident

    def _services(self) -> Iterator[tuple[str, str]]:
        """Services that the repository has; the others are told together."""
        catalog, left = self.options.catalog, []
        here = {each.id for each in catalog.all(Service)} if catalog is not None else set()
        for service in self.account.services.values():
            if service.name in here and service.known_as:
                yield str(addresses.service(service.name)), service.known_as
            else:
                left.append(service)
        if left:
            names = ", ".join(each.name for each in left[:5]) + (f" and {len(left) - 5} more" if len(left) > 5 else "")
            hint = "tocsin new service ID writes one; import again to get its id"
            self.imported.told(left[0].at, f"services that no source here has are left alone: {names}", hint)


def _of(things: Iterable[T], team: Team) -> Iterator[T]:
    return (each for each in things if each.teams[:1] == [team.key])
