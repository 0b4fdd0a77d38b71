"""Prometheus rules as a service's sources mean them: groups of rules, before any syntax of a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from generator.analysis.prometheus.settings import PROMETHEUS, QUERY_OFFSET
from generator.analysis.rules.of_slos import slo_group
from generator.analysis.rules.rule import Rule, RuleGroup
from generator.analysis.rules.texts import alert_of, plain_annotations, plain_labels
from generator.analysis.slos.budget_windows import left_out
from generator.kinds.rules import Alert, Group, Recording
from generator.kinds.service import Service

if TYPE_CHECKING:
    from generator.catalog import Catalog

__all__ = ["Rule", "RuleGroup", "rules_of"]


def rules_of(catalog: Catalog, service: Service, now: datetime | None = None) -> tuple[RuleGroup, ...]:
    """The groups of a service: one an SLO, one for the plain alerts, and the pasted ones.

    An SLO whose selectors mean nothing has no group; a check says why. At `now`, maintenances that no budget counts are
    left out as long as they matter (`budget_windows.excluded` tells whether any do); without it all of them are.
    """
    return tuple(group for group in _groups(catalog, service, now) if group.rules)


def _groups(catalog: Catalog, service: Service, now: datetime | None) -> Iterator[RuleGroup]:
    absent = left_out(catalog, service, now)
    for slo in service.slos:
        group = slo_group(catalog, service, slo, alert_of(catalog, service.id, slo.alert), absent)
        if group is not None:
            yield group
    plain = tuple(_alert(catalog, service, alert, {}) for alert in service.plain_alerts)
    yield RuleGroup(name=f"alerts:{service.id}", rules=plain)
    for pasted in service.groups:
        yield _pasted(catalog, service, pasted)


def _pasted(catalog: Catalog, service: Service, group: Group) -> RuleGroup:
    """Labels of a whole group go to its rules: older servers do not know them."""
    return RuleGroup(
        name=group.name,
        rules=tuple(
            _recording(rule, group.labels)
            if isinstance(rule, Recording)
            else _alert(catalog, service, rule, group.labels)
            for rule in group.rules
        ),
        interval=group.interval,
        limit=group.limit,
        query_offset=group.query_offset if catalog.settings.get(PROMETHEUS).knows(QUERY_OFFSET) else None,
    )


def _recording(rule: Recording, shared: Mapping[str, str]) -> Rule:
    return Rule(expr=rule.expr, source=rule.ref, record=rule.record, labels={**shared, **rule.labels})


def _alert(catalog: Catalog, service: Service, rule: Alert, shared: Mapping[str, str]) -> Rule:
    return Rule(
        expr=rule.expr,
        source=rule.ref,
        alert=rule.name,
        hold=rule.hold,
        keep_firing_for=rule.keep_firing_for,
        labels=plain_labels(catalog, service, rule, shared),
        annotations=plain_annotations(catalog, alert_of(catalog, service.id, rule.name), rule),
    )
