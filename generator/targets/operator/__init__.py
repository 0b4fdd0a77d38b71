"""The Prometheus Operator: the rules of a service as one PrometheusRule object, a file a service and server."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from generator.artifacts import Artifact
from generator.catalog import Catalog
from generator.context import Context
from generator.kinds.service import Service
from generator.targets.base import Target
from generator.targets.operator.settings import OPERATOR
from generator.targets.prometheus.rule_files import rule_files
from generator.targets.rendering import environment

if TYPE_CHECKING:
    from jinja2 import Template


def render(catalog: Catalog, context: Context) -> Iterable[Artifact]:
    """The object of every service that has rules. Its name is the service's id, which is a name for Kubernetes too."""
    said = catalog.settings.get(OPERATOR)
    for file in rule_files(catalog, context.now):
        text = _template().render(
            sources=[file.service.ref.path],
            name=file.service.id,
            namespace=said.namespace,
            labels=said.labels,
            groups=file.groups,
        )
        path = f"{file.environment.folder}/operator/{file.service.id}.yaml"
        yield Artifact.text(path, text, file.sources, uses_now=file.uses_now)


def nested(groups: str) -> str:
    """The groups one level further in. Only a line feed ends a line of them: every other end of line is quoted."""
    return re.sub(r"^(?=[^\n])", "  ", groups.removesuffix("\n"), flags=re.MULTILINE)


@cache
def _template() -> Template:
    return environment(Path(__file__).parent, {"nested": nested}).get_template("rule.yaml.j2")


TARGET = Target(
    "operator",
    "PrometheusRule objects for the Prometheus Operator",
    render,
    lambda catalog: bool(catalog.all(Service)),
    default=False,
)
