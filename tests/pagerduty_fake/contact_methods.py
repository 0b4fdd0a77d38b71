"""How somebody is reached: contact methods, notification rules, handoff rules."""

from __future__ import annotations

from typing import Any

from tests.pagerduty_fake.errors import invalid
from tests.pagerduty_fake.fields import checked, flag, items, number, reference, text, thing
from tests.pagerduty_fake.routes import Answer, route, unwrapped
from tests.pagerduty_fake.state import Record, Request, State

METHODS = ("email_contact_method", "phone_contact_method", "sms_contact_method", "push_notification_contact_method")
# Countries whose numbers are written without their leading digit (provider, validation of addresses).
_TRUNK = {33: "0", 40: "0", 44: "0", 45: "0", 49: "0", 61: "0", 66: "0", 91: "0", 1: "1"}


def add_defaults(state: State, user: Record) -> None:
    """What a new user has: the e-mail as a contact method."""
    method = {
        "id": state.new_id(),
        "type": METHODS[0],
        "label": "Default",
        "summary": "Default",
        "address": user["email"],
        "send_short_email": False,
        "send_html_email": False,
    }
    user["_contact_methods"] = {method["id"]: method}
    user["_notification_rules"] = {}
    user["_handoff_rules"] = {}


@route("GET", "/users/{user}/contact_methods")
def list_methods(state: State, request: Request) -> Answer:
    """All of one user."""
    return 200, {"contact_methods": list(_user(state, request)["_contact_methods"].values())}


@route("POST", "/users/{user}/contact_methods")
def create_method(state: State, request: Request) -> Answer:
    """One more."""
    user = _user(state, request)
    fields = _method(user, unwrapped(request, "contact_method"))
    method = {"blacklisted": False, "enabled": True, **fields, "id": state.new_id(), "summary": fields["label"]}
    user["_contact_methods"][method["id"]] = method
    return 201, {"contact_method": method}


@route("GET", "/users/{user}/contact_methods/{method}")
def get_method(state: State, request: Request) -> Answer:
    """One of them."""
    return 200, {"contact_method": state.get(_user(state, request)["_contact_methods"], request.ids["method"])}


@route("PUT", "/users/{user}/contact_methods/{method}")
def update_method(state: State, request: Request) -> Answer:
    """Change it."""
    user = _user(state, request)
    method = state.get(user["_contact_methods"], request.ids["method"])
    fields = _method(user, {**unwrapped(request, "contact_method"), "type": method["type"]}, own=method["id"])
    method.update(fields, summary=fields["label"])
    return 200, {"contact_method": method}


@route("DELETE", "/users/{user}/contact_methods/{method}")
def delete_method(state: State, request: Request) -> Answer:
    """The rules that use it go with it."""
    user = _user(state, request)
    ident = state.get(user["_contact_methods"], request.ids["method"])["id"]
    del user["_contact_methods"][ident]
    for rules in (user["_notification_rules"], user["_handoff_rules"]):
        for rule in [key for key, value in rules.items() if value["contact_method"]["id"] == ident]:
            del rules[rule]
    return 204, None


def _method(user: Record, body: Any, own: str = "") -> Record:
    fields = {
        "type": text(required=True, choices=METHODS),
        "label": text(required=True, longest=100),
        "address": text(required=True, longest=100),
        "country_code": number(1, 1999),
        "send_short_email": flag(),
        "send_html_email": flag(),
        "blacklisted": flag(),
        "enabled": flag(),
        "device_type": text(),
        "sounds": items(),
    }
    given: Record = checked(body, fields, name="contact_method")
    if given["type"] == METHODS[3]:
        # A device registers itself.
        raise invalid("Push notification contact methods cannot be created")
    if given["type"] != METHODS[0]:
        given.setdefault("country_code", 1)
        _check_number(given["address"], given["country_code"])
    taken = [
        each
        for each in user["_contact_methods"].values()
        if each["id"] != own
        and each["type"] == given["type"]
        and (each["address"], each.get("country_code")) == (given["address"], given.get("country_code"))
    ]
    if taken:
        raise invalid("User Contact method must be unique")
    return {key: value for key, value in given.items() if key not in ("blacklisted", "enabled")}


def _check_number(address: str, country: int) -> None:
    if len(address) > 40 or not address.isascii() or not address.isdigit():
        raise invalid("Address must be of digits only, 40 at most")
    if country in _TRUNK and address.startswith(_TRUNK[country]):
        raise invalid(f"Address must be without its leading {_TRUNK[country]}")


@route("GET", "/users/{user}/notification_rules", "include[]", "urgency")
def list_rules(state: State, request: Request) -> Answer:
    """All of one user."""
    return 200, {"notification_rules": list(_user(state, request)["_notification_rules"].values())}


@route("POST", "/users/{user}/notification_rules")
def create_rule(state: State, request: Request) -> Answer:
    """One more; the same one twice is refused."""
    user = _user(state, request)
    return 201, {"notification_rule": _add_rule(state, user, _rule(user, unwrapped(request, "notification_rule")))}


