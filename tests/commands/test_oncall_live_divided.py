"""push, pull and verify where a schedule's zones make it several in PagerDuty: an override is in each of them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from generator.cli import main
from tests.pagerduty_fake import FakePagerDuty, State
from tests.repositories import new_repository

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
OVERRIDES = "schedules/shop.overrides.yaml"
TEAM = """\
name: Shop
schedules:
  primary:
    time_zone: Europe/Madrid
    layers:
      - {start: 2026-11-25 08:00, turn: 1w, hours: 08:00-20:00, people: [ana]}
      - {time_zone: America/New_York, start: 2026-11-25 08:00, turn: 1w, hours: 14:00-02:00, people: [bob]}
escalation:
  steps:
    - {page: primary, wait: 15m}
"""
ZONES = {
    "Europe/Madrid": ("ana", "08:00:00", "2026-11-25T07:00:00Z"),
    "America/New_York": ("bob", "14:00:00", "2026-11-25T13:00:00Z"),
}


@pytest.fixture
def account(tmp_path, monkeypatch, capsys):
    """An account with both halves, a repository beside it, and what `tocsin oncall` does with them."""
    with FakePagerDuty(State(now=NOW)) as api:
        users = {
            name: api.made("/users", "user", name=name.title(), email=f"{name}@example.com")["id"]
            for name in ("ana", "bob")
        }
        halves = [_half(api, zone, users[name], hour, start) for zone, (name, hour, start) in ZONES.items()]
        repository = new_repository(tmp_path / "repository")
        repository.write("tocsin.yaml", "name: Test\n")
        people = "".join(f"{name}: {{name: {name.title()}, email: {name}@example.com}}\n" for name in users)
        repository.write("schedules/people.yaml", people)
        repository.write("schedules/shop.yaml", TEAM)
        repository.commit()
        monkeypatch.setenv("PAGERDUTY_API_URL", api.url)
        monkeypatch.setenv("PAGERDUTY_TOKEN", api.token)

        def run(*arguments):
            status = main(["-C", str(repository.path), "oncall", *arguments, "--now", f"{NOW:%Y-%m-%dT%H:%MZ}"])
            said = capsys.readouterr()
            assert not said.err or status < 2, said.err
            return status, said.out.splitlines()

        yield api, repository, halves, users, run


def _half(api, zone, user, hour, start):
    restriction = {"type": "daily_restriction", "start_time_of_day": hour, "duration_seconds": 43200}
    layer = {
        "name": "Layer 1",
        "start": start,
        "rotation_virtual_start": start,
        "rotation_turn_length_seconds": 604800,
        "users": [{"user": {"id": user, "type": "user_reference"}}],
        "restrictions": [restriction],
    }
    name = f"Shop - Primary ({zone})"
    return api.made("/schedules", "schedule", name=name, time_zone=zone, schedule_layers=[layer])["id"]


def _entries(api, half):
    return [(f"{each['_start']:%m-%d %H:%M}", f"{each['_end']:%m-%d %H:%M}") for each in api.state.overrides[half]]


def test_each_half_is_compared_by_itself(account):
    *_, run = account
    assert run("verify") == (0, ["no difference in 2 schedules"])


def test_push_brings_an_override_into_each_half_once_and_takes_it_out_of_each(account):
    api, repository, halves, _, run = account
    repository.write(OVERRIDES, "- {who: bob, from: 2026-12-01 09:00, until: 2026-12-02 09:00}\n")
    repository.commit()
    status, lines = run("push", "--apply")
    assert (status, lines[-1]) == (0, "2 overrides made, 0 removed")
    assert [_entries(api, half) for half in halves] == [[("12-01 08:00", "12-02 08:00")]] * 2
    assert run("push", "--apply") == (0, ["0 overrides made, 0 removed"])
    assert run("pull") == (0, ["0 overrides to be written"])
    assert run("verify")[0] == 0
    repository.write(OVERRIDES, "[]\n")
    assert run("push", "--apply")[1][-1] == "0 overrides made, 2 removed"
    assert [_entries(api, half) for half in halves] == [[], []]


def test_pull_writes_what_both_halves_have_and_names_what_one_has(account):
    api, repository, halves, users, run = account
    body = {
        "start": "2026-12-01T08:00:00Z",
        "end": "2026-12-02T08:00:00Z",
        "user": {"id": users["ana"], "type": "user_reference"},
    }
    assert api.call("POST", f"/schedules/{halves[0]}/overrides", {"override": body})[0] == 201
    status, lines = run("pull", "--apply")
    assert status == 1
    assert "is in one of the schedules only that this one is divided into: it is not written" in lines[0]
    assert api.call("POST", f"/schedules/{halves[1]}/overrides", {"override": body})[0] == 201
    assert run("pull", "--apply")[0] == 0
    assert "- {who: ana, from: 2026-12-01 09:00, until: 2026-12-02 09:00" in (repository.path / OVERRIDES).read_text()
    assert run("pull", "--apply") == (0, ["0 overrides written"])
