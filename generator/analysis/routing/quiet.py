"""When alerts are held back: planned maintenances that mute, and the hours in which tickets are answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from generator.analysis.memo import once_a_catalog
from generator.analysis.routing.time_intervals import TimeInterval, of_restrictions, of_windows, outwards
from generator.analysis.status.maintenances import affected_services, maintenance_state
from generator.analysis.windows import Window
from generator.kinds.base import Invalid, mapping
from generator.kinds.restrictions import Restriction, restrictions
from generator.kinds.service import Service
from generator.kinds.status import Maintenance
from generator.kinds.team import Team
from generator.records import dataclass
from generator.settings import TIME_ZONE

if TYPE_CHECKING:
    from generator.catalog import Catalog
    from generator.findings import Finding


@dataclass(frozen=True, slots=True)
class Mute:
    """A maintenance that mutes the alerts of some services, and is not over yet."""

    maintenance: Maintenance
    services: tuple[str, ...]
    interval: TimeInterval


@dataclass(frozen=True, slots=True)
class SupportHours:
    """When the tickets of some services are sent. `services` None: those of the whole team that say nothing else."""

    interval: TimeInterval
    services: tuple[str, ...] | None = None


@once_a_catalog
def mutes(catalog: Catalog, now: datetime) -> tuple[Mute, ...]:
    """The maintenances with `mute: true` that are not over at `now` and have a service behind their components."""
    found = []
    for maintenance in sorted(catalog.all(Maintenance), key=lambda each: (each.start, each.id)):
        window, services = _window(maintenance, now), affected_services(catalog, maintenance)
        if maintenance.mute and window is not None and services:
            spans = of_windows(outwards([window]))
            name = f"maintenance/{maintenance.id}"
            found.append(Mute(maintenance, services, TimeInterval(name, spans, "planned work")))
    return tuple(found)


def _window(maintenance: Maintenance, now: datetime) -> Window | None:
    state = maintenance_state(maintenance, now)
    start, end = state.window
    end = min(end, maintenance.cancelled) if maintenance.cancelled else end
    return None if state.is_over or end <= max(now, start) else Window(start, end)


def team_zone(catalog: Catalog, team: Team | None) -> str:
    """The zone that a team's hours are in: the one of all its schedules, else the settings' one."""
    zones = {schedule.zone_name for schedule in team.schedules} if team else set()
    return zones.pop() if len(zones) == 1 else catalog.settings.get(TIME_ZONE)


def hours_of(holder: Team | Service) -> tuple[Restriction, ...] | Finding | None:
    """The support hours of a service or a team: none for `always`, None where nothing is said; or what is wrong."""
    if holder.support_hours is None:
        return None
    try:
        return restrictions(holder.ref.at("support_hours"), mapping(holder.support_hours))
    except Invalid as refusal:
        return refusal.finding


def support(catalog: Catalog, team: Team) -> tuple[SupportHours, ...]:
    """The support hours of a team: of its services that have their own first, and then the team's."""
    zone = team_zone(catalog, team)
    own: dict[tuple[Restriction, ...], list[str]] = {}
    for service in services_by_team(catalog).get(team.id, ()):
        hours = hours_of(service)
        if isinstance(hours, tuple):
            own.setdefault(hours, []).append(service.id)
    found = [_hours(f"{team.id}/{names[0]}", hours, zone, tuple(names)) for hours, names in own.items()]
    hours = hours_of(team)
    return (*found, *([_hours(team.id, hours, zone, None)] if isinstance(hours, tuple) and hours else ()))


def _hours(name: str, hours: tuple[Restriction, ...], zone: str, services: tuple[str, ...] | None) -> SupportHours:
    return SupportHours(TimeInterval(f"support/{name}", of_restrictions(hours, zone), "support hours"), services)


@once_a_catalog
def services_by_team(catalog: Catalog) -> Mapping[str, tuple[Service, ...]]:
    """The services of each team, by id."""
    found: dict[str, list[Service]] = {}
    for service in sorted(catalog.all(Service), key=lambda each: each.id):
        if service.team is not None:
            found.setdefault(service.team, []).append(service)
    return {team: tuple(services) for team, services in found.items()}
