"""The settings `holidays` and `oncall`: days off beyond the library's, and the hours into which a day is divided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import TYPE_CHECKING, Any

from generator import times
from generator.analysis.memo import once_a_catalog
from generator.records import dataclass
from generator.settings import Setting

if TYPE_CHECKING:
    from generator.catalog import Catalog

WEEKEND, HOLIDAY = "weekend", "holiday"
"""Buckets that whole days fall into; the others divide the hours of working days."""
USUAL = {"business": "09:00-17:00", "evening": "17:00-22:00", "night": "22:00-09:00"}
_COUNTRY = "^[A-Z]{2}(-[A-Z0-9]{1,3})?$"


@dataclass(frozen=True, slots=True)
class Buckets:
    """The kinds of time that reports count: disjoint, and together all time.

    `starts` are (from when, which bucket) on a working day, in the order of the day; the first is at midnight.
    """

    names: tuple[str, ...]
    """In written order, then weekend and holiday."""
    starts: tuple[tuple[time, str], ...]


def read_buckets(written: Mapping[str, str] | None) -> Buckets:
    """Buckets by name; ValueError with a plain sentence where they leave a part of the day out or overlap."""
    hours = {name: times.parse_hours(text) for name, text in (written or USUAL).items()}
    order = sorted(hours, key=lambda name: hours[name].start)
    for name, then in zip(order, [*order[1:], order[0]], strict=True):
        end, start = hours[name].end, hours[then].start
        if end != start:
            how = "overlap" if len(order) > 1 and _within(start, hours[name]) else "leave time between them"
            said = f"{name} ends at {end:%H:%M} and {then} starts at {start:%H:%M}"
            raise ValueError(f"buckets have to divide the day: {said}, so they {how}")
    if sum(each.length.total_seconds() for each in hours.values()) != 86400:
        raise ValueError("buckets have to divide the day: these go around the clock more than once")
    starts = [(hours[name].start, name) for name in order]
    if starts[0][0] != time():
        starts.insert(0, (time(), order[-1]))
    return Buckets((*hours, WEEKEND, HOLIDAY), tuple(starts))


@once_a_catalog
def buckets_of(catalog: Catalog) -> Buckets:
    """The buckets of a repository."""
    return catalog.settings.get(ONCALL)


def _within(moment: time, hours: times.Hours) -> bool:
    inside = moment >= hours.start, moment < hours.end
    return any(inside) if hours.crosses_midnight else all(inside)


def _read_holidays(value: Any) -> Mapping[str, frozenset[date]]:
    return {country: frozenset(map(times.parse_date, days)) for country, days in (value or {}).items()}


def _read_oncall(value: Any) -> Buckets:
    return read_buckets((value or {}).get("buckets"))


HOLIDAYS = Setting[Mapping[str, frozenset[date]]](
    "holidays",
    {
        "title": "Holidays",
        "description": (
            "Days off beyond the public holidays that a library knows, by country or region; a country's hold in its"
            " regions too. Who has them: people whose `country` it is."
        ),
        "type": "object",
        "propertyNames": {
            "pattern": _COUNTRY,
            "patternErrorMessage": "Write the country in two capital letters, with a region if need be: AR, ES-MD.",
        },
        "additionalProperties": {
            "title": "Days",
            "description": "Days off of this country or region.",
            "type": "array",
            "items": {
                "title": "Day",
                "description": "A day off.",
                "type": "string",
                "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
                "patternErrorMessage": "Write a day like 2026-12-24.",
                "examples": ["2026-12-24"],
            },
            "examples": [["2026-12-24"]],
        },
        "examples": [{"AR": ["2026-12-24"], "ES-MD": []}],
    },
    _read_holidays,
)

ONCALL = Setting[Buckets](
    "oncall",
    {
        "title": "On call",
        "description": "How time on call is counted.",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "buckets": {
                "title": "Buckets",
                "description": (
                    "The hours into which a working day is divided, by name: together the whole day, none twice."
                    " Weekends and holidays are buckets of their own. Default: business 09:00-17:00, evening"
                    " 17:00-22:00, night 22:00-09:00."
                ),
                "type": "object",
                "minProperties": 1,
                "maxProperties": 24,
                "propertyNames": {
                    "pattern": "^(?!(?:weekend|holiday)$)[a-z0-9]+(-[a-z0-9]+)*$",
                    "patternErrorMessage": (
                        "Write lower-case letters, digits and single hyphens; weekend and holiday are there already."
                    ),
                },
                "additionalProperties": {
                    "title": "Hours",
                    "description": "From when until when, by the clock where the person lives.",
                    "type": "string",
                    "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$",
                    "patternErrorMessage": "Write hours like 09:00-17:00, or 22:00-09:00 over midnight.",
                    "examples": ["22:00-09:00"],
                },
                "examples": [USUAL],
            }
        },
        "examples": [{"buckets": USUAL}],
    },
    _read_oncall,
)
