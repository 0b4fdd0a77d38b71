"""Alerts whose names are taken: a name belongs to one service, whatever its case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from generator.catalog import Catalog
from generator.documents.stream import Node
from generator.findings import Ref, Related
from generator.importers.base import Imported
from generator.importers.tree import Entry, List, Map, Value
from generator.kinds.names import camel_case

HINT = "put the service's name in front, or import both as one --service; until then check --baseline lives with it"
SHOWN = 3
"""So many of the names that two services share are said."""


class _Clash(NamedTuple):
    """An alert whose name is taken, and who has it."""

    name: str
    at: Ref
    known: str
    known_at: Ref


def tell_clashes(imported: Imported, catalog: Catalog) -> None:
    """Names the alerts whose names another service, of the import or of the repository, has: once for two services."""
    first: dict[str, tuple[str, str, Ref]] = {}
    for alert in catalog.alerts:
        first.setdefault(alert.name.lower(), (alert.name, alert.service.id, alert.ref))
    for path, source in imported.sources.items():
        service = PurePosixPath(path).stem
        found: dict[str, dict[str, _Clash]] = {}
        for name, where, _ in named(service, source):
            known, owner, ref = first.setdefault(name.lower(), (name, service, _ref(where, path)))
            if owner != service or known != name:
                found.setdefault(owner, {}).setdefault(name, _Clash(name, _ref(where, path), known, ref))
        for owner, clashes in found.items():
            _tell(imported, service, owner, list(clashes.values()))


def _tell(imported: Imported, service: str, owner: str, clashes: Sequence[_Clash]) -> None:
    first, names = clashes[0], [each.name for each in clashes]
    said = f"alert {names[0]} of service {service} has a name that service {owner} uses already"
    if len(names) > 1:
        more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
        said = f"{len(names)} alerts of service {service} have names that service {owner} uses already: "
        said += ", ".join(names[:SHOWN]) + more
    related = Related(first.known_at, f"alert {first.known} of service {owner}")
    imported.refused(first.at, said, HINT, [related])


class Named(NamedTuple):
    """An alert in a source to be written: its name, where that came from, and its rule or SLO."""

    name: str
    at: Node | None
    rule: Map


def named(service: str, source: Map) -> Iterator[Named]:
    """Every alert of a service's source."""
    for slo in _items(source.get("slos")):
        entry = _entry(slo, "alert") or _entry(slo, "name")
        if entry is not None:
            own = str(entry.value)
            yield Named(own if entry.key == "alert" else camel_case(service, own), entry.at, slo)
    rules = [*_items(source.get("alerts"))]
    for group in _items(source.get("groups")):
        rules += _items(group.get("rules"))
    for rule in rules:
        entry = _entry(rule, "alert")
        if entry is not None:
            yield Named(str(entry.value), entry.at, rule)


def _items(value: Value | None) -> list[Map]:
    return [each.value for each in value.entries if isinstance(each.value, Map)] if isinstance(value, List) else []


def _entry(value: Map, key: str) -> Entry | None:
    return next((entry for entry in value.entries if entry.key == key), None)


def _ref(node: Node | None, path: str) -> Ref:
    return node.ref if node is not None else Ref(path)
