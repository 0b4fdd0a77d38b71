"""contacts.tf and variables.tf: how people are reached. Their numbers are sensitive variables, in no file."""

from __future__ import annotations

from collections.abc import Iterator

from generator.analysis.pagerduty.account import Account
from generator.analysis.pagerduty.addresses import user as user_address
from generator.analysis.pagerduty.contacts import (
    NUMBERED,
    ContactMethod,
    NotificationRule,
    contact_methods,
    needs_number,
    notification_rules,
)
from generator.kinds.people import Person
from generator.targets.terraform.blocks import reference, resource, user
from generator.targets.terraform.hcl import Attribute, Block, Comment, Expression, Item, attributes

LABELS = {"sms": "Mobile", "phone": "Mobile", "email": "Default"}
# A country's code, a blank, the rest in digits. A leading 0 is Italy's alone; PagerDuty takes 40 digits.
_NUMBER = r"^(\\+39 [0-9]{4,40}|\\+[1-9][0-9]{0,2} [1-9][0-9]{3,39})$"


def variables(account: Account) -> Iterator[Item]:
    """A number for each who is reached by phone."""
    for person in account.reachable:
        if needs_number(account.catalog, person):
            yield Block(
                "variable",
                (_variable(person),),
                attributes(
                    description=f"Telephone number of {person.id}, like +54 91155554444",
                    type=Expression("string"),
                    sensitive=True,
                    nullable=False,
                ),
            )


def contacts(account: Account) -> Iterator[Item]:
    """Contact methods, and what is tried after which time about what is urgent."""
    for person in account.reachable:
        for method in contact_methods(account.catalog, person):
            yield from _method(account, person, method)
        for rule in notification_rules(account.catalog, person):
            yield _rule(account, person, rule)


def _method(account: Account, person: Person, method: ContactMethod) -> Iterator[Item]:
    if method.is_resource:
        yield resource(
            method.address,
            *attributes(user_id=user(account, person), type=method.type, label=LABELS[method.how]),
            *(_number(person) if method.how in NUMBERED else attributes(address=(person.email or "").lower())),
        )
    elif not method.can_be_named:
        made = "the app on their phone makes it" if method.how == "push" else "PagerDuty made it with the user"
        yield Comment(
            f"Left out: {method.how} of {person.id}; {made}."
            f" Write its id into schedules/pagerduty.ids.yaml: {method.address}: USER:METHOD"
        )


def _number(person: Person) -> Iterator[Attribute | Block]:
    """The condition is on the resource: Terraform shows the value of a variable whose own condition does not hold."""
    variable = f"var.{_variable(person)}"
    yield from attributes(
        country_code=Expression(f'tonumber(trimprefix(split(" ", {variable})[0], "+"))'),
        address=Expression(f'split(" ", {variable})[1]'),
    )
    condition = attributes(
        condition=Expression(f'can(regex("{_NUMBER}", {variable}))'),
        error_message=f"The variable {_variable(person)} is no number like +54 91155554444.",
    )
    yield Block("lifecycle", (), (Block("precondition", (), condition),))


def _rule(account: Account, person: Person, rule: NotificationRule) -> Block:
    named = reference(rule.method.address) if rule.method.is_resource else rule.method.id or ""
    return resource(
        rule.address,
        *attributes(
            user_id=user(account, person),
            start_delay_in_minutes=rule.minutes,
            urgency="high",
        ),
        # A block since 3.24.1 of the provider, and no attribute any more.
        Block("contact_method", (), attributes(type=rule.method.type, id=named)),
    )


def _variable(person: Person) -> str:
    return f"phone_{user_address(person.id).name}"
