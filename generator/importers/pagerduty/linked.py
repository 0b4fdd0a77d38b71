"""An account after reading: everything refers to what is there, and belongs to exactly one team."""

from __future__ import annotations

from collections import Counter

from generator.importers.base import Imported
from generator.importers.pagerduty.account import Account, Policy, Schedule, Team, Thing

_ALONE = "on-call"
"""The team of what belongs to none."""


def resolve(account: Account) -> None:
    """Keys that mean another thing's are replaced, as two files may tell of one; ids of `import` go to their things."""
    for schedule in account.schedules.values():
        schedule.teams = [_same(account, key) for key in schedule.teams]
        for layer in schedule.layers or ():
            layer.users = [_same(account, key) for key in layer.users]
    for policy in account.policies.values():
        policy.teams = [_same(account, key) for key in policy.teams]
        for rule in policy.rules:
            rule.targets = [(kind, _same(account, key)) for kind, key in rule.targets]
    account.members = {
        (_same(account, team), _same(account, user)): role for (team, user), role in account.members.items()
    }
    account.memberships = {
        address: (_same(account, team), _same(account, user)) for address, (team, user) in account.memberships.items()
    }
    for address, ident in list(account.others.items()):
        thing = _thing(account, _same(account, address))
        if thing is not None:
            thing.known_as = thing.known_as or ident
            del account.others[address]


def _same(account: Account, key: str) -> str:
    return account.same.get(key, key)


def _thing(account: Account, key: str) -> Thing | None:
    groups = (account.users, account.teams, account.schedules, account.policies)
    return next((group[key] for group in groups if key in group), None)


def adopt(account: Account, team: str | None, imported: Imported) -> None:
    """What has no team gets the one that calls it, else `team`, else one of its own; of several the first counts."""
    adopting = _Adopting(account, team, imported)
    for policy in account.policies.values():
        adopting.one_team(policy, [], "policy")
    callers: dict[str, list[str]] = {}
    for policy in account.policies.values():
        for rule in policy.rules:
            for kind, key in rule.targets:
                if kind == "schedule":
                    callers.setdefault(key, []).append(policy.teams[0])
    for schedule in account.schedules.values():
        adopting.one_team(schedule, callers.get(schedule.key, []), "schedule")


class _Adopting:
    def __init__(self, account: Account, team: str | None, imported: Imported) -> None:
        self.account, self.team, self.imported = account, team, imported

    def one_team(self, thing: Schedule | Policy, callers: list[str], kind: str) -> None:
        known = [key for key in dict.fromkeys(thing.teams) if key in self.account.teams]
        if len(known) > 1:
            others = ", ".join(self.account.teams[key].name for key in known[1:])
            said = f"{kind} '{thing.name}' is of several teams: it is kept with the first one, and not with {others}"
            self.imported.lost(thing.at, said)
        elif not known:
            chosen = Counter(callers).most_common(1)
            known = [chosen[0][0] if chosen else self.of_none(thing)]
            name = self.account.teams[known[0]].name
            said = f"{kind} '{thing.name}' is of no team: it goes to '{name}', and the first plan shows that"
            self.imported.told(thing.at, said, "" if chosen else "--team ID says which")
        thing.teams = known[:1]

    def of_none(self, thing: Thing) -> str:
        """The team of what has none, which is made when it is needed."""
        ident = self.team or _ALONE
        teams = self.account.teams.values()
        found = next((each for each in teams if ident in (each.ident, "-".join(each.name.lower().split()))), None)
        if found is None:
            found = self.account.teams[f"team {ident}"] = Team(f"team {ident}", thing.at, ident, ident)
        return found.key
