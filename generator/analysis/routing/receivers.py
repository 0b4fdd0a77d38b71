"""Who can be told: the receivers of every team. Only those that reach anybody are written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.analysis.routing.model import Receiver
from generator.analysis.routing.people import mention
from generator.analysis.routing.quiet import services_by_team
from generator.analysis.routing.settings import ALERTMANAGER, RECEIVERS
from generator.analysis.severity import PAGE
from generator.kinds.people import Person
from generator.kinds.team import EscalationPolicy, Team

if TYPE_CHECKING:
    from generator.catalog import Catalog


def receiver_name(team: Team, urgency: str, policy: EscalationPolicy | None = None) -> str:
    """`ops/page`, `ops/ticket`; `ops/page/nights` where services name a policy of their own."""
    return f"{team.id}/{urgency}" if policy is None or policy.id == team.id else f"{team.id}/{urgency}/{key(policy)}"


def person_name(team: Team, person: Person) -> str:
    """The receiver of somebody on call for a team."""
    return f"{team.id}/person/{person.id}"


def key(policy: EscalationPolicy) -> str:
    """A policy's key in its team."""
    return policy.id.partition("/")[2]


def receiver_of(catalog: Catalog, team: Team, urgency: str, policy: EscalationPolicy | None = None) -> Receiver:
    """Of a team for one urgency. A page calls by the policy and is shown in the channel; a ticket never calls.

    Where the team pages people itself, this one is told when nobody is on call: the team, and its lead.
    """
    calls = urgency == PAGE and policy is not None and not team.pages_people
    return Receiver(
        name=receiver_name(team, urgency, policy if calls else None),
        team=team.id,
        pagerduty_key=_key_file(catalog, team, policy) if calls and policy else None,
        slack_key=_slack_key(catalog, team),
        channel=team.slack or "",
        emails=_emails(catalog, team.email, _lead(catalog, team) if urgency == PAGE and team.pages_people else None),
    )


def person_receiver(catalog: Catalog, team: Team, person: Person) -> Receiver:
    """Of somebody on call: a mention in the team's channel, and a letter to them."""
    return Receiver(
        name=person_name(team, person),
        team=team.id,
        slack_key=_slack_key(catalog, team),
        channel=team.slack or "",
        mention=(mention(person) or person.name) if team.slack else "",
        emails=_emails(catalog, person.email),
    )


def extra_receivers(catalog: Catalog) -> Iterator[Receiver]:
    """Those of the setting `receivers`, by name."""
    for name, integrations in sorted(catalog.settings.get(RECEIVERS).items()):
        yield Receiver(name=name, extra=integrations)


def also(catalog: Catalog, team: Team) -> tuple[str, ...]:
    """The receivers that a team wants told besides, where they exist."""
    known = catalog.settings.get(RECEIVERS)
    return tuple(name for name in team.receivers if name in known)


def own_policies(catalog: Catalog, team: Team) -> dict[EscalationPolicy, tuple[str, ...]]:
    """The policies that services of a team name instead of the team's own, with those services."""
    found: dict[str, list[str]] = {}
    for service in services_by_team(catalog).get(team.id, ()):
        policy = catalog.get(EscalationPolicy, f"{team.id}/{service.escalation}") if service.escalation else None
        if policy is not None:
            found.setdefault(policy.id, []).append(service.id)
    return {policy: tuple(found[policy.id]) for policy in team.policies if policy.id in found}


def _key_file(catalog: Catalog, team: Team, policy: EscalationPolicy) -> str:
    # A point, because no id has one: team `ops-nights` is not policy `nights` of team `ops`.
    holder = team.id if policy.id == team.id else f"{team.id}.{key(policy)}"
    return f"{_folder(catalog)}/{holder}-pagerduty"


def _slack_key(catalog: Catalog, team: Team) -> str | None:
    return f"{_folder(catalog)}/{team.id}-slack" if team.slack else None


def _folder(catalog: Catalog) -> str:
    return catalog.settings.get(ALERTMANAGER).secrets.rstrip("/")


def _emails(catalog: Catalog, *addresses: str | None) -> tuple[str, ...]:
    written = tuple(dict.fromkeys(address for address in addresses if address))
    return written if catalog.settings.get(ALERTMANAGER).sends_email else ()


def _lead(catalog: Catalog, team: Team) -> str | None:
    lead = catalog.get(Person, team.lead)
    return lead.email if lead else None
