"""maintenances.tf: planned work in which services make no incidents."""

from __future__ import annotations

from collections.abc import Iterator

from generator.analysis.pagerduty import addresses
from generator.analysis.pagerduty.account import Account
from generator.analysis.pagerduty.maintenances import MaintenanceWindow, windows
from generator.analysis.pagerduty.names import printable
from generator.settings import LANGUAGES
from generator.targets.terraform.blocks import reference, resource
from generator.targets.terraform.hcl import Block, Expression, Item, attributes
from generator.times import iso_utc


def maintenances(account: Account) -> Iterator[Item]:
    """Windows that are planned or run. One that runs stays here until its end: to remove it would end it."""
    for window in windows(account):
        yield _window(account, window)


def _window(account: Account, window: MaintenanceWindow) -> Block:
    title = window.maintenance.title.text(account.catalog.settings.get(LANGUAGES)[0])
    return resource(
        addresses.maintenance_window(window.maintenance.id),
        *attributes(
            description=printable(title, window.maintenance.id),
            start_time=iso_utc(window.start),
            end_time=iso_utc(window.end),
            services=[reference(addresses.service(service.id)) for service in window.services],
        ),
        *([_BEGUN] if window.has_begun else []),
    )


# PagerDuty moves a beginning in the past to the present, and a change of it would make the window anew.
_BEGUN = Block("lifecycle", (), attributes(ignore_changes=[Expression("start_time")]))
