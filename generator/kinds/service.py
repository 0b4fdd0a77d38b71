"""A service: its SLOs and its alerts. `alerts/<service>.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from generator.kinds.base import Entity, Invalid, Kind, Reference, listing, mapping, source_path
from generator.kinds.rate import Rate, parse_rate
from generator.kinds.reading import decimal, duration, optional
from generator.kinds.severity_map import Condition, parse_conditions

if TYPE_CHECKING:
    from generator.documents import Document
    from generator.findings import Ref
    from generator.settings import Settings

DEFAULT_PERIOD = timedelta(days=30)
DEFAULT_NO_DATA = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Sli:
    """How good the service was: the written form, one of the ways that the schema allows."""

    errors: str | None = None
    good: str | None = None
    total: str | None = None
    histogram: str | None = None
    under: timedelta | None = None
    native: bool = False
    """Whether the histogram is a native one: one series with all of its buckets inside."""
    error_query: str | None = None
    total_query: str | None = None
    error_ratio_query: str | None = None


@dataclass(frozen=True, slots=True)
class SeverityOverride:
    """What a service or an SLO says about a severity of the map: off, or conditions of its own."""

    off: bool
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Slo(Entity):
    """A service level objective. `id` is `<service>/<name>`; `objective` in percent, exactly as written."""

    service: str
    name: str
    objective: Decimal
    alert: str
    sli: Sli
    description: str = ""
    critical: bool = False
    runbook: str | None = None
    period: timedelta = DEFAULT_PERIOD
    group_by: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    annotations: Mapping[str, str] = field(default_factory=dict)
    min_events: Decimal | None = None
    traffic: Rate | None = None
    """How many events there usually are; only checks use it."""
    hold: timedelta | None = None
    """`for:` of every leg."""
    no_data: timedelta | None = DEFAULT_NO_DATA
    """How long without data until the no-data ticket; None when switched off."""
    severities: Mapping[str, SeverityOverride] = field(default_factory=dict)

    def references(self) -> Iterator[Reference]:
        """The runbook, where it is written."""
        if self.runbook is not None and not is_address(self.runbook):
            yield Reference(self.ref.at("runbook"), "runbook", self.runbook, f"alert {self.alert} names")


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert(Entity):
    """A plain alert: a Prometheus rule as pasted, and four keys of ours. `id` is `<service>/<name>`."""

    service: str
    name: str
    expr: str
    hold: str | None = None
    """`for:` as written."""
    keep_firing_for: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    annotations: Mapping[str, str] = field(default_factory=dict)
    urgency: str = "ticket"
    severity: str | None = None
    runbook: str | None = None
    tests: tuple[Mapping[str, Any], ...] = ()
    group: str | None = None

    def references(self) -> Iterator[Reference]:
        """The runbook, where it is written."""
        if self.runbook is not None and not is_address(self.runbook):
            yield Reference(self.ref.at("runbook"), "runbook", self.runbook, f"alert {self.name} names")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording(Entity):
    """A recording rule inside a group, as pasted. `id` is `<service>/<record>`."""

    record: str
    expr: str
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Entity):
    """A Prometheus rule group as it is."""

    name: str
    rules: tuple[Alert | Recording, ...]
    interval: str | None = None
    limit: int | None = None
    query_offset: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)


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


def is_address(runbook: str) -> bool:
    """Whether a runbook is given as an address elsewhere instead of a slug here."""
    return runbook.startswith(("https://", "http://"))


_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z]+|[a-z]+|[0-9]+")


def kebab_case(alert: str) -> str:
    """`TrWebHTTPErrors` → `tr-web-http-errors`: the slug of an alert's runbook unless it names one.

    Of a name without any Latin letter or digit, a slug that its bytes alone decide: it is never empty.
    """
    found = "-".join(word.lower() for word in _WORD.findall(alert))
    return found or f"alert-{sha256(alert.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def camel_case(*parts: str) -> str:
    """`tr-web`, `latency` → `TrWebLatency`: the name of an SLO's alert unless it names one."""
    return "".join(word[:1].upper() + word[1:] for part in parts for word in re.split(r"[^A-Za-z0-9]+", part))


