"""A service: its SLOs and its alerts. `alerts/<service>.yaml`."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any

from generator.findings import Ref
from generator.kinds.base import Entity, Invalid, Kind, Reference, listing, mapping, source_path
from generator.kinds.rules import Alert, Group, parse_alert, parse_group
from generator.kinds.slo import SeverityOverride, Slo, parse_severities, parse_slo
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.documents import Document
    from generator.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Service(Entity):
    """A service with its SLOs, plain alerts and rule groups."""

    team: str | None = None
    description: str = ""
    selector: str = ""
    links: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    depends_on: tuple[str, ...] = ()
    escalation: str | None = None
    support_hours: Mapping[str, Any] | str | None = None
    severities: Mapping[str, SeverityOverride] = field(default_factory=dict)
    slos: tuple[Slo, ...] = ()
    plain_alerts: tuple[Alert, ...] = ()
    groups: tuple[Group, ...] = ()

    @property
    def alerts(self) -> tuple[Alert, ...]:
        """Every alert written as a rule, those inside groups too."""
        grouped = (rule for group in self.groups for rule in group.rules if isinstance(rule, Alert))
        return (*self.plain_alerts, *grouped)

    def references(self) -> Iterator[Reference]:
        """Its team, what it depends on, and its escalation policy."""
        if self.team is not None:
            yield Reference(self.ref.at("team"), "team", self.team, f"service {self.id} names")
            if self.escalation is not None:
                policy = f"{self.team}/{self.escalation}"
                yield Reference(self.ref.at("escalation"), "escalation", policy, f"service {self.id} names")
        for index, other in enumerate(self.depends_on):
            yield Reference(self.ref.at("depends_on", index), "service", other, f"service {self.id} depends on")


def parse(document: Document, settings: Settings) -> Iterator[Entity]:
    """The service of a file, and its SLOs, alerts and groups."""
    data = mapping(document.data)
    ident = KIND.id_of(document.path) or ""
    ref = Ref(document.path)
    slos = tuple(parse_slo(ref.at("slos", i), ident, each) for i, each in enumerate(listing(data.get("slos"))))
    alerts = tuple(parse_alert(ref.at("alerts", i), ident, each) for i, each in enumerate(listing(data.get("alerts"))))
    groups = tuple(parse_group(ref.at("groups", i), ident, each) for i, each in enumerate(listing(data.get("groups"))))
    _refuse_taken(groups, {f"slo:{slo.id}" for slo in slos} | ({f"alerts:{ident}"} if alerts else set()))
    service = Service(
        ref=ref,
        id=ident,
        team=data.get("team"),
        description=data.get("description", ""),
        selector=data.get("selector", ""),
        links=mapping(data.get("links")),
        labels=mapping(data.get("labels")),
        depends_on=tuple(listing(data.get("depends_on"))),
        escalation=data.get("escalation"),
        support_hours=data.get("support_hours"),
        severities=parse_severities(ref, data),
        slos=slos,
        plain_alerts=alerts,
        groups=groups,
    )
    yield service
    yield from slos
    yield from service.alerts
    yield from groups


def _refuse_taken(groups: Iterable[Group], taken: Container[str]) -> None:
    for group in groups:
        if group.name in taken:
            message = (
                f"group {group.name} has the name of a group that is made from this file, and Prometheus refuses two"
            )
            raise Invalid(group.ref.at("name"), message, "give it another name")


GLOBS = ("alerts/**/*.yaml", "alerts/**/*.yml", "!alerts/severity-map.yaml", "!alerts/severity-map.yml")
KIND = Kind("service", "Service", source_path("alerts"), parse, "alerts/tr-web.yaml", GLOBS)
