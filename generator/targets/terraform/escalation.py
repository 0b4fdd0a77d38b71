"""escalation.tf: whom a page calls, and whom next."""

from __future__ import annotations

from collections.abc import Iterator

from generator.analysis.pagerduty import addresses
from generator.analysis.pagerduty.account import Account
from generator.analysis.pagerduty.names import policy_name
from generator.analysis.pagerduty.rotations import Rotation
from generator.kinds.people import Person
from generator.kinds.team import EscalationPolicy, EscalationStep, Team
from generator.targets.terraform.blocks import kept, reference, resource, user
from generator.targets.terraform.hcl import Block, Comment, Expression, Item, attributes


def escalation(account: Account) -> Iterator[Item]:
    """The policies. They wait for memberships: with a team, PagerDuty refuses targets that are not in it."""
    for policy in (policy for team in account.calling for policy in team.policies):
        if policy.id in account.policies:
            yield _policy(account, policy)
        else:
            yield Comment(f"Left out: the policy {policy.id} calls nobody whom PagerDuty knows.")


def _policy(account: Account, policy: EscalationPolicy) -> Block:
    team = account.catalog.get(Team, policy.team)
    members = account.members(team) if team is not None else ()
    return resource(
        addresses.policy(policy.id),
        *attributes(
            name=policy_name(policy.name),
            description=kept(policy.ref.path, policy.description),
            num_loops=policy.loops,
            teams=[reference(addresses.team(policy.team))],
        ),
        *(rule for step in policy.steps for rule in _rule(account, step)),
        *attributes(depends_on=[Expression(str(member.address)) for member in members] or None),
    )


def _rule(account: Account, step: EscalationStep) -> Iterator[Block]:
    """No strategy is said: the default, written out, is refused where the account may not choose one."""
    targets = [_target(account, target) for target in account.targets(step.targets)]
    if targets:
        yield Block("rule", (), (*attributes(escalation_delay_in_minutes=account.minutes(step)), *targets))


def _target(account: Account, target: Rotation | Person) -> Block:
    if isinstance(target, Rotation):
        return Block("target", (), attributes(type="schedule_reference", id=reference(target.address)))
    return Block("target", (), attributes(type="user_reference", id=user(account, target)))
