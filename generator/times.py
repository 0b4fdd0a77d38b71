"""Instants, durations, hours and days as people write them. No clock is read here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from generator.records import dataclass

UNITS = {
    "y": timedelta(days=365),
    "w": timedelta(weeks=1),
    "d": timedelta(days=1),
    "h": timedelta(hours=1),
    "m": timedelta(minutes=1),
    "s": timedelta(seconds=1),
    "ms": timedelta(milliseconds=1),
}
"""The units of Prometheus, longest first; a year has 365 days, a day 24 hours."""
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

DURATION = re.compile("".join(f"(?:([0-9]+){unit})?" for unit in UNITS))
DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
INSTANT = re.compile(
    DATE.pattern + r"(?:(?:[Tt]|[ ]+)([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?[ ]*(Z|z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
HOURS = re.compile(r"([0-9]{2}):([0-9]{2})[ ]*-[ ]*([0-9]{2}):([0-9]{2})")
ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+){0,2}")

OF_THE_MACHINE = frozenset({"localtime", "posixrules", "Factory"})
"""Names that mean another zone on every machine, or none."""
_SOME = "Europe/Madrid"
_REGIONS = ("Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
"""Of places. Etc/GMT+3 lies three hours west of Greenwich, not east: nobody who writes GMT+3 is led there."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours of a day: `start` is included, `end` is not.

    `crosses_midnight` says that `end` is on the day after. 24:00 is the time 00:00 of the day after, so it crosses
    too; `00:00-24:00` is the whole day.
    """

    start: time
    end: time
    crosses_midnight: bool

    @property
    def length(self) -> timedelta:
        """From start to end by the clock on the wall; more than nothing, at most a day."""
        minutes = (self.end.hour - self.start.hour) * 60 + self.end.minute - self.start.minute
        return timedelta(minutes=minutes, days=self.crosses_midnight)


@lru_cache(maxsize=1024)
def parse_duration(text: str) -> timedelta:
    """`1h30m`, `1w`, `250ms` as in Prometheus: whole numbers, units from long to short. ValueError for all else."""
    found = DURATION.fullmatch(text)
    if text == "0":
        return timedelta(0)
    if not found or not text:
        raise ValueError(f"'{_short(text)}' is not a duration such as 5m, 1h30m or 1w")
    try:
        return sum((int(n) * unit for n, unit in zip(found.groups(), UNITS.values(), strict=True) if n), timedelta(0))
    except (OverflowError, ValueError):
        raise ValueError(f"'{_short(text)}' is too long a duration") from None


@lru_cache(maxsize=1024)
def format_duration(duration: timedelta) -> str:
    """Prometheus' own form: `1h30m`, and `1w`, `1d`, `1y` only where they fit exactly, as Prometheus itself writes it.

    Reads back as the same duration. ValueError for what has no such form: less than nothing, parts of a millisecond.
    """
    rest = duration // UNITS["ms"]
    if duration < timedelta(0) or duration % UNITS["ms"]:
        raise ValueError(f"a duration of {duration.total_seconds()} seconds cannot be written as one of Prometheus")
    out = ""
    for unit, size in UNITS.items():
        each = size // UNITS["ms"]
        if unit in ("y", "w") and rest % each:
            continue
        count, rest = divmod(rest, each)
        out += f"{count}{unit}" if count else ""
    return out or "0s"


def parse_instant(text: str, zone: tzinfo) -> datetime:
    """`2026-10-14 13:12` in `zone`, as an aware instant in UTC; seconds, `T`, an offset or `Z` are accepted.

    A date is its midnight. A time that the clocks skip is the first instant after the gap, a time that they show twice
    is the first of the two. ValueError with a plain sentence for all else.
    """
    found = INSTANT.fullmatch(text)
    if not found:
        raise ValueError(f"'{_short(text)}' is not a time such as 2026-10-14 13:12")
    year, month, day, hour, minute, second, offset = found.groups(default="")
    try:
        local = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0))  # noqa: DTZ001 (the zone follows)
        return _resolve(local, _offset(offset) if offset else zone)
    except (ValueError, OverflowError):
        raise ValueError(f"'{_short(text)}' is no time that exists") from None


def parse_date(text: str) -> date:
    """`2026-10-14`; ValueError with a plain sentence for all else."""
    found = DATE.fullmatch(text)
    if not found:
        raise ValueError(f"'{_short(text)}' is not a date such as 2026-10-14")
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        raise ValueError(f"'{text}' is no day that exists") from None


@lru_cache(maxsize=1024)
def parse_hours(text: str) -> Hours:
    """`09:00-18:00`, over midnight `17:00-01:00`, to the day's end `18:00-24:00`; ValueError for all else."""
    found = HOURS.fullmatch(text)
    if not found:
        raise ValueError(f"'{_short(text)}' is not a span of hours such as 09:00-18:00")
    start_hour, start_minute, end_hour, end_minute = map(int, found.groups())
    day_end = (end_hour, end_minute) == (24, 0)
    try:
        start, end = time(start_hour, start_minute), time(0 if day_end else end_hour, end_minute)
    except ValueError:
        raise ValueError(f"'{text}' has a time that no clock shows") from None
    if start == end and not day_end:
        raise ValueError(f"'{text}' ends when it starts; the whole day is 00:00-24:00")
    return Hours(start, end, end <= start)


