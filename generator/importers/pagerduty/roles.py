"""What of the roles inside teams Terraform would change: here a team has one lead, who manages it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.importers.pagerduty.account import Team

if TYPE_CHECKING:
    from generator.importers.pagerduty.sources import Sources


def tell_roles(sources: Sources) -> None:
    """Managers beside the lead, people who only watch, and roles that the files do not say."""
    for team in sources.account.teams.values():
        managers = sources.managers(team)
        if len(managers) > 1:
            said = f"team '{team.name}' has several managers, {', '.join(managers)}: here a team has one lead"
            hint = "name one as lead: the first plan makes the others responders"
            sources.imported.lost(team.at, said, hint)
        watching = [user for user, role in _roles(sources, team).items() if role == "observer"]
        if watching:
            names = ", ".join(sources.people.get(user, user) for user in watching)
            sources.imported.told(team.at, f"team '{team.name}' has observers, who are left as they are: {names}")
        if any(role is None for role in _roles(sources, team).values()):
            said = (
                f"the files do not say who manages team '{team.name}': its members become responders in the first plan"
            )
            ident = team.known_as or "ID"
            sources.imported.told(team.at, said, f"save GET /teams/{ident}/members as members-{ident}.json too")


def _roles(sources: Sources, team: Team) -> dict[str, str | None]:
    return {user: role for (of, user), role in sources.account.members.items() if of == team.key}
