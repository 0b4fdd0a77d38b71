"""External labels that templates name, against those that the settings give each Prometheus."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.analysis.prometheus.environments import environments
from generator.analysis.prometheus.settings import PROMETHEUS
from generator.analysis.rules.template_actions import actions, moves_dot
from generator.catalog import Catalog
from generator.checks.base import check
from generator.checks.templates import template_finding, templates
from generator.context import Context
from generator.findings import Finding, did_you_mean

NAMED = re.compile(r"(?:\$externalLabels|(?<![\w)$])\.ExternalLabels)\.([A-Za-z_]\w*)")


@check("alert/external-label", level="warning")
def external_label(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A template names an external label that a Prometheus does not have, so nothing comes out there.

    `$externalLabels` are the labels that a server puts on everything that leaves it. The settings say which those are
    (`prometheus: {external_labels: {region: eu}}`), for each of the `environments`, too; a server without any is
    not judged. Name one of them, or add the label to the settings and to the server.
    """
    servers = {server.name: _labels(server.catalog) for server in environments(catalog)}
    declared = {name: labels for name, labels in servers.items() if labels}
    for alert, part, key, text in templates(catalog) if declared else ():
        for offset, label in _named(text):
            lacking = [name for name, labels in declared.items() if label not in labels]
            if lacking:
                where = f" of {', '.join(each or 'prometheus' for each in lacking)}" if any(servers) else ""
                fault = f"names external label '{label}', which the settings{where} do not have"
                yield template_finding(alert, (part, key), offset, fault, _instead(label, declared, lacking))


def _named(text: str) -> Iterator[tuple[int, str]]:
    """Every external label once, where it is named first."""
    found = actions(text)
    seen: set[str] = set()
    for action in found:
        for offset, match in action.finds(NAMED):
            if match[1] not in seen and (match[0].startswith("$") or not moves_dot(found)):
                seen.add(match[1])
                yield offset, match[1]


def _labels(catalog: Catalog) -> Mapping[str, str]:
    return catalog.settings.get(PROMETHEUS).external_labels


def _instead(label: str, declared: Mapping[str, Mapping[str, str]], lacking: list[str]) -> str:
    common = sorted(set.intersection(*(set(declared[name]) for name in lacking)))
    return did_you_mean(label, common) or (f"there is {', '.join(common)}" if common else "add it to external_labels")