def parse_days(days: str | Sequence[str]) -> frozenset[int]:
    """`mon-fri`, `sat`, `fri-mon` (over the week's end), or a list of these: 0 is Monday. ValueError for all else."""
    parts = [days] if isinstance(days, str) else list(days)
    if not parts:
        raise ValueError("no day is given; write mon-fri, or a list such as [sat, sun]")
    return frozenset(day for part in parts for day in _day_range(str(part)))


@lru_cache(maxsize=1024)
def zone(name: str) -> ZoneInfo:
    """The time zone of that IANA name, `America/Argentina/Buenos_Aires`; ValueError where there is none."""
    try:
        if ZONE.fullmatch(name) and name not in OF_THE_MACHINE and not name.startswith(("posix/", "right/")):
            return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        pass
    near = _nearest_zone(_short(name))
    raise ValueError(
        f"'{_short(name)}' is not a time zone" + (f": did you mean {near}?" if near else f" such as {_SOME}")
    )


def _nearest_zone(name: str) -> str:
    """The zone of a place whose name, or whose city alone, is near to what was written; empty where none is."""
    from difflib import get_close_matches

    places = sorted(zone for zone in available_timezones() if zone.startswith(_REGIONS))
    whole = {zone.lower(): zone for zone in places}
    cities = {zone.rpartition("/")[2]: known for zone, known in whole.items()}
    written = name.lower().replace(" ", "_")
    for known, word in ((whole, written), (cities, written.rpartition("/")[2])):
        for found in get_close_matches(word, known, 1, 0.8):
            return known[found]
    return ""


def can_be_present(instant: datetime) -> bool:
    """Whether something can be rendered at that time: 1970 to 2105, the span of the clocks of other programs."""
    return 1970 <= instant.year <= 2105


@lru_cache(maxsize=4096)
def words(duration: timedelta) -> str:
    """`2 days 2 hours`, `1 minute`: for people, the two largest units of day, hour, minute, second; the rest is cut."""
    rest = int(abs(duration).total_seconds())
    parts = []
    for name, size in (("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1)):
        count, rest = divmod(rest, size)
        if count:
            parts.append(f"{count} {name}" + ("" if count == 1 else "s"))
    return " ".join(parts[:2]) or "0 seconds"


def iso_utc(instant: datetime) -> str:
    """`2026-10-14T13:12:00Z`; ValueError for a time without a zone."""
    if instant.tzinfo is None:
        raise ValueError("a time without a zone has no place in UTC")
    return instant.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def _resolve(local: datetime, zone: tzinfo) -> datetime:
    """The instant at which the clocks of the zone show that time: the first one, or the end of the gap around it."""
    first = local.replace(tzinfo=zone, fold=0)
    instant = first.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == local:
        return instant
    return _gap_end(local.replace(tzinfo=zone, fold=1).astimezone(UTC), instant, zone)


def _gap_end(before: datetime, after: datetime, zone: tzinfo) -> datetime:
    """The instant at which the offset changes between two instants, to the second."""
    old = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after


def _offset(text: str) -> tzinfo:
    """`Z`, `+02:00`, `-0300`."""
    return datetime.strptime(text.upper().replace("Z", "+00:00"), "%z").tzinfo or UTC


@lru_cache(maxsize=64)
def _day_range(part: str) -> tuple[int, ...]:
    """The days of `mon-fri` or `sat`."""
    ends = [end.strip() for end in part.split("-")]
    if len(ends) not in (1, 2) or not all(end in DAYS for end in ends):
        raise ValueError(f"'{_short(part)}' is not a day or a range of days such as sat or mon-fri")
    first, last = DAYS.index(ends[0]), DAYS.index(ends[-1])
    return tuple((first + n) % 7 for n in range((last - first) % 7 + 1))


def _short(text: str) -> str:
    """The text as a message can hold it."""
    return text if len(text) <= 60 else text[:59] + "…"
