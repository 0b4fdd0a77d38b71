from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.pagerduty_fake.account_of_tests import START, WEEK, layer, policy, refused, schedule, to, user
from tests.pagerduty_fake.rendering import entries
from tests.pagerduty_fake.times import first_instant, layer_instant


def daily(start, seconds, **more):
    return {"type": "daily_restriction", "start_time_of_day": start, "duration_seconds": seconds, **more}


def weekly(day, start, seconds):
    return {**daily(start, seconds), "type": "weekly_restriction", "start_day_of_week": day}


def final(api, ident, since, until, more=""):
    status, body = api.call("GET", f"/schedules/{ident}?since={since}&until={until}{more}")
    assert status == 200, body
    found = body["schedule"]["final_schedule"]["rendered_schedule_entries"]
    return [(each["start"], each["end"], each["user"]["summary"]) for each in found]


class TestWhatIsTaken:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"rotation_turn_length_seconds": 3599}, {"rotation_turn_length_seconds": 31_536_001}, {"users": []},
            {"rotation_turn_length_seconds": "3600"}, {"rotation_turn_length_seconds": True}, {"start": "tomorrow"},
            {"end": START}, {"users": [{"id": "P"}]}, {"colour": "red"}, {"id": "PNONE"},
            {"restrictions": [daily("09:00:00", 86_400)]}, {"restrictions": [daily("09:00", 3600)]},
            {"restrictions": [daily("09:00:00", 3600, start_day_of_week=1)]}, {"restrictions": [{"type": "daily"}]},
            {"restrictions": [weekly(0, "09:00:00", 3600)]}, {"restrictions": [weekly(8, "09:00:00", 3600)]},
            {"restrictions": [weekly(1, "09:00:00", WEEK)]},
        ],
    )  # fmt: skip
    def test_wrong_layers(self, api, wrong):
        ana = user(api, "Ana")
        right = {"name": "P", "time_zone": "Europe/Berlin", "schedule_layers": [layer(ana)]}
        assert api.call("POST", "/schedules", {"schedule": {**right, "name": "Right"}})[0] == 201
        assert refused(api, "POST", "/schedules", {"schedule": {**right, "schedule_layers": [layer(ana, **wrong)]}})

    @pytest.mark.parametrize("zone", ["UTC", "Europe/Oslo", "America/Toronto", "Asia/Dubai", "Europe/Kyiv"])
    def test_zones(self, api, zone):
        body = {"schedule": {"name": "P", "time_zone": zone, "schedule_layers": [layer(user(api, "Ana"))]}}
        assert refused(api, "POST", "/schedules", body) == (400, "Time zone is invalid")

    def test_layers_come_back_in_the_opposite_order(self, api):
        ana = user(api, "Ana")
        ident = schedule(api, layer(ana, name="Bottom"), layer(ana, name="Top"))
        read = api.call("GET", f"/schedules/{ident}")[1]["schedule"]["schedule_layers"]
        assert [each["name"] for each in read] == ["Top", "Bottom"]

    def test_a_start_in_the_past_becomes_now_and_stays(self, api):
        ana, bob = user(api, "Ana"), user(api, "Bob")
        old = layer(ana, start="2025-01-06T08:00:00Z")
        ident = schedule(api, old)
        (read,) = api.call("GET", f"/schedules/{ident}")[1]["schedule"]["schedule_layers"]
        assert (read["start"], read["rotation_virtual_start"]) == (
            "2026-01-01T01:00:00+01:00", "2026-01-05T09:00:00+01:00",
        )  # fmt: skip
        api.state.now += timedelta(days=30)
        changed = {"name": "Primary", "time_zone": "Europe/Berlin", "schedule_layers": [
            {**old, "id": read["id"], "users": layer(ana, bob)["users"]}]}  # fmt: skip
        assert api.call("PUT", f"/schedules/{ident}", {"schedule": changed})[0] == 200
        (again,) = api.call("GET", f"/schedules/{ident}")[1]["schedule"]["schedule_layers"]
        assert again["start"] == read["start"]

    def test_a_layer_that_is_sent_no_more_ends(self, api):
        ana = user(api, "Ana")
        ident = schedule(api, layer(ana, name="Old"))
        body = {"name": "Primary", "time_zone": "Europe/Berlin", "schedule_layers": [layer(ana, name="New")]}
        read = api.call("PUT", f"/schedules/{ident}", {"schedule": body})[1]["schedule"]["schedule_layers"]
        assert [(each["name"], each["end"]) for each in read] == [("New", None), ("Old", "2026-01-01T01:00:00+01:00")]

    def test_what_a_policy_uses_stays(self, api):
        ident = schedule(api, layer(user(api, "Ana")))
        api.made("/escalation_policies", "escalation_policy", **policy(api, to(ident, "schedule")))
        assert "being used by escalation policies" in refused(api, "DELETE", f"/schedules/{ident}")[1]
        assert refused(api, "GET", f"/v3/schedules/{ident}")[0] == 400

    @pytest.mark.parametrize(
        ("written", "expected"),
        [
            ("2017-09-01T10:00:00Z", "2017-09-01T10:00:00+00:00"),
            ("2017-09-01 10:00:00 +0000 UTC", "2017-09-01T10:00:00+00:00"),
            ("2017-09-01T10:00:00+02:00", "2017-09-01T10:00:00+00:00"),
            ("2017-09-01T10:00:00", "2017-09-01T17:00:00+00:00"),
        ],
    )
    def test_times_of_layers(self, written, expected):
        """One with an offset comes back as much later as the offset says; without one it is the account's."""
        assert layer_instant(written, "Start", ZoneInfo("America/Los_Angeles")).isoformat() == expected


