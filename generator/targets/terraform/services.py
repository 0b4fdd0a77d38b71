"""services.tf: a service each, how urgent its incidents are, and Alertmanager's way in."""

from __future__ import annotations

from collections.abc import Iterator

from generator.analysis.pagerduty import addresses
from generator.analysis.pagerduty.account import Account
from generator.analysis.pagerduty.names import printable
from generator.analysis.pagerduty.support import SupportHours, support_hours
from generator.kinds.service import Service
from generator.targets.terraform.blocks import kept, reference, resource
from generator.targets.terraform.hcl import Attribute, Block, Comment, Item, attributes


def services(account: Account) -> Iterator[Item]:
    """Services in the order of their files; alert grouping beside each where the settings want it."""
    reaching = {service.id for service in account.services}
    for service in account.catalog.all(Service):
        if service.id in reaching:
            yield _service(account, service)
            yield _integration(service)
            yield from _grouping(account, service)
        elif account.teams:
            yield Comment(f"Left out: no escalation policy of service {service.id} calls somebody by PagerDuty.")


def _service(account: Account, service: Service) -> Block:
    policy = account.policy_of(service)
    assert policy is not None  # noqa: S101  # only such services are written
    return resource(
        addresses.service(service.id),
        *attributes(
            name=service.id,
            description=printable(service.description, kept(service.ref.path)),
            escalation_policy=reference(addresses.policy(policy.id)),
            # As text: "null" switches one off. Alertmanager says when an alert is over.
            auto_resolve_timeout="null",
            acknowledgement_timeout="1800",
        ),
        *_urgency(support_hours(account, service)),
    )


def _urgency(hours: SupportHours | None) -> Iterator[Block]:
    """By the alert's label `severity`, which says critical for a page; or by the hour, where the settings say so."""
    if hours is None:
        yield Block("incident_urgency_rule", (), attributes(type="constant", urgency="severity_based"))
        return
    during, outside = (attributes(type="constant", urgency=urgency) for urgency in ("high", "low"))
    spans = (Block("during_support_hours", (), during), Block("outside_support_hours", (), outside))
    yield Block("incident_urgency_rule", (), (*attributes(type="use_support_hours"), *spans))
    yield Block("support_hours", (), _hours(hours))
    at = Block("at", (), attributes(type="named_time", name="support_hours_start"))
    yield Block("scheduled_actions", (), (*attributes(type="urgency_change", to_urgency="high"), at))


def _hours(hours: SupportHours) -> tuple[Attribute, ...]:
    return attributes(
        type="fixed_time_per_day",
        time_zone=hours.zone,
        days_of_week=list(hours.days),
        start_time=hours.start,
        end_time=hours.end,
    )


def _integration(service: Service) -> Block:
    return resource(
        addresses.integration(service.id),
        *attributes(
            name="Alertmanager",
            service=reference(addresses.service(service.id)),
            type="events_api_v2_inbound_integration",
        ),
    )


def _grouping(account: Account, service: Service) -> Iterator[Block]:
    """A setting of its own for each: the attributes of a service for this are deprecated."""
    grouping = account.settings.alert_grouping
    if grouping is not None:
        timeout, window = grouping.timeout, grouping.time_window
        config = attributes(
            timeout=None if timeout is None else int(timeout.total_seconds()),
            time_window=None if window is None else int(window.total_seconds()),
            aggregate=grouping.aggregate,
            fields=list(grouping.fields) or None,
        )
        yield resource(
            addresses.grouping(service.id),
            *attributes(
                name=service.id,
                description=kept(service.ref.path),
                type=grouping.type,
                services=[reference(addresses.service(service.id))],
            ),
            Block("config", (), config),
        )
