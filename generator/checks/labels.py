"""Labels: what routes and inhibition stand on, and what pasted rules say about the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.analysis.routing.rows import contradictions
from generator.analysis.severity import PAGE, TICKET, severity_label
from generator.catalog import Catalog
from generator.checks.base import check
from generator.checks.pasted import Pasted, moved_label, pasted, writes
from generator.context import Context
from generator.findings import Edit, Finding, Fix, Related
from generator.kinds.service import Service
from generator.kinds.slo import Slo
from generator.kinds.team import Team

LOUD = frozenset({"critical", "page", "pager", "emergency", "fatal", "disaster"})
QUIET = frozenset({"warning", "warn", "info", "information", "notice", "none", "ticket", "minor", "low", "debug"})
"""Values of the label `severity` that are used for what wakes somebody, and for what does not."""

ROUTING = ("severity", "urgency", "sev", "team", "service")
OF_SLOS = (*ROUTING, "slo", "leg")
"""Labels that are emitted: on every alert, and on those of SLOs."""


@check("alert/severity-label", level="warning")
def severity_label_contradicts(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """The label `severity` of a pasted rule says another thing than its urgency.

    Routes here go by the urgency, and that somebody is woken is always written down: a rule with `severity: critical`
    and no `urgency` is a ticket, and the label stays as it is. Whoever reads the alert, or routes by the label
    elsewhere, is misled. Write `urgency: page` and drop the label, which is emitted from it; `tocsin check --fix` does.
    """
    for each in pasted(catalog):
        said = each.labels.get("severity", "").strip()
        wrong = QUIET if each.rule.urgency == PAGE else LOUD
        if said.lower() in wrong:
            urgency = TICKET if each.rule.urgency == PAGE else PAGE
            emitted = severity_label(each.rule.urgency)
            wakes = "somebody is woken" if each.rule.urgency == PAGE else "nobody is woken"
            yield Finding(
                each.label_ref("severity"),
                f"alert {each.rule.name} has the label severity: {said}, and {wakes}: its urgency is "
                f"{each.rule.urgency}",
                f"write urgency: {urgency}, or severity: {emitted}",
                subject=each.rule.id,
            ).with_fixes(_to_page(catalog, each, said))


def _to_page(catalog: Catalog, each: Pasted, said: str) -> Fix | None:
    """Where no urgency is written, the label is all that the rule says about it."""
    if each.rule.urgency == PAGE or writes(catalog, each, "urgency"):
        return None
    insert = Edit("insert", each.rule.ref.pointer, PAGE, "urgency")
    if said == severity_label(PAGE) and "severity" in each.rule.labels and not _shared(each):
        said_so = f"severity: {said} of alert {each.rule.name} became urgency: page"
        return Fix(said_so, moved_label(each, "severity", "urgency", PAGE))
    return Fix(f"alert {each.rule.name} got urgency: page", (insert,))


def _shared(each: Pasted) -> bool:
    """Whether the label would come from elsewhere if the rule had none."""
    return "severity" in each.service.labels or (each.group is not None and "severity" in each.group.labels)


@check("alert/severity-urgency", level="warning")
def severity_contradicts(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """An alert proposes a severity of the map that pages, and is a ticket; or the other way round.

    The severity says how bad it is and what is done; the urgency who hears of it now. Without `severity:` an alert
    proposes one that fits its urgency.
    """
    urgencies = {severity.id: severity.urgency for severity in catalog.severities}
    for each in pasted(catalog):
        meant = urgencies.get(each.rule.severity or "", each.rule.urgency)
        if meant != each.rule.urgency:
            yield each.rule.finding(
                "severity",
                message=f"alert {each.rule.name} proposes {each.rule.severity}, which is a {meant}, and its urgency "
                f"is {each.rule.urgency}",
                hint=f"write urgency: {meant}, or a severity that is a {each.rule.urgency}",
            )


@check("alert/label-taken", level="warning")
def label_taken(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A label has a name that is emitted, with another value.

    Alerts get `severity`, `urgency`, `sev`, `team` and `service`, those of SLOs `slo` and `leg` too; routes, inhibition
    and the closure proof stand on them. On an SLO ours win, and the label has no effect. On a pasted rule the label
    that is written wins, be it the rule's, its group's or its service's, and the alert goes where it says. A label
    `team` counts where the service names no team. Write our keys instead: `team:` of the service, `urgency:` and
    `severity:` of the rule. A label that sends an alert elsewhere is told by `routing/elsewhere` alone.
    """
    for service in catalog.all(Service):
        yield from _of_sources(catalog, service, service.labels)
        for slo in service.slos:
            yield from _of_sources(catalog, slo, slo.labels)
    for each in pasted(catalog):
        for name, said in each.labels.items():
            emitted = _emitted(each, name, said)
            if emitted is not None and not _elsewhere(catalog, each.service, name, said):
                yield Finding(
                    each.label_ref(name),
                    f"alert {each.rule.name} has the label {name}: {said} and keeps it, in place of "
                    + (f"{name}: {emitted}" if emitted else "the one that is emitted from its severity"),
                    _key_for(name),
                    subject=each.rule.id,
                ).with_fixes(_to_key(catalog, each, name, said))


