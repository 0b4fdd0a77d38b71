"""Time zones that PagerDuty does not take, although every clock knows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field

from generator.analysis.pagerduty.zones import accepted, suggestion
from generator.catalog import Catalog
from generator.checks.base import check
from generator.context import Context
from generator.findings import Finding, Ref
from generator.kinds.people import Person
from generator.kinds.team import Schedule, Team
from generator.records import dataclass
from generator.settings import TIME_ZONE


@dataclass(slots=True)
class _Refused:
    """A zone and who is in it; `where` it is written first."""

    name: str
    where: Ref
    users: list[str] = field(default_factory=list)

    @property
    def said(self) -> str:
        """`Europe/Oslo (of schedule ops/primary and 3 more)`."""
        more = f" and {len(self.users) - 1} more" if len(self.users) > 1 else ""
        return f"{self.name} (of {self.users[0]}{more})"


@check("oncall/zone", level="note")
def zone(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """PagerDuty does not take a time zone, and takes another one of the same rules.

    It knows 135 names, not every one of the IANA's: Europe/Oslo is refused, Europe/Berlin is not. The Terraform is
    written with the other name; on call is the same person at every moment. Write that name yourself where people
    compare the sources with what PagerDuty shows.
    """
    for each in _refused(catalog):
        instead = suggestion(each.name, context.now)
        if instead is not None:
            yield Finding(
                each.where,
                f"PagerDuty does not take the time zone {each.said}: it is told {instead}, which has the same rules",
                f"write time_zone: {instead} if both should say the same",
                subject=each.name,
            )


@check("oncall/zone-refused", level="warning")
def zone_refused(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """PagerDuty does not take a time zone, and none of those that it takes has the same rules.

    `terraform apply` fails with it. Choose a zone from PagerDuty's list whose clock agrees for as long as you need, and
    write the hours of the schedule for it.
    """
    for each in _refused(catalog):
        if suggestion(each.name, context.now) is None:
            yield Finding(
                each.where,
                f"PagerDuty does not take the time zone {each.said}, and none that it takes has the same rules",
                "choose another zone, or write pages: people for a team without PagerDuty",
                subject=each.name,
            )


def _refused(catalog: Catalog) -> Iterator[_Refused]:
    """Each refused zone once, where teams are paged by PagerDuty."""
    paged = {team.id for team in catalog.all(Team) if team.policies and not team.pages_people}
    found: dict[str, _Refused] = {}
    for name, where, user in _zones(catalog, paged) if paged else ():
        if not accepted(name):
            found.setdefault(name, _Refused(name, where)).users.append(user)
    yield from found.values()


def _zones(catalog: Catalog, paged: set[str]) -> Iterator[tuple[str, Ref, str]]:
    """Zones, where they stand, and whose they are; one that the settings give stands there."""
    usual, settings = catalog.settings.get(TIME_ZONE), catalog.settings.ref(TIME_ZONE.key)
    on_call: set[str] = set()
    for schedule in catalog.all(Schedule):
        if schedule.team in paged:
            where = settings if schedule.zone_name == usual else schedule.ref.at("time_zone")
            yield schedule.zone_name, where, f"schedule {schedule.id}"
            for layer in schedule.layers:
                on_call |= {*layer.people}
                if layer.zone_name != schedule.zone_name:
                    yield layer.zone_name, layer.ref.at("time_zone"), f"layer {layer.name} of {schedule.id}"
    for person in catalog.all(Person):
        if person.id in on_call:
            where = settings if person.time_zone == usual else person.ref.at("time_zone")
            yield person.time_zone, where, person.name
