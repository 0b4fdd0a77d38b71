"""What the strict PagerDuty renders, beside what Tocsin expands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from generator.analysis.oncall import shifts
from generator.analysis.pagerduty.account import Account
from generator.analysis.pagerduty.rotations import Rotation
from generator.catalog import Catalog
from generator.kinds.people import Person
from tests.pagerduty_fake import FakePagerDuty

Pieces = list[tuple[datetime, datetime, str]]
"""Start, end and e-mail; neighbours of one person are one piece."""


def assert_renders_the_same(api: FakePagerDuty, catalog: Catalog, now: datetime, days: int = 42) -> None:
    """Every schedule of the account, from soon on. Overrides are in no Terraform, so the catalog has none."""
    start = now + timedelta(hours=1)
    end = start + timedelta(days=days)
    rotations = Account(catalog, now).rotations
    assert len(rotations) == len(api.state.schedules)
    names = {schedule["name"]: ident for ident, schedule in api.state.schedules.items()}
    for rotation, ident in _paired(rotations, names):
        assert expanded(catalog, rotation, start, end) == final(api, ident, start, end), rotation.address


def _paired(rotations: Iterable[Rotation], names: dict[str, str]) -> Iterable[tuple[Rotation, str]]:
    for rotation in rotations:
        name = " ".join(rotation.schedule.name.split())
        yield rotation, names[name] if rotation.alone else names[f"{name} ({rotation.zone})"]


def expanded(catalog: Catalog, rotation: Rotation, start: datetime, end: datetime) -> Pieces:
    """By Tocsin."""
    schedule = replace(rotation.schedule, layers=rotation.layers)
    emails = {person.id: (person.email or "").lower() for person in catalog.all(Person)}
    return _joined((shift.start, shift.end, emails[shift.person]) for shift in shifts(catalog, schedule, start, end))


def final(api: FakePagerDuty, ident: str, start: datetime, end: datetime) -> Pieces:
    """By the service."""
    query = urlencode({"since": start.isoformat(), "until": end.isoformat()})
    status, body = api.call("GET", f"/schedules/{ident}?{query}")
    assert status == 200, body
    return _joined(
        (
            datetime.fromisoformat(entry["start"]).astimezone(UTC),
            datetime.fromisoformat(entry["end"]).astimezone(UTC),
            api.state.users[entry["user"]["id"]]["email"],
        )
        for entry in body["schedule"]["final_schedule"]["rendered_schedule_entries"]
    )


def _joined(pieces: Iterable[tuple[datetime, datetime, str]]) -> Pieces:
    found: Pieces = []
    for start, end, email in pieces:
        if found and found[-1][1:] == (start, email):
            found[-1] = (found[-1][0], end, email)
        else:
            found.append((start, end, email))
    return found
