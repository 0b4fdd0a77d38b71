"""Users."""

from __future__ import annotations

import re
from typing import Any

from tests.pagerduty_fake.contact_methods import add_defaults
from tests.pagerduty_fake.errors import invalid
from tests.pagerduty_fake.fields import checked, flag, items, name_of, text
from tests.pagerduty_fake.routes import PAGING, Answer, page, route, unwrapped
from tests.pagerduty_fake.state import Record, Request, State, reference_to, shown
from tests.pagerduty_fake.times import zone

# Roles of the API reference; those of stakeholders may not be called.
ROLES = ("admin", "limited_user", "observer", "owner", "read_only_user", "restricted_access", "read_only_limited_user")
STAKEHOLDERS = frozenset({"observer", "read_only_user", "read_only_limited_user"})

_FIELDS = {
    "name": text(required=True, longest=100),
    "email": text(required=True, longest=100),
    "role": text(choices=(*ROLES, "user")),
    "time_zone": text(),
    "job_title": text(null=True, longest=100),
    "description": text(null=True),
    "color": text(),
}
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_INCLUDES = ("include[]",)


@route("GET", "/users", *PAGING, *_INCLUDES, "query", "team_ids[]")
def list_users(state: State, request: Request) -> Answer:
    """Everybody, by name; `query` is looked for in names and e-mails."""
    wanted = (request.one("query") or "").lower()
    teams = request.many("team_ids")
    found = [
        view(state, user)
        for user in sorted(state.users.values(), key=lambda user: str(user["name"]))
        if (wanted in user["name"].lower() or wanted in user["email"])
        and (not teams or any(user["id"] in state.members.get(team, {}) for team in teams))
    ]
    return page(request, "users", found)


@route("POST", "/users")
def create_user(state: State, request: Request) -> Answer:
    """A user, who has a contact method from the start: the e-mail."""
    fields = _checked(state, unwrapped(request, "user"), partly=False)
    user: Record = {
        "role": "user",
        # The account's zone, where nothing is said.
        "time_zone": state.owner_zone,
        "job_title": None,
        "description": None,
        "color": "purple",
        **fields,
        "id": state.new_id(),
        "avatar_url": "https://example.pagerduty.example/avatar.png",
        "invitation_sent": True,
        "billed": True,
    }
    state.users[user["id"]] = user
    add_defaults(state, user)
    return 201, {"user": view(state, user)}


@route("GET", "/users/me", *_INCLUDES)
def me(state: State, request: Request) -> Answer:
    """A token of the account belongs to nobody."""
    raise invalid("Me is not available with account-level access tokens")


@route("GET", "/users/{user}", *_INCLUDES)
def get_user(state: State, request: Request) -> Answer:
    """One of them."""
    return 200, {"user": view(state, state.get(state.users, request.ids["user"]))}


@route("PUT", "/users/{user}")
def update_user(state: State, request: Request) -> Answer:
    """Change what is given; the rest stays."""
    user = state.get(state.users, request.ids["user"])
    user.update(_checked(state, unwrapped(request, "user"), partly=True, own=user["id"]))
    return 200, {"user": view(state, user)}


@route("DELETE", "/users/{user}")
def delete_user(state: State, request: Request) -> Answer:
    """Somebody whom a policy or a schedule still calls cannot go."""
    ident = state.get(state.users, request.ids["user"])["id"]
    called = [policy["name"] for policy in state.policies.values() if ident in _targets(policy)]
    turns = [each["name"] for each in state.schedules.values() if any(ident in _called(x) for x in each["_layers"])]
    if called or turns:
        raise invalid(f"User cannot be deleted as they are on: {', '.join([*called, *turns])}")
    del state.users[ident]
    for members in state.members.values():
        members.pop(ident, None)
    return 204, None


@route("GET", "/users/{user}/license")
def get_license(state: State, request: Request) -> Answer:
    """Which licence somebody has; there is one sort here."""
    state.get(state.users, request.ids["user"])
    return 200, {"license": {"id": "PLICENSE", "type": "license", "name": "Professional", "role_group": "FullUser"}}


def view(state: State, user: Record) -> Record:
    """A user with teams, contact methods and notification rules."""
    teams = [
        reference_to(state.teams[team], kind="team", base="teams")
        for team, who in state.members.items()
        if user["id"] in who
    ]
    return {
        **shown(user, kind="user", base="users"),
        "teams": teams,
        "contact_methods": list(user["_contact_methods"].values()),
        "notification_rules": list(user["_notification_rules"].values()),
        "coordinated_incidents": [],
    }


def callable_user(state: State, ident: str) -> Record:
    """A user who may stand in schedules and policies: one that exists and is no stakeholder."""
    if ident not in state.users:
        raise invalid(f"User {ident} does not exist")
    user = state.users[ident]
    if user["role"] in STAKEHOLDERS:
        raise invalid(f"User {user['name']} is a stakeholder and cannot be on call")
    return user


def _called(layer: Record) -> Any:
    # A layer that has ended calls nobody any more.
    return () if layer["_over"] else layer["users"]


def _targets(policy: Record) -> set[str]:
    return {target["id"] for rule in policy["escalation_rules"] for target in rule["targets"]}


def _checked(state: State, body: Any, *, partly: bool, own: str = "") -> Record:
    ignored = (
        "avatar_url",
        "invitation_sent",
        "billed",
        "contact_methods",
        "notification_rules",
        "teams",
        "coordinated_incidents",
        "license",
    )
    fields = checked(
        body, {**_FIELDS, "teams": items(), "invitation_sent": flag()}, name="user", ignored=ignored, partly=partly
    )
    fields.pop("teams", None)
    fields.pop("invitation_sent", None)
    if "name" in fields:
        name_of(fields["name"], "Name")
    if "time_zone" in fields:
        zone(fields["time_zone"])
    if "email" in fields:
        # E-mails are kept in lower case: who writes them otherwise sees a change in every plan.
        fields["email"] = fields["email"].lower()
        _check_email(state, fields["email"], own)
    return dict(fields)


def _check_email(state: State, email: str, own: str) -> None:
    if not _MAIL.fullmatch(email):
        raise invalid("Email is invalid")
    if any(user["email"] == email and user["id"] != own for user in state.users.values()):
        raise invalid("Email has already been taken")
