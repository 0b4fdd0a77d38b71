"""Teams and who is in them."""

from __future__ import annotations

from typing import Any

from tests.pagerduty_fake.errors import invalid
from tests.pagerduty_fake.fields import checked, name_of, reference, text, thing
from tests.pagerduty_fake.routes import PAGING, Answer, page, route, unwrapped
from tests.pagerduty_fake.state import Record, Request, State, reference_to, shown

_FIELDS = {
    "name": text(required=True, longest=100),
    "description": text(null=True),
    "default_role": text(choices=("manager", "none")),
    "parent": thing(),
}
ROLES = ("observer", "responder", "manager")


@route("GET", "/teams", *PAGING, "query")
def list_teams(state: State, request: Request) -> Answer:
    """All of them."""
    wanted = (request.one("query") or "").lower()
    found = [_view(team) for team in state.teams.values() if wanted in team["name"].lower()]
    return page(request, "teams", found)


@route("POST", "/teams")
def create_team(state: State, request: Request) -> Answer:
    """A team with nobody in it. The official client for Go sends it without its name around it."""
    fields = _checked(state, unwrapped(request, "team", bare=True), partly=False)
    team = {"description": None, "default_role": "manager", "parent": None, **fields, "id": state.new_id()}
    state.teams[team["id"]] = team
    state.members[team["id"]] = {}
    return 201, {"team": _view(team)}


@route("GET", "/teams/{team}", "include[]")
def get_team(state: State, request: Request) -> Answer:
    """One of them."""
    return 200, {"team": _view(_team(state, request))}


@route("PUT", "/teams/{team}")
def update_team(state: State, request: Request) -> Answer:
    """Change it."""
    team = _team(state, request)
    team.update(_checked(state, unwrapped(request, "team", bare=True), partly=True, own=team["id"]))
    return 200, {"team": _view(team)}


@route("DELETE", "/teams/{team}", "reassignment_team")
def delete_team(state: State, request: Request) -> Answer:
    """A team that policies still belong to stays."""
    ident = _team(state, request)["id"]
    if any(ident in policy["_teams"] for policy in state.policies.values()):
        raise invalid("The team cannot be deleted as it is associated with escalation policies")
    for schedule in state.schedules.values():
        schedule["_teams"] = [team for team in schedule["_teams"] if team != ident]
    del state.teams[ident], state.members[ident]
    return 204, None


@route("GET", "/teams/{team}/members", *PAGING, "include[]")
def list_members(state: State, request: Request) -> Answer:
    """Who is in it, and as what."""
    members = state.members[_team(state, request)["id"]]
    found = [
        {"user": reference_to(state.users[user], kind="user", base="users"), "role": role}
        for user, role in members.items()
    ]
    return page(request, "members", found)


@route("PUT", "/teams/{team}/users/{user}")
def add_member(state: State, request: Request) -> Answer:
    """Put somebody in, or change the role; without one it is the team's default."""
    team, user = _team(state, request), state.get(state.users, request.ids["user"])
    fields = checked(request.body or {}, {"role": text(choices=ROLES)}, name="membership")
    state.members[team["id"]][user["id"]] = fields.get("role", "manager")
    return 204, None


@route("DELETE", "/teams/{team}/users/{user}")
def remove_member(state: State, request: Request) -> Answer:
    """Take somebody out whom no policy of the team calls."""
    team, user = _team(state, request)["id"], request.ids["user"]
    state.get(state.members[team], user)  # type: ignore[arg-type]  # 404 where nobody is
    if any(team in policy["_teams"] and user in called_by(state, policy) for policy in state.policies.values()):
        raise invalid("User cannot be removed as they belong to an escalation policy on this team")
    del state.members[team][user]
    return 204, None


def called_by(state: State, policy: Record) -> set[str]:
    """The users whom a policy names, or a schedule that it names."""
    targets = [target for rule in policy["escalation_rules"] for target in rule["targets"]]
    schedules = [state.schedules[each["id"]] for each in targets if each["type"] == "schedule_reference"]
    users = {each["id"] for each in targets if each["type"] == "user_reference"}
    layers = [layer for schedule in schedules for layer in schedule["_layers"] if not layer["_over"]]
    return users | {user for layer in layers for user in layer["users"]}


def team_references(state: State, listed: Any, most: int | None = None) -> list[str]:
    """The ids of teams that exist."""
    found = [reference(each, ("team",), "team") for each in listed or []]
    unknown = [ident for ident in found if ident not in state.teams]
    if unknown:
        raise invalid(f"Team {unknown[0]} does not exist")
    if most is not None and len(found) > most:
        raise invalid(f"Teams are limited to {most}")
    return found


def show_teams(state: State, record: Record) -> list[Record]:
    """References to the teams of something."""
    return [reference_to(state.teams[team], kind="team", base="teams") for team in record["_teams"]]


def _view(team: Record) -> Record:
    return shown(team, kind="team", base="teams")


def _team(state: State, request: Request) -> Record:
    return state.get(state.teams, request.ids["team"])


def _checked(state: State, body: Any, *, partly: bool, own: str = "") -> Record:
    fields: Record = checked(body, _FIELDS, name="team", partly=partly)
    if "name" in fields:
        name_of(fields["name"], "Name")
        if any(team["name"] == fields["name"] and team["id"] != own for team in state.teams.values()):
            raise invalid("Name has already been taken")
    return fields
