"""Rule groups: name, interval, limit, offset, labels, and the rules in their order."""

from __future__ import annotations

import re

from generator.documents.stream import Node
from generator.findings import did_you_mean
from generator.importers.base import Imported
from generator.importers.fields import Fields, keep_as_comment, text
from generator.importers.names import free
from generator.importers.prometheus.find import Unit
from generator.importers.prometheus.parts import put_duration, put_texts
from generator.importers.prometheus.rules import put_rule
from generator.importers.prometheus.urgency import Severities
from generator.importers.tree import List, Map, items

ELSEWHERE = {
    "partial_response_strategy": "it is Thanos'; Prometheus refuses a rule file with it",
    "source_tenants": "it is Mimir's; Prometheus refuses a rule file with it",
    "evaluation_delay": "it is Mimir's; write query_offset, which means the same",
    "align_evaluation_time_on_interval": "it is Mimir's; Prometheus refuses a rule file with it",
}
OTHER = "rule groups of Prometheus do not have it"
KNOWN = ("name", "interval", "limit", "query_offset", "labels", "rules")


def put_groups(out: List, unit: Unit, imported: Imported, severities: Severities) -> None:
    """Adds the groups of a unit."""
    if unit.groups.items is None:
        imported.refused(unit.groups, "groups is not a list", "a list of rule groups is expected")
        return
    taken = {str(group.get("name")) for group in items(out) if isinstance(group, Map)}
    for node in unit.groups.items:
        if node.entries is None:
            imported.refused(node, "a group is not a map", "write name and rules")
        else:
            _put_group(out, node, taken, imported, severities)


def _put_group(out: List, node: Node, taken: set[str], imported: Imported, severities: Severities) -> None:
    written = text(node.get("name")) or ""
    fields = Fields(node, f"group {written}" if written else "a group", imported)
    name = free(written or f"group-{len(out.entries) + 1}", taken)
    taken.add(name)
    if name != written:
        why = f"there is another group {written} in the service" if written else "a group has no name"
        imported.lost(node.get("name") or node, f"{why}: it is called {name} here")
    group = out.add(Map(), at=node)
    group.put("name", name, at=fields.take("name"))
    _put_settings(group, fields, imported)
    labels = put_texts(group, fields, "labels", imported)
    rules = fields.take("rules")
    for key, at, value in fields.rest():
        why = f"{key} of {fields.said} is not kept: {ELSEWHERE.get(key, OTHER)}"
        imported.lost(at, why, "" if key in ELSEWHERE else did_you_mean(key, KNOWN))
        keep_as_comment(group, key, at, value)
    listed = group.put("rules", List(), at=rules)
    for rule in (rules.items or ()) if rules is not None else ():
        put_rule(listed, rule, labels, imported, severities)
    if not listed:
        imported.told(node, f"group {name} has no rules: it stays in the source, and in no rule file")


def _put_settings(group: Map, fields: Fields, imported: Imported) -> None:
    put_duration(group, fields, "interval", imported)
    limit = fields.take("limit")
    if limit is not None:
        if re.fullmatch("[0-9]{1,9}", limit.text or ""):
            group.put("limit", int(limit.text or ""), at=limit)
        else:
            imported.lost(limit, f"limit of {fields.said} is {limit.text}, no whole number from 0 on: left out")
            keep_as_comment(group, "limit", limit, limit)
    put_duration(group, fields, "query_offset", imported)
