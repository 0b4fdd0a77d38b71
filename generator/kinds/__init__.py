"""Kinds of source, one module each. To add one: a module, a schema of its name, and its line here.

The first kind whose pattern matches a path is its kind, so narrow patterns come before wide ones.
"""

from __future__ import annotations

from generator.kinds import (
    absences,
    baseline,
    pagerduty_ids,
    people,
    postmortem,
    runbook,
    service,
    severity_map,
    status,
    team,
)
from generator.kinds.base import Entity, Invalid, Kind, Localized, Reference

KINDS: tuple[Kind, ...] = (
    severity_map.KIND,
    service.KIND,
    people.KIND,
    pagerduty_ids.KIND,
    absences.OVERRIDES,
    absences.LEAVE,
    team.KIND,
    runbook.KIND,
    postmortem.KIND,
    status.COMPONENTS,
    status.INCIDENT,
    status.MAINTENANCE,
    baseline.KIND,
)

__all__ = ["KINDS", "Entity", "Invalid", "Kind", "Localized", "Reference", "kind_of"]


def kind_of(path: str, kinds: tuple[Kind, ...] = KINDS) -> Kind | None:
    """The kind of the source at a path, None where nothing is read from there."""
    return next((kind for kind in kinds if kind.pattern.fullmatch(path)), None)
