"""verify, push and pull against the strict fake: the real client, over HTTP."""

from __future__ import annotations

import json
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
      - {start: 2026-11-25 09:00, anchor: 2026-01-05 09:00, turn: 1w, people: [ana, bob]}
"""
ONE = "- {who: ana, from: 2026-12-01 09:00, until: 2026-12-02 09:00}\n"


class Account:
    """A fake with the schedule of TEAM, and a repository beside it."""

    def __init__(self, api, folder, monkeypatch, capsys):
        self.api, self.capsys = api, capsys
        self.users = {
            name: api.made("/users", "user", name=name.title(), email=f"{name}@example.com")["id"]
            for name in ("ana", "bob", "eve")
        }
        users = [{"user": {"id": self.users[name], "type": "user_reference"}} for name in ("ana", "bob")]
        layer = {
            "name": "Layer 1",
            "start": "2026-11-25T08:00:00Z",
            "rotation_virtual_start": "2026-01-05T08:00:00Z",
            "rotation_turn_length_seconds": 604800,
            "users": users,
        }
        self.schedule = api.made(
            "/schedules", "schedule", name="Shop - Primary", time_zone="Europe/Madrid", schedule_layers=[layer]
        )["id"]
        self.repository = new_repository(folder)
        self.repository.write("tocsin.yaml", "name: Test\n")
        self.repository.write(
            "schedules/people.yaml",
            f"ana: {{name: Ana, email: Ana@example.com}}\nbob: {{name: Bob, pagerduty: {self.users['bob']}}}\n",
        )
        self.repository.write("schedules/shop.yaml", TEAM)
        self.repository.commit()
        monkeypatch.setenv("PAGERDUTY_API_URL", api.url)
        monkeypatch.setenv("PAGERDUTY_TOKEN", api.token)

    def run(self, *arguments, now="2026-11-24T12:00Z"):
        """Exit status and output."""
        status = main(["-C", str(self.repository.path), "oncall", *arguments, "--now", now])
        self.said = self.capsys.readouterr()
        assert self.api.token not in self.said.out + self.said.err
        return status, self.said.out.splitlines()

    def override(self, who, start, end):
        """One made in PagerDuty's app."""
        body = {"start": start, "end": end, "user": {"id": self.users[who], "type": "user_reference"}}
        status, made = self.api.call("POST", f"/schedules/{self.schedule}/overrides", {"override": body})
        assert status == 201
        return made["override"]["id"]

    @property
    def overrides(self):
        """(who, start, end) in the account."""
        names = {ident: name for name, ident in self.users.items()}
        return [
            (names[each["_user"]], f"{each['_start']:%m-%d %H:%M}", f"{each['_end']:%m-%d %H:%M}")
            for each in self.api.state.overrides[self.schedule]
        ]


@pytest.fixture
def account(tmp_path, monkeypatch, capsys):
    with FakePagerDuty(State(now=NOW)) as api:
        yield Account(api, tmp_path / "repository", monkeypatch, capsys)


def test_the_same_people_are_no_difference(account):
    assert account.run("verify") == (0, ["no difference in 1 schedule"])
    assert account.api.writes == account.api.writes[:4]


def test_every_difference_is_named_in_time_and_person(account):
    account.repository.write(OVERRIDES, ONE)
    account.override("eve", "2026-12-24T08:00:30Z", "2026-12-24T09:00:00Z")
    assert account.run("verify") == (
        1,
        [
            "shop/primary: 2026-12-01 09:00 – 2026-12-02 09:00 CET: Ana here, Bob in PagerDuty",
            "shop/primary: 2026-12-24 09:00:30 – 2026-12-24 10:00 CET: Ana here, Eve in PagerDuty",
            "2 differences in 1 schedule",
        ],
    )
    status, lines = account.run(
        "verify", "primary", "--from", "2026-12-01", "--until", "2026-12-03", "--format", "json"
    )
    assert status == 1
    assert json.loads("\n".join(lines))["differences"] == [
        {
            "schedule": "shop/primary",
            "pagerduty": account.schedule,
            "from": "2026-12-01T09:00:00+01:00",
            "until": "2026-12-02T09:00:00+01:00",
            "here": "Ana",
            "there": "Bob",
        }
    ]


def test_a_long_time_is_asked_for_in_parts(account):
    assert account.run("verify", "--from", "2026-12-01", "--until", "2027-12-01")[0] == 0
    asked = [path for _, path in account.api.calls if "since=" in path]
    assert len(asked) == 5


