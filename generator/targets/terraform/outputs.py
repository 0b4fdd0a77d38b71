"""outputs.tf: the keys that Alertmanager needs. The provider does not call them sensitive; the outputs are."""

from __future__ import annotations

from collections.abc import Iterator

from generator.analysis.pagerduty import addresses
from generator.analysis.pagerduty.account import Account
from generator.kinds.service import Service
from generator.kinds.team import EscalationPolicy
from generator.targets.terraform.blocks import reference
from generator.targets.terraform.hcl import Block, Expression, Item, attributes


def outputs(account: Account) -> Iterator[Item]:
    """For every policy what its key file holds, and the key of every service."""
    for policy in account.policies.values():
        services = account.services_of.get(policy.id, [])
        if len(services) > 1:
            yield Block("locals", (), attributes(**{_key_file(policy): list(_choice(services))}))
        if services:
            yield _output(
                _key_file(policy),
                f"What Alertmanager's file {policy.id.replace('/', '.')}-pagerduty holds",
                Expression(f'join("", local.{_key_file(policy)})') if len(services) > 1 else _key(services[0]),
            )
    for service in account.services:
        yield _output(
            f"integration_key_{addresses.service(service.id).name}",
            f"Key with which alerts of {service.id} are reported",
            _key(service),
        )


def _choice(services: list[Service]) -> Iterator[Expression]:
    """Alertmanager takes what a key file holds for a template: it picks the key of the service that the alert names.

    A service that is not among them gets the key of the first: its page calls by the same policy.
    """
    first, *others = services
    for number, service in enumerate(others):
        opening = "else if" if number else "if"
        yield _text(f'{{{{ {opening} eq .GroupLabels.service \\"{service.id}\\" }}}}', service)
    yield _text("{{ else }}", first)
    yield Expression('"{{ end }}"')


def _text(before: str, service: Service) -> Expression:
    """Made of ids alone, so nothing in it can be code by accident."""
    return Expression(f'"{before}${{{_key(service).code}}}"')


def _output(name: str, description: str, value: Expression) -> Block:
    return Block("output", (name,), attributes(description=description, value=value, sensitive=True))


def _key_file(policy: EscalationPolicy) -> str:
    return f"alertmanager_key_{addresses.policy(policy.id).name}"


def _key(service: Service) -> Expression:
    return reference(addresses.integration(service.id), "integration_key")
