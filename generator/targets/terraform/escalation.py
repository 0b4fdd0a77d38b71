"""escalation.tf, services.tf, outputs.tf and imports.tf: how an alert reaches the people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from generator.kinds.pagerduty_ids import PagerDutyId
from generator.kinds.service import Service
from generator.kinds.team import EscalationPolicy, EscalationStep, Team
from generator.targets.terraform.hcl import Block, Comment, Expression, Item, attributes
from generator.targets.terraform.names import identifier, policy_name, printable
from generator.targets.terraform.plan import Plan

_MINUTE = timedelta(minutes=1)


def escalation(plan: Plan) -> Iterator[Item]:
    """The policies. They wait for memberships: with a team, PagerDuty refuses targets that are not in it."""
    for policy in plan.catalog.all(EscalationPolicy):
        if policy.id in plan.policies:
            yield _policy(plan, policy)
        else:
            yield Comment(f"Left out: the policy {policy.id} calls nobody whom PagerDuty knows.")


def _policy(plan: Plan, policy: EscalationPolicy) -> Block:
    team = plan.catalog.get(Team, policy.team)
    members = plan.members(team) if team is not None else ()
    return Block(
        "resource",
        ("pagerduty_escalation_policy", identifier(policy.id)),
        (
            *attributes(
                name=policy_name(policy.name),
                description=f"Kept by tocsin in {policy.ref.path}",
                num_loops=policy.loops,
                teams=[Expression(f"pagerduty_team.{identifier(policy.team)}.id")],
            ),
            *(rule for step in policy.steps for rule in _rule(plan, step)),
            *attributes(depends_on=[member.reference for member in members] or None),
        ),
    )


def _rule(plan: Plan, step: EscalationStep) -> Iterator[Block]:
    targets = plan.targets(step.targets)
    if targets:
        yield Block(
            "rule",
            (),
            (
                *attributes(escalation_delay_in_minutes=max(1, -(-step.wait // _MINUTE))),
                *(Block("target", (), attributes(type=kind, id=each.attribute("id"))) for kind, each in targets),
            ),
        )


def services(plan: Plan) -> Iterator[Item]:
    """A service each, and its integration for Alertmanager."""
    for service in plan.catalog.all(Service):
        policy = plan.policy_of(service)
        if policy is None:
            yield Comment(f"Left out: no escalation policy of service {service.id} calls somebody.")
        else:
            yield _service(service, policy)
            yield _integration(service)


def _service(service: Service, policy: EscalationPolicy) -> Block:
    # Alertmanager says when an alert is over; the label `severity`, critical or warning, says how urgent it is.
    return Block(
        "resource",
        ("pagerduty_service", identifier(service.id)),
        (
            *attributes(
                name=service.id,
                description=printable(service.description, f"Kept by tocsin in {service.ref.path}"),
                escalation_policy=Expression(f"pagerduty_escalation_policy.{identifier(policy.id)}.id"),
                auto_resolve_timeout="null",
                acknowledgement_timeout="1800",
            ),
            Block("incident_urgency_rule", (), attributes(type="constant", urgency="severity_based")),
        ),
    )


def _integration(service: Service) -> Block:
    return Block(
        "resource",
        ("pagerduty_service_integration", identifier(service.id, "alertmanager")),
        attributes(
            name="Alertmanager",
            service=Expression(f"pagerduty_service.{identifier(service.id)}.id"),
            type="events_api_v2_inbound_integration",
        ),
    )


def outputs(plan: Plan) -> Iterator[Item]:
    """The keys that Alertmanager needs."""
    for service in plan.catalog.all(Service):
        if plan.policy_of(service) is not None:
            yield _output(service)


def _output(service: Service) -> Block:
    integration = f"pagerduty_service_integration.{identifier(service.id, 'alertmanager')}"
    return Block(
        "output",
        (f"integration_key_{identifier(service.id)}",),
        attributes(
            description=f"Key with which Alertmanager reports alerts of {service.id}",
            value=Expression(f"{integration}.integration_key"),
            sensitive=True,
        ),
    )


def imports(plan: Plan, defined: frozenset[str]) -> Iterator[Item]:
    """What PagerDuty has already, so that the first plan makes nothing twice. Only for resources defined here."""
    written = {each.id: each.pagerduty for each in plan.catalog.all(PagerDutyId)}
    people = {f"pagerduty_user.{identifier(each.id)}": each.pagerduty for each in plan.people if each.pagerduty}
    for address, ident in {**people, **written}.items():
        if address in defined:
            yield Block("import", (), attributes(to=Expression(address), id=ident))
    for address in written:
        if address not in defined:
            yield Comment(f"Left out: {address} is not among the resources here.")
