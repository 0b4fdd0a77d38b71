"""People's text for formats that cannot hold every character: what they cannot hold is shown as the sign for that."""

from __future__ import annotations

import re
from datetime import UTC, datetime

_UNKNOWN = "\N{REPLACEMENT CHARACTER}"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HALVES = re.compile("[\ud800-\udfff]")


def xml(text: str) -> str:
    """Text of XML 1.0, which has no control characters; not escaped yet."""
    return _NOT_XML.sub(_UNKNOWN, text)


def unicode(text: str) -> str:
    """Text that can be written as UTF-8: without halves of pairs."""
    return _HALVES.sub(_UNKNOWN, text)


def line(text: str) -> str:
    """Text on one line, for titles; only what XML can hold."""
    return xml(" ".join(text.split()))


def milliseconds(at: datetime) -> str:
    """`2026-11-23T08:00:00.000Z`, as clients of the format expect it."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"
