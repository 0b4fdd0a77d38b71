"""Escalation policies."""

from __future__ import annotations

from typing import Any

from tests.pagerduty_fake.errors import forbidden, invalid
from tests.pagerduty_fake.fields import checked, flag, items, name_of, number, text, thing
from tests.pagerduty_fake.routes import PAGING, Answer, page, route, unwrapped
from tests.pagerduty_fake.state import Record, Request, State, reference_to, shown
from tests.pagerduty_fake.teams import called_by, show_teams, team_references
from tests.pagerduty_fake.users import callable_user

# Not in a policy's name, and neither are blanks at its ends.
FORBIDDEN = "\\/&<>"
_FIELDS = {
    "name": text(required=True, longest=255),
    "description": text(null=True),
    "num_loops": number(0, 9),
    "on_call_handoff_notifications": text(choices=("if_has_services", "always")),
    "escalation_rules": items(required=True),
    "teams": items(),
    "repeat_enabled": flag(),
}
_STRATEGIES = ("assign_to_everyone", "round_robin")


@route("GET", "/escalation_policies", *PAGING, "query", "include[]", "user_ids[]", "team_ids[]", "sort_by")
def list_policies(state: State, request: Request) -> Answer:
    """All of them."""
    wanted, users, teams = (request.one("query") or "").lower(), request.many("user_ids"), request.many("team_ids")
    found = [
        _view(state, each)
        for each in state.policies.values()
        if wanted in each["name"].lower()
        and (not users or called_by(state, each) & set(users))
        and (not teams or set(each["_teams"]) & set(teams))
    ]
    return page(request, "escalation_policies", found)


@route("POST", "/escalation_policies")
def create_policy(state: State, request: Request) -> Answer:
    """A policy."""
    given = _checked(state, unwrapped(request, "escalation_policy"), None)
    policy = {"description": None, "num_loops": 0, "on_call_handoff_notifications": "if_has_services", **given}
    state.policies[policy["id"]] = policy
    return 201, {"escalation_policy": _view(state, policy)}


@route("GET", "/escalation_policies/{policy}", "include[]")
def get_policy(state: State, request: Request) -> Answer:
    """One of them."""
    return 200, {"escalation_policy": _view(state, _policy(state, request))}


@route("PUT", "/escalation_policies/{policy}")
def update_policy(state: State, request: Request) -> Answer:
    """Change it."""
    policy = _policy(state, request)
    policy.update(_checked(state, unwrapped(request, "escalation_policy"), policy))
    return 200, {"escalation_policy": _view(state, policy)}


@route("DELETE", "/escalation_policies/{policy}")
def delete_policy(state: State, request: Request) -> Answer:
    """One that a service uses stays."""
    ident = _policy(state, request)["id"]
    if any(service["_policy"] == ident for service in state.services.values()):
        raise invalid("The escalation policy can't be deleted as it's being used by services")
    del state.policies[ident]
    return 204, None


def _policy(state: State, request: Request) -> Record:
    return state.get(state.policies, request.ids["policy"])


def _view(state: State, policy: Record) -> Record:
    users = [each for each in state.services.values() if each["_policy"] == policy["id"]]
    return {
        **shown(policy, kind="escalation_policy", base="escalation_policies"),
        "services": [reference_to(each, kind="service", base="service-directory") for each in users],
        "teams": show_teams(state, policy),
    }


def _checked(state: State, body: Any, old: Record | None) -> Record:
    ident = old["id"] if old else state.new_id()
    given: Record = checked(body, _FIELDS, name="escalation_policy", ignored=("services",))
    name_of(given["name"], "Name", FORBIDDEN)
    if any(each["name"] == given["name"] and each["id"] != ident for each in state.policies.values()):
        raise invalid("Name has already been taken")
    if not given["escalation_rules"]:
        raise invalid("Escalation rules cannot be empty")
    known = {rule["id"] for rule in old["escalation_rules"]} if old else set()
    rules = [_rule(state, each, known) for each in given["escalation_rules"]]
    # One team at most (API reference, escalation policies).
    teams = team_references(state, given.pop("teams", None), most=1)
    policy = {**given, "id": ident, "escalation_rules": rules, "_teams": teams}
    _check_members(state, policy)
    return policy


def _check_members(state: State, policy: Record) -> None:
    """With a team, everybody whom the policy calls must be in it."""
    for team in policy["_teams"]:
        outside = sorted(state.users[user]["name"] for user in called_by(state, policy) - state.members[team].keys())
        if outside:
            raise invalid(f"Targets must belong to the team of the policy: {', '.join(outside)}")


def _rule(state: State, body: Any, known: set[str]) -> Record:
    fields = {
        "escalation_delay_in_minutes": number(1, required=True),
        "targets": items(required=True),
        "escalation_rule_assignment_strategy": thing(),
    }
    given: Record = checked(body, fields, name="escalation rule")
    targets = [_target(state, each) for each in given["targets"]]
    if not 1 <= len(targets) <= 10:
        raise invalid("Targets must be between 1 and 10")
    if len({target["id"] for target in targets}) < len(targets):
        raise invalid("Targets must be unique")
    if len(targets) > 1 and given["escalation_delay_in_minutes"] < 3:
        raise invalid("Escalation delay in minutes must be at least 3 with several targets")
    ident = body.get("id")
    if ident is not None and ident not in known:
        raise invalid(f"Escalation rule {ident} does not belong to the policy")
    rule = {"id": ident or state.new_id(), "escalation_delay_in_minutes": given["escalation_delay_in_minutes"]}
    return {**rule, "targets": targets, **_strategy(state, given.get("escalation_rule_assignment_strategy"))}


def _strategy(state: State, written: Any) -> Record:
    if written is None:
        return {}
    # Whoever has not bought it may not even write the default out.
    if "round_robin" not in state.abilities:
        raise forbidden("Account does not have the ability round_robin")
    kind = checked({"strategy": written.get("type")}, {"strategy": text(choices=_STRATEGIES)}, name="strategy")
    return {"escalation_rule_assignment_strategy": {"type": kind["strategy"]}}


def _target(state: State, body: Any) -> Record:
    kinds = {"user": "user_reference", "schedule": "schedule_reference"}
    allowed = [*kinds, *kinds.values()]
    fields = checked(
        body, {"id": text(required=True), "type": text(required=True, choices=allowed)}, name="escalation target"
    )
    kind = kinds.get(fields["type"], fields["type"])
    if kind == "user_reference":
        user = callable_user(state, fields["id"])
        return reference_to(user, kind="user", base="users")
    if fields["id"] not in state.schedules:
        raise invalid(f"Schedule {fields['id']} does not exist")
    return reference_to(state.schedules[fields["id"]], kind="schedule", base="schedules")
