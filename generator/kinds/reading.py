"""Reading typed values out of documents: what means nothing raises `Invalid` at its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Any, TypeVar

from generator import times
from generator.findings import Ref
from generator.kinds.base import Invalid

T = TypeVar("T")


def read(where: Ref, value: Any, parser: Callable[[Any], T]) -> T:
    """`parser(value)`, with what it refuses said at its place."""
    try:
        return parser(value)
    except (ValueError, OverflowError) as refusal:
        raise Invalid(where, str(refusal)) from None


def optional(where: Ref, data: Mapping[str, Any], key: str, parser: Callable[[Any], T]) -> T | None:
    """The parsed value of a key, None when it is absent."""
    return None if data.get(key) is None else read(where.at(key), data[key], parser)


def duration(where: Ref, data: Mapping[str, Any], key: str) -> timedelta | None:
    """A Prometheus duration."""
    return optional(where, data, key, times.parse_duration)


def instant(where: Ref, data: Mapping[str, Any], key: str, zone: tzinfo) -> datetime | None:
    """An instant in a zone."""
    return optional(where, data, key, lambda text: times.parse_instant(text, zone))


def day(where: Ref, data: Mapping[str, Any], key: str) -> date | None:
    """A calendar day."""
    return optional(where, data, key, times.parse_date)


def zone(where: Ref, data: Mapping[str, Any], default: str) -> tzinfo:
    """The zone a source names, else the one around it."""
    return read(where.at("time_zone") if "time_zone" in data else where, data.get("time_zone", default), times.zone)


def decimal(value: float | str) -> Decimal:
    """The written digits of a number: shortest text of a float is what was written, within 17 digits."""
    return Decimal(value) if isinstance(value, str) else Decimal(repr(value))
