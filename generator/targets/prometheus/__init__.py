"""Prometheus: one rule file a service, `prometheus/rules/<service>.yaml`. What the rules are is decided in analysis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from generator import settings
from generator.analysis.paths import path
from generator.analysis.rules import named_alert, rules_of
from generator.artifacts import Artifact
from generator.catalog import Catalog
from generator.context import Context
from generator.kinds.runbook import Runbook
from generator.kinds.service import Service
from generator.kinds.team import Team
from generator.targets.base import Target
from generator.targets.prometheus.blocks import block, key
from generator.targets.rendering import environment

if TYPE_CHECKING:
    from jinja2 import Template


def render(catalog: Catalog, _context: Context) -> Iterable[Artifact]:
    """The rule file of every service that has rules."""
    for service in sorted(catalog.all(Service), key=lambda service: service.id):
        groups = rules_of(catalog, service)
        if groups:
            sources = tuple(_sources(catalog, service))
            text = _template().render(groups=groups, sources=[service.ref.path])
            yield Artifact.text(f"prometheus/rules/{service.id}.yaml", text, sources)


def _sources(catalog: Catalog, service: Service) -> Iterator[str]:
    """Its own file, and those that its labels and annotations are taken from."""
    paths = {service.ref.path}
    paths |= {severity.ref.path for severity in catalog.severities if severity.ref.path in catalog.documents}
    team = catalog.get(Team, service.team)
    names = sorted({slo.alert for slo in service.slos} | {alert.name for alert in service.alerts})
    runbooks = (catalog.get(Runbook, named_alert(catalog, service, name).runbook) for name in names)
    way = path(catalog, service)
    called = [target for step in way.steps for target in step.targets] if way else []
    paths |= {entity.ref.path for entity in (team, *runbooks, *called) if entity is not None}
    paths |= {settings.PATH} & set(catalog.documents)
    yield from sorted(paths)


@cache
def _template() -> Template:
    return environment(Path(__file__).parent, {"block": block, "key": key}).get_template("rules.yaml.j2")


TARGET = Target(
    "prometheus",
    "Prometheus rules: SLO recordings, burn-rate alerts and plain alerts",
    render,
    lambda catalog: bool(catalog.all(Service)),
)
