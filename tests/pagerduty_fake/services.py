"""Services and their integrations."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from tests.pagerduty_fake.errors import invalid
from tests.pagerduty_fake.fields import checked, flag, items, name_of, number, reference, text, thing
from tests.pagerduty_fake.routes import PAGING, Answer, page, route, unwrapped
from tests.pagerduty_fake.state import Record, Request, State, reference_to, shown
from tests.pagerduty_fake.times import shown as shown_time
from tests.pagerduty_fake.urgency import check_urgency

_FIELDS = {
    "name": text(required=True, longest=255),
    "description": text(null=True),
    "auto_resolve_timeout": number(1, null=True),
    "acknowledgement_timeout": number(1, null=True),
    "escalation_policy": thing(required=True),
    "status": text(choices=("active", "warning", "critical", "maintenance", "disabled")),
    "incident_urgency_rule": thing(),
    "support_hours": thing(),
    "scheduled_actions": items(),
    "alert_creation": text(choices=("create_incidents", "create_alerts_and_incidents")),
    "alert_grouping": text(null=True, choices=("time", "intelligent")),
    "alert_grouping_timeout": number(0, null=True),
    "alert_grouping_parameters": thing(),
    "auto_pause_notifications_parameters": thing(),
    "response_play": thing(),
}
_SHOWN_ONLY = ("created_at", "last_incident_timestamp", "teams", "integrations", "addons")
_INTEGRATIONS = (
    "events_api_v2_inbound_integration",
    "generic_events_api_inbound_integration",
    "generic_email_inbound_integration",
    "event_transformer_api_inbound_integration",
)


@route("GET", "/services", *PAGING, "query", "team_ids[]", "time_zone", "sort_by", "include[]", "name")
def list_services(state: State, request: Request) -> Answer:
    """All of them."""
    wanted, teams = (request.one("query") or "").lower(), set(request.many("team_ids"))
    found = [
        view(state, each)
        for each in state.services.values()
        if wanted in each["name"].lower() and (not teams or teams & set(state.policies[each["_policy"]]["_teams"]))
    ]
    return page(request, "services", found)


@route("POST", "/services")
def create_service(state: State, request: Request) -> Answer:
    """A service."""
    service = {
        "description": None,
        "auto_resolve_timeout": 14_400,
        "acknowledgement_timeout": 1_800,
        "support_hours": None,
        "scheduled_actions": [],
        "alert_creation": "create_alerts_and_incidents",
        "alert_grouping": None,
        "alert_grouping_timeout": None,
        "incident_urgency_rule": {"type": "constant", "urgency": "high"},
        "alert_grouping_parameters": {"type": None, "config": None},
        "response_play": None,
        "auto_pause_notifications_parameters": {"enabled": False, "timeout": None},
        **_checked(state, unwrapped(request, "service"), {}),
        "id": state.new_id(),
        "status": "active",
        "last_incident_timestamp": None,
        "created_at": shown_time(state.clock(), state.zone),
    }
    state.services[service["id"]] = service
    state.integrations[service["id"]] = {}
    return 201, {"service": view(state, service)}


@route("GET", "/services/{service}", "include[]")
def get_service(state: State, request: Request) -> Answer:
    """One of them."""
    return 200, {"service": view(state, _service(state, request))}


@route("PUT", "/services/{service}")
def update_service(state: State, request: Request) -> Answer:
    """Change it."""
    service = _service(state, request)
    service.update(_checked(state, unwrapped(request, "service"), service))
    return 200, {"service": view(state, service)}


@route("DELETE", "/services/{service}")
def delete_service(state: State, request: Request) -> Answer:
    """Its integrations go with it, and it leaves what it was in."""
    ident = _service(state, request)["id"]
    del state.services[ident], state.integrations[ident]
    for each in (*state.groupings.values(), *state.windows.values()):
        each["_services"] = [service for service in each["_services"] if service != ident]
    return 204, None


def view(state: State, service: Record) -> Record:
    """A service. Its team is its policy's."""
    policy = state.policies[service["_policy"]]
    return {
        **shown(service, kind="service", base="service-directory"),
        "escalation_policy": reference_to(policy, kind="escalation_policy", base="escalation_policies"),
        "teams": [reference_to(state.teams[team], kind="team", base="teams") for team in policy["_teams"]],
        "integrations": list(state.integrations[service["id"]].values()),
    }


