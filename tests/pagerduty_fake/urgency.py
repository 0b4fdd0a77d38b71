"""How urgent an incident of a service is, by the hour."""

from __future__ import annotations

import re
from typing import Any

from tests.pagerduty_fake.errors import invalid
from tests.pagerduty_fake.fields import checked, items, text, thing
from tests.pagerduty_fake.state import Record
from tests.pagerduty_fake.times import zone

_URGENCIES = ("high", "low", "severity_based")
_HOURS = re.compile(r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?")


def check_urgency(service: Record) -> None:
    """A rule of support hours needs support hours, and both of its halves; what changes with them needs them too."""
    rule, hours = service.get("incident_urgency_rule"), service.get("support_hours")
    kind = _rule(rule) if rule is not None else "constant"
    if hours is not None:
        _support_hours(hours)
    if kind == "use_support_hours" and hours is None:
        raise invalid("Support hours cannot be empty with an urgency rule that uses them")
    for action in service.get("scheduled_actions") or []:
        _action(action)
        if kind != "use_support_hours":
            raise invalid("Scheduled actions are only for an urgency rule that uses support hours")


def _rule(rule: Any) -> str:
    fields = {
        "type": text(required=True, choices=("constant", "use_support_hours")),
        "urgency": text(choices=_URGENCIES, null=True),
        "during_support_hours": thing(),
        "outside_support_hours": thing(),
    }
    given = checked(rule, fields, name="incident_urgency_rule")
    halves = [given.get(key) for key in ("during_support_hours", "outside_support_hours")]
    if given["type"] == "constant":
        if given.get("urgency") is None or any(half is not None for half in halves):
            raise invalid("A constant urgency rule has an urgency, and nothing else")
        return "constant"
    # Provider: general urgency cannot be set for use_support_hours.
    if given.get("urgency") is not None or any(half is None for half in halves):
        raise invalid("An urgency rule that uses support hours has one urgency during and one outside of them")
    for half in halves:
        checked(
            half,
            {"type": text(choices=("constant",)), "urgency": text(required=True, choices=_URGENCIES)},
            name="urgency",
        )
    return "use_support_hours"


def _support_hours(hours: Any) -> None:
    fields = {
        "type": text(required=True, choices=("fixed_time_per_day",)),
        "time_zone": text(required=True),
        "start_time": text(required=True),
        "end_time": text(required=True),
        "days_of_week": items(required=True),
    }
    given = checked(hours, fields, name="support_hours")
    zone(given["time_zone"])
    if not all(_HOURS.fullmatch(given[key]) for key in ("start_time", "end_time")):
        raise invalid("Start time and end time must be of the form 00:00:00")
    days = given["days_of_week"]
    if not days or len(set(days)) < len(days) or any(day not in range(1, 8) for day in days):
        raise invalid("Days of week must be different numbers from 1 to 7")


def _action(action: Any) -> None:
    fields = {
        "type": text(required=True, choices=("urgency_change",)),
        "to_urgency": text(required=True, choices=("high",)),
        "at": thing(required=True),
    }
    at = checked(action, fields, name="scheduled action")["at"]
    checked(
        at,
        {
            "type": text(required=True, choices=("named_time",)),
            "name": text(required=True, choices=("support_hours_start", "support_hours_end")),
        },
        name="at",
    )
