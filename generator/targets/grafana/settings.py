"""What the dashboard is known by in Grafana: the setting `grafana`."""

from __future__ import annotations

from typing import Any

from generator.records import dataclass
from generator.settings import Setting

UID = "tocsin-slos"


@dataclass(frozen=True, slots=True)
class GrafanaSettings:
    """`uid` is the dashboard's address, `/d/<uid>`: two repositories that share a Grafana need two."""

    uid: str = UID


def _read(value: Any) -> GrafanaSettings:
    return GrafanaSettings(dict(value or {}).get("uid") or UID)


GRAFANA = Setting[GrafanaSettings](
    "grafana",
    {
        "title": "Grafana",
        "description": "The dashboard of the target grafana.",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "uid": {
                "title": "Dashboard's uid",
                "description": f"Its address is /d/<uid>. Default: {UID}; choose another where repositories share one.",
                "type": "string",
                "pattern": "^[A-Za-z0-9_-]{1,40}$",
                "patternErrorMessage": "Write at most 40 letters, digits, hyphens and underscores.",
                "examples": [UID],
            },
        },
        "examples": [{"uid": UID}],
    },
    _read,
)