def test_a_schedule_that_is_not_there_is_named(account):
    account.repository.write("schedules/web.yaml", TEAM.replace("Shop", "Web"))
    status, lines = account.run("verify")
    assert (status, lines[0].partition(": no id")[0]) == (1, "web/primary: PagerDuty has no schedule 'Web - Primary'")
    account.repository.write("schedules/pagerduty.ids.yaml", f"pagerduty_schedule.web_primary: {account.schedule}\n")
    assert account.run("verify") == (0, ["no difference in 2 schedules"])


def test_push_shows_first_and_does_it_once(account):
    account.repository.write(OVERRIDES, ONE)
    line = "shop/primary: 2026-12-01 09:00 – 2026-12-02 09:00 CET: Ana"
    before = account.api.writes
    assert account.run("push") == (1, [f"{line} would be made", "1 override to be made, 0 to be removed"])
    assert account.api.writes == before
    assert account.run("push", "--apply") == (0, [f"{line} was made", "1 override made, 0 removed"])
    assert account.overrides == [("ana", "12-01 08:00", "12-02 08:00")]
    after = account.api.writes
    assert account.run("push", "--apply") == (0, ["0 overrides made, 0 removed"])
    assert account.run("pull", "--apply") == (0, ["0 overrides written"])
    assert account.run("verify")[0] == 0
    assert account.api.writes == after


def test_push_removes_what_the_file_held_and_nothing_else(account):
    account.repository.write(OVERRIDES, ONE)
    account.repository.commit()
    account.run("push", "--apply")
    account.override("bob", "2026-12-10T08:00:00Z", "2026-12-11T08:00:00Z")
    account.repository.write(OVERRIDES, ONE.replace("12-02 09:00", "12-01 12:00"))
    status, lines = account.run("push", "--apply")
    assert status == 0
    at, brings = "shop/primary:", "tocsin oncall pull brings it here"
    assert lines == [
        f"{at} 2026-12-10 09:00 – 2026-12-11 09:00 CET: Bob was made in PagerDuty and stays: {brings}",
        f"{at} 2026-12-01 09:00 – 2026-12-01 12:00 CET: Ana was made",
        f"{at} 2026-12-01 09:00 – 2026-12-02 09:00 CET: Ana was removed: the file held it, and holds it no more",
        "1 override made, 1 removed",
    ]
    assert sorted(account.overrides) == [("ana", "12-01 08:00", "12-01 11:00"), ("bob", "12-10 08:00", "12-11 08:00")]
    assert account.run("push", "--apply")[1][-1] == "0 overrides made, 0 removed"


def test_what_runs_is_brought_over_from_now_on_and_what_is_over_not_at_all(account):
    account.repository.write(
        OVERRIDES,
        "- {who: ana, from: 2026-11-20, until: 2026-11-21}\n- {who: ana, from: 2026-11-24 09:00, until: 2026-11-26}\n",
    )
    account.run("push", "--apply")
    assert account.overrides == [("ana", "11-24 12:00", "11-25 23:00")]
    account.api.state.now = datetime(2026, 11, 24, 15, tzinfo=UTC)
    assert account.run("push", "--apply", now="2026-11-24T15:00Z") == (0, ["0 overrides made, 0 removed"])
    assert account.run("pull", now="2026-11-24T15:00Z") == (0, ["0 overrides to be written"])


def test_of_lines_at_one_time_the_later_one_wins_there_too(account):
    account.repository.write(OVERRIDES, ONE + "- {who: bob, from: 2026-12-01 12:00, until: 2026-12-01 13:00}\n")
    account.run("push", "--apply")
    assert account.run("verify")[0] == 0
    after = account.api.writes
    assert account.run("push", "--apply")[1] == ["0 overrides made, 0 removed"]
    assert account.run("pull", "--apply")[1] == ["0 overrides written"]
    assert account.api.writes == after


def test_pull_writes_what_was_made_there_once(account):
    account.repository.write(OVERRIDES, f"# covers\n{ONE}")
    account.run("push", "--apply")
    account.override("bob", "2026-12-01T09:00:00Z", "2026-12-01T10:00:00Z")
    account.override("eve", "2026-12-05T09:00:00Z", "2026-12-05T10:00:00Z")
    stranger = (
        "shop/primary: 2026-12-05 10:00 – 2026-12-05 11:00 CET: Eve is of somebody who is not among the people here"
    )
    status, lines = account.run("pull")
    assert (status, lines) == (
        1,
        [
            "shop/primary: 2026-12-01 10:00 – 2026-12-01 11:00 CET: Bob would be written",
            f"{stranger}: it is not written",
            "1 override to be written",
        ],
    )
    assert account.run("pull", "--apply")[0] == 1
    text = (account.repository.path / OVERRIDES).read_text()
    assert text == (
        f"# covers\n{ONE}- {{who: bob, from: 2026-12-01 10:00, until: 2026-12-01 11:00, why: made in PagerDuty}}\n"
    )
    writes = account.api.writes
    assert account.run("pull", "--apply")[1][-1] == "0 overrides written"
    assert account.run("push", "--apply")[1][-1] == "0 overrides made, 0 removed"
    assert account.api.writes == writes
    assert (account.repository.path / OVERRIDES).read_text() == text


