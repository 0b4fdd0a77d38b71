"""The groups of every service on every server, as text: one rule file each, whatever the file is wrapped in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from generator import settings
from generator.analysis.environments import Environment, environments
from generator.analysis.paths import path
from generator.analysis.rules import named_alert, rules_of
from generator.catalog import Catalog
from generator.kinds.runbook import Runbook
from generator.kinds.service import Service
from generator.kinds.team import Team
from generator.targets.prometheus.blocks import block, key
from generator.targets.rendering import environment

if TYPE_CHECKING:
    from jinja2 import Template


@dataclass(frozen=True, slots=True)
class RuleFile:
    """The rules of a service on one server. `groups` is YAML from the key `groups` on, without a header."""

    environment: Environment
    service: Service
    groups: str
    sources: tuple[str, ...]


def rule_files(catalog: Catalog) -> Iterator[RuleFile]:
    """Server by server, in the order of ids; a service without rules has no file."""
    for server in environments(catalog):
        for service in sorted(server.catalog.all(Service), key=lambda service: service.id):
            groups = rules_of(server.catalog, service)
            if groups:
                text = _template().render(groups=groups)
                yield RuleFile(server, service, text, tuple(_sources(server.catalog, service)))


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
    return environment(Path(__file__).parent, {"block": block, "key": key}).get_template("groups.yaml.j2")
