"""versions.tf, people.tf and teams.tf: the provider, and who there is."""

from __future__ import annotations

from collections.abc import Iterator

from generator.analysis.pagerduty.zones import accepted
from generator.kinds.people import Person
from generator.kinds.team import Team
from generator.targets.terraform.hcl import Block, Comment, Expression, Item, attributes
from generator.targets.terraform.names import identifier, printable
from generator.targets.terraform.plan import Member, Plan


def versions(plan: Plan) -> Iterator[Item]:
    """Terraform and the provider, pinned. The token comes from the environment: PAGERDUTY_TOKEN."""
    provider = {"source": "PagerDuty/pagerduty", "version": "~> 3.32"}
    yield Block(
        "terraform",
        (),
        (
            *attributes(required_version=">= 1.5"),
            Block("required_providers", (), attributes(pagerduty=provider)),
        ),
    )
    region = plan.settings.service_region
    yield Comment("The token comes from the environment: PAGERDUTY_TOKEN.")
    yield Block("provider", ("pagerduty",), attributes(service_region=region if region != "us" else None))


def people(plan: Plan) -> Iterator[Item]:
    """Users, or where they are managed elsewhere, how to find them."""
    for person in plan.catalog.all(Person):
        if not person.email:
            yield Comment(
                f"Left out: {person.id} has no e-mail in {person.ref.path}, and PagerDuty knows people by it."
            )
        elif plan.settings.users == "existing":
            yield Block("data", ("pagerduty_user", identifier(person.id)), attributes(email=person.email.lower()))
        else:
            yield _user(plan, person)


def _user(plan: Plan, person: Person) -> Block:
    zone = plan.zone(person.time_zone)
    return Block(
        "resource",
        ("pagerduty_user", identifier(person.id)),
        attributes(
            name=printable(person.name, person.id),
            email=(person.email or "").lower(),
            role="user",
            # The account's zone does for a person; what the provider refuses would stop everything.
            time_zone=zone if accepted(zone) else None,
            description=f"Kept by tocsin in {person.ref.path}",
        ),
    )


def teams(plan: Plan) -> Iterator[Item]:
    """Teams and who belongs to them: PagerDuty wants everybody whom a team's policy calls in the team."""
    for team in plan.catalog.all(Team):
        yield Block(
            "resource",
            ("pagerduty_team", identifier(team.id)),
            attributes(name=printable(team.name, team.id), description=f"Kept by tocsin in {team.ref.path}"),
        )
        for member in plan.members(team):
            yield _membership(team, member)


def _membership(team: Team, member: Member) -> Block:
    return Block(
        "resource",
        ("pagerduty_team_membership", member.name),
        attributes(
            user_id=member.user.attribute("id"),
            team_id=Expression(f"pagerduty_team.{identifier(team.id)}.id"),
            role=member.role,
        ),
    )
