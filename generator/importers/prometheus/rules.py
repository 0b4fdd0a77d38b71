"""One rule, alert or recording rule, with everything it says."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.analysis.promql import refused_everywhere
from generator.documents.stream import Node
from generator.importers.base import Imported
from generator.importers.fields import Fields, as_value, origin, text
from generator.importers.prometheus.parts import put_duration, put_texts
from generator.importers.prometheus.queries import tell_query
from generator.importers.prometheus.urgency import Severities
from generator.importers.tree import List, Map
from generator.importers.write import render

ALERT = ("alert", "expr", "for", "keep_firing_for", "labels", "annotations")
RECORD = ("record", "expr", "labels")
SERIES = re.compile(r"[a-zA-Z_:][a-zA-Z0-9_:]*")


def put_rule(out: List, node: Node, shared: Mapping[str, str], imported: Imported, severities: Severities) -> None:
    """Adds a rule; one that Prometheus would refuse stays as a comment."""
    fields = Fields(node, "a rule", imported)
    alert, record = fields.take("alert"), fields.take("record")
    name, expr = alert or record, fields.take("expr")
    fault = _fault(alert, record, expr)
    if fault or name is None or expr is None:
        imported.refused(node, f"{fault}: left out", "Prometheus would refuse it too")
        _keep(out, node)
        return
    if record is not None and not SERIES.fullmatch(name.text or ""):
        said = f"series {name.text} has other characters than letters, digits, underscores and colons: left out"
        imported.lost(name, said, "only Prometheus 3 knows such names, and not everything around it does")
        _keep(out, node)
        return
    kind = "alert" if alert is not None else "record"
    fields.said = f"{'alert' if alert is not None else 'recording rule'} {name.text}"
    if why := refused_everywhere(expr.text or ""):
        hint = "Prometheus would refuse the whole file; queries of Loki and VictoriaMetrics have no place in it"
        imported.refused(expr, f"expr of {fields.said} is not PromQL: {why}; the rule is left out", hint)
        _keep(out, node)
        return
    rule = out.add(Map(), at=node)
    rule.put(kind, name.text or "", at=name)
    rule.put("expr", expr.text or "", at=expr)
    if alert is not None:
        put_duration(rule, fields, "for", imported)
        put_duration(rule, fields, "keep_firing_for", imported)
    labels = put_texts(rule, fields, "labels", imported)
    if alert is not None:
        put_texts(rule, fields, "annotations", imported)
        severities.put(rule, {**shared, **labels}, name)
    tell_query(expr, fields.said, None if alert is None else {**shared, **labels}, imported)
    fields.lose_rest(rule, "rules of Prometheus do not have it there", ALERT if alert is not None else RECORD)


def _fault(alert: Node | None, record: Node | None, expr: Node | None) -> str:
    if alert is not None and record is not None:
        return "a rule is both an alert and a recording rule"
    name = alert or record
    if name is None or not text(name):
        return "a rule is neither an alert nor a recording rule"
    if expr is None or not (text(expr) or "").strip():
        return f"rule {name.text} has no expression"
    return ""


def _keep(out: List, node: Node) -> None:
    whole = List()
    whole.add(as_value(node))
    out.remark(f"not kept, from {origin(node)}:", render(whole).rstrip(), node)