class TestWhatIsRendered:
    def test_nothing_without_since_and_until(self, api):
        ident = schedule(api, layer(user(api, "Ana")))
        final = api.call("GET", f"/schedules/{ident}?since={START}")[1]["schedule"]["final_schedule"]
        assert (final["rendered_schedule_entries"], final["rendered_coverage_percentage"]) == ([], None)

    def test_entries_are_cut_unless_they_may_overflow(self, api):
        ident = schedule(api, layer(user(api, "Ana"), user(api, "Bob"), start="2026-01-01T00:00:00Z"))
        span = ("2026-01-06T00:00:00Z", "2026-01-13T00:00:00Z")
        assert final(api, ident, *span) == [
            ("2026-01-06T01:00:00+01:00", "2026-01-12T09:00:00+01:00", "Ana"),
            ("2026-01-12T09:00:00+01:00", "2026-01-13T01:00:00+01:00", "Bob"),
        ]
        assert final(api, ident, *span, "&overflow=true&time_zone=Etc/UTC") == [
            ("2026-01-05T08:00:00Z", "2026-01-12T08:00:00Z", "Ana"),
            ("2026-01-12T08:00:00Z", "2026-01-19T08:00:00Z", "Bob"),
        ]

    def test_the_last_layer_wins_where_it_is_on_duty(self, api):
        nights = layer(user(api, "Bob"), restrictions=[daily("22:00:00", 36_000)])
        ident = schedule(api, layer(user(api, "Ana")), nights)
        assert final(api, ident, "2026-01-06T12:00:00Z", "2026-01-07T12:00:00Z") == [
            ("2026-01-06T13:00:00+01:00", "2026-01-06T22:00:00+01:00", "Ana"),
            ("2026-01-06T22:00:00+01:00", "2026-01-07T08:00:00+01:00", "Bob"),
            ("2026-01-07T08:00:00+01:00", "2026-01-07T13:00:00+01:00", "Ana"),
        ]

    def test_turns_go_on_while_nobody_is_on_duty(self, api):
        """Monday to Friday, every three days: A on Monday to Wednesday, B on Thursday and Friday, C on Monday."""
        users = [user(api, name) for name in ("Ana", "Bob", "Cid")]
        days = [weekly(day, "09:00:00", 28_800) for day in range(1, 6)]
        ident = schedule(api, layer(*users, rotation_turn_length_seconds=3 * 86_400, restrictions=days))
        found = final(api, ident, "2026-01-05T00:00:00Z", "2026-01-15T00:00:00Z")
        assert "".join(name[0] for *_, name in found) == "AAABBCCAAA"[: len(found)] == "AAABBCCA"

    def test_a_preview_keeps_nothing(self, api):
        body = {"schedule": {"name": "P", "time_zone": "Europe/Berlin", "schedule_layers": [layer(user(api, "Ana"))]}}
        path = "/schedules/preview?since=2026-01-06T00:00:00Z&until=2026-01-07T00:00:00Z"
        status, answer = api.call("POST", path, body)
        assert (status, answer["schedule"]["final_schedule"]["rendered_coverage_percentage"]) == (200, 100.0)
        assert not api.state.schedules
        assert refused(api, "POST", "/schedules/preview", body)[0] == 400

    @pytest.mark.parametrize(
        ("virtual", "turn", "since", "handoffs"),
        [
            ("2020-03-06T08:30", 86_400, "2020-03-06T12:00", ["07T08:30", "08T08:00", "09T07:30"]),
            ("2020-10-31T06:30", 86_400, "2020-10-31T12:00", ["01T06:30", "02T07:30"]),
            ("2024-10-01T05:00", WEEK, "2024-10-28T00:00", ["29T05:00", "05T06:00"]),
            ("2024-10-01T05:00", WEEK, "2025-03-03T00:00", ["04T06:00", "11T05:00"]),
        ],
    )
    def test_handoffs_keep_the_wall_clock_of_chicago(self, virtual, turn, since, handoffs):
        start = datetime.fromisoformat(since).replace(tzinfo=UTC)
        one = {
            "id": "L", "users": ["a", "b"], "restrictions": [], "rotation_turn_length_seconds": turn, "_end": None,
            "_start": datetime(2020, 1, 1, tzinfo=UTC), "_virtual": datetime.fromisoformat(virtual).replace(tzinfo=UTC),
        }  # fmt: skip
        found = entries([one], [], ZoneInfo("America/Chicago"), start, start + timedelta(days=20))
        assert [f"{each.start:%dT%H:%M}" for each in found[1 : len(handoffs) + 1]] == handoffs

    @pytest.mark.parametrize(
        ("wall", "zone", "expected"),
        [
            ("2020-03-08T02:30", "America/Chicago", "2020-03-08T08:00"),
            ("2020-11-01T01:30", "America/Chicago", "2020-11-01T06:30"),
            ("2026-10-04T02:15", "Australia/Lord_Howe", "2026-10-03T15:30"),
            ("2011-12-30T12:00", "Pacific/Apia", "2011-12-30T10:00"),
        ],
    )
    def test_local_times_that_do_not_exist_or_exist_twice(self, wall, zone, expected):
        found = first_instant(datetime.fromisoformat(wall), ZoneInfo(zone))
        assert f"{found:%Y-%m-%dT%H:%M}" == expected
