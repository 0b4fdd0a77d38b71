"""What Terraform has to be told about the past: addresses that moved, and what it forgets without deleting it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator.analysis.pagerduty import addresses
from generator.analysis.pagerduty.account import Account
from generator.analysis.pagerduty.addresses import Address
from generator.analysis.pagerduty.contacts import contact_methods
from generator.analysis.pagerduty.maintenances import past as past_maintenances
from generator.analysis.pagerduty.renames import Past, Rename, former
from generator.analysis.pagerduty.resources import resources
from generator.kinds.pagerduty_ids import PagerDutyId
from generator.kinds.people import Person


class Move(NamedTuple):
    """What had one address has another one now."""

    old: str
    new: str
    why: Rename


class Forgotten(NamedTuple):
    """What Terraform no longer looks after, and PagerDuty keeps."""

    address: str
    why: str


def moves(account: Account, past: Past) -> tuple[Move, ...]:
    """Every former address of what is there, step by step; one that is in use again has moved nowhere."""
    present = tuple(resources(account))
    taken = {str(address) for address in present}
    return tuple(move for address in present for move in _way(address, past, taken))


def _way(address: Address, past: Past, taken: set[str]) -> Iterator[Move]:
    """Backwards, from a present address to the first one. Nothing moves from one address to two, so each is taken."""
    here = address
    for rename in past.renames:
        before = former(here, rename)
        if str(before) != str(here):
            if str(before) in taken:
                return
            taken.add(str(before))
            yield Move(str(before), str(here), rename)
        here = before


def forgotten(account: Account, past: Past) -> Iterator[Forgotten]:
    """What is kept in PagerDuty though nothing here makes it, each once."""
    said = {str(address) for address in resources(account)}
    said |= {name for move in moves(account, past) for name in (move.old, move.new)}
    for each in _kept(account, past):
        if each.address not in said:
            said.add(each.address)
            yield each


def _kept(account: Account, past: Past) -> Iterator[Forgotten]:
    yield from _users(account, past)
    for known in account.catalog.all(PagerDutyId):
        if not is_only_named(account, known):
            yield Forgotten(known.id, f"{known.ref.path} has its id, and nothing here makes it")
    for maintenance in past_maintenances(account):
        address = addresses.maintenance_window(maintenance.id)
        yield Forgotten(str(address), "it is over, and PagerDuty keeps what is over")


def _users(account: Account, past: Past) -> Iterator[Forgotten]:
    """To delete an account is for people to decide: it takes the history of whoever had it along."""
    for person in account.catalog.all(Person):
        looked_up = "users are only looked up" if not account.settings.manages_users else ""
        yield Forgotten(str(addresses.user(person.id)), looked_up or f"{person.id} has no e-mail here")
    for ident in past.gone:
        why = f"{ident} is in no file of people any more"
        yield Forgotten(str(addresses.user(ident)), why)
        # With the account: Terraform cannot delete the place and forget who had it in one go.
        teams = (team for team, person in past.left if person == ident)
        yield from (Forgotten(str(addresses.membership(team, ident)), why) for team in teams)


def is_only_named(account: Account, known: PagerDutyId) -> bool:
    """Whether an id is there for a notification rule to name: of a method that the app on a phone made."""
    methods = (each for person in account.people for each in contact_methods(account.catalog, person))
    return any(str(method.address) == known.id and not method.is_resource for method in methods)
