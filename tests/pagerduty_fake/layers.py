"""The layers of a schedule: what the service takes."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.pagerduty_fake.errors import invalid
from tests.pagerduty_fake.fields import checked, items, number, references, text
from tests.pagerduty_fake.state import Record, State, reference_to
from tests.pagerduty_fake.times import layer_instant, shown
from tests.pagerduty_fake.users import callable_user

_HOUR, _DAY, _WEEK, _YEAR = 3600, 86_400, 604_800, 31_536_000
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d:[0-5]\d")
_FIELDS = {
    "name": text(null=True, longest=100),
    "start": text(required=True),
    "end": text(null=True),
    "rotation_virtual_start": text(required=True),
    # Provider, schema: an hour to a year.
    "rotation_turn_length_seconds": number(_HOUR, _YEAR, required=True),
    "users": items(required=True),
    "restrictions": items(),
}
_RENDERED = ("rendered_schedule_entries", "rendered_coverage_percentage")


def layers(state: State, body: list[Any], old: list[Record]) -> list[Record]:
    """The layers as they are kept, bottom first, as they were sent: the last one wins.

    One that is not sent any more is ended, never removed: it has been part of the past.
    """
    if not body:
        raise invalid("Schedule layers cannot be empty")
    known = {layer["id"]: layer for layer in old}
    new = [_layer(state, each, known, index) for index, each in enumerate(body)]
    ids = {layer["id"] for layer in new}
    return [*(ended(layer, state.clock()) for layer in old if layer["id"] not in ids), *new]


def ended(layer: Record, now: datetime) -> Record:
    """A layer that counts until now at most."""
    end = min(layer["_end"] or now, now)
    return {**layer, "_end": end, "_over": True}


def _layer(state: State, body: Any, known: dict[str, Record], index: int) -> Record:
    fields = checked(body, _FIELDS, name="schedule layer", ignored=_RENDERED)
    ident = body.get("id") or None
    if ident is not None and ident not in known:
        raise invalid(f"Schedule layer {ident} does not belong to the schedule")
    users = [callable_user(state, user)["id"] for user in _users(fields["users"])]
    start = layer_instant(fields["start"], "Start", state.zone)
    end = None if fields.get("end") is None else layer_instant(fields["end"], "End", state.zone)
    if end is not None and end <= start:
        raise invalid("End must be after start")
    return {
        "id": ident or state.new_id(),
        "name": fields.get("name") or f"Layer {index + 1}",
        "_start": _counted_from(start, known.get(ident or ""), state.clock()),
        "_end": end,
        "_over": end is not None and end <= state.clock(),
        "_virtual": layer_instant(fields["rotation_virtual_start"], "Rotation virtual start", state.zone),
        "rotation_turn_length_seconds": fields["rotation_turn_length_seconds"],
        "users": users,
        "restrictions": [_restriction(each) for each in fields.get("restrictions") or []],
    }


def _counted_from(start: datetime, before: Record | None, now: datetime) -> datetime:
    """When a layer begins to count. The past cannot be written: what lies before now becomes now.

    A layer that counts already goes on to do so from when it did (provider, documentation of `start`, issue 200).
    """
    if before is not None and before["_start"] <= now and start <= now:
        return before["_start"]  # type: ignore[no-any-return]
    return max(start, now)


def _users(listed: list[Any]) -> list[str]:
    if not listed:
        raise invalid("Users cannot be empty")
    if any(not isinstance(each, dict) or each.keys() - {"member"} != {"user"} for each in listed):
        raise invalid("Users must be objects with a user each")
    return references([each["user"] for each in listed], ("user",), "user")


def _restriction(body: Any) -> Record:
    kinds = ("daily_restriction", "weekly_restriction")
    fields: Record = checked(
        body,
        {
            "type": text(required=True, choices=kinds),
            # Provider, schema: under a week; for a daily one under a day.
            "duration_seconds": number(1, _WEEK - 1, required=True),
            "start_time_of_day": text(required=True),
            "start_day_of_week": number(0, 7, null=True),
        },
        name="restriction",
    )
    if not _TIME.fullmatch(fields["start_time_of_day"]):
        raise invalid("Start time of day must be of the form 00:00:00")
    if fields["type"] == kinds[0]:
        if fields["duration_seconds"] >= _DAY:
            raise invalid("Duration seconds of a daily restriction must be less than a day")
        if fields.get("start_day_of_week"):
            raise invalid("Start day of week is for weekly restrictions only")
        return {key: value for key, value in fields.items() if key != "start_day_of_week"}
    if not fields.get("start_day_of_week"):
        # Monday is 1 and Sunday 7; 0 counts as missing.
        raise invalid("Start day of week cannot be empty")
    return fields


def show_layer(state: State, layer: Record, where: ZoneInfo, entries: list[Record], coverage: float | None) -> Record:
    """A layer as it is read."""
    users = [
        {"user": reference_to(state.users[user], kind="user", base="users")}
        for user in layer["users"]
        if user in state.users
    ]
    return {
        "id": layer["id"],
        "name": layer["name"],
        "start": shown(layer["_start"], where),
        "end": None if layer["_end"] is None else shown(layer["_end"], where),
        "rotation_virtual_start": shown(layer["_virtual"], where),
        "rotation_turn_length_seconds": layer["rotation_turn_length_seconds"],
        "users": users,
        "restrictions": layer["restrictions"],
        "rendered_schedule_entries": entries,
        "rendered_coverage_percentage": coverage,
    }


def turn(layer: Record) -> timedelta:
    """How long a turn is on the wall clock."""
    return timedelta(seconds=layer["rotation_turn_length_seconds"])
