"""Severities that alerts propose, and the label that Alertmanager's usual routes match."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.kinds.severity_map import Severity

if TYPE_CHECKING:
    from generator.catalog import Catalog

PAGE, TICKET = "page", "ticket"


def severity_label(urgency: str) -> str:
    """`critical` wakes somebody, `warning` does not."""
    return "critical" if urgency == PAGE else "warning"


def proposed_severity(catalog: Catalog, urgency: str) -> str | None:
    """What an alert proposes that names no severity, by id: the lowest that pages, or the highest that does not.

    None where the map has no severity of that urgency.
    """
    fitting = [severity for severity in catalog.severities if severity.urgency == urgency]
    if not fitting:
        return None
    return (max(fitting, key=_rank) if urgency == PAGE else min(fitting, key=_rank)).id


def _rank(severity: Severity) -> int:
    return severity.rank
