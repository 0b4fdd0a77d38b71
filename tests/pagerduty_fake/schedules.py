"""Schedules of layers, and what they render to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.pagerduty_fake.errors import Refused, invalid
from tests.pagerduty_fake.fields import checked, items, name_of, text
from tests.pagerduty_fake.layers import layers, show_layer
from tests.pagerduty_fake.rendering import Entry, covered, entries, overflowing
from tests.pagerduty_fake.routes import PAGING, Answer, page, route, unwrapped
from tests.pagerduty_fake.state import Record, Request, State, reference_to, shown
from tests.pagerduty_fake.teams import show_teams, team_references
from tests.pagerduty_fake.times import instant, zone
from tests.pagerduty_fake.times import shown as shown_time

_FIELDS = {
    "name": text(required=True, longest=255),
    "time_zone": text(required=True),
    "description": text(null=True),
    "schedule_layers": items(required=True),
    "teams": items(),
}
_SHOWN_ONLY = (
    "final_schedule",
    "overrides_subschedule",
    "users",
    "escalation_policies",
    "web_cal_url",
    "personal_web_cal_url",
    "http_cal_url",
    "next_oncall_for_user",
)
_WINDOW = ("since", "until", "time_zone", "overflow", "include_next_oncall_for_user", "user_id", "include[]")


@route("GET", "/schedules", *PAGING, "query", "include[]", "time_zone", "since", "until", "overflow")
def list_schedules(state: State, request: Request) -> Answer:
    """All of them, without layers unless they are asked for."""
    wanted = (request.one("query") or "").lower()
    where = _zone_of_list(state, request)
    everything = "schedule_layers" in request.many("include")
    found = [
        view(state, each, where, None, layered=everything)
        for each in state.schedules.values()
        if wanted in each["name"].lower()
    ]
    return page(request, "schedules", found)


@route("POST", "/schedules", "overflow")
def create_schedule(state: State, request: Request) -> Answer:
    """A schedule."""
    schedule = {"id": state.new_id(), "_layers": [], "_teams": [], **_checked(state, request, None)}
    state.schedules[schedule["id"]] = schedule
    state.overrides[schedule["id"]] = []
    return 201, {"schedule": view(state, schedule, ZoneInfo(schedule["time_zone"]), None)}


@route("POST", "/schedules/preview", "since", "until", "overflow")
def preview(state: State, request: Request) -> Answer:
    """What a schedule would render to; nothing is kept."""
    schedule = {"id": "PPREVIEW", "_layers": [], "_teams": [], **_checked(state, request, None, preview=True)}
    where = ZoneInfo(schedule["time_zone"])
    if request.one("since") is None or request.one("until") is None:
        raise invalid("Since and until cannot be empty")
    return 200, {"schedule": view(state, schedule, where, _window(state, request))}


@route("GET", "/schedules/{schedule}", *_WINDOW)
def get_schedule(state: State, request: Request) -> Answer:
    """One of them, in its own zone unless another is asked for."""
    schedule = state.get(state.schedules, request.ids["schedule"])
    asked = request.one("time_zone")
    where = zone(asked) if asked else ZoneInfo(schedule["time_zone"])
    return 200, {"schedule": view(state, schedule, where, _window(state, request))}


@route("PUT", "/schedules/{schedule}", "overflow")
def update_schedule(state: State, request: Request) -> Answer:
    """Change it."""
    schedule = state.get(state.schedules, request.ids["schedule"])
    schedule.update(_checked(state, request, schedule))
    return 200, {"schedule": view(state, schedule, ZoneInfo(schedule["time_zone"]), None)}


@route("DELETE", "/schedules/{schedule}")
def delete_schedule(state: State, request: Request) -> Answer:
    """One that a policy uses stays."""
    ident = state.get(state.schedules, request.ids["schedule"])["id"]
    if _policies(state, ident):
        raise invalid("Schedule can't be deleted if it's being used by escalation policies")
    del state.schedules[ident], state.overrides[ident]
    return 204, None


@route("GET", "/v3/schedules/{schedule}", "include[]", "since", "until")
def newer_form(state: State, request: Request) -> Answer:
    """The newer interface does not know these schedules."""
    state.get(state.schedules, request.ids["schedule"])
    raise Refused(400, 2001, "Invalid Input Provided", ["Schedule is not a v3 schedule"])


def view(
    state: State,
    schedule: Record,
    where: ZoneInfo,
    window: tuple[datetime, datetime, bool] | None,
    *,
    layered: bool = True,
) -> Record:
    """A schedule. Layers come in the opposite order: the one that wins first."""
    own = ZoneInfo(schedule["time_zone"])
    overrides = state.overrides.get(schedule["id"], [])
    users = dict.fromkeys(user for layer in schedule["_layers"] if not layer["_over"] for user in layer["users"])
    whole = {
        **shown(schedule, kind="schedule", base="schedules"),
        "users": [reference_to(state.users[user], kind="user", base="users") for user in users if user in state.users],
        "escalation_policies": [
            reference_to(each, kind="escalation_policy", base="escalation_policies")
            for each in _policies(state, schedule["id"])
        ],
        "teams": show_teams(state, schedule),
    }
    if not layered:
        return whole
    shown_layers = []
    for layer in reversed(schedule["_layers"]):
        found, coverage = _rendered(state, [layer], [], own, where, window)
        shown_layers.append(show_layer(state, layer, where, found, coverage))
    final, coverage = _rendered(state, schedule["_layers"], overrides, own, where, window)
    over, _ = _rendered(state, [], overrides, own, where, window)
    return {
        **whole,
        "schedule_layers": shown_layers,
        "overrides_subschedule": {
            "name": "Overrides",
            "rendered_schedule_entries": over,
            "rendered_coverage_percentage": None,
        },
        "final_schedule": {
            "name": "Final Schedule",
            "rendered_schedule_entries": final,
            "rendered_coverage_percentage": coverage,
        },
    }


def on_call(state: State, schedule: Record, since: datetime, until: datetime) -> list[Entry]:
    """The final schedule between two instants."""
    own = ZoneInfo(schedule["time_zone"])
    return overflowing(schedule["_layers"], state.overrides[schedule["id"]], own, since, until)


def _rendered(
    state: State,
    stack: Sequence[Record],
    overrides: Sequence[Record],
    own: ZoneInfo,
    where: ZoneInfo,
    window: tuple[datetime, datetime, bool] | None,
) -> tuple[list[Record], float | None]:
    """Entries and coverage; nothing at all without `since` and `until`."""
    if window is None:
        return [], None
    since, until, overflow = window
    found = (overflowing if overflow else entries)(stack, overrides, own, since, until)
    return [_entry(state, each, where) for each in found], covered(found, since, until)


def _entry(state: State, entry: Entry, where: ZoneInfo) -> Record:
    user = state.users.get(entry.user, {"id": entry.user})
    return {
        "start": shown_time(entry.start, where),
        "end": shown_time(entry.end, where),
        "user": reference_to(user, kind="user", base="users"),
        **({"id": entry.why[1]} if entry.why[0] == "override" else {}),
    }


def _window(state: State, request: Request) -> tuple[datetime, datetime, bool] | None:
    since, until = request.one("since"), request.one("until")
    if since is None or until is None:
        return None
    start, end = instant(since, "Since", state.zone), instant(until, "Until", state.zone)
    if end <= start:
        raise invalid("Until must be after since")
    return start, end, request.flag("overflow")


def _zone_of_list(state: State, request: Request) -> ZoneInfo:
    """Lists come in the zone of the token's owner unless another is asked for."""
    asked = request.one("time_zone")
    return zone(asked) if asked else state.zone


def _policies(state: State, ident: str) -> list[Record]:
    return [
        each
        for each in state.policies.values()
        if any(target["id"] == ident for rule in each["escalation_rules"] for target in rule["targets"])
    ]


def _checked(state: State, request: Request, old: Record | None, *, preview: bool = False) -> Record:
    body: Any = unwrapped(request, "schedule")
    given: Record = checked(body, _FIELDS, name="schedule", ignored=_SHOWN_ONLY)
    name_of(given["name"], "Name")
    own = old["id"] if old else ""
    if not preview and any(x["name"] == given["name"] and x["id"] != own for x in state.schedules.values()):
        raise invalid("Name has already been taken")
    zone(given["time_zone"])
    return {
        "description": None,
        **{key: value for key, value in given.items() if key not in ("schedule_layers", "teams")},
        "_layers": layers(state, given["schedule_layers"], old["_layers"] if old else []),
        "_teams": team_references(state, given.get("teams")),
    }
