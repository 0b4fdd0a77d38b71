"""Rules of Prometheus as pasted into a service: plain alerts, groups, and recording rules inside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any

from generator.findings import Ref
from generator.kinds.base import Entity, Reference, listing, mapping
from generator.kinds.names import is_address
from generator.records import dataclass


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


def parse_alert(ref: Ref, service: str, data: Mapping[str, Any], group: str | None = None) -> Alert:
    """The alerting rule written at a place of a service."""
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


def parse_group(ref: Ref, service: str, data: Mapping[str, Any]) -> Group:
    """The rule group written at a place of a service."""
    rules = tuple(
        parse_alert(ref.at("rules", i), service, rule, data["name"])
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
