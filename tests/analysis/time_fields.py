"""Alertmanager's reading of a time interval, from its documentation: whether it holds at an instant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

WEEKDAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")


def holds(spans: Sequence[Mapping[str, Any]], instant: datetime) -> bool:
    """Whether an interval, given as the list under its name, holds."""
    return any(_one(span, instant.astimezone(ZoneInfo(span.get("location", "UTC")))) for span in spans)


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
