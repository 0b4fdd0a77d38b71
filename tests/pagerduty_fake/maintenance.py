"""Maintenance windows and alert grouping: what is done to services for a while, or to their alerts."""

from __future__ import annotations

from typing import Any

from tests.pagerduty_fake.errors import Refused, invalid
from tests.pagerduty_fake.fields import checked, items, name_of, number, references, text, thing
from tests.pagerduty_fake.routes import PAGING, Answer, page, route, unwrapped
from tests.pagerduty_fake.state import Record, Request, State, reference_to, shown
from tests.pagerduty_fake.times import instant
from tests.pagerduty_fake.times import shown as shown_time

_WINDOW = {
    "start_time": text(required=True),
    "end_time": text(required=True),
    "description": text(null=True),
    "services": items(required=True),
}
_GROUPING = {
    "name": text(null=True),
    "description": text(null=True),
    "type": text(required=True, choices=("content_based", "content_based_intelligent", "intelligent", "time")),
    "config": thing(required=True),
    "services": items(required=True),
}
# From 5 minutes to a day; 0 is the service's choice.
_TIME_WINDOW = number(0, 86_400)
_BY_CONTENT = {
    "aggregate": text(required=True, choices=("all", "any")),
    "fields": items(required=True),
    "time_window": _TIME_WINDOW,
    "recommended_time_window": number(0),
}
_CONFIG = {
    "content_based": _BY_CONTENT,
    "content_based_intelligent": _BY_CONTENT,
    "intelligent": {"time_window": _TIME_WINDOW, "recommended_time_window": number(0), "iag_fields": items()},
    "time": {"timeout": number(60, 86_400)},
}


@route("GET", "/maintenance_windows", *PAGING, "query", "team_ids[]", "service_ids[]", "filter", "include[]")
def list_windows(state: State, request: Request) -> Answer:
    """All of them, or those of some services."""
    wanted = set(request.many("service_ids"))
    found = [_window(state, each) for each in state.windows.values() if not wanted or wanted & {*each["_services"]}]
    return page(request, "maintenance_windows", found)


@route("POST", "/maintenance_windows")
def create_window(state: State, request: Request) -> Answer:
    """A window. One that is over before it is made is refused."""
    window = _checked_window(state, request)
    if window["_end"] <= state.clock():
        raise invalid("End time must be in the future")
    window["id"] = state.new_id()
    state.windows[window["id"]] = window
    return 201, {"maintenance_window": _window(state, window)}


@route("GET", "/maintenance_windows/{window}", "include[]")
def get_window(state: State, request: Request) -> Answer:
    """One of them."""
    return 200, {"maintenance_window": _window(state, state.get(state.windows, request.ids["window"]))}


@route("PUT", "/maintenance_windows/{window}")
def update_window(state: State, request: Request) -> Answer:
    """Change it."""
    window = state.get(state.windows, request.ids["window"])
    window.update(_checked_window(state, request))
    return 200, {"maintenance_window": _window(state, window)}


@route("DELETE", "/maintenance_windows/{window}")
def delete_window(state: State, request: Request) -> Answer:
    """One that is over stays (405, which the provider ignores); one that runs ends now and stays."""
    window = state.get(state.windows, request.ids["window"])
    if window["_end"] <= state.clock():
        raise Refused(405, 2004, "Method Not Allowed", ["Maintenance windows of the past cannot be deleted"])
    if window["_start"] <= state.clock():
        window["_end"] = state.clock()
    else:
        del state.windows[window["id"]]
    return 204, None


def _checked_window(state: State, request: Request) -> Record:
    fields = checked(
        unwrapped(request, "maintenance_window"),
        _WINDOW,
        name="maintenance_window",
        ignored=("created_by", "sequence_number", "teams"),
    )
    start = instant(fields["start_time"], "Start time", state.zone)
    end = instant(fields["end_time"], "End time", state.zone)
    if end <= start:
        raise invalid("End time must be after start time")
    services = _services(state, fields["services"])
    return {"description": fields.get("description"), "_start": start, "_end": end, "_services": services}


