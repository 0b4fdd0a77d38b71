"""What an expression says about a rule's future here: whether it is PromQL at all, and labels that a build replaces."""

from __future__ import annotations

from collections.abc import Collection

from generator.analysis.promql import excess, newer, parse, result_labels
from generator.documents.stream import Node
from generator.importers.base import Imported

REPLACED = ("service", "team", "severity", "urgency", "sev")
"""Labels that a build puts on every alert: where a series has one already, two alerts may become one."""


def tell_query(expr: Node, said: str, labels: Collection[str] | None, imported: Imported) -> None:
    """Notes about an expression; `labels` are those the alert sets itself, None for a recording rule."""
    query = parse(expr.text or "")
    if query.tree is None:
        imported.told(expr, f"expr of {said} is kept as it is, and no check looks into it: {_why(expr.text or '')}")
        return
    only = result_labels(query.tree).only if labels is not None else None
    taken = [name for name in REPLACED if only is not None and name in only and name not in (labels or ())]
    if taken:
        names = " and ".join(taken)
        hint = "where it tells alerts apart, give it another name in the query: label_replace"
        imported.told(expr, f"the result of {said} has the label {names}, which a build replaces by its own", hint)


def _why(text: str) -> str:
    found = newer(text)
    return (
        f"{found.form} is for new servers only" if found else f"it has {excess(text)}; check --baseline lets it build"
    )
