"""Resources and references by their addresses."""

from __future__ import annotations

from generator.analysis.pagerduty import addresses
from generator.analysis.pagerduty.account import Account
from generator.analysis.pagerduty.addresses import Address
from generator.kinds.people import Person
from generator.targets.terraform.hcl import Block, Expression, Item, attributes

BEFORE_DESTROY = Block("lifecycle", (), attributes(create_before_destroy=True))
"""What is removed goes last: Terraform first changes what still names it, or PagerDuty would refuse to delete it."""


def resource(address: Address, *body: Item) -> Block:
    """The block that makes a resource."""
    return Block("resource", (address.type, address.name), body)


def reference(address: Address, attribute: str = "id") -> Expression:
    """An attribute of a resource."""
    return Expression(f"{address}.{attribute}")


def user(account: Account, person: Person) -> Expression:
    """The id of a person's user, made here or looked up."""
    looked_up = "" if account.settings.manages_users else "data."
    return Expression(f"{looked_up}{addresses.user(person.id)}.id")


def kept(path: str, written: str | None = None) -> str:
    """The description of what has none; as it is written, where it is, so that nothing changes in an account."""
    return f"Kept by tocsin in {path}" if written is None else written
