"""Planned work that mutes, as PagerDuty has it: a window in which the services behind it make no incidents.

A window that has begun cannot be planned anew, and one that is over cannot be deleted: PagerDuty refuses both. To
delete one that runs means to end it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from generator.analysis.pagerduty.account import Account
from generator.analysis.status.maintenances import affected_services, maintenance_state
from generator.kinds.service import Service
from generator.kinds.status import Maintenance
from generator.records import dataclass


@dataclass(frozen=True, slots=True)
class MaintenanceWindow:
    """A window that is planned, or runs."""

    maintenance: Maintenance
    start: datetime
    end: datetime
    services: tuple[Service, ...]
    has_begun: bool


def windows(account: Account) -> Iterator[MaintenanceWindow]:
    """Those that are not over, the earliest first."""
    services = {service.id: service for service in account.services}
    for maintenance in _muting(account):
        state = maintenance_state(maintenance, account.now)
        start, end = state.window
        end = min(end, maintenance.cancelled) if maintenance.cancelled else end
        behind = affected_services(account.catalog, maintenance)
        affected = tuple(services[ident] for ident in behind if ident in services)
        if affected and not state.is_over and max(start, account.now) < end:
            yield MaintenanceWindow(maintenance, start, end, affected, start <= account.now)


def is_past(maintenance: Maintenance, now: datetime) -> bool:
    """Whether PagerDuty would refuse to delete its window. What ended before its time is ended there by deleting it."""
    return maintenance.end <= now


def past(account: Account) -> Iterator[Maintenance]:
    """The maintenances whose windows PagerDuty keeps, the earliest first."""
    running = {window.maintenance.id for window in windows(account)}
    return (each for each in _muting(account) if is_past(each, account.now) and each.id not in running)


def _muting(account: Account) -> list[Maintenance]:
    found = (each for each in account.catalog.all(Maintenance) if each.mute)
    return sorted(found, key=lambda each: (each.start, each.id))
