"""An account for the tests of the strict PagerDuty itself."""

from __future__ import annotations

from typing import Any

from tests.pagerduty_fake.server import FakePagerDuty

START = "2026-01-05T08:00:00Z"
WEEK = 604_800


def refused(api: FakePagerDuty, method: str, path: str, body: Any = None) -> tuple[int, str]:
    """The status of a refusal, and its first sentence."""
    status, answer = api.call(method, path, body)
    assert status >= 400, answer
    return status, answer["error"].get("errors", [answer["error"]["message"]])[0]


def user(api: FakePagerDuty, name: str) -> str:
    """Somebody new."""
    ident: str = api.made("/users", "user", name=name, email=f"{name.lower()}@example.com")["id"]
    return ident


def layer(*users: str, **more: Any) -> dict[str, Any]:
    """A layer of weeks."""
    return {
        "name": "Weeks",
        "start": START,
        "rotation_virtual_start": START,
        "rotation_turn_length_seconds": WEEK,
        "users": [{"user": {"id": each, "type": "user_reference"}} for each in users],
        **more,
    }


def schedule(api: FakePagerDuty, *layers: dict[str, Any], **more: Any) -> str:
    """A schedule in Berlin."""
    fields = {"name": "Primary", "time_zone": "Europe/Berlin", "schedule_layers": list(layers), **more}
    ident: str = api.made("/schedules", "schedule", **fields)["id"]
    return ident


def policy(api: FakePagerDuty, *targets: dict[str, str], **more: Any) -> dict[str, Any]:
    """A policy's fields, of one rule."""
    return {
        "name": "Policy",
        "escalation_rules": [{"escalation_delay_in_minutes": 15, "targets": list(targets)}],
        **more,
    }


def to(ident: str, kind: str) -> dict[str, str]:
    """A reference."""
    return {"id": ident, "type": f"{kind}_reference"}
