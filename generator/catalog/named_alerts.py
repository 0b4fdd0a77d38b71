"""Alerts by name. A name belongs to one service; several rules there may share it: one page, one runbook."""

from __future__ import annotations

from collections.abc import Iterable

from generator.findings import Ref
from generator.kinds.names import is_address, kebab_case
from generator.kinds.rules import Alert
from generator.kinds.service import Service
from generator.kinds.slo import Slo
from generator.records import dataclass


@dataclass(frozen=True, slots=True)
class NamedAlert:
    """An alert as people and routes see it."""

    name: str
    service: Service
    rules: tuple[Slo | Alert, ...]
    """The SLO, or the rules, that share the name, in written order."""
    runbook: str
    """The slug of its runbook here, or an address elsewhere."""
    runbook_ref: Ref
    """Where the runbook is written; the alert's name where it follows from that."""
    runbook_written: bool

    @property
    def ref(self) -> Ref:
        """Where the name stands first."""
        return name_ref(self.rules[0])

    @property
    def slo(self) -> Slo | None:
        """The SLO behind it, where it is one."""
        return next((rule for rule in self.rules if isinstance(rule, Slo)), None)

    @property
    def external_runbook(self) -> bool:
        """Whether its runbook is kept elsewhere."""
        return is_address(self.runbook)


def alert_name(rule: Slo | Alert) -> str:
    """The name under which a rule fires."""
    return rule.alert if isinstance(rule, Slo) else rule.name


def name_ref(rule: Slo | Alert) -> Ref:
    """Where the name is written; an SLO that names no alert has its own name instead."""
    return rule.ref.at("alert")


def named_alerts(services: Iterable[Service]) -> tuple[NamedAlert, ...]:
    """The alerts of all services, sorted by service and name."""
    return tuple(
        alert for service in sorted(services, key=lambda service: service.id) for alert in _of_service(service)
    )


def _of_service(service: Service) -> list[NamedAlert]:
    by_name: dict[str, list[Slo | Alert]] = {}
    rules: tuple[Slo | Alert, ...] = (*service.slos, *service.alerts)
    for rule in rules:
        by_name.setdefault(alert_name(rule), []).append(rule)
    return [_named(name, service, tuple(by_name[name])) for name in sorted(by_name)]


def _named(name: str, service: Service, rules: tuple[Slo | Alert, ...]) -> NamedAlert:
    for rule in rules:
        if rule.runbook is not None:
            return NamedAlert(name, service, rules, rule.runbook, rule.ref.at("runbook"), runbook_written=True)
        address = rule.annotations.get("runbook_url", "")
        if is_address(address):
            where = rule.ref.at("annotations", "runbook_url")
            return NamedAlert(name, service, rules, address, where, runbook_written=True)
    return NamedAlert(name, service, rules, kebab_case(name), name_ref(rules[0]), runbook_written=False)
