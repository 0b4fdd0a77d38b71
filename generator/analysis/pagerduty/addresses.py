"""Addresses of resources in Terraform, made from ids alone: they stay when a name changes.

An address remembers which ids it was made from, so that its former one is known when an id changes (`renames`).
"""

from __future__ import annotations

from typing import NamedTuple

from generator.analysis.pagerduty.names import identifier
from generator.records import dataclass


class Part(NamedTuple):
    """An id inside an address, and what it is the id of (`person`, `team` …); empty for a word that no source says."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Address:
    """`pagerduty_team_membership.shop_ana`: a type, and the ids that its name is made of."""

    type: str
    parts: tuple[Part, ...]

    @property
    def name(self) -> str:
        """The second half, an identifier of HCL."""
        return identifier(*(part.id for part in self.parts))

    def __str__(self) -> str:
        return f"{self.type}.{self.name}"


def user(person: str) -> Address:
    """A person."""
    return Address("pagerduty_user", (Part("person", person),))


def contact_method(person: str, how: str) -> Address:
    """A way to reach a person: `phone`, `sms`, `email`, `push`."""
    return Address("pagerduty_user_contact_method", (Part("person", person), Part("", how)))


def notification_rule(person: str, how: str, minutes: int) -> Address:
    """An attempt to reach a person, so many minutes after the page."""
    parts = (Part("person", person), Part("", how), Part("", str(minutes)))
    return Address("pagerduty_user_notification_rule", parts)


def team(ident: str) -> Address:
    """A team."""
    return Address("pagerduty_team", (Part("team", ident),))


def membership(team_id: str, person: str) -> Address:
    """A person in a team."""
    return Address("pagerduty_team_membership", (Part("team", team_id), Part("person", person)))


def schedule(ident: str, zone: str = "") -> Address:
    """A schedule, or its layers of one zone."""
    return Address("pagerduty_schedule", (Part("schedule", ident), *([Part("", zone)] if zone else [])))


def policy(ident: str) -> Address:
    """An escalation policy."""
    return Address("pagerduty_escalation_policy", (Part("policy", ident),))


def service(ident: str) -> Address:
    """A service."""
    return Address("pagerduty_service", (Part("service", ident),))


def integration(service_id: str) -> Address:
    """A service's way in for Alertmanager."""
    return Address("pagerduty_service_integration", (Part("service", service_id), Part("", "alertmanager")))


def grouping(service_id: str) -> Address:
    """How the alerts of a service become incidents."""
    return Address("pagerduty_alert_grouping_setting", (Part("service", service_id),))


def maintenance_window(maintenance: str) -> Address:
    """A maintenance."""
    return Address("pagerduty_maintenance_window", (Part("maintenance", maintenance),))
