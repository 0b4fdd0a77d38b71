"""Prometheus: one rule file a service and server, and its tests. What the rules are is decided in analysis."""

from __future__ import annotations

from collections.abc import Iterable

from generator.artifacts import Artifact
from generator.catalog import Catalog
from generator.context import Context
from generator.kinds.service import Service
from generator.targets.base import Target
from generator.targets.prometheus.rule_files import rule_files
from generator.targets.prometheus.rule_tests import rule_test_files
from generator.targets.rendering import header


def render(catalog: Catalog, context: Context) -> Iterable[Artifact]:
    """The rule file of every service that has rules, for each server, and the tests of it."""
    for file in rule_files(catalog, context.now):
        text = f"{header([file.service.ref.path])}\n{file.groups}"
        yield Artifact.text(file.path, text, file.sources, uses_now=file.uses_now)
    for tests in rule_test_files(catalog):
        yield Artifact.text(tests.path, tests.text, tests.sources)
        if tests.rules is not None and not tests.tests.part:
            path, text = tests.rules
            yield Artifact.text(path, f"{header([tests.service.ref.path])}\n{text}", tests.sources)


TARGET = Target(
    "prometheus",
    "Prometheus rules: SLO recordings, burn-rate alerts and plain alerts, and their tests",
    render,
    lambda catalog: bool(catalog.all(Service)),
)