def test_pull_makes_the_file_and_names_the_schedule_where_there_are_several(account):
    layer = "{start: 2026-11-25 09:00, turn: 1w, people: [ana]}"
    account.repository.write("schedules/shop.yaml", f"{TEAM}  nights: {{time_zone: Etc/UTC, layers: [{layer}]}}\n")
    account.override("bob", "2026-12-01T08:00:00Z", "2026-12-02T08:00:00Z")
    assert account.run("pull", "primary", "--apply")[0] == 0
    assert "- {who: bob, schedule: primary, from: 2026-12-01 09:00" in (account.repository.path / OVERRIDES).read_text()


def test_somebody_without_an_account_is_named(account):
    account.repository.write("schedules/people.yaml", "ana: {name: Ana, email: ana@example.com}\nbob: {name: Bob}\n")
    account.repository.write(OVERRIDES, ONE.replace("ana", "bob"))
    status, lines = account.run("push", "--apply")
    assert status == 1
    assert lines[0] == "shop/primary: bob has no account in PagerDuty: overrides with bob are not brought over"
    assert account.overrides == []


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({"PAGERDUTY_TOKEN": ""}, "there is no token: PAGERDUTY_TOKEN is not set"),
        ({"PAGERDUTY_TOKEN": "y_wrong-token"}, "PagerDuty refuses the token in PAGERDUTY_TOKEN"),
        ({"PAGERDUTY_API_URL": "http://example.com"}, "PAGERDUTY_API_URL is no address that a token could be sent to"),
        ({"PAGERDUTY_API_URL": "http://127.0.0.1:1"}, "http://127.0.0.1:1 cannot be reached"),
    ],
)
def test_what_is_wrong_with_the_way_there_is_said(account, monkeypatch, environment, message):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("generator.integrations.pagerduty.client.FIRST_WAIT", 0.01)
    status, _ = account.run("verify")
    assert status == 2
    assert message in account.said.err
    assert "wrong-token" not in account.said.err
    assert "oken"[-4:] not in account.said.err.replace("token", "")


@pytest.mark.parametrize(("refusals", "status"), [([429, 429], 0), ([500], 0), ([503] * 3, 2), ([429] * 6, 2)])
def test_what_passes_is_waited_for_and_no_longer(account, monkeypatch, refusals, status):
    monkeypatch.setattr("generator.integrations.pagerduty.client.FIRST_WAIT", 0.01)
    account.api.refuse += [(each, {"ratelimit-reset": "0.02"} if each == 429 else {}) for each in refusals]
    assert account.run("verify")[0] == status


def test_what_changes_something_is_tried_once(account, monkeypatch):
    monkeypatch.setattr("generator.integrations.pagerduty.client.FIRST_WAIT", 0.01)
    account.repository.write(OVERRIDES, ONE)
    handle = account.api.handle

    def broken(method, target, headers, content):
        if method == "POST":
            account.api.calls.append((method, target))
            return 502, {}
        return handle(method, target, headers, content)

    account.api.handle = broken
    before = len(account.api.writes)
    assert account.run("push", "--apply")[0] == 2
    assert len(account.api.writes) == before + 1
    assert "with status 502" in account.said.err


def test_without_the_library_it_says_how_to_get_it(account, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pagerduty", None)
    assert account.run("verify")[0] == 2
    assert "pip install 'tocsin[pagerduty]'" in account.said.err


@pytest.mark.parametrize("action", [["verify"], ["push"], ["push", "--apply"], ["pull", "--apply"]])
def test_a_file_that_cannot_be_read_takes_no_override_away(account, action):
    account.repository.write(OVERRIDES, ONE)
    account.repository.commit()
    assert account.run("push", "--apply")[0] == 0
    account.repository.write(OVERRIDES, ONE.replace("from", "form"))
    assert account.run(*action) == (2, [])
    assert f"{OVERRIDES} could not be read, and the comparison would lack what it says" in account.said.err
    account.repository.write(OVERRIDES, ONE)
    assert account.run("push")[0] == 0
