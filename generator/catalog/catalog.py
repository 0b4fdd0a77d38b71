"""Everything that the sources say, by type and id, with the ways back calculated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from generator.catalog.named_alerts import NamedAlert, named_alerts
from generator.findings import Finding, Ref
from generator.kinds import Entity, Reference, severity_map
from generator.kinds.people import Person
from generator.kinds.runbook import Runbook
from generator.kinds.service import Service
from generator.kinds.severity_map import Severity
from generator.kinds.slo import Slo
from generator.kinds.status import Component
from generator.kinds.team import EscalationPolicy, Schedule, Team
from generator.records import dataclass
from generator.settings import Settings

if TYPE_CHECKING:
    from generator.documents import Document

E = TypeVar("E", bound=Entity)

TYPES: Mapping[str, type[Entity]] = {
    "team": Team,
    "person": Person,
    "schedule": Schedule,
    "escalation": EscalationPolicy,
    "runbook": Runbook,
    "service": Service,
    "slo": Slo,
    "component": Component,
}
"""What references lead to. An `alert` is a name, which SLOs and rules of a service share: `Catalog.alerts_by_name`."""


ANY = ""
"""In `Catalog.broken`: a whole folder could not be read, so any source of the kind may be in it."""


@dataclass(frozen=True)
class Catalog:
    """All documents of a tree, linked. Made by `load`; nothing in it changes afterwards."""

    settings: Settings
    documents: Mapping[str, Document]
    entities: Mapping[type[Entity], Mapping[str, Entity]]
    findings: tuple[Finding, ...] = ()
    """What was wrong with reading: these come with their check ids."""
    broken: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Kind → ids of its sources that could not be read: what they would define is unknown, not missing."""
    unread: frozenset[str] = frozenset()
    """Paths of sources that could not be read."""
    memo: dict[tuple[object, ...], Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What `analysis.memo` has calculated from this catalog and keeps as long as it."""

    def all(self, kind: type[E]) -> tuple[E, ...]:
        """Every entity of a type, in the order of paths and then as written."""
        return tuple(self.entities.get(kind, {}).values())  # type: ignore[arg-type]  # the index is by type

    def get(self, kind: type[E], ident: str | None) -> E | None:
        """One entity by its id."""
        return None if ident is None else self.entities.get(kind, {}).get(ident)  # type: ignore[return-value]

    def document(self, where: Entity | Ref | str) -> Document:
        """The document that something was read from."""
        if isinstance(where, Entity):
            where = where.ref
        return self.documents[where.path if isinstance(where, Ref) else where]

    @cached_property
    def severities(self) -> tuple[Severity, ...]:
        """The severity map, highest first; the built-in one where none is written."""
        written = sorted(self.all(Severity), key=lambda severity: severity.rank)
        return tuple(written) or severity_map.built_in()

    @cached_property
    def alerts(self) -> tuple[NamedAlert, ...]:
        """Every alert by its name, each once, sorted by service and name."""
        return named_alerts(self.all(Service))

    @cached_property
    def alerts_by_name(self) -> Mapping[str, NamedAlert]:
        """The alert of a name. The first service has it where two claim it (which is a finding)."""
        index: dict[str, NamedAlert] = {}
        for alert in self.alerts:
            index.setdefault(alert.name, alert)
        return index

    @cached_property
    def alerts_by_runbook(self) -> Mapping[str, tuple[NamedAlert, ...]]:
        """The alerts that lead to a runbook of ours, by its slug."""
        index: dict[str, list[NamedAlert]] = {}
        for alert in self.alerts:
            index.setdefault(alert.runbook, []).append(alert)
        return {slug: tuple(alerts) for slug, alerts in index.items()}

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Every link that is written."""
        found = (entity.references() for by_id in self.entities.values() for entity in by_id.values())
        return tuple(reference for each in found for reference in each)

    @cached_property
    def unresolved(self) -> tuple[Reference, ...]:
        """The links that lead nowhere, but for those that may lead into a source that could not be read."""
        return tuple(each for each in self.references if not self._leads(each) and not self._may_be_broken(each))

    def known(self, to: str) -> frozenset[str]:
        """Every id that a reference of this sort may name."""
        if to == "alert":
            return frozenset(self.alerts_by_name)
        return frozenset(self.entities.get(TYPES[to], {}))

    def may_define(self, kind: str, ident: str) -> bool:
        """Whether a source of this kind and id is there, though it could not be read."""
        broken = self.broken.get(kind, frozenset())
        return ident in broken or ANY in broken

    def _leads(self, reference: Reference) -> bool:
        if reference.to == "alert":
            return reference.id in self.alerts_by_name
        return reference.id in self.entities.get(TYPES[reference.to], {})

    def _may_be_broken(self, reference: Reference) -> bool:
        owner = reference.id.partition("/")[0]
        match reference.to:
            case "alert":
                return bool(self.broken.get("service"))
            case "service" | "slo":
                return self.may_define("service", owner)
            case "team" | "schedule" | "escalation":
                return self.may_define("team", owner)
            case "person":
                return bool(self.broken.get("people"))
            case "component":
                return bool(self.broken.get("components"))
            case _:
                return self.may_define(reference.to, reference.id)
