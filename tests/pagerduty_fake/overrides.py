"""Overrides of a schedule: the part that no resource of Terraform keeps."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.pagerduty_fake.errors import Refused, invalid, not_found
from tests.pagerduty_fake.fields import checked, reference, text, thing
from tests.pagerduty_fake.routes import Answer, route
from tests.pagerduty_fake.state import Record, Request, State, reference_to
from tests.pagerduty_fake.times import instant, shown, zone
from tests.pagerduty_fake.users import callable_user

_FIELDS = {"start": text(required=True), "end": text(required=True), "user": thing(required=True), "time_zone": text()}


@route("GET", "/schedules/{schedule}/overrides", "since", "until", "editable", "overflow", "time_zone")
def list_overrides(state: State, request: Request) -> Answer:
    """Those that reach into a span, which has to be said. In the zone of the token's owner unless one is asked for."""
    found = _of(state, request)
    if request.one("since") is None or request.one("until") is None:
        raise invalid("Since and until cannot be empty")
    since = instant(request.one("since"), "Since", state.zone)
    until = instant(request.one("until"), "Until", state.zone)
    asked = request.one("time_zone")
    where = zone(asked) if asked else state.zone
    kept = [each for each in found if each["_start"] < until and each["_end"] > since]
    if request.flag("editable"):
        kept = [each for each in kept if each["_end"] > state.clock()]
    cut = None if request.flag("overflow") else (since, until)
    return 200, {"overrides": [_view(state, each, where, cut) for each in kept]}


@route("POST", "/schedules/{schedule}/overrides")
def create_overrides(state: State, request: Request) -> Answer:
    """One under `override`, or several under `overrides`, each of which is answered for itself."""
    found = _of(state, request)
    where = ZoneInfo(state.schedules[request.ids["schedule"]]["time_zone"])
    body: Any = request.body
    if isinstance(body, dict) and body.keys() == {"override"}:
        made = _checked(state, body["override"])
        found.append(made)
        return 201, {"override": _view(state, made, where, None)}
    if isinstance(body, dict) and body.keys() == {"overrides"} and isinstance(body["overrides"], list):
        return 201, [_several(state, found, each, where) for each in body["overrides"]]
    raise invalid("The body must have override or overrides, and nothing else")


@route("DELETE", "/schedules/{schedule}/overrides/{override}")
def delete_override(state: State, request: Request) -> Answer:
    """One of the past stays; one that runs is cut short and stays too; one of the future is gone."""
    found, now = _of(state, request), state.clock()
    for index, each in enumerate(found):
        if each["id"] == request.ids["override"]:
            if each["_end"] <= now:
                raise invalid("Override cannot be deleted as it is in the past")
            if each["_start"] < now:
                each["_end"] = now
                return 200, None
            del found[index]
            return 204, None
    raise not_found()


def _several(state: State, found: list[Record], body: Any, where: ZoneInfo) -> Record:
    try:
        made = _checked(state, body)
    except Refused as refused:
        return {"status": refused.status, "errors": refused.body["error"].get("errors", []), "override": body}
    found.append(made)
    return {"status": 201, "override": _view(state, made, where, None)}


def _checked(state: State, body: Any) -> Record:
    given = checked(body, _FIELDS, name="override")
    user = callable_user(state, reference(given["user"], ("user",), "user"))
    start, end = (instant(given[key], key.capitalize(), state.zone) for key in ("start", "end"))
    if end <= start:
        raise invalid("End must be after start")
    if end <= state.clock():
        raise invalid("Override must end in the future")
    # Nothing that has been is changed: one that would have begun before begins now.
    return {"id": state.new_id(), "_user": user["id"], "_start": max(start, state.clock()), "_end": end}


def _view(state: State, each: Record, where: ZoneInfo, cut: tuple[datetime, datetime] | None) -> Record:
    start, end = each["_start"], each["_end"]
    if cut is not None:
        start, end = max(start, cut[0]), min(end, cut[1])
    user = state.users.get(each["_user"], {"id": each["_user"]})
    return {
        "id": each["id"],
        "start": shown(start, where),
        "end": shown(end, where),
        "user": reference_to(user, kind="user", base="users"),
    }


def _of(state: State, request: Request) -> list[Record]:
    state.get(state.schedules, request.ids["schedule"])
    return state.overrides[request.ids["schedule"]]
