"""`tocsin import pagerduty` and `ical` as commands: what is there already stays, what is new is added."""

from __future__ import annotations

import json

import pytest

from generator.cli import main
from generator.importers.pagerduty import NEXT
from tests.importers.pagerduty.accounts import layer, policy, schedule, user
from tests.pagerduty_fake import FakePagerDuty

NOW = ["--now", "2026-11-24T12:00Z"]


@pytest.fixture
def root(tmp_path):
    (tmp_path / "repository").mkdir()
    (tmp_path / "repository" / "tocsin.yaml").write_text("name: Test # ours\n")
    saved = tmp_path / "saved"
    saved.mkdir()
    users = {"users": [user("PANA", "Ana"), user("PBOB", "Bob")], "more": False}
    (saved / "users.json").write_text(json.dumps(users))
    (saved / "primary.json").write_text(json.dumps({"schedule": schedule("PSCH1", "Primary", layer("PANA", "PBOB"))}))
    calls = policy("PPOL1", "Shop", [("schedule", "PSCH1")])
    (saved / "policies.json").write_text(json.dumps({"escalation_policies": [calls]}))
    return tmp_path


def run(root, *arguments):
    return main(["-C", str(root / "repository"), "import", *map(str, arguments), *NOW])


def tree(root):
    repository = root / "repository"
    found = sorted(path for path in repository.rglob("*") if path.is_file() and "build" not in path.parts)
    return {path.relative_to(repository).as_posix(): path.read_text() for path in found}


def test_it_is_written_once_checks_and_builds(root, capsys):
    assert run(root, "pagerduty", root / "saved") == 0
    first = tree(root)
    assert list(first) == [
        "schedules/pagerduty.ids.yaml", "schedules/people.yaml", "schedules/shop.yaml", "tocsin.yaml"
    ]  # fmt: skip
    assert first["tocsin.yaml"] == "name: Test # ours\npagerduty: {users: existing}\n"
    shown = capsys.readouterr()
    assert shown.out.endswith("added to tocsin.yaml\n4 files written, everything kept, 0 notes\n")
    assert shown.err == NEXT
    assert run(root, "pagerduty", root / "saved") == 0
    assert capsys.readouterr().out == "0 files written, everything kept, 0 notes\n"
    assert tree(root) == first
    repository = str(root / "repository")
    assert main(["-C", repository, "check", *NOW]) == 0
    assert main(["-C", repository, "build", "--target", "terraform", *NOW]) == 0
    built = (root / "repository" / "build" / "terraform" / "pagerduty" / "imports.tf").read_text()
    assert 'to = pagerduty_schedule.shop_primary\n  id = "PSCH1"' in built
    assert "pagerduty_user." not in built


def test_people_and_ids_are_added_to_what_is_there(root, capsys):
    people = root / "repository" / "schedules" / "people.yaml"
    people.parent.mkdir()
    people.write_text("# us\nana: {name: Anna, email: pana@example.com}   # first\n")
    ids = people.with_name("pagerduty.ids.yaml")
    ids.write_text("pagerduty_team.shop: POTHER\n")
    assert run(root, "pagerduty", root / "saved", "--dry-run") == 1
    assert "+bob: {name: Bob, email: pbob@example.com, pagerduty: PBOB}\n" in capsys.readouterr().out
    assert ids.read_text() == "pagerduty_team.shop: POTHER\n"
    assert run(root, "pagerduty", root / "saved") == 1
    assert people.read_text() == (
        "# us\nana: {name: Anna, email: pana@example.com}   # first\n"
        "bob: {name: Bob, email: pbob@example.com, pagerduty: PBOB}\n"
    )
    assert ids.read_text().startswith("pagerduty_team.shop: POTHER\npagerduty_schedule.shop_primary: PSCH1\n")
    assert "pagerduty_team.shop is there already with another value: it was kept as it is" in capsys.readouterr().out


def test_a_team_that_is_there_is_kept(root, capsys):
    team = root / "repository" / "schedules" / "shop.yaml"
    team.parent.mkdir()
    team.write_text("name: Shop\n")
    assert run(root, "pagerduty", root / "saved") == 1
    assert team.read_text() == "name: Shop\n"
    assert "team shop is there already: it was kept as it is" in capsys.readouterr().out


def test_an_account_is_asked_itself(root, capsys, monkeypatch):
    with FakePagerDuty() as api:
        monkeypatch.setenv("PAGERDUTY_API_URL", api.url)
        monkeypatch.setenv("PAGERDUTY_TOKEN", api.token)
        for number in range(120):
            api.made("/users", "user", name=f"User {number}", email=f"u{number}@example.com")
        writes = api.writes
        assert run(root, "pagerduty", "--live") == 0
        assert api.writes == writes
    assert tree(root)["schedules/people.yaml"].count("email:") == 120
    assert api.token not in json.dumps([tree(root), *capsys.readouterr()])


def test_live_goes_with_pagerduty_and_without_files(root, capsys):
    assert run(root, "prometheus", "--live") == 2
    assert run(root, "pagerduty", root / "saved", "--live") == 2
    assert capsys.readouterr().err.count("--live is for pagerduty, and instead of files") == 2


def test_a_calendar_becomes_a_team(root, capsys):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "BEGIN:VEVENT", "UID:1", "SUMMARY:Ana"]
    lines += ["DTSTART;TZID=Europe/Madrid:20260105T090000", "DTEND;TZID=Europe/Madrid:20260112T090000"]
    lines += ["RRULE:FREQ=WEEKLY", "END:VEVENT", "END:VCALENDAR", ""]
    (root / "on-call.ics").write_text("\r\n".join(lines))
    assert run(root, "ical", root / "on-call.ics", "--team", "shop") == 0
    assert list(tree(root)) == ["schedules/people.yaml", "schedules/shop.yaml", "tocsin.yaml"]
    assert run(root, "ical", root / "on-call.ics", "--team", "shop") == 0
    assert capsys.readouterr().out.endswith("0 files written, everything kept, 0 notes\n")
