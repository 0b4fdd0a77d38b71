"""The setting `status`: where the status page is served, and how it looks and counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from generator import times
from generator.records import dataclass
from generator.settings import Setting

PARTIAL_OUTAGE_WEIGHT = Decimal("0.3")
ACCENT = "#1d5fd0"
OLD_AFTER = "1d"


@dataclass(frozen=True, slots=True)
class StatusSettings:
    """`url` has no slash at its end. What is absent is None, but for what has a default."""

    url: str | None = None
    branch: str | None = None
    """A branch of Git that holds the status sources, laid over main when the page is built."""
    name: str | None = None
    """The name on the page; None for the repository's `name`."""
    logo: str | None = None
    """A picture's path in the repository."""
    domain: str | None = None
    """The host name for the file `CNAME`."""
    accent: str = ACCENT
    """The page's colour, `#rgb` or `#rrggbb`."""
    partial_outage_weight: Decimal = PARTIAL_OUTAGE_WEIGHT
    """How much of a partial outage counts as downtime, from 0 to 1, by the digits that were written."""
    old_after: timedelta = timedelta(days=1)
    """How long after it was built the page warns its readers of its age."""


def read(value: Any) -> StatusSettings:
    """From the written value; plain text is the address alone."""
    data: Mapping[str, Any] = {"url": value} if isinstance(value, str) else value or {}
    weight = data.get("partial_outage_weight")
    return StatusSettings(
        url=str(data["url"]).rstrip("/") if data.get("url") else None,
        branch=data.get("branch"),
        name=data.get("name"),
        logo=data.get("logo"),
        domain=data.get("domain"),
        accent=(data.get("colors") or {}).get("accent", ACCENT),
        partial_outage_weight=PARTIAL_OUTAGE_WEIGHT if weight is None else Decimal(str(weight)),
        old_after=times.parse_duration(data.get("old_after") or OLD_AFTER),
    )


_ADDRESS = r"^https?://[^\s/?#]+(/[^\s?#]*)?$"
_PROPERTIES: Mapping[str, Mapping[str, Any]] = {
    "url": {
        "title": "Address",
        "description": "Where the status page is served, without query. Clients of its JSON need the root of a domain.",
        "type": "string",
        "pattern": _ADDRESS,
        "patternErrorMessage": "Write a public address without query: https://status.example.com.",
        "examples": ["https://status.example.com"],
    },
    "branch": {
        "title": "Branch",
        "description": "A Git branch that holds the status sources, for repositories whose main branch is protected.",
        "type": "string",
        "minLength": 1,
        "examples": ["status"],
    },
    "name": {
        "title": "Name",
        "description": "The name on the status page. Default: the setting `name`.",
        "type": "string",
        "minLength": 1,
        "examples": ["Example"],
    },
    "logo": {
        "title": "Logo",
        "description": "A picture in this repository, shown instead of the name (which stays as its text). "
        "Up to 4 KiB it is part of the page, else a file beside it.",
        "type": "string",
        "pattern": r"^(?![/.])[^\\]+\.(svg|png|webp)$",
        "patternErrorMessage": "Write a path in this repository to an .svg, .png or .webp file: logo.svg.",
        "examples": ["logo.svg"],
    },
    "domain": {
        "title": "Domain",
        "description": "Writes the file CNAME, by which GitHub Pages knows the page's own domain.",
        "type": "string",
        "pattern": r"^([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$",
        "maxLength": 253,
        "patternErrorMessage": "Write the name of a host alone: status.example.com.",
        "examples": ["status.example.com"],
    },
    "colors": {
        "title": "Colours",
        "description": "Colours of the status page. Those of the statuses are fixed: they mean something.",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "accent": {
                "title": "Accent",
                "description": "The colour of links, #rgb or #rrggbb; made darker or lighter until it can be read. "
                f"Default: {ACCENT}.",
                "type": "string",
                "pattern": "^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$",
                "patternErrorMessage": 'Write a colour in quotes: "#0b5" or "#00bb55".',
                "examples": ["#0b5"],
            }
        },
        "examples": [{"accent": "#0b5"}],
    },
    "partial_outage_weight": {
        "title": "Weight of partial outages",
        "description": "How much of a partial outage counts as downtime, 0 to 1; printed on the page. Default: 0.3.",
        "type": "number",
        "minimum": 0,
        "maximum": 1,
        "examples": [0.3],
    },
    "old_after": {
        "title": "Old after",
        "description": "How long after it was built the page warns that it is old (in browsers that run its script). "
        f"Take more than the longest time between two builds. Default: {OLD_AFTER}.",
        "type": "string",
        "pattern": r"^([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?$",
        "minLength": 2,
        "patternErrorMessage": "Write a duration: 1h, 1d12h.",
        "examples": ["1d"],
    },
}

STATUS = Setting[StatusSettings](
    "status",
    {
        "title": "Status page",
        "description": "The public status page. Plain text is short for its address.",
        "type": ["string", "object"],
        "pattern": _ADDRESS,
        "patternErrorMessage": "Write a public address without query: https://status.example.com.",
        "additionalProperties": False,
        "properties": _PROPERTIES,
        "examples": ["https://status.example.com", {"url": "https://status.example.com", "partial_outage_weight": 0.5}],
    },
    read,
)
