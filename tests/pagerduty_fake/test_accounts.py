from __future__ import annotations

import pytest

from tests.pagerduty_fake.account_of_tests import layer, policy, refused, schedule, to, user


class TestUsers:
    def test_emails_are_kept_in_lower_case_and_taken_once(self, api):
        assert api.made("/users", "user", name="Ana", email="Ana@Example.com")["email"] == "ana@example.com"
        body = {"user": {"name": "Other", "email": "ANA@example.com"}}
        assert refused(api, "POST", "/users", body) == (400, "Email has already been taken")

    @pytest.mark.parametrize(
        "wrong",
        [
            {"time_zone": "UTC"}, {"time_zone": "Europe/Oslo"}, {"role": "boss"}, {"name": " Ana"}, {"name": "A\nna"},
            {"name": 7}, {"email": "ana"}, {"colour": "red"}, {"name": None}, {"job_title": "x" * 101},
        ],
    )  # fmt: skip
    def test_what_is_refused(self, api, wrong):
        body = {"user": {"name": "Ana", "email": "ana@example.com", **wrong}}
        assert refused(api, "POST", "/users", body)[0] == 400

    def test_what_was_read_may_be_sent_back(self, api):
        ident = user(api, "Ana")
        _, read = api.call("GET", f"/users/{ident}")
        assert api.call("PUT", f"/users/{ident}", read) == (200, read)

    def test_who_is_called_cannot_go(self, api):
        ana, bob = user(api, "Ana"), user(api, "Bob")
        schedule(api, layer(ana))
        assert refused(api, "DELETE", f"/users/{ana}")[1] == "User cannot be deleted as they are on: Primary"
        assert api.call("DELETE", f"/users/{bob}") == (204, None)

    def test_stakeholders_take_no_turns(self, api):
        ident = api.made("/users", "user", name="Boss", email="boss@example.com", role="read_only_user")["id"]
        body = {"schedule": {"name": "P", "time_zone": "Europe/Berlin", "schedule_layers": [layer(ident)]}}
        assert "stakeholder" in refused(api, "POST", "/schedules", body)[1]


class TestContacts:
    def test_the_email_is_there_from_the_start(self, api):
        ident = user(api, "Ana")
        (method,) = api.call("GET", f"/users/{ident}/contact_methods")[1]["contact_methods"]
        assert (method["type"], method["address"], method["label"]) == (
            "email_contact_method", "ana@example.com", "Default",
        )  # fmt: skip
        body = {"contact_method": {"type": "email_contact_method", "label": "Work", "address": "ana@example.com"}}
        assert refused(api, "POST", f"/users/{ident}/contact_methods", body)[1] == "User Contact method must be unique"

    @pytest.mark.parametrize(
        ("kind", "address", "country", "status"),
        [
            ("phone", "1155554444", 54, 201), ("sms", "0301234", 49, 400), ("sms", "301234", 49, 201),
            ("phone", "+541155", 54, 400), ("phone", "1" * 41, 54, 400), ("phone", "12025550100", 1, 400),
            ("push_notification", "token", None, 400),
        ],
    )  # fmt: skip
    def test_numbers(self, api, kind, address, country, status):
        method = {"type": f"{kind}_contact_method", "label": "Mobile", "address": address}
        body = {"contact_method": {**method, **({"country_code": country} if country else {})}}
        assert api.call("POST", f"/users/{user(api, 'Ana')}/contact_methods", body)[0] == status

    @pytest.mark.parametrize(
        ("path", "key", "more"),
        [
            ("notification_rules", "notification_rule", {"start_delay_in_minutes": 5, "urgency": "high"}),
            (
                "oncall_handoff_notification_rules", "oncall_handoff_notification_rule",
                {"notify_advance_in_minutes": 60, "handoff_type": "both"},
            ),
        ],
    )  # fmt: skip
    def test_rules(self, api, path, key, more):
        ident, other = user(api, "Ana"), user(api, "Bob")
        methods = {each: api.state.users[each]["_contact_methods"] for each in (ident, other)}
        mine, theirs = (next(iter(methods[each])) for each in (ident, other))
        rule = {**more, "contact_method": {"id": mine, "type": "email_contact_method_reference"}}
        made = api.made(f"/users/{ident}/{path}", key, **rule)
        assert made["contact_method"] == {"id": mine, "type": "email_contact_method", "summary": "Default"}
        foreign = {**rule, "contact_method": {"id": theirs, "type": "email_contact_method"}}
        assert refused(api, "PUT", f"/users/{ident}/{path}/{made['id']}", {key: foreign})[0] == 400
        assert api.call("DELETE", f"/users/{ident}/{path}/{made['id']}") == (204, None)
        assert api.call("GET", f"/users/{ident}/{path}/{made['id']}")[0] == 404

    def test_the_same_rule_twice(self, api):
        ident = user(api, "Ana")
        (method,) = api.state.users[ident]["_contact_methods"]
        body = {"contact_method": {"id": method, "type": "email_contact_method"}, "urgency": "high"}
        rule = {"notification_rule": {**body, "start_delay_in_minutes": 0}}
        assert api.call("POST", f"/users/{ident}/notification_rules", rule)[0] == 201
        assert "unique" in refused(api, "POST", f"/users/{ident}/notification_rules", rule)[1]


class TestTeams:
    def test_members(self, api):
        team, ana = api.made("/teams", "team", name="Shop")["id"], user(api, "Ana")
        assert refused(api, "PUT", f"/teams/{team}/users/{ana}", {"role": "boss"})[0] == 400
        assert api.call("PUT", f"/teams/{team}/users/{ana}", {"role": "responder"}) == (204, None)
        (member,) = api.call("GET", f"/teams/{team}/members")[1]["members"]
        assert (member["user"]["id"], member["role"]) == (ana, "responder")
        assert api.call("DELETE", f"/teams/{team}/users/{ana}") == (204, None)
        assert api.call("DELETE", f"/teams/{team}/users/{ana}")[0] == 404

    def test_the_official_client_sends_a_team_bare(self, api):
        assert api.call("POST", "/teams", {"name": "Shop", "type": "team"})[0] == 201
        assert refused(api, "POST", "/teams", {"name": "Shop"})[1] == "Name has already been taken"

    def test_who_is_called_by_a_policy_of_the_team_stays_in_it(self, api):
        team, ana = api.made("/teams", "team", name="Shop")["id"], user(api, "Ana")
        api.call("PUT", f"/teams/{team}/users/{ana}", {"role": "manager"})
        plan = schedule(api, layer(ana))
        body = policy(api, to(plan, "schedule"), teams=[to(team, "team")])
        api.made("/escalation_policies", "escalation_policy", **body)
        assert "belong to an escalation policy" in refused(api, "DELETE", f"/teams/{team}/users/{ana}")[1]
        assert refused(api, "DELETE", f"/teams/{team}")[0] == 400
