"""Ids for what is imported: the repository's own where it knows the thing already, else from names, each once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from generator.analysis.pagerduty.names import identifier
from generator.importers.names import free, slug
from generator.importers.pagerduty.account import Account, Team, User
from generator.kinds.pagerduty_ids import PagerDutyId
from generator.kinds.people import Person
from generator.kinds.team import Team as OwnTeam

if TYPE_CHECKING:
    from generator.catalog import Catalog

_RESERVED = frozenset({"lead"})
"""What a step of a policy means otherwise."""


def known_people(users: Iterable[User], catalog: Catalog | None) -> dict[str, str]:
    """The ids of users whom the repository knows, by their ids in PagerDuty or their e-mails."""
    people = catalog.all(Person) if catalog is not None else ()
    by_id = {each.pagerduty: each.id for each in people if each.pagerduty}
    by_email = {each.email.lower(): each.id for each in people if each.email}
    found = {user.key: by_id.get(user.known_as or "") or by_email.get(user.email or "") for user in users}
    return {key: ident for key, ident in found.items() if ident}


def people_ids(users: Iterable[User], taken: Iterable[str]) -> dict[str, str]:
    """Ids for new people: from the address in Terraform or the name; e-mails tell those of one name apart."""
    every = list(users)
    wishes = {user.key: user.ident or slug(user.name or _local(user) or user.key) for user in every}
    often = Counter(wishes.values())
    used = {*taken, *_RESERVED}
    out: dict[str, str] = {}
    for user in every:
        wish = wishes[user.key]
        if (often[wish] > 1 or wish in used) and user.email:
            wish = slug(_local(user)) if slug(_local(user)) not in used else slug(user.email)
        out[user.key] = free(wish, used)
        used.add(out[user.key])
    return out


def team_ids(account: Account, catalog: Catalog | None) -> dict[str, str]:
    """Ids of the teams, by key."""
    own = {each.name.casefold(): each.id for each in catalog.all(OwnTeam)} if catalog is not None else {}
    known = {each.pagerduty: each.id for each in catalog.all(PagerDutyId)} if catalog is not None else {}
    prefix = "pagerduty_team."
    by_id = {ident: address.removeprefix(prefix) for ident, address in known.items() if address.startswith(prefix)}
    names = {identifier(each): each for each in own.values()}
    out: dict[str, str] = {}
    used: set[str] = set()
    for team in account.teams.values():
        here = names.get(by_id.get(team.known_as or "", ""), "") or own.get(team.name.casefold(), "")
        out[team.key] = here if here and here not in used else free(team.ident or _of_team(team), used)
        used.add(out[team.key])
    return out


def _of_team(team: Team) -> str:
    ident = slug(team.name or team.key)
    return f"{ident}-team" if ident in ("people", "pagerduty") else ident


def key_in_team(name: str, ident: str | None, team: str, team_name: str, taken: Iterable[str]) -> str:
    """The key of a schedule or policy inside its team: without the team's name in front of it."""
    wish = ident or slug(name)
    for prefix in (team, slug(team_name) if team_name else team):
        shorter = wish.removeprefix(f"{prefix}-")
        if shorter != wish and shorter:
            wish = shorter
            break
    return free(wish, frozenset(taken))


def _local(user: User) -> str:
    return (user.email or "").partition("@")[0]
