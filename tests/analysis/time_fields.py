"""Alertmanager's reading of time intervals, from its documentation: when they hold, and who is told then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from generator.analysis.routing import Routing
from generator.analysis.routing.time_intervals import described

WEEKDAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")


def holds(spans: Sequence[Mapping[str, Any]], instant: datetime) -> bool:
    """Whether an interval, given as the list under its name, holds."""
    return any(_one(span, instant.astimezone(ZoneInfo(span.get("location", "UTC")))) for span in spans)


def told(found: Routing, labels: Mapping[str, str], instant: datetime) -> list[str]:
    """The receivers that are told of an alert at an instant, by the fields that are rendered."""
    intervals = described(found.intervals)

    def active(names: Sequence[str]) -> bool:
        return any(holds(intervals[name], instant) for name in names)

    return [
        each.receiver
        for each in found.deliveries(labels)
        if (not each.active or active(each.active)) and not active(each.muted)
    ]


def _one(span: Mapping[str, Any], local: datetime) -> bool:
    minute = local.hour * 60 + local.minute
    times = [(_minute(each["start_time"]), _minute(each["end_time"])) for each in span.get("times", ())]
    return (
        (not times or any(start <= minute < end for start, end in times))
        and _in(span, "days_of_month", local.day)
        and _in(span, "months", local.month)
        and _in(span, "years", local.year)
        and _in(span, "weekdays", local.isoweekday() % 7)
    )


def _in(span: Mapping[str, Any], field: str, value: int) -> bool:
    ranges = [each.split(":") for each in span.get(field, ())]
    assert all(_number(each[0]) <= _number(each[-1]) for each in ranges), "Alertmanager refuses the whole configuration"
    return not ranges or any(_number(each[0]) <= value <= _number(each[-1]) for each in ranges)


def _number(text: str) -> int:
    return WEEKDAYS.index(text) if text in WEEKDAYS else int(text)


def _minute(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)
