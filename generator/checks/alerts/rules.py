"""Alerts: a page is a real symptom, every alert has a runbook, and a name belongs to one service."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.catalog import Catalog
from generator.catalog.named_alerts import NamedAlert
from generator.checks.base import check
from generator.checks.references import kept
from generator.context import Context
from generator.findings import Finding, Related, did_you_mean
from generator.kinds.names import kebab_case
from generator.kinds.rules import Alert
from generator.kinds.runbook import Runbook


@check("alert/without-runbook")
def without_runbook(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """An alert has no runbook.

    Whoever is woken by it starts from scratch. An alert's runbook is the file with its name in kebab-case
    (`TrWebHighLatency` → `runbooks/tr-web-high-latency.md`), or the one that `runbook:` names, or an address elsewhere.
    """
    if not kept(catalog, "runbooks"):
        return
    for alert in catalog.alerts:
        if not alert.runbook_written and catalog.get(Runbook, alert.runbook) is None and not _unread(catalog, alert):
            near = did_you_mean(alert.runbook, catalog.known("runbook"))
            yield Finding(
                alert.ref,
                f"alert {alert.name} has no runbook: there is no runbooks/{alert.runbook}.md",
                f"{near} then name it with `runbook:`" if near else f"write it: tocsin new runbook {alert.runbook}",
                subject=f"{alert.service.id}/{alert.name}",
            )


def _unread(catalog: Catalog, alert: NamedAlert) -> bool:
    return catalog.may_define("runbook", alert.runbook)


CAUSES = re.compile(
    r"(?:^|[^a-z])(?:node_cpu|node_load|node_memory|process_cpu|process_resident_memory|container_cpu|container_memory"
    r"|windows_cpu|windows_memory|system_cpu|system_load|system_memory|cpu_usage|mem_usage|memory_usage|load_average"
    r"|load1|load5|load15|instance:node_cpu|instance:node_load)",
    re.IGNORECASE,
)
LOADED = {"high", "average", "avg", "system", "node", "host", "server"}
"""Beside one of these words in a name, "load" is a machine's and not a page's or a balancer's."""


@check("alert/cause", level="warning")
def cause(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A page on a cause (processor, memory, load) instead of a symptom that users feel.

    A busy machine is no incident: pages on causes wake people for nothing and are missed when the users suffer for
    another reason. Page on the SLO's burn; make this a ticket, or watch it on a dashboard.
    """
    for service in catalog.alerts:
        for rule in service.rules:
            if isinstance(rule, Alert) and rule.urgency == "page" and _is_cause(rule):
                yield rule.finding(
                    "urgency",
                    message=f"alert {rule.name} pages on a cause (processor, memory or load), not on what users feel",
                    hint="write urgency: ticket, and page on the burn of an SLO",
                )


def _is_cause(rule: Alert) -> bool:
    words = set(kebab_case(rule.name).split("-"))
    named = words & {"cpu", "memory", "mem"} or ("load" in words and words & LOADED)
    return bool(named or CAUSES.search(rule.expr))


@check("alert/name-taken")
def name_taken(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """Two services use one alert name, whatever its case.

    Routes, pages and runbooks are found by the alert's name; `/alerts/<name>/` can be only one of them.
    """
    first: dict[str, NamedAlert] = {}
    for alert in catalog.alerts:
        known = first.setdefault(alert.name.lower(), alert)
        if known.service.id != alert.service.id or known.name != alert.name:
            yield Finding(
                alert.ref,
                f"alert {alert.name} has a name that service {known.service.id} uses already",
                "put the service's name in front: an alert's name belongs to one service",
                related=(Related(known.ref, f"alert {known.name} of service {known.service.id}"),),
                subject=f"{alert.service.id}/{alert.name}",
            )
