"""Restrictions: spans of local time that repeat, in which a layer is on duty, or a schedule should have somebody."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time, timedelta
from typing import Any

from generator import times
from generator.findings import Ref
from generator.kinds.base import listing, mapping
from generator.kinds.reading import read
from generator.records import dataclass

WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Restriction:
    """A span of local time that repeats: on duty from a wall-clock time for a length, on some days of the week.

    `days` counts from 0 = Monday and names the days on which the span starts; `length` is wall-clock time and may
    cross midnight or days.
    """

    days: frozenset[int]
    start: time
    length: timedelta

    @property
    def daily(self) -> bool:
        """Whether it starts on every day of the week."""
        return len(self.days) == 7


def restrictions(ref: Ref, data: Mapping[str, Any]) -> tuple[Restriction, ...]:
    """Hours, days and hours, or a list of weekly spans; nothing written restricts nothing."""
    spans = listing(data.get("restrictions"))
    if spans:
        return tuple(_span(ref.at("restrictions", i), mapping(span)) for i, span in enumerate(spans))
    if "hours" not in data and "days" not in data:
        return ()
    days = read(ref.at("days"), data["days"], times.parse_days) if "days" in data else frozenset(range(7))
    hours = read(ref.at("hours"), data.get("hours", "00:00-24:00"), times.parse_hours)
    length = timedelta(hours=hours.end.hour - hours.start.hour, minutes=hours.end.minute - hours.start.minute)
    return (Restriction(days, hours.start, length if length > timedelta() else length + timedelta(days=1)),)


_MOMENT = re.compile(r"\s*(mon|tue|wed|thu|fri|sat|sun)\s+([0-9]{1,2}:[0-9]{2})\s*")


def _span(ref: Ref, data: Mapping[str, Any]) -> Restriction:
    """`{from: fri 18:00, until: mon 09:00}`."""
    (day, start), (last, end) = (read(ref.at(key), data[key], _moment) for key in ("from", "until"))
    length = (timedelta(days=last) + end) - (timedelta(days=day) + start)
    if length <= timedelta():
        length += WEEK
    return Restriction(frozenset({day}), _time(start), length)


def _time(after_midnight: timedelta) -> time:
    hours, seconds = divmod(int(after_midnight.total_seconds()), 3600)
    return time(hours, seconds // 60)


def _moment(text: str) -> tuple[int, timedelta]:
    match = _MOMENT.fullmatch(text)
    if not match:
        raise ValueError(f"'{text}' is no moment of a week; write it like fri 18:00")
    at = times.parse_hours(f"{match[2]}-24:00").start
    return min(times.parse_days(match[1])), timedelta(hours=at.hour, minutes=at.minute)