def _service(state: State, request: Request) -> Record:
    return state.get(state.services, request.ids["service"])


def _checked(state: State, body: Any, old: Record) -> Record:
    given: Record = checked(body, _FIELDS, name="service", ignored=_SHOWN_ONLY, partly=bool(old))
    if "name" in given:
        name_of(given["name"], "Name")
        if any(each["name"] == given["name"] and each["id"] != old.get("id") for each in state.services.values()):
            raise invalid("Name has already been taken")
    if "escalation_policy" in given:
        bare = {key: given["escalation_policy"].get(key) for key in ("id", "type")}
        given["_policy"] = reference(bare, ("escalation_policy",), "escalation_policy")
        if given.pop("escalation_policy") and given["_policy"] not in state.policies:
            raise invalid(f"Escalation policy {given['_policy']} does not exist")
    if given.get("scheduled_actions") is not None:
        # The provider's client sends an empty place for "none".
        given["scheduled_actions"] = [each for each in given["scheduled_actions"] if each is not None]
    check_urgency({**old, **given})
    return {key: value for key, value in given.items() if key != "status"}


@route("POST", "/services/{service}/integrations")
def create_integration(state: State, request: Request) -> Answer:
    """An integration; the service makes its key."""
    service = _service(state, request)
    given = _integration(unwrapped(request, "integration"))
    ident = state.new_id()
    made = {
        "name": given["type"],
        "vendor": None,
        **given,
        "id": ident,
        "summary": given.get("name") or given["type"],
        "created_at": shown_time(state.clock(), state.zone),
        "integration_key": sha256(f"{service['id']}/{ident}".encode()).hexdigest()[:32],
        "service": reference_to(service, kind="service", base="service-directory"),
        "html_url": f"https://example.pagerduty.example/services/{service['id']}/integrations/{ident}",
    }
    state.integrations[service["id"]][ident] = made
    return 201, {"integration": made}


@route("GET", "/services/{service}/integrations/{integration}", "include[]")
def get_integration(state: State, request: Request) -> Answer:
    """One of them."""
    found = state.integrations[_service(state, request)["id"]]
    return 200, {"integration": state.get(found, request.ids["integration"])}


@route("PUT", "/services/{service}/integrations/{integration}")
def update_integration(state: State, request: Request) -> Answer:
    """Change it; what sort it is stays."""
    found = state.integrations[_service(state, request)["id"]]
    made = state.get(found, request.ids["integration"])
    given = _integration({"type": made["type"], **unwrapped(request, "integration")})
    if given["type"] != made["type"]:
        raise invalid("Type cannot be changed")
    made.update(given, summary=given.get("name") or made["name"])
    return 200, {"integration": made}


@route("DELETE", "/services/{service}/integrations/{integration}")
def delete_integration(state: State, request: Request) -> Answer:
    """Without it."""
    found = state.integrations[_service(state, request)["id"]]
    del found[state.get(found, request.ids["integration"])["id"]]
    return 204, None


def _integration(body: Any) -> Record:
    fields = {
        "type": text(required=True, choices=_INTEGRATIONS),
        "name": text(longest=255),
        "vendor": thing(),
        "service": thing(),
        "integration_key": text(null=True),
        "integration_email": text(null=True),
        "email_incident_creation": text(null=True),
        "email_filter_mode": text(null=True),
        "email_parsing_fallback": text(null=True),
        "email_filters": items(),
        "email_parsers": items(),
        "filters": items(),
        "suppress": flag(),
    }
    given: Record = checked(body, fields, name="integration", ignored=("created_at",))
    if given.get("name") is not None:
        name_of(given["name"], "Name")
    return {key: value for key, value in given.items() if key in ("type", "name", "vendor")}
