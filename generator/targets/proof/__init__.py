"""The closure proof: `proof/routing.json`, where every alert ends, and its pages on the site.

It is rendered by default: what changes in it in a pull request is what the change does to who is called.
"""

from __future__ import annotations

from collections.abc import Iterable

from generator import settings
from generator.artifacts import Artifact
from generator.catalog import Catalog
from generator.context import Context
from generator.kinds import Entity
from generator.kinds.absences import Override
from generator.kinds.people import Person
from generator.kinds.runbook import Runbook
from generator.kinds.service import Service
from generator.kinds.severity_map import Severity
from generator.kinds.status import Component, Maintenance
from generator.kinds.team import Team
from generator.targets.base import Target
from generator.targets.proof.document import document, written
from generator.targets.proof.pages import pages

_KINDS: tuple[type[Entity], ...] = (
    Service,
    Team,
    Person,
    Override,
    Runbook,
    Severity,
    Component,
    Maintenance,
)


def render(catalog: Catalog, context: Context) -> Iterable[Artifact]:
    """The one document."""
    paths = {entity.ref.path for kind in _KINDS for entity in catalog.all(kind)} | {settings.PATH}
    text = written(document(catalog, context.now))
    yield Artifact.text("proof/routing.json", text, tuple(sorted(paths & set(catalog.documents))), uses_now=True)


TARGET = Target(
    "proof",
    "where every alert ends: receivers, policy, people, runbook",
    render,
    lambda catalog: bool(catalog.alerts),
    pages,
)
