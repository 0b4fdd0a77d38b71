"""What the page of a component or a group shows besides its row."""

from __future__ import annotations

from typing import Any

from generator.analysis.status.maintenances import ACTIVE
from generator.targets.status.events import months
from generator.targets.status.facts import Facts


def component(facts: Facts, ident: str) -> dict[str, Any]:
    """The values of its template: its row, its components where it is a group, its events by how far they are."""
    events = facts.touching[ident]
    return {
        "row": facts.rows[ident],
        "members": tuple(row for row in facts.rows.values() if row.component.group == ident),
        "open": tuple(each for each in events if each.kind == "incident" and not each.is_over),
        "active": tuple(each for each in events if each.kind == "maintenance" and each.status in ACTIVE),
        "upcoming": tuple(each for each in reversed(events) if each.status == "scheduled"),
        "months": months((each for each in events if each.is_over), facts.zone),
    }
