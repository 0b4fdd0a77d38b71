"""Checks, a module or a folder a family. To add one: a function in a module, or a module and its line here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from types import ModuleType

from generator.checks.base import Check

FAMILIES: Mapping[str, tuple[str, ...]] = {
    "sources": (),
    "notyet": (),
    "oncall.changes": ("schedules",),
    "oncall.coverage": ("schedules",),
    "oncall.handoffs": ("schedules",),
    "oncall.overrides": ("schedules",),
    "oncall.paths": ("schedules",),
    "oncall.people": ("schedules",),
    "oncall.people_fair": ("schedules",),
    "oncall.people_team": ("schedules",),
    "oncall.steps": ("schedules",),
    "oncall.zones": ("schedules",),
    "pagerduty.resources": ("schedules",),
    "pagerduty.names": ("schedules",),
    "pagerduty.people": ("schedules",),
    "references": (),
    "alerts.rules": ("alerts",),
    "alerts.texts": ("alerts",),
    "alerts.twice": ("alerts",),
    "baseline": (),
    "environments": ("alerts",),
    "foreign": ("runbooks", "postmortems"),
    "labels": ("alerts",),
    "labels_replaced": ("alerts",),
    "postmortems.records": ("postmortems", "status"),
    "postmortems.actions": ("postmortems", "status"),
    "postmortems.budget": ("postmortems", "status"),
    "postmortems.times": ("postmortems", "status"),
    "postmortems.wording": ("postmortems", "status"),
    "queries.expressions": ("alerts",),
    "queries.firing": ("alerts",),
    "queries.matching": ("alerts",),
    "queries.metrics": ("alerts",),
    "queries.ranges": ("alerts",),
    "queries.selectors": ("alerts",),
    "queries.values": ("alerts",),
    "routing": (),
    "routing_ways": (),
    "runbooks.links_to": ("runbooks", "alerts"),
    "runbooks.commands": ("runbooks", "alerts"),
    "runbooks.links": ("runbooks", "alerts"),
    "runbooks.reviews": ("runbooks", "alerts"),
    "runbooks.sections": ("runbooks", "alerts"),
    "severities": (),
    "slos.objectives": ("alerts",),
    "slos.legs": ("alerts",),
    "slos.ranges": ("alerts",),
    "slos.traffic": ("alerts",),
    "status.maintenances": ("status",),
    "status.page": ("status",),
    "status.records": ("status",),
    "status.texts": ("status",),
    "status.updates": ("status",),
    "suppressions": (),
    "templates": ("alerts",),
    "templates_external": ("alerts",),
    "tests": ("alerts",),
}
"""Module → the folders of sources that it speaks of. Where a repository has none of them it is not even loaded, which
takes longer than many a check; without folders it always is."""

__all__ = ["FAMILIES", "Check", "all_checks", "families_of"]


def all_checks(families: Iterable[str | ModuleType] = FAMILIES) -> dict[str, Check]:
    """Every check of the families by its id, sorted."""
    found = [each for family in families for each in vars(_module(family)).values() if isinstance(each, Check)]
    return {check.id: check for check in sorted(found, key=lambda check: check.id)}


def families_of(paths: Iterable[str]) -> tuple[str, ...]:
    """The families that have something to say about sources at these paths."""
    folders = {path.partition("/")[0] for path in paths}
    return tuple(family for family, spoken_of in FAMILIES.items() if not spoken_of or folders & {*spoken_of})


def _module(family: str | ModuleType) -> ModuleType:
    return import_module(f"{__name__}.{family}") if isinstance(family, str) else family
