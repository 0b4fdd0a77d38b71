"""Checks, one file a family. To add one: a function in a family, or a module of its own and its line here."""

from __future__ import annotations

from collections.abc import Iterable
from types import ModuleType

from generator.checks import (
    alerts,
    alerts_texts,
    alerts_twice,
    baseline,
    environments,
    labels,
    labels_replaced,
    notyet,
    oncall_changes,
    oncall_coverage,
    oncall_handoffs,
    oncall_overrides,
    oncall_paths,
    oncall_people,
    oncall_people_fair,
    oncall_people_team,
    oncall_steps,
    oncall_zones,
    pagerduty,
    pagerduty_names,
    pagerduty_people,
    queries,
    queries_firing,
    queries_matching,
    queries_metrics,
    queries_ranges,
    queries_selectors,
    queries_values,
    references,
    routing,
    routing_ways,
    runbooks,
    severities,
    slos,
    slos_legs,
    slos_ranges,
    slos_traffic,
    sources,
    status,
    suppressions,
    templates,
    templates_external,
    tests,
)
from generator.checks.base import Check

FAMILIES: tuple[ModuleType, ...] = (
    sources,
    notyet,
    oncall_changes,
    oncall_coverage,
    oncall_handoffs,
    oncall_overrides,
    oncall_paths,
    oncall_people,
    oncall_people_fair,
    oncall_people_team,
    oncall_steps,
    oncall_zones,
    pagerduty,
    pagerduty_names,
    pagerduty_people,
    references,
    alerts,
    alerts_texts,
    alerts_twice,
    baseline,
    environments,
    labels,
    labels_replaced,
    queries,
    queries_firing,
    queries_matching,
    queries_metrics,
    queries_ranges,
    queries_selectors,
    queries_values,
    routing,
    routing_ways,
    runbooks,
    severities,
    slos,
    slos_legs,
    slos_ranges,
    slos_traffic,
    status,
    suppressions,
    templates,
    templates_external,
    tests,
)

__all__ = ["FAMILIES", "Check", "all_checks"]


def all_checks(families: Iterable[ModuleType] = FAMILIES) -> dict[str, Check]:
    """Every check of the families by its id, sorted."""
    found = [each for family in families for each in vars(family).values() if isinstance(each, Check)]
    return {check.id: check for check in sorted(found, key=lambda check: check.id)}
