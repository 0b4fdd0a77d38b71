"""How PagerDuty reaches a person: contact methods and notification rules, as far as they can be made from here.

Numbers are in no source: they come as sensitive variables. A person's own e-mail is a method from the first day, and
push methods are made by the app on the phone: both can only be named by their ids, from `schedules/pagerduty.ids.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from generator.analysis.pagerduty import addresses
from generator.analysis.pagerduty.addresses import Address
from generator.kinds.pagerduty_ids import PagerDutyId
from generator.kinds.people import Person
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.catalog import Catalog

TYPES = {
    "push": "push_notification_contact_method",
    "sms": "sms_contact_method",
    "phone": "phone_contact_method",
    "email": "email_contact_method",
}
NUMBERED = frozenset({"sms", "phone"})
"""Those that need a number."""


@dataclass(frozen=True, slots=True)
class ContactMethod:
    """A way to reach somebody."""

    address: Address
    how: str
    type: str
    """PagerDuty's word for it."""
    id: str | None
    """Its id in PagerDuty, where the sources know it."""

    @property
    def is_resource(self) -> bool:
        """Whether Terraform makes it, or takes it over."""
        return self.how in NUMBERED or (self.how == "email" and self.id is not None)

    @property
    def can_be_named(self) -> bool:
        """Whether a notification rule can say it."""
        return self.is_resource or self.id is not None


@dataclass(frozen=True, slots=True)
class NotificationRule:
    """One attempt to reach somebody about what is urgent. `method` can be named."""

    address: Address
    method: ContactMethod
    minutes: int


def contact_methods(catalog: Catalog, person: Person) -> tuple[ContactMethod, ...]:
    """What a person's `contact` says, and what `notify` needs, each once."""
    wanted = dict.fromkeys([*person.contact, *(step.by for step in person.notify)])
    return tuple(_method(catalog, person, how) for how in wanted)


def needs_number(catalog: Catalog, person: Person) -> bool:
    """Whether there has to be a variable with a number."""
    return any(method.how in NUMBERED for method in contact_methods(catalog, person))


def notification_rules(catalog: Catalog, person: Person) -> Iterator[NotificationRule]:
    """Those whose method can be named; the same method after the same time once.

    That of an e-mail at once is there from the beginning: it is taken over where its id is known, and never made.
    """
    methods = {method.how: method for method in contact_methods(catalog, person)}
    written = dict.fromkeys((step.by, whole_minutes(step.after)) for step in person.notify)
    for how, minutes in written:
        address = addresses.notification_rule(person.id, how, minutes)
        there = is_there(how, minutes) and catalog.get(PagerDutyId, str(address)) is None
        if methods[how].can_be_named and not there:
            yield NotificationRule(address, methods[how], minutes)


def is_there(how: str, minutes: int) -> bool:
    """Whether PagerDuty gives every user such a rule by itself."""
    return how == "email" and minutes == 0


def whole_minutes(duration: timedelta) -> int:
    """A time in PagerDuty's minutes, rounded up."""
    return -(-duration // timedelta(minutes=1))


def _method(catalog: Catalog, person: Person, how: str) -> ContactMethod:
    address = addresses.contact_method(person.id, how)
    known = catalog.get(PagerDutyId, str(address))
    # Written as `USER:METHOD`, as `terraform import` wants it.
    return ContactMethod(address, how, TYPES[how], None if known is None else known.pagerduty.rpartition(":")[2])
