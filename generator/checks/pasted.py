"""Pasted rules as checks look at them: with the labels that reach them from their group, and as they are written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.analysis.memo import once_a_catalog
from generator.catalog import Catalog
from generator.findings import Edit, Ref
from generator.kinds.base import mapping
from generator.kinds.rules import Alert, Group, Recording
from generator.kinds.service import Service
from generator.records import dataclass


@dataclass(frozen=True, slots=True)
class Pasted:
    """An alerting rule of a service, inside a group or not."""

    service: Service
    rule: Alert
    group: Group | None

    @property
    def labels(self) -> Mapping[str, str]:
        """Its labels and its group's."""
        return {**self.group.labels, **self.rule.labels} if self.group else self.rule.labels

    def label_ref(self, name: str) -> Ref:
        """Where a label of it is written."""
        owner = self.rule if name in self.rule.labels or self.group is None else self.group
        return owner.ref.at("labels", name)


@once_a_catalog
def pasted(catalog: Catalog) -> tuple[Pasted, ...]:
    """Every alerting rule, in the order of services and then as written."""
    return tuple(_pasted(catalog))


def _pasted(catalog: Catalog) -> Iterator[Pasted]:
    for service in catalog.all(Service):
        for alert in service.plain_alerts:
            yield Pasted(service, alert, None)
        for group in service.groups:
            for rule in group.rules:
                if isinstance(rule, Alert):
                    yield Pasted(service, rule, group)


def recordings(catalog: Catalog) -> Iterator[tuple[Group, Recording]]:
    """Every recording rule with its group."""
    for service in catalog.all(Service):
        for group in service.groups:
            for rule in group.rules:
                if isinstance(rule, Recording):
                    yield group, rule


def raw(catalog: Catalog, ref: Ref) -> Any:
    """The plain data at a place: what is written there, before any default."""
    data: Any = catalog.document(ref).data
    for step in ref.pointer:
        data = data[step]
    return data


def writes(catalog: Catalog, each: Pasted, key: str) -> bool:
    """Whether the rule says something by that key itself."""
    return key in mapping(raw(catalog, each.rule.ref))


def moved_label(each: Pasted, label: str, key: str, value: str) -> tuple[Edit, ...]:
    """The steps that make a key of ours out of a label."""
    pointer = each.rule.ref.pointer
    return (Edit("insert", pointer, value, key), Edit("remove", (*pointer, "labels", label)))
