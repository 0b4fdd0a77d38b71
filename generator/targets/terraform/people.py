"""people.tf: users, or where they are managed elsewhere, how to find them."""

from __future__ import annotations

from collections.abc import Iterator

from generator.analysis.pagerduty import addresses
from generator.analysis.pagerduty.account import Account
from generator.analysis.pagerduty.names import printable
from generator.analysis.pagerduty.zones import accepted
from generator.kinds.people import Person
from generator.targets.terraform.blocks import BEFORE_DESTROY, kept, resource
from generator.targets.terraform.hcl import Block, Comment, Item, attributes


def people(account: Account) -> Iterator[Item]:
    """Everybody whom PagerDuty should know. No licence is named, and teams are memberships: both would drift."""
    known = {person.id for person in account.people}
    for person in account.catalog.all(Person) if account.teams else ():
        if person.id in known:
            yield _user(account, person) if account.settings.manages_users else _looked_up(person)
        elif not person.email:
            yield Comment(
                f"Left out: {person.id} has no e-mail in {person.ref.path}, and PagerDuty knows people by it."
            )


def _looked_up(person: Person) -> Block:
    name = addresses.user(person.id).name
    return Block("data", ("pagerduty_user", name), attributes(email=_email(person)))


def _user(account: Account, person: Person) -> Block:
    zone = account.zone(person.time_zone)
    return resource(
        addresses.user(person.id),
        *attributes(
            name=printable(person.name, person.id),
            email=_email(person),
            role="user",
            # The account's zone does for a person; what the provider refuses would stop everything.
            time_zone=zone if accepted(zone) else None,
            description=kept(person.ref.path),
        ),
        BEFORE_DESTROY,
    )


def _email(person: Person) -> str:
    """In lower case: PagerDuty keeps it so, and anything else would be a change in every plan."""
    return (person.email or "").lower()
