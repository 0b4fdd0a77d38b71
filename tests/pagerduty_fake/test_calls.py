"""Overrides, policies, services and what hangs on them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.pagerduty_fake.account_of_tests import layer, policy, refused, schedule, to, user


@pytest.fixture
def people(api):
    return [user(api, name) for name in ("Ana", "Bob")]


@pytest.fixture
def plan(api, people):
    return schedule(api, layer(*people))


def override(ident, start, end):
    return {"start": start, "end": end, "user": to(ident, "user")}


class TestOverrides:
    def test_the_last_one_made_wins(self, api, people, plan):
        ana, bob = people
        path = f"/schedules/{plan}/overrides"
        status, made = api.call(
            "POST", path, {"override": override(bob, "2026-01-06T00:00:00Z", "2026-01-07T00:00:00Z")}
        )
        assert (status, made["override"]["start"]) == (201, "2026-01-06T01:00:00+01:00")
        wrong = override("PNONE", "2026-01-06T00:00:00Z", "2026-01-07T00:00:00Z")
        right = override(ana, "2026-01-06T12:00:00Z", "2026-01-06T13:00:00Z")
        _, several = api.call("POST", path, {"overrides": [right, wrong]})
        assert [each["status"] for each in several] == [201, 400]
        span = "since=2026-01-06T00:00:00Z&until=2026-01-07T00:00:00Z"
        entries = api.call("GET", f"/schedules/{plan}?{span}")[1]["schedule"]["final_schedule"]
        names = [each["user"]["summary"] for each in entries["rendered_schedule_entries"]]
        assert names == ["Bob", "Ana", "Bob"]

    def test_lists_want_a_span_and_come_in_the_owners_zone(self, api, people, plan):
        path = f"/schedules/{plan}/overrides"
        assert refused(api, "GET", path) == (400, "Since and until cannot be empty")
        api.call("POST", path, {"override": override(people[1], "2026-01-06T00:00:00Z", "2026-01-07T00:00:00Z")})
        span = "?since=2026-01-01T00:00:00Z&until=2026-02-01T00:00:00Z"
        (found,) = api.call("GET", path + span)[1]["overrides"]
        assert found["start"] == "2026-01-05T16:00:00-08:00"
        (found,) = api.call("GET", f"{path}{span}&time_zone=Europe/Berlin")[1]["overrides"]
        assert found["start"] == "2026-01-06T01:00:00+01:00"

    def test_the_past_stays_and_the_present_is_cut_short(self, api, people, plan):
        path = f"/schedules/{plan}/overrides"
        spans = [("2026-01-02", "2026-01-03"), ("2026-01-09", "2026-01-11"), ("2026-01-20", "2026-01-21")]
        bodies = [{"override": override(people[1], f"{a}T00:00:00Z", f"{b}T00:00:00Z")} for a, b in spans]
        old, running, coming = [api.call("POST", path, body)[1]["override"]["id"] for body in bodies]
        api.state.now += timedelta(days=9)
        assert refused(api, "DELETE", f"{path}/{old}")[0] == 400
        assert api.call("DELETE", f"{path}/{running}") == (200, None)
        assert api.call("DELETE", f"{path}/{coming}") == (204, None)
        assert api.call("DELETE", f"{path}/{coming}")[0] == 404
        assert [each["_end"].day for each in api.state.overrides[plan]] == [3, 10]
        assert refused(api, "POST", path, bodies[0]) == (400, "Override must end in the future")


class TestPolicies:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"num_loops": 10}, {"num_loops": -1}, {"name": "A & B"}, {"name": "A/B"}, {"name": "A "}, {"name": ""},
            {"escalation_rules": []}, {"colour": "red"},
        ],
    )  # fmt: skip
    def test_wrong_fields(self, api, plan, wrong):
        body = {"escalation_policy": policy(api, to(plan, "schedule"), **wrong)}
        assert refused(api, "POST", "/escalation_policies", body)[0] == 400

    def test_rules(self, api, people, plan):
        def rule(minutes, *targets, **more):
            rules = [{"escalation_delay_in_minutes": minutes, "targets": list(targets), **more}]
            return {"escalation_policy": policy(api, escalation_rules=rules)}

        ana, bob = (to(each, "user") for each in people)
        for wrong in (rule(0, ana), rule(2, ana, bob), rule(5), rule(5, ana, ana), rule(5, to("PNONE", "schedule"))):
            assert refused(api, "POST", "/escalation_policies", wrong)[0] == 400
        assert refused(api, "POST", "/escalation_policies", rule(5, *[ana] * 11))[0] == 400
        strategy = {"escalation_rule_assignment_strategy": {"type": "assign_to_everyone"}}
        assert refused(api, "POST", "/escalation_policies", rule(5, ana, **strategy))[0] == 403
        api.state.abilities.add("round_robin")
        assert api.call("POST", "/escalation_policies", rule(5, ana, **strategy))[0] == 201

    def test_everybody_called_is_in_the_team(self, api, people, plan):
        teams = [api.made("/teams", "team", name=name)["id"] for name in ("One", "Two")]
        body = {"escalation_policy": policy(api, to(plan, "schedule"), teams=[to(teams[0], "team")])}
        assert refused(api, "POST", "/escalation_policies", body)[1].endswith(": Ana, Bob")
        for ident in people:
            api.call("PUT", f"/teams/{teams[0]}/users/{ident}", {"role": "responder"})
        assert api.call("POST", "/escalation_policies", body)[0] == 201
        both = policy(api, to(plan, "schedule"), name="Both", teams=[to(each, "team") for each in teams])
        assert refused(api, "POST", "/escalation_policies", {"escalation_policy": both})[1] == "Teams are limited to 1"

    def test_who_is_on_call(self, api, people, plan):
        rules = [
            {"escalation_delay_in_minutes": 15, "targets": [to(plan, "schedule")]},
            {"escalation_delay_in_minutes": 15, "targets": [to(people[1], "user")]},
        ]
        api.made("/escalation_policies", "escalation_policy", **policy(api, escalation_rules=rules))
        api.state.now += timedelta(days=5)
        found = api.call("GET", "/oncalls?time_zone=Etc/UTC")[1]["oncalls"]
        assert [(each["escalation_level"], each["user"]["summary"], each["end"]) for each in found] == [
            (1, "Ana", "2026-01-12T08:00:00Z"),
            (2, "Bob", None),
        ]
        far = "since=2026-01-06T00:00:00Z&until=2026-06-06T00:00:00Z"
        assert "90 days" in refused(api, "GET", f"/oncalls?{far}")[1]


class TestServices:
    @pytest.fixture
    def service(self, api, plan):
        self.policy = api.made("/escalation_policies", "escalation_policy", **policy(api, to(plan, "schedule")))["id"]
        return api.made("/services", "service", name="cart", escalation_policy=to(self.policy, "escalation_policy"))

    def test_a_policy_that_is_used_stays(self, api, service):
        assert "being used by services" in refused(api, "DELETE", f"/escalation_policies/{self.policy}")[1]
        assert api.call("DELETE", f"/services/{service['id']}") == (204, None)
        assert api.call("DELETE", f"/escalation_policies/{self.policy}") == (204, None)

    def test_urgency_by_support_hours_has_both_halves_and_hours(self, api, service):
        half = {"type": "constant", "urgency": "high"}
        rule = {"type": "use_support_hours", "during_support_hours": half, "outside_support_hours": half}
        hours = {
            "type": "fixed_time_per_day", "time_zone": "Europe/Berlin", "start_time": "09:00:00",
            "end_time": "17:00:00", "days_of_week": [1, 2, 3],
        }  # fmt: skip
        path = f"/services/{service['id']}"

        def put(**fields):
            return api.call("PUT", path, {"service": fields})[0]

        assert put(incident_urgency_rule=rule) == 400
        assert put(incident_urgency_rule={**rule, "urgency": "high"}, support_hours=hours) == 400
        assert put(incident_urgency_rule=rule, support_hours={**hours, "days_of_week": [0]}) == 400
        assert put(incident_urgency_rule=rule, support_hours={**hours, "time_zone": "Europe/Oslo"}) == 400
        # The provider's client sends an empty place where there are no actions.
        assert put(incident_urgency_rule=rule, support_hours=hours, scheduled_actions=[None]) == 200

    def test_integrations_get_a_key(self, api, service):
        path = f"/services/{service['id']}/integrations"
        made = api.made(path, "integration", name="Alertmanager", type="events_api_v2_inbound_integration")
        assert len(made["integration_key"]) == 32
        assert refused(api, "POST", path, {"integration": {"name": "A", "type": "prometheus"}})[0] == 400
        assert api.call("DELETE", f"{path}/{made['id']}") == (204, None)

    def test_maintenance_windows(self, api, service):
        def window(start, end):
            fields = {"start_time": start, "end_time": end, "services": [to(service["id"], "service")]}
            return api.call("POST", "/maintenance_windows", {"maintenance_window": fields})

        assert window("2026-01-02T00:00:00Z", "2026-01-02T00:00:00Z")[0] == 400
        assert window("2025-12-02T00:00:00Z", "2025-12-03T00:00:00Z")[0] == 400
        status, body = window("2026-01-02T00:00:00Z", "2026-01-03T00:00:00Z")
        assert (status, body["maintenance_window"]["start_time"]) == (201, "2026-01-01T16:00:00-08:00")
        path = f"/maintenance_windows/{body['maintenance_window']['id']}"
        api.state.now += timedelta(days=1, hours=12)
        assert api.call("DELETE", path) == (204, None)
        assert api.call("GET", path)[1]["maintenance_window"]["end_time"] == "2026-01-02T04:00:00-08:00"
        assert api.call("DELETE", path)[0] == 405

    def test_a_service_is_in_one_grouping(self, api, service):
        def grouping(kind, **config):
            fields = {"name": "G", "type": kind, "config": config, "services": [to(service["id"], "service")]}
            return api.call("POST", "/alert_grouping_settings", {"alert_grouping_setting": fields})

        assert grouping("content_based", fields=["class"])[0] == 400
        assert grouping("time", fields=["class"])[0] == 400
        assert grouping("intelligent", time_window=299)[0] == 400
        status, body = grouping("intelligent")
        assert (status, body["alert_grouping_setting"]["config"]["iag_fields"]) == (201, ["summary"])
        assert grouping("time", timeout=300)[0] == 400
