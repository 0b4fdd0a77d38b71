"""Labels of a pasted rule's result that ours take the place of."""

from __future__ import annotations

from collections.abc import Iterator

from generator.analysis.promql import Query, result_labels
from generator.analysis.promql.written import judged, of_alerts
from generator.catalog import Catalog
from generator.checks.base import check
from generator.checks.labels import ROUTING
from generator.context import Context
from generator.findings import Finding
from generator.kinds.rules import Alert
from generator.kinds.service import Service


@check("alert/label-replaced", level="warning")
def label_replaced(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """An alert has a series for each value of a label that is emitted with a value of ours.

    `sum by (service) (…) > 0` gives a series for each service, and the rule's labels set all of them to one `service`.
    Prometheus refuses to evaluate an alert that gives two series with the same labels, so it fails just when two fire
    at once; and where other labels keep them apart, nobody can route by the value. Give the label another name first:
    `label_replace(…, "target", "$1", "service", "(.*)")`, and aggregate by that.
    """
    for each, names in judged(of_alerts(catalog), _replaced):
        rule = each.rule
        service = catalog.get(Service, rule.service) if isinstance(rule, Alert) else None
        if rule is None or service is None:
            continue
        written = {*rule.labels, *(each.group.labels if each.group else ())}
        emitted = [name for name in names if name not in written and (name != "team" or service.team)]
        if emitted:
            yield each.finding(0, _message(emitted), "give it another name with label_replace, and aggregate by that")


def _message(names: list[str]) -> str:
    said = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return f"gives a series for each {said}, and the alert's own labels replace that: two at once may be refused"


def _replaced(query: Query) -> list[tuple[str, ...]]:
    """Emitted labels that the series are certainly told apart by."""
    if query.tree is None:
        return []
    labels = result_labels(query.tree)
    fixed = {name for name, _ in labels.fixed}
    found = tuple(name for name in ROUTING if labels.only is not None and name in labels.only - fixed)
    return [found] if found else []
