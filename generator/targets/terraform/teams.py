"""teams.tf: teams, and who belongs to them."""

from __future__ import annotations

from collections.abc import Iterator

from generator.analysis.pagerduty import addresses
from generator.analysis.pagerduty.account import Account, Member
from generator.analysis.pagerduty.names import printable
from generator.kinds.team import Team
from generator.targets.terraform.blocks import BEFORE_DESTROY, kept, reference, resource, user
from generator.targets.terraform.hcl import Block, Item, attributes


def teams(account: Account) -> Iterator[Item]:
    """PagerDuty wants everybody whom a team's policy calls in the team. The role is always said."""
    for team in account.teams:
        yield resource(
            addresses.team(team.id),
            *attributes(name=printable(team.name, team.id), description=kept(team.ref.path, team.description)),
        )
        for member in account.members(team):
            yield _membership(account, team, member)


def _membership(account: Account, team: Team, member: Member) -> Block:
    return resource(
        member.address,
        *attributes(
            user_id=user(account, member.person),
            team_id=reference(addresses.team(team.id)),
            role=member.role,
        ),
        BEFORE_DESTROY,
    )