def _window(state: State, window: Record) -> Record:
    return {
        **shown(window, kind="maintenance_window", base="maintenance_windows"),
        "start_time": shown_time(window["_start"], state.zone),
        "end_time": shown_time(window["_end"], state.zone),
        "services": _references(state, window),
        "teams": [],
        "sequence_number": 1,
    }


@route("GET", "/alert_grouping_settings", "limit", "after", "before", "total", "service_ids[]")
def list_groupings(state: State, request: Request) -> Answer:
    """All of them, or those of some services."""
    wanted = set(request.many("service_ids"))
    found = [_grouping(state, each) for each in state.groupings.values() if not wanted or wanted & {*each["_services"]}]
    return 200, {"alert_grouping_settings": found, "after": None, "before": None, "limit": 100}


@route("POST", "/alert_grouping_settings")
def create_grouping(state: State, request: Request) -> Answer:
    """A setting."""
    setting = {**_checked_grouping(state, request, ""), "id": state.new_id()}
    state.groupings[setting["id"]] = setting
    return 201, {"alert_grouping_setting": _grouping(state, setting)}


@route("GET", "/alert_grouping_settings/{setting}")
def get_grouping(state: State, request: Request) -> Answer:
    """One of them."""
    return 200, {"alert_grouping_setting": _grouping(state, state.get(state.groupings, request.ids["setting"]))}


@route("PUT", "/alert_grouping_settings/{setting}")
def update_grouping(state: State, request: Request) -> Answer:
    """Change it."""
    setting = state.get(state.groupings, request.ids["setting"])
    setting.update(_checked_grouping(state, request, setting["id"]))
    return 200, {"alert_grouping_setting": _grouping(state, setting)}


@route("DELETE", "/alert_grouping_settings/{setting}")
def delete_grouping(state: State, request: Request) -> Answer:
    """Without it."""
    del state.groupings[state.get(state.groupings, request.ids["setting"])["id"]]
    return 204, None


def _checked_grouping(state: State, request: Request, own: str) -> Record:
    fields: Record = checked(
        unwrapped(request, "alert_grouping_setting"),
        _GROUPING,
        name="alert_grouping_setting",
        ignored=("created_at", "updated_at"),
    )
    if fields.get("name"):
        name_of(fields["name"], "Name")
    fields["config"] = checked(fields["config"], _CONFIG[fields["type"]], name="config")
    if 0 < fields["config"].get("time_window", 0) < 300:
        raise invalid("Time window must be greater than or equal to 300")
    fields["_services"] = _services(state, fields.pop("services"))
    if fields["type"] == "time" and len(fields["_services"]) > 1:
        raise invalid("A setting of type time is for one service")
    # A service is in one setting (provider: "this service is associated to another alert grouping setting").
    for each in state.groupings.values():
        if each["id"] != own and {*each["_services"]} & {*fields["_services"]}:
            raise invalid("Services are associated to another alert grouping setting")
    return fields


def _grouping(state: State, setting: Record) -> Record:
    whole = shown(setting, kind=setting["type"], base="alert_grouping_settings")
    # What is not said has a value of the service's.
    defaults: dict[str, Record] = {
        "time": {"timeout": 86_400},
        "intelligent": {"time_window": 300, "iag_fields": ["summary"]},
    }
    said = {key: value for key, value in setting["config"].items() if value not in (0, None)}
    config = {**defaults.get(setting["type"], {"time_window": 300}), **said}
    return {**whole, "config": config, "services": _references(state, setting)}


def _services(state: State, listed: list[Any]) -> list[str]:
    # Clients may leave the type of a service out here.
    typed = [{"type": "service", **each} if isinstance(each, dict) else each for each in listed]
    found = references(typed, ("service",), "service")
    if not found:
        raise invalid("Services cannot be empty")
    for ident in found:
        if ident not in state.services:
            raise invalid(f"Service {ident} does not exist")
    return found


def _references(state: State, record: Record) -> list[Record]:
    return [
        reference_to(state.services[each], kind="service", base="service-directory") for each in record["_services"]
    ]