@route("GET", "/users/{user}/notification_rules/{rule}", "include[]")
def get_rule(state: State, request: Request) -> Answer:
    """One of them."""
    return 200, {"notification_rule": state.get(_user(state, request)["_notification_rules"], request.ids["rule"])}


@route("PUT", "/users/{user}/notification_rules/{rule}")
def update_rule(state: State, request: Request) -> Answer:
    """Change it."""
    user = _user(state, request)
    rule = state.get(user["_notification_rules"], request.ids["rule"])
    given = _rule(user, unwrapped(request, "notification_rule"), own=rule["id"])
    rule.update(given, contact_method=_method_reference(user, given["contact_method"]))
    return 200, {"notification_rule": rule}


@route("DELETE", "/users/{user}/notification_rules/{rule}")
def delete_rule(state: State, request: Request) -> Answer:
    """Without it."""
    user = _user(state, request)
    del user["_notification_rules"][state.get(user["_notification_rules"], request.ids["rule"])["id"]]
    return 204, None


def _rule(user: Record, body: Any, own: str = "") -> Record:
    fields = {
        "contact_method": thing(required=True),
        "start_delay_in_minutes": number(0, required=True),
        "urgency": text(required=True, choices=("high", "low")),
    }
    given: Record = checked(body, fields, name="notification_rule", ignored=("created_at",))
    given["contact_method"] = _method_of(user, given["contact_method"])
    for each in user["_notification_rules"].values():
        same = (each["contact_method"]["id"], each["start_delay_in_minutes"], each["urgency"])
        if each["id"] != own and same == tuple(given[key] for key in fields):
            raise invalid("Channel Start delay must be unique for a given contact method")
    return given


def _add_rule(state: State, user: Record, given: Record) -> Record:
    rule = {
        **given,
        "id": state.new_id(),
        "type": "assignment_notification_rule",
        "contact_method": _method_reference(user, given["contact_method"]),
    }
    user["_notification_rules"][rule["id"]] = rule
    return rule


@route("GET", "/users/{user}/oncall_handoff_notification_rules")
def list_handoffs(state: State, request: Request) -> Answer:
    """All of one user."""
    return 200, {"oncall_handoff_notification_rules": list(_user(state, request)["_handoff_rules"].values())}


@route("POST", "/users/{user}/oncall_handoff_notification_rules")
def create_handoff(state: State, request: Request) -> Answer:
    """One more."""
    user = _user(state, request)
    rule = {"handoff_type": "both", **_handoff(user, request), "id": state.new_id()}
    user["_handoff_rules"][rule["id"]] = rule
    return 201, {"oncall_handoff_notification_rule": rule}


@route("GET", "/users/{user}/oncall_handoff_notification_rules/{rule}")
def get_handoff(state: State, request: Request) -> Answer:
    """One of them."""
    rule = state.get(_user(state, request)["_handoff_rules"], request.ids["rule"])
    return 200, {"oncall_handoff_notification_rule": rule}


@route("PUT", "/users/{user}/oncall_handoff_notification_rules/{rule}")
def update_handoff(state: State, request: Request) -> Answer:
    """Change it."""
    user = _user(state, request)
    rule = state.get(user["_handoff_rules"], request.ids["rule"])
    rule.update(_handoff(user, request))
    return 200, {"oncall_handoff_notification_rule": rule}


@route("DELETE", "/users/{user}/oncall_handoff_notification_rules/{rule}")
def delete_handoff(state: State, request: Request) -> Answer:
    """Without it."""
    user = _user(state, request)
    del user["_handoff_rules"][state.get(user["_handoff_rules"], request.ids["rule"])["id"]]
    return 204, None


def _handoff(user: Record, request: Request) -> Record:
    fields = {
        "contact_method": thing(required=True),
        "notify_advance_in_minutes": number(0, required=True),
        "handoff_type": text(choices=("both", "oncall", "offcall")),
    }
    given: Record = checked(unwrapped(request, "oncall_handoff_notification_rule"), fields, name="handoff rule")
    given["contact_method"] = _method_reference(user, _method_of(user, given["contact_method"]))
    return given


def _method_of(user: Record, written: Any) -> str:
    bare = {
        key: value
        for key, value in written.items()
        if key
        not in (
            "label",
            "address",
            "send_short_email",
            "send_html_email",
            "sounds",
            "blacklisted",
            "enabled",
            "country_code",
        )
    }
    ident = reference(bare, METHODS, "contact_method")
    if ident not in user["_contact_methods"]:
        raise invalid("Contact method does not belong to the user")
    kind = str(user["_contact_methods"][ident]["type"])
    if written["type"] not in (kind, f"{kind}_reference"):
        raise invalid(f"Contact method is of type {kind}")
    return ident


def _method_reference(user: Record, ident: str) -> Record:
    method = user["_contact_methods"][ident]
    return {"id": ident, "type": method["type"], "summary": method["label"]}


def _user(state: State, request: Request) -> Record:
    return state.get(state.users, request.ids["user"])
