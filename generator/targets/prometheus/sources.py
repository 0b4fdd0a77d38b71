"""The files that a service's rules and their tests are made from: what the manifest names."""

from __future__ import annotations

from generator import settings
from generator.analysis.paths import path
from generator.analysis.rules.texts import alert_of
from generator.analysis.slos.budget_windows import excluded
from generator.catalog import Catalog
from generator.kinds.runbook import Runbook
from generator.kinds.service import Service
from generator.kinds.status import Component
from generator.kinds.team import Team


def of_tests(catalog: Catalog, service: Service) -> tuple[str, ...]:
    """Its own file, and those that say which legs there are: all that decides when an alert fires."""
    return tuple(sorted(_decisive(catalog, service)))


def of_rules(catalog: Catalog, service: Service) -> tuple[str, ...]:
    """Those too that its labels and annotations are taken from, and the planned work that no budget counts."""
    team = catalog.get(Team, service.team)
    names = sorted({slo.alert for slo in service.slos} | {alert.name for alert in service.alerts})
    runbooks = (catalog.get(Runbook, alert_of(catalog, service.id, name).runbook) for name in names)
    way = path(catalog, service)
    called = [target for step in way.steps for target in step.targets] if way else []
    found = {entity.ref.path for entity in (team, *runbooks, *called) if entity is not None}
    return tuple(sorted(found | _decisive(catalog, service) | _planned(catalog, service)))


def _decisive(catalog: Catalog, service: Service) -> set[str]:
    shared = {settings.PATH, *(severity.ref.path for severity in catalog.severities)}
    return {service.ref.path, *(shared & catalog.documents.keys())}


def _planned(catalog: Catalog, service: Service) -> set[str]:
    """The maintenances that its budgets do not count, and the components that lead from them to the service."""
    found = excluded(catalog, service)
    components = catalog.all(Component) if found else ()
    return {entity.ref.path for entity in (*found, *components)}
