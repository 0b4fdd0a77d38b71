"""The time zones that PagerDuty knows: not every IANA name is accepted for schedules and people."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

YEARS = 5
"""For how long two zones have to agree to count as having the same rules."""
_STEP = timedelta(weeks=1)
"""No zone changes its clock twice in a week."""

_NAMES = """
Africa/Algiers
Africa/Cairo
Africa/Casablanca
Africa/Harare
Africa/Johannesburg
Africa/Monrovia
Africa/Nairobi
America/Argentina/Buenos_Aires
America/Bogota
America/Caracas
America/Chicago
America/Chihuahua
America/Denver
America/Godthab
America/Guatemala
America/Guyana
America/Halifax
America/Indiana/Indianapolis
America/Juneau
America/La_Paz
America/Lima
America/Los_Angeles
America/Mazatlan
America/Mexico_City
America/Monterrey
America/Montevideo
America/New_York
America/Phoenix
America/Puerto_Rico
America/Regina
America/Santiago
America/Sao_Paulo
America/St_Johns
America/Tijuana
Asia/Almaty
Asia/Baghdad
Asia/Baku
Asia/Bangkok
Asia/Chongqing
Asia/Colombo
Asia/Dhaka
Asia/Hong_Kong
Asia/Irkutsk
Asia/Jakarta
Asia/Jerusalem
Asia/Kabul
Asia/Kamchatka
Asia/Karachi
Asia/Kathmandu
Asia/Kolkata
Asia/Krasnoyarsk
Asia/Kuala_Lumpur
Asia/Kuwait
Asia/Magadan
Asia/Muscat
Asia/Novosibirsk
Asia/Rangoon
Asia/Riyadh
Asia/Seoul
Asia/Shanghai
Asia/Singapore
Asia/Srednekolymsk
Asia/Taipei
Asia/Tashkent
Asia/Tbilisi
Asia/Tehran
Asia/Tokyo
Asia/Ulaanbaatar
Asia/Urumqi
Asia/Vladivostok
Asia/Yakutsk
Asia/Yekaterinburg
Asia/Yerevan
Atlantic/Azores
Atlantic/Cape_Verde
Atlantic/South_Georgia
Australia/Adelaide
Australia/Brisbane
Australia/Darwin
Australia/Hobart
Australia/Melbourne
Australia/Perth
Australia/Sydney
Etc/GMT+12
Etc/UTC
Europe/Amsterdam
Europe/Athens
Europe/Belgrade
Europe/Berlin
Europe/Bratislava
Europe/Brussels
Europe/Bucharest
Europe/Budapest
Europe/Copenhagen
Europe/Dublin
Europe/Helsinki
Europe/Istanbul
Europe/Kaliningrad
Europe/Kiev
Europe/Lisbon
Europe/Ljubljana
Europe/London
Europe/Madrid
Europe/Minsk
Europe/Moscow
Europe/Paris
Europe/Prague
Europe/Riga
Europe/Rome
Europe/Samara
Europe/Sarajevo
Europe/Skopje
Europe/Sofia
Europe/Stockholm
Europe/Tallinn
Europe/Vienna
Europe/Vilnius
Europe/Volgograd
Europe/Warsaw
Europe/Zagreb
Europe/Zurich
Pacific/Apia
Pacific/Auckland
Pacific/Chatham
Pacific/Fakaofo
Pacific/Fiji
Pacific/Guadalcanal
Pacific/Guam
Pacific/Honolulu
Pacific/Majuro
Pacific/Midway
Pacific/Noumea
Pacific/Pago_Pago
Pacific/Port_Moresby
Pacific/Tongatapu
"""

ACCEPTED: tuple[str, ...] = tuple(_NAMES.split())
"""Every name that the provider accepts, sorted (3.32.4)."""

_RENAMED = {
    "UTC": "Etc/UTC",
    "America/Nuuk": "America/Godthab",
    "Asia/Yangon": "Asia/Rangoon",
    "Europe/Kyiv": "Europe/Kiev",
}
"""Other names of the very same zones."""


def accepted(zone: str) -> bool:
    """Whether PagerDuty takes a schedule or a person with this zone."""
    return zone in ACCEPTED


def suggestion(zone: str, since: datetime) -> str | None:
    """An accepted zone of the same rules for `YEARS` years from an instant, itself where it is accepted.

    None where there is none, or no such zone. A name of the same continent is preferred (Europe/Oslo: Europe/Berlin,
    not Africa/Algiers), then the largest cities' (`_PREFERRED`), then the alphabet.
    """
    if accepted(zone):
        return zone
    if zone in _RENAMED:
        return _RENAMED[zone]
    year = since.astimezone(UTC).year
    if not _rules(zone, year):
        return None
    alike = (other for other in ACCEPTED if _solstices(other, year) == _solstices(zone, year))
    same = [other for other in alike if _rules(other, year) == _rules(zone, year)]
    return min(same, key=lambda other: _distance(zone, other), default=None)


def same_rules(one: str, other: str, since: datetime) -> bool:
    """Whether the clocks of two zones agree for `YEARS` years from an instant: one schedule can have layers of both."""
    year = since.astimezone(UTC).year
    return one == other or (bool(_rules(one, year)) and _rules(one, year) == _rules(other, year))


_PREFERRED = (
    *("Europe/Berlin", "Europe/Paris", "Europe/Athens", "Europe/London", "Europe/Moscow", "America/New_York"),
    *("America/Chicago", "America/Denver", "America/Los_Angeles", "America/Sao_Paulo", "America/Bogota", "Asia/Tokyo"),
    *("Asia/Singapore", "Asia/Shanghai", "Asia/Kolkata", "Asia/Muscat", "Australia/Sydney", "Pacific/Auckland"),
)


def _distance(zone: str, other: str) -> tuple[bool, int, str]:
    rank = _PREFERRED.index(other) if other in _PREFERRED else len(_PREFERRED)
    return (zone.partition("/")[0] != other.partition("/")[0], rank, other)


def _solstices(zone: str, year: int) -> tuple[timedelta, ...]:
    """The offsets in a year's winter and summer: what differs here needs no closer look."""
    local = ZoneInfo(zone)
    return tuple(_offset(datetime(year, month, 1, tzinfo=UTC), local) for month in (1, 7))


@cache
def _rules(zone: str, year: int) -> tuple[tuple[datetime, timedelta], ...]:
    """The offset at the start of a year and every change of it, in UTC, for the years after; empty for no zone."""
    try:
        local = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ()
    instant, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + YEARS, 1, 1, tzinfo=UTC)
    found = [(instant, _offset(instant, local))]
    while instant < end:
        instant += _STEP
        if _offset(instant, local) != found[-1][1]:
            found.append(_change(instant - _STEP, instant, local))
    return tuple(found)


def _change(before: datetime, after: datetime, zone: ZoneInfo) -> tuple[datetime, timedelta]:
    """The change of clock between two instants, to the minute."""
    while after - before > timedelta(minutes=1):
        middle = before + timedelta(minutes=(after - before) // timedelta(minutes=2))
        if _offset(middle, zone) == _offset(before, zone):
            before = middle
        else:
            after = middle
    return after, _offset(after, zone)


def _offset(instant: datetime, zone: ZoneInfo) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta()
