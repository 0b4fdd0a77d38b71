"""Routing: every alert of a team reaches somebody, and what rules say themselves does not send them elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.analysis.routing import Routing, routing
from generator.analysis.routing.quiet import hours_of, services_by_team
from generator.analysis.routing.rows import ROUTED_BY, contradictions, templated
from generator.analysis.rules.texts import plain_labels
from generator.analysis.severity import PAGE, TICKET
from generator.analysis.status.maintenances import affected_services
from generator.catalog import Catalog
from generator.checks.base import check
from generator.checks.pasted import Pasted, pasted
from generator.context import Context
from generator.findings import Finding, Ref
from generator.kinds.service import Service
from generator.kinds.status import Maintenance
from generator.kinds.team import Team


@check("service/no-team", level="warning")
def no_team(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A service with alerts belongs to no team, so its alerts notify nobody.

    Alerts are routed by team. Write `team:` into the service's file; the file `schedules/<team>.yaml` says who that is.
    """
    teams = sorted(team.id for team in catalog.all(Team))
    for service in catalog.all(Service):
        if service.team is None and (service.slos or service.alerts):
            yield service.finding(
                message=f"service {service.id} has no team: its alerts notify nobody",
                hint=f"write team: and one of {', '.join(teams)}" if teams else "write team: <a file of schedules/>",
            )


@check("routing/page-to-nobody")
def page_to_nobody(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """Pages of a team notify nobody.

    The team has services, and says nowhere how it is called: no escalation policy, no Slack channel, no e-mail that
    Alertmanager can send. An alert that pages then goes out into the void. Write `escalation:` for PagerDuty; without
    PagerDuty write `pages: people`, and `slack:` or `email:`. E-mail needs `alertmanager: {smtp_smarthost, smtp_from}`
    in `tocsin.yaml`.
    """
    return _to_nobody(catalog, context, PAGE, "write escalation:, or pages: people with slack: or email:")


@check("routing/ticket-to-nobody", level="warning")
def ticket_to_nobody(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """Tickets of a team notify nobody.

    A ticket never calls by PagerDuty, so a team that has only an escalation policy does not hear of slow burns, missing
    data and everything else that may wait until the morning. Write `slack:` or `email:` into the team's file, or a
    receiver of the settings under `receivers:`.
    """
    return _to_nobody(catalog, context, TICKET, "write slack: or email:, or name a receiver of tocsin.yaml")


def _to_nobody(catalog: Catalog, context: Context, urgency: str, hint: str) -> Iterator[Finding]:
    """One finding a team, however many alerts it has. Every service has both urgencies, sooner or later."""
    found = routing(catalog, context.now)
    for team in catalog.all(Team):
        services = [each for each in services_by_team(catalog).get(team.id, ()) if each.slos or each.alerts]
        lost = [service.id for service in services if not _reaches(found, service, urgency)]
        if lost:
            named = ", ".join(lost[:3]) + (f" and {len(lost) - 3} more" if len(lost) > 3 else "")
            email = " (e-mail is not sent: alertmanager.smtp_smarthost is not set)" if team.email else ""
            yield team.finding(
                message=f"{urgency}s of team {team.id} notify nobody{email}: those of {named}", hint=hint
            )


def _reaches(found: Routing, service: Service, urgency: str) -> bool:
    return found.reaches({"team": service.team or "", "urgency": urgency, "service": service.id})


@check("routing/elsewhere", level="warning")
def elsewhere(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A label of a rule sends its alert elsewhere than the service that it stands in.

    What a pasted rule says itself stays, and Alertmanager routes by the labels `team`, `urgency` and `service`. A label
    `team` of another team takes the alert away from the service's own; a label `service` takes it out of the service's
    maintenances and hours; an `urgency` that is neither `page` nor `ticket` is treated as a ticket, whatever it says.
    Leave the label out, or move the rule to the service that it is about.
    """
    found: dict[Ref, list[tuple[Pasted, str, str]]] = {}
    for each in _own_labels(catalog) if catalog.all(Team) else ():
        shared = each.group.labels if each.group else {}
        labels, templates = plain_labels(catalog, each.service, each.rule, shared), templated(each.rule, shared)
        for name in contradictions(each.service, {key: labels[key] for key in labels if key not in templates}):
            found.setdefault(_where(each, name), []).append((each, name, labels[name]))
    for where, [(each, name, value), *others] in found.items():
        service = each.service
        said = {"team": service.team, "service": service.id}.get(name)
        yield Finding(
            where,
            f"label {name} of alert {each.rule.name}{_and_more(len(others))} is '{value}'"
            + (f", and service {service.id} says '{said}'" if said else ", which is treated as a ticket"),
            "leave the label out" if said else "leave the label out and write urgency: page or ticket",
            subject=each.rule.id,
        )


def _and_more(count: int) -> str:
    """Alerts that have a label from the same place: their group, or their service."""
    return f" and {count} more" if count else ""


@check("routing/unknown", level="warning")
def unknown(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """Where an alert goes is decided by its series: a label that routes is a template.

    `team: "{{ $labels.team }}"` sends the alert to whatever team a metric names; where that is a name that no team has,
    nobody is notified, and no proof can be given beforehand. Write the team, or one rule for each.
    """
    if catalog.all(Team):
        for each in _own_labels(catalog):
            rule, shared = each.rule, each.group.labels if each.group else {}
            for name in sorted(templated(rule, shared).intersection(ROUTED_BY)):
                yield Finding(
                    _where(each, name),
                    f"label {name} of alert {rule.name} is a template: who is notified hangs on the series",
                    "leave the label out: the service says it",
                    subject=rule.id,
                )


def _own_labels(catalog: Catalog) -> Iterator[Pasted]:
    """Pasted rules with a label that routes, be it of the rule, its group or its service."""
    return (each for each in pasted(catalog) if _routes(each.service.labels) or _routes(each.labels))


def _routes(labels: Mapping[str, str]) -> bool:
    return any(name in labels for name in ROUTED_BY)


def _where(each: Pasted, name: str) -> Ref:
    if name in each.labels:
        return each.label_ref(name)
    return each.service.ref.at("labels", name) if name in each.service.labels else each.rule.ref


@check("routing/mutes-nothing", level="warning")
def mutes_nothing(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A maintenance is to mute alerts, and no service stands behind its components.

    `mute: true` mutes the services that `status/components.yaml` lists for the components. Without any, everybody is
    paged for work that was announced.
    """
    for maintenance in catalog.all(Maintenance):
        if maintenance.mute and not affected_services(catalog, maintenance):
            yield maintenance.finding(
                "mute",
                message=f"maintenance {maintenance.id} mutes nothing: its components have no services",
                hint="write services: at the components, or leave mute out",
            )


@check("routing/support-hours")
def support_hours(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """Support hours mean nothing, so tickets go out at all hours.

    Days are `mon-fri` or a list, hours `09:00-18:00`, over midnight `17:00-01:00`, the whole day `00:00-24:00`.
    """
    holders: tuple[Service | Team, ...] = (*catalog.all(Service), *catalog.all(Team))
    for holder in holders:
        hours = hours_of(holder)
        if isinstance(hours, Finding):
            yield hours