def _emitted(each: Pasted, name: str, said: str) -> str | None:
    """What a pasted rule would get by that name, where it says another thing; empty for the one that is proposed."""
    ours = {"urgency": each.rule.urgency, "team": each.service.team, "service": each.service.id, "sev": ""}
    emitted = ours.get(name)
    if emitted is None or said in (emitted, each.rule.severity) or "{{" in said:
        return None
    return emitted


def _elsewhere(catalog: Catalog, service: Service, name: str, said: str) -> bool:
    """Whether `routing/elsewhere` tells it: without teams there are no routes."""
    return bool(catalog.all(Team)) and name in contradictions(service, {name: said})


def _of_sources(catalog: Catalog, owner: Service | Slo, labels: Mapping[str, str]) -> Iterator[Finding]:
    for name, said in labels.items():
        if name not in OF_SLOS or (name == "team" and _without_team(owner, catalog)):
            continue
        if isinstance(owner, Service) and owner.alerts and _elsewhere(catalog, owner, name, said):
            continue
        yield owner.finding(
            "labels",
            name,
            key=True,
            message=f"the label {name} of {owner.id} is one that is emitted: {_effect(owner)}",
            hint="give it another name",
        )


def _effect(owner: Service | Slo) -> str:
    if isinstance(owner, Slo) or not owner.alerts:
        return "it has no effect on alerts of SLOs"
    pasted_rules = "pasted rules get this one in its place"
    return f"{pasted_rules}, and alerts of SLOs do not" if owner.slos else pasted_rules


def _without_team(owner: Service | Slo, catalog: Catalog) -> bool:
    """Whether no `team` is emitted that could win."""
    service = owner if isinstance(owner, Service) else catalog.get(Service, owner.service)
    return service is None or service.team is None


@check("slo/group-by-taken")
def group_by_taken(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """An SLO is divided by a label that is emitted with one value.

    The series that are recorded carry `service` and `slo`, the alerts `severity`, `urgency`, `sev`, `team` and `leg` as
    well: the parts would all get the same value, and Prometheus refuses two series that have become one. Write
    error_query and total_query that give the label another name by `label_replace`, and group by that.
    """
    for slo in catalog.all(Slo):
        for index, name in enumerate(slo.group_by):
            if name in (*OF_SLOS, "alertname"):
                yield slo.finding(
                    "group_by",
                    index,
                    message=f"SLO {slo.id} is grouped by {name}, which is emitted with one value for all parts",
                    hint="give the label another name in error_query and total_query, and group by that",
                )


def _key_for(name: str) -> str:
    key = {"sev": "severity"}.get(name, name)
    return f"write {key}: of the {'service' if name in ('team', 'service') else 'rule'}, or give the label another name"


def _to_key(catalog: Catalog, each: Pasted, name: str, said: str) -> Fix | None:
    key = {"urgency": "urgency", "sev": "severity"}.get(name)
    fits = {"urgency": rf"{PAGE}|{TICKET}", "sev": r"SEV-[1-9]"}.get(name, r"(?!)")
    if key is None or name not in each.rule.labels or writes(catalog, each, key) or not re.fullmatch(fits, said):
        return None
    return Fix(f"the label {name}: {said} of alert {each.rule.name} became {key}", moved_label(each, name, key, said))


@check("alert/redundant", level="note")
def redundant(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """Rules say what would be so without it.

    `severity: warning` in a ticket and `severity: critical` in a page are emitted from the urgency, and `for: 0m` is
    the default. Nothing is wrong; `tocsin check --fix` leaves them out. One note a service.
    """
    found: dict[str, list[tuple[Pasted, Edit]]] = {}
    for each in pasted(catalog):
        for edit in _needless(each):
            found.setdefault(each.service.id, []).append((each, edit))
    for service, edits in found.items():
        (first, edit), count = edits[0], len(edits)
        what = f"alert {first.rule.name} says {edit.pointer[-1]}, which would be so without it"
        yield Finding(
            first.rule.ref.key(*edit.pointer[len(first.rule.ref.pointer) :]),
            what if count == 1 else f"{what}; so do {count - 1} more keys of service {service}",
            "leave them out: tocsin check --fix",
            tuple(Related(each.rule.ref.key(), f"alert {each.rule.name}") for each, _ in edits[1:3]),
            subject=service,
        ).with_fixes(*(_gone(each, edit) for each, edit in edits))


def _gone(each: Pasted, edit: Edit) -> Fix:
    return Fix(f"{edit.pointer[-1]} of alert {each.rule.name}, which would be so without it, is gone", (edit,))


def _needless(each: Pasted) -> Iterator[Edit]:
    pointer = each.rule.ref.pointer
    if each.rule.labels.get("severity") == severity_label(each.rule.urgency) and not _shared(each):
        yield Edit("remove", (*pointer, "labels", "severity"))
    for key, span in (("for", each.rule.hold), ("keep_firing_for", each.rule.keep_firing_for)):
        if span is not None and not span.strip("0smhdwy"):
            yield Edit("remove", (*pointer, key))
