"""PagerDuty: names that it refuses or has already, and addresses that two things would share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from generator.analysis.pagerduty.account import Account
from generator.analysis.pagerduty.moves import is_only_named
from generator.analysis.pagerduty.names import policy_name, printable
from generator.analysis.pagerduty.resources import resources
from generator.analysis.pagerduty.use import account_of, is_used
from generator.catalog import Catalog
from generator.checks.base import check
from generator.context import Context
from generator.findings import Finding, Ref, Related, nearest
from generator.kinds import Entity
from generator.kinds.pagerduty_ids import PagerDutyId
from generator.kinds.people import Person
from generator.kinds.team import EscalationPolicy, Schedule, Team


@check("pagerduty/clash")
def clash(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """Two things would have one address in Terraform.

    Addresses are made of ids, with `_` for the hyphens and slashes that HCL does not take in every place: schedule `b`
    of team `shop-a` and schedule `a-b` of team `shop` are both `pagerduty_schedule.shop_a_b`. So are the places of
    person `b-c` in team `a` and of person `c` in team `a-b`. Give one of them another id.
    """
    account = _account(catalog, context)
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for address in resources(account) if account else ():
        found[str(address)].append(tuple(part.id for part in address.parts))
    for name, made_of in found.items():
        if len(made_of) > 1:
            said = " and ".join(" in ".join(reversed(parts)) for parts in made_of)
            yield _owner(catalog, made_of[-1]).finding(
                message=f"{said} would both be {name} in Terraform", hint="give one of them another id"
            )


def _owner(catalog: Catalog, ids: tuple[str, ...]) -> Entity:
    """What an address is made of first, for a place to report at."""
    kinds: tuple[type[Entity], ...] = (Schedule, Team, EscalationPolicy, Person)
    found = (catalog.get(kind, ids[0]) for kind in kinds)
    return next(each for each in found if each is not None)


@check("pagerduty/same-name")
def same_name(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """Two schedules, two policies or two teams would have one name in PagerDuty.

    PagerDuty takes each name once, whatever its case. Characters that it does not take are replaced first, so two names
    may become one. Write another `name:`.
    """
    account = _account(catalog, context)
    for kind, named in _named(account) if account else ():
        first: dict[str, Entity] = {}
        for entity, name in named:
            other = first.setdefault(name.casefold(), entity)
            if other is not entity:
                yield entity.finding(
                    message=f"{kind} {other.id} is called '{name}' too, and PagerDuty takes a name once",
                    hint="write another name:",
                ).with_related(Related(other.ref, "the other one"))


def _named(account: Account) -> Iterator[tuple[str, list[tuple[Entity, str]]]]:
    """Everything that PagerDuty wants to have a name of its own, with that name."""
    yield "team", [(team, printable(team.name, team.id)) for team in account.teams]
    yield "schedule", [(each, printable(each.name, each.id)) for each in account.schedules]
    yield "policy", [(each, policy_name(each.name)) for each in account.policies.values()]


@check("pagerduty/name", level="warning")
def name(catalog: Catalog, context: Context) -> Iterator[Finding]:
    r"""A name holds what PagerDuty refuses, so it is written there in another way.

    Names of escalation policies are taken without `\ / & < >`, and no name may hold what cannot be printed, or begin or
    end with a blank. Write the name that PagerDuty is to show.
    """
    account = _account(catalog, context)
    for entity, written, shown in _shown(account) if account else ():
        if written != shown:
            yield entity.finding(
                "name",
                message=f"PagerDuty does not take the name of {entity.id}: it will be called '{shown}'",
                hint=f"write name: {shown}",
            )


def _shown(account: Account) -> Iterator[tuple[Entity, str, str]]:
    """Everything that has a name: as it is written, and as PagerDuty shows it."""
    yield from ((team, team.name, printable(team.name, team.id)) for team in account.teams)
    yield from ((each, each.name, printable(each.name, each.id)) for each in account.schedules)
    yield from ((each, each.name, policy_name(each.name)) for each in account.policies.values())
    yield from ((each, each.name, printable(each.name, each.id)) for each in account.people)


@check("pagerduty/id-unknown", level="warning")
def id_unknown(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """An id in PagerDuty is written for something that is not here.

    `schedules/pagerduty.ids.yaml` names resources by their addresses in Terraform. One that nothing here makes is
    either misspelt, or it is gone: then Terraform forgets it, and PagerDuty keeps it until somebody deletes it there.
    Take the line out afterwards.
    """
    account = _account(catalog, context)
    if account is not None and catalog.all(PagerDutyId):
        made = {str(address) for address in resources(account)}
        for known in catalog.all(PagerDutyId):
            if known.id not in made and not is_only_named(account, known):
                kind, _, name_there = known.id.partition(".")
                alike = nearest(name_there, (each.partition(".")[2] for each in made if each.startswith(f"{kind}.")))
                yield Finding(
                    Ref(known.ref.path, known.ref.pointer, "key"),
                    f"{known.id} is not among the resources that Terraform gets",
                    f"did you mean '{kind}.{alike}'?" if alike else "take the line out once it has been applied",
                    subject=known.id,
                )


def _account(catalog: Catalog, context: Context) -> Account | None:
    """The account, where anybody counts on one."""
    return account_of(catalog, context.now) if is_used(catalog) else None
