"""Who is woken: an alert with the label `severity: critical` or `page` was meant to page, and goes on paging."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from generator.documents.stream import Node
from generator.importers.base import Imported
from generator.importers.tree import Entry, Map
from generator.records import dataclass

PAGES = frozenset({"critical", "page"})
TICKETS = frozenset({"warning", "info", "none", "ticket", "notice", "low", "minor", "information", "informational"})


@dataclass(slots=True)
class Severities:
    """The values of `severity` that were met and say neither."""

    unknown: dict[str, list[Node]] = field(default_factory=dict)

    def put(self, rule: Map, labels: Mapping[str, str], name: Node) -> None:
        """Writes `urgency: page` before the labels of an alert that pages; the labels stay as they are."""
        said = labels.get("severity", "").strip().lower()
        if said in PAGES:
            at = next((n for n, each in enumerate(rule.entries) if each.key in ("labels", "annotations")), None)
            rule.entries.insert(len(rule.entries) if at is None else at, Entry("page", "urgency"))
        elif said and said not in TICKETS:
            self.unknown.setdefault(labels["severity"], []).append(name)

    def tell(self, imported: Imported) -> None:
        """One note a value: it would be for people to say that somebody is woken."""
        for value, names in sorted(self.unknown.items()):
            alerts = "1 alert is a ticket" if len(names) == 1 else f"{len(names)} alerts are tickets"
            message = f"severity '{value}' does not say whether somebody is woken: {alerts}, {names[0].text} first"
            imported.told(names[0], message, "write urgency: page where somebody must be woken")
