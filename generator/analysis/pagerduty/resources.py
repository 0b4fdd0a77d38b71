"""Every resource that PagerDuty gets, by address: for import, for renames, and for the check of clashes."""

from __future__ import annotations

from collections.abc import Iterator

from generator.analysis.pagerduty import addresses
from generator.analysis.pagerduty.account import Account
from generator.analysis.pagerduty.addresses import Address
from generator.analysis.pagerduty.contacts import contact_methods, notification_rules
from generator.analysis.pagerduty.maintenances import windows


def resources(account: Account) -> Iterator[Address]:
    """In the order in which they are written."""
    yield from _people(account)
    for team in account.teams:
        yield addresses.team(team.id)
        yield from (member.address for member in account.members(team))
    yield from (rotation.address for rotation in account.rotations)
    yield from (addresses.policy(ident) for ident in account.policies)
    for service in account.services:
        yield addresses.service(service.id)
        yield addresses.integration(service.id)
        if account.settings.alert_grouping is not None:
            yield addresses.grouping(service.id)
    yield from (addresses.maintenance_window(window.maintenance.id) for window in windows(account))


def _people(account: Account) -> Iterator[Address]:
    for person in account.people:
        if account.settings.manages_users:
            yield addresses.user(person.id)
    for person in account.reachable:
        methods = contact_methods(account.catalog, person)
        yield from (method.address for method in methods if method.is_resource)
        yield from (rule.address for rule in notification_rules(account.catalog, person))
