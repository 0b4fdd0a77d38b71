"""The setting `pagerduty`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from generator.settings import Setting


@dataclass(frozen=True, slots=True)
class PagerDuty:
    """How PagerDuty is used. `users`: `manage` makes them, `existing` looks them up by e-mail (single sign-on)."""

    users: str = "manage"
    service_region: str = "us"


def _read(value: Any) -> PagerDuty:
    return PagerDuty(**(value or {}))


PAGERDUTY = Setting[PagerDuty](
    "pagerduty",
    {
        "title": "PagerDuty",
        "description": "How the Terraform for PagerDuty is written.",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "users": {
                "title": "Users",
                "description": (
                    "manage: Terraform makes the users. existing: it looks them up by e-mail, because single sign-on"
                    " makes them. Default: manage."
                ),
                "enum": ["manage", "existing"],
                "examples": ["existing"],
            },
            "service_region": {
                "title": "Service region",
                "description": "Where the account lives: us or eu. Default: us.",
                "enum": ["us", "eu"],
                "examples": ["eu"],
            },
        },
        "examples": [{"users": "manage", "service_region": "eu"}],
    },
    _read,
)
