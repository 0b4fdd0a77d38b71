"""Alerts whose names are taken: a name belongs to one service, whatever its case."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from generator.catalog import Catalog
from generator.documents.stream import Node
from generator.findings import Ref, Related
from generator.importers.base import Imported
from generator.importers.tree import Entry, List, Map, Value
from generator.kinds.names import camel_case

HINT = "put the service's name in front, or import both as one --service; until then check --baseline lives with it"


def tell_clashes(imported: Imported, catalog: Catalog) -> None:
    """Names each alert whose name another service, of the import or of the repository, has already."""
    first: dict[str, tuple[str, str, Ref]] = {}
    for alert in catalog.alerts:
        first.setdefault(alert.name.lower(), (alert.name, alert.service.id, alert.ref))
    told: set[tuple[str, str]] = set()
    for path, source in imported.sources.items():
        service = PurePosixPath(path).stem
        for name, where, _ in named(service, source):
            known, owner, ref = first.setdefault(name.lower(), (name, service, _ref(where, path)))
            if (owner != service or known != name) and (name, service) not in told:
                told.add((name, service))
                said = f"alert {name} of service {service} has a name that service {owner} uses already"
                imported.refused(_ref(where, path), said, HINT, [Related(ref, f"alert {known} of service {owner}")])


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
