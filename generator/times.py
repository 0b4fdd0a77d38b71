"""Instants, durations, hours and days as people write them. No clock is read here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours of a day, `start` included, `end` not. 24:00 is written as time 00:00 with `crosses_midnight` False."""

    start: time
    end: time
    crosses_midnight: bool


def parse_duration(text: str) -> timedelta:
    """`1h30m` as in Prometheus; ValueError with a plain sentence otherwise."""
    raise NotImplementedError


def format_duration(duration: timedelta) -> str:
    """Prometheus' own form, `1h30m`; ValueError for negative durations and fractions of a millisecond."""
    raise NotImplementedError


def parse_instant(text: str, zone: tzinfo) -> datetime:
    """`2026-10-14 13:12` in `zone` (an offset or Z wins), as an aware instant in UTC."""
    raise NotImplementedError


def parse_date(text: str) -> date:
    """`2026-10-14`."""
    raise NotImplementedError


def parse_hours(text: str) -> Hours:
    """`17:00-01:00`."""
    raise NotImplementedError


def parse_days(days: str | list[str]) -> frozenset[int]:
    """`mon-fri`, or a list `[sat, sun]`: 0 is Monday."""
    raise NotImplementedError


def zone(name: str) -> ZoneInfo:
    """The time zone of that name."""
    raise NotImplementedError


def words(duration: timedelta) -> str:
    """`2 days 2 hours`."""
    raise NotImplementedError


def iso_utc(instant: datetime) -> str:
    """`2026-10-14T13:12:00Z`."""
    raise NotImplementedError