def parse(document: Document, settings: Settings) -> Iterator[Entity]:
    """The service of a file, and its SLOs, alerts and groups."""
    data = mapping(document.data)
    ident = KIND.id_of(document.path) or ""
    ref = _ref(document)
    slos = tuple(_slo(ref.at("slos", i), ident, slo) for i, slo in enumerate(listing(data.get("slos"))))
    alerts = tuple(_alert(ref.at("alerts", i), ident, rule) for i, rule in enumerate(listing(data.get("alerts"))))
    groups = tuple(_group(ref.at("groups", i), ident, group) for i, group in enumerate(listing(data.get("groups"))))
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
        severities=_severities(ref, data),
        slos=slos,
        plain_alerts=alerts,
        groups=groups,
    )
    yield service
    yield from slos
    yield from service.alerts
    yield from groups


def _ref(document: Document) -> Ref:
    from generator.findings import Ref

    return Ref(document.path)


def _slo(ref: Ref, service: str, data: Mapping[str, Any]) -> Slo:
    sli = mapping(data.get("sli"))
    return Slo(
        ref=ref,
        id=f"{service}/{data['name']}",
        service=service,
        name=data["name"],
        objective=decimal(data["objective"]),
        alert=data.get("alert") or camel_case(service, data["name"]),
        sli=Sli(
            **{key: value for key, value in sli.items() if key != "under"}, under=duration(ref.at("sli"), sli, "under")
        ),
        description=data.get("description", ""),
        critical=bool(data.get("critical", False)),
        runbook=data.get("runbook"),
        period=_period(ref, data),
        group_by=tuple(listing(data.get("group_by"))),
        labels=mapping(data.get("labels")),
        annotations=mapping(data.get("annotations")),
        min_events=None if data.get("min_events") is None else decimal(data["min_events"]),
        traffic=optional(ref, data, "traffic", parse_rate),
        hold=duration(ref, data, "for"),
        no_data=_no_data(ref, data),
        severities=_severities(ref, data),
    )


def _period(ref: Ref, data: Mapping[str, Any]) -> timedelta:
    found = duration(ref, data, "period")
    if found == timedelta(0):
        raise Invalid(ref.at("period"), f"period is {data['period']}; a budget needs a time to count over", "write 30d")
    return found or DEFAULT_PERIOD


def _no_data(ref: Ref, data: Mapping[str, Any]) -> timedelta | None:
    if data.get("no_data", "on") == "on":
        return DEFAULT_NO_DATA
    return None if data["no_data"] == "off" else duration(ref, data, "no_data")


def _severities(ref: Ref, data: Mapping[str, Any]) -> dict[str, SeverityOverride]:
    return {
        name: SeverityOverride(off=True)
        if said == "off"
        else SeverityOverride(off=False, conditions=parse_conditions(ref.at("severities", name), said))
        for name, said in mapping(data.get("severities")).items()
    }


def _alert(ref: Ref, service: str, data: Mapping[str, Any], group: str | None = None) -> Alert:
    return Alert(
        ref=ref,
        id=f"{service}/{data['alert']}",
        service=service,
        name=data["alert"],
        expr=str(data["expr"]),
        hold=data.get("for"),
        keep_firing_for=data.get("keep_firing_for"),
        labels=mapping(data.get("labels")),
        annotations=mapping(data.get("annotations")),
        urgency=data.get("urgency", "ticket"),
        severity=data.get("severity"),
        runbook=data.get("runbook"),
        tests=tuple(listing(data.get("tests"))),
        group=group,
    )


def _group(ref: Ref, service: str, data: Mapping[str, Any]) -> Group:
    rules = tuple(
        _alert(ref.at("rules", i), service, rule, data["name"])
        if "alert" in rule
        else Recording(
            ref=ref.at("rules", i),
            id=f"{service}/{rule['record']}",
            record=rule["record"],
            expr=str(rule["expr"]),
            labels=mapping(rule.get("labels")),
        )
        for i, rule in enumerate(listing(data.get("rules")))
    )
    return Group(
        ref=ref,
        id=f"{service}/{data['name']}",
        name=data["name"],
        rules=rules,
        interval=data.get("interval"),
        limit=data.get("limit"),
        query_offset=data.get("query_offset"),
        labels=mapping(data.get("labels")),
    )


GLOBS = ("alerts/**/*.yaml", "alerts/**/*.yml", "!alerts/severity-map.yaml", "!alerts/severity-map.yml")
KIND = Kind("service", "Service", source_path("alerts"), parse, "alerts/tr-web.yaml", GLOBS)
