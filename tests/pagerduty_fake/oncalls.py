"""Who is on call, policy by policy and level by level."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.pagerduty_fake.errors import invalid
from tests.pagerduty_fake.routes import PAGING, Answer, page, route
from tests.pagerduty_fake.schedules import on_call
from tests.pagerduty_fake.state import Record, Request, State, reference_to
from tests.pagerduty_fake.times import instant, shown, zone

_AHEAD = timedelta(days=90)


@route(
    "GET",
    "/oncalls",
    *PAGING,
    "since",
    "until",
    "time_zone",
    "earliest",
    "include[]",
    "user_ids[]",
    "schedule_ids[]",
    "escalation_policy_ids[]",
)
def list_oncalls(state: State, request: Request) -> Answer:
    """90 days ahead at most. Somebody is there once for each policy that calls them."""
    since = _asked(state, request, "since") or state.clock()
    until = _asked(state, request, "until") or since + timedelta(seconds=1)
    if until > since + _AHEAD:
        raise invalid("Until must not be more than 90 days after since")
    asked = request.one("time_zone")
    where = zone(asked) if asked else state.zone
    found = [each for each in _oncalls(state, since, until, where) if _wanted(request, each)]
    return page(request, "oncalls", found)


def _oncalls(state: State, since: datetime, until: datetime, where: ZoneInfo) -> Iterator[Record]:
    for policy in state.policies.values():
        for level, rule in enumerate(policy["escalation_rules"], 1):
            for target in rule["targets"]:
                for user, schedule, start, end in _called(state, target, since, until):
                    yield {
                        "user": reference_to(state.users[user], kind="user", base="users"),
                        "schedule": None
                        if schedule is None
                        else reference_to(schedule, kind="schedule", base="schedules"),
                        "escalation_policy": reference_to(policy, kind="escalation_policy", base="escalation_policies"),
                        "escalation_level": level,
                        # Who is called directly is on call for ever.
                        "start": None if start is None else shown(start, where),
                        "end": None if end is None else shown(end, where),
                    }


def _called(state: State, target: Record, since: datetime, until: datetime) -> Iterator[tuple[Any, Any, Any, Any]]:
    if target["type"] == "user_reference":
        yield target["id"], None, None, None
        return
    schedule = state.schedules[target["id"]]
    for entry in on_call(state, schedule, since, until):
        yield entry.user, schedule, entry.start, entry.end


def _wanted(request: Request, oncall: Record) -> bool:
    for name in ("user", "schedule", "escalation_policy"):
        ids = request.many(f"{name}_ids")
        if ids and (oncall[name] is None or oncall[name]["id"] not in ids):
            return False
    return True


def _asked(state: State, request: Request, name: str) -> datetime | None:
    written = request.one(name)
    return None if written is None else instant(written, name.capitalize(), state.zone)
