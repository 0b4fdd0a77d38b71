"""Data as Hugo reads them: YAML, TOML or JSON, keys in any case; and the front matter of a page."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime, tzinfo
from typing import Any

from generator import times
from generator.documents.read import LIMIT
from generator.documents.stream import read_stream

_FENCES = {"---": "yaml", "+++": "toml"}
_TIME = re.compile(
    r"(?P<day>\d{4}-\d{1,2}-\d{1,2})(?:[T ]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?)?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?"
)
_FIRST, _LAST = 1970, 2105


class Unread(Exception):
    """A file that means nothing, and why."""


def parse(text: str, form: str) -> dict[str, Any]:
    """The data of a text; keys in lower case. Raises Unread."""
    try:
        data = _yaml(text) if form in ("yaml", "yml") else tomllib.loads(text) if form == "toml" else json.loads(text)
    except (ValueError, RecursionError) as reason:
        raise Unread(" ".join(str(reason).split())[:160]) from None
    return _lower(data) if isinstance(data, dict) else {}


def _yaml(text: str) -> object:
    stream = read_stream("front matter", text.encode("utf-8", "replace"))
    if stream.findings:
        raise Unread(stream.findings[0].message)
    return stream.documents[0].value if stream.documents else {}


def _lower(data: Mapping[str, Any]) -> dict[str, Any]:
    """Hugo knows keys whatever their case; of two, the first."""
    out: dict[str, Any] = {}
    for key, value in data.items():
        out.setdefault(str(key).lower(), _lower(value) if isinstance(value, dict) else value)
    return out


def page(raw: bytes) -> tuple[dict[str, Any], str]:
    """Front matter and body of a page. Raises Unread."""
    if len(raw) > LIMIT:
        raise Unread(f"it has more than the {LIMIT:,} bytes of a source")
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n").lstrip("\n")
    except UnicodeDecodeError:
        raise Unread("it is not UTF-8") from None
    if text.startswith("{"):
        return _json_page(text)
    fence = text[:3]
    if fence not in _FENCES:
        raise Unread("it has no front matter")
    found = re.compile(
        rf"{re.escape(fence)}[ \t]*\n(?P<data>.*?)(?:\n|(?<=\n)){re.escape(fence)}[ \t]*(?:\n|\Z)", re.DOTALL
    ).match(text)
    if found is None:
        raise Unread("its front matter has no end")
    return parse(found["data"], _FENCES[fence]), text[found.end() :]


def _json_page(text: str) -> tuple[dict[str, Any], str]:
    try:
        data, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        raise Unread("its front matter is no JSON") from None
    return _lower(data) if isinstance(data, dict) else {}, text[end:]


def moment(value: object, zone: tzinfo) -> datetime | None:
    """An instant in UTC; what names no zone is in the site's. None for all that is no time."""
    if isinstance(value, date):  # as TOML reads them; a datetime is one too
        value = value.isoformat()
    found = _TIME.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        return None
    day = "-".join(part.zfill(2) for part in found["day"].split("-"))
    clock = f"{int(found['hour'] or 0):02}:{found['minute'] or '00'}:{found['second'] or '00'}"
    try:
        at = times.parse_instant(f"{day} {clock}{_offset(found['zone'])}", zone)
    except (ValueError, OverflowError):
        return None
    return at if _FIRST <= at.year <= _LAST else None


def _offset(zone: str | None) -> str:
    if zone in (None, ""):
        return ""
    return "Z" if zone in ("Z", "UTC", "GMT") else f"{zone[:3]}:{zone[-2:]}"


def zone_of(name: object) -> tzinfo:
    """The zone of a name; UTC for all else."""
    try:
        return times.zone(str(name))
    except ValueError:
        return UTC


def flag(value: object) -> bool:
    """Whether it says yes, as YAML, TOML and people write it."""
    return value is True or (isinstance(value, str) and value.strip().lower() in ("true", "yes", "on"))


def listed(value: object) -> list[str]:
    """Texts of a list, or the one that stands there alone."""
    return [
        str(each) for each in (value if isinstance(value, list) else [value]) if isinstance(each, str | int | float)
    ]
