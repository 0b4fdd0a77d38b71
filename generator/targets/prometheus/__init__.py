"""Prometheus: one rule file a service and server. What the rules are is decided in analysis."""

from __future__ import annotations

from collections.abc import Iterable

from generator.artifacts import Artifact
from generator.catalog import Catalog
from generator.context import Context
from generator.kinds.service import Service
from generator.targets.base import Target
from generator.targets.prometheus.rule_files import rule_files
from generator.targets.rendering import header


def render(catalog: Catalog, _context: Context) -> Iterable[Artifact]:
    """The rule file of every service that has rules, for each server."""
    for file in rule_files(catalog):
        text = f"{header([file.service.ref.path])}\n{file.groups}"
        yield Artifact.text(f"{file.environment.folder}/rules/{file.service.id}.yaml", text, file.sources)


TARGET = Target(
    "prometheus",
    "Prometheus rules: SLO recordings, burn-rate alerts and plain alerts",
    render,
    lambda catalog: bool(catalog.all(Service)),
)
