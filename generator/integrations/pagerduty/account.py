"""A whole account in the words of the API, as if its answers had been saved."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from generator.integrations.pagerduty.api import Api, Record

_PRIVATE = frozenset({"contact_methods", "notification_rules"})
"""They hold telephone numbers, and nothing that an import keeps."""


def whole_account(api: Api, step: Callable[[str], None]) -> Iterator[tuple[str, bytes]]:
    """(name, JSON) of users, teams with their members, schedules with their layers, policies and services."""
    step("asking for users")
    yield _document("users", [_without(user, _PRIVATE) for user in api.users()])
    step("asking for teams")
    teams = list(api.teams())
    for number, team in enumerate(teams, 1):
        step(f"asking for the members of {number} of {len(teams)} teams")
        team["members"] = list(api.members(str(team.get("id"))))
    yield _document("teams", teams)
    step("asking for schedules")
    listed = list(api.schedules())
    schedules = []
    for number, each in enumerate(listed, 1):
        step(f"asking for {number} of {len(listed)} schedules")
        schedules.append(api.schedule(str(each.get("id"))))
    yield _document("schedules", schedules)
    step("asking for policies and services")
    yield _document("escalation_policies", list(api.policies()))
    yield _document("services", list(api.services()))


def _without(record: Record, keys: frozenset[str]) -> Record:
    return {key: value for key, value in record.items() if key not in keys}


def _document(key: str, records: list[Record]) -> tuple[str, bytes]:
    return f"PagerDuty/{key}.json", json.dumps({key: records}, indent=1).encode()
