from __future__ import annotations

import pytest

from generator.checks import routing_ways
from tests.checks.found import PEOPLE, found, place

TEAM = "name: Platform\nreceivers: [audti]\n"
SETTINGS = "receivers: {audit: {webhook_configs: [{url: 'http://127.0.0.1:8080/audit'}]}}\n"


def test_a_receiver_that_does_not_exist():
    (finding,) = found(routing_ways, {"schedules/platform.yaml": TEAM, "tocsin.yaml": SETTINGS})
    assert place(finding) == "schedules/platform.yaml:2:13"
    assert finding.hint == "did you mean 'audit'?"


def test_a_receiver_that_does():
    files = {"schedules/platform.yaml": TEAM.replace("audti", "audit"), "tocsin.yaml": SETTINGS}
    assert found(routing_ways, files) == ()


def secrets(integration: str) -> list[str]:
    findings = found(routing_ways, {"tocsin.yaml": f"receivers: {{audit: {{{integration}}}}}\n"})
    assert all((each.check, each.level) == ("receiver/inline-secret", "error") for each in findings)
    assert not any("hunter2" in each.message + each.hint for each in findings), "a report must not repeat the secret"
    return ["/".join(map(str, each.where.pointer[3:])) for each in findings]


@pytest.mark.parametrize(
    ("integration", "where"),
    [
        ("pagerduty_configs: [{routing_key: hunter2}]", "0/routing_key"),
        ("pagerduty_configs: [{service_key: hunter2}]", "0/service_key"),
        ("slack_configs: [{api_url: 'https://hooks.slack.com/services/hunter2'}]", "0/api_url"),
        ("opsgenie_configs: [{api_key: hunter2}]", "0/api_key"),
        ("victorops_configs: [{routing_key: ops, api_key: hunter2}]", "0/api_key"),
        ("email_configs: [{to: a@example.com, auth_password: hunter2}]", "0/auth_password"),
        ("telegram_configs: [{bot_token: hunter2, chat_id: 1}]", "0/bot_token"),
        ("pushover_configs: [{token: hunter2, user_key_file: /k}]", "0/token"),
        ("discord_configs: [{webhook_url: 'https://discord.com/api/webhooks/1/hunter2'}]", "0/webhook_url"),
        ("sns_configs: [{sigv4: {secret_key: hunter2}}]", "0/sigv4/secret_key"),
        ("webhook_configs: [{url: 'https://u:hunter2@example.com/'}]", "0/url"),
        ("webhook_configs: [{url: 'https://example.com/?token=hunter2'}]", "0/url"),
        ("webhook_configs: [{url: 'https://hooks.slack.com/services/T0/B0/hunter2'}]", "0/url"),
        ("webhook_configs: [{url: 'https://example.com/0123456789abcdef0123456789abcdef'}]", "0/url"),
        (
            "webhook_configs: [{url: 'http://a/', http_config: {authorization: {credentials: hunter2}}}]",
            "0/http_config/authorization/credentials",
        ),
        ("webhook_configs: [{url: 'http://a/', http_config: {bearer_token: hunter2}}]", "0/http_config/bearer_token"),
        (
            "webhook_configs: [{url: 'http://a/', http_config: {basic_auth: {username: u, password: hunter2}}}]",
            "0/http_config/basic_auth/password",
        ),
        (
            "webhook_configs: [{url: 'http://a/', http_config: {oauth2: {client_id: i, client_secret: hunter2}}}]",
            "0/http_config/oauth2/client_secret",
        ),
        ("webhook_configs: [{url: 'http://a/', http_config: {proxy_url: 'http://u:hunter2@p/'}}]",
         "0/http_config/proxy_url"),
        ("email_configs: [{to: a@example.com, headers: {X-Api-Key: hunter2}}]", "0/headers/X-Api-Key"),
    ],
)  # fmt: skip
def test_a_secret_in_a_receiver(integration: str, where: str):
    assert secrets(integration) == [where]


@pytest.mark.parametrize(
    "integration",
    [
        "pagerduty_configs: [{routing_key_file: /run/keys/pagerduty}]",
        "slack_configs: [{api_url_file: /run/keys/slack, channel: '#ops'}]",
        "opsgenie_configs: [{api_key_file: /k, api_url: 'https://api.eu.opsgenie.com/'}]",
        "victorops_configs: [{api_key_file: /k, routing_key: ops}]",
        "webhook_configs: [{url: 'http://127.0.0.1:8080/audit?team=ops'}]",
        "webhook_configs: [{url_file: /run/keys/url, send_resolved: true, max_alerts: 10}]",
        "webhook_configs: [{url: 'http://a/', http_config: {authorization: {credentials_file: /k}}}]",
        "email_configs: [{to: a@example.com, headers: {Subject: 'Token service'}, auth_username: a}]",
    ],
)
def test_what_is_no_secret(integration: str):
    assert secrets(integration) == []


LAYER = "{start: 2026-01-01 09:00, turn: 1w, people: [alice, bob]}"
PAST = LAYER.replace("turn", "end: 2026-06-01, turn")
SHADOW = LAYER.replace("start", "shadow: true, start")


def ways(layers: str, steps: str, more: str = "slack: '#web'", people: str = PEOPLE, settings: str = ""):
    team = f"{more}\nschedules: {{primary: {{layers: [{layers}]}}}}\nescalation: {{steps: [{steps}]}}\n"
    files = {"alerts/shop.yaml": "team: web\n", "schedules/web.yaml": team, "schedules/people.yaml": people}
    found_ways = found(routing_ways, files | ({"tocsin.yaml": settings} if settings else {}))
    return [(each.check, place(each).rpartition(":")[0]) for each in found_ways]


@pytest.mark.parametrize(
    ("layers", "steps", "expected"),
    [
        (LAYER, "{page: primary, wait: 5m}", []),
        (PAST, "{page: primary, wait: 5m}", ["routing/nobody-called"]),
        (SHADOW, "{page: primary, wait: 5m}", ["routing/nobody-called"]),
        (PAST, "{page: primary, wait: 5m}, {page: alice, wait: 5m}", ["routing/empty-step"]),
        (PAST, "{page: [primary, alice], wait: 5m}", []),
        (LAYER, "{page: ghost, wait: 5m}", []),  # person/missing says it
    ],
)
def test_steps_that_call_nobody(layers: str, steps: str, expected: list[str]):
    assert [check for check, _ in ways(layers, steps)] == expected


MAIL = "alertmanager: {smtp_smarthost: 'mail:25', smtp_from: a@example.com}\n"
STEP = "{page: primary, wait: 5m}"


@pytest.mark.parametrize(
    ("more", "people", "settings", "expected"),
    [
        ("pages: people\nslack: '#web'", "alice: {slack: U1}\nbob: {slack: U2}\n", "", []),
        ("pages: people\nslack: '#web'", "alice: {slack: U1}\nbob: {email: b@e.com}\n", "", ["unreachable-person"]),
        ("pages: people\nslack: '#web'", "alice: {slack: U1}\nbob: {email: b@e.com}\n", MAIL, []),
        ("pages: people", "alice: {email: a@e.com}\nbob: {email: b@e.com}\n", MAIL, ["no-fallback"]),
        ("pages: people\nlead: alice", "alice: {email: a@e.com}\nbob: {email: b@e.com}\n", MAIL, []),
        ("slack: '#web'", "alice: Alice\nbob: Bob\n", "", []),
    ],
)
def test_a_team_that_pages_people(more: str, people: str, settings: str, expected: list[str]):
    assert [check.partition("/")[2] for check, _ in ways(LAYER, STEP, more, people, settings)] == expected


def test_the_places_are_those_of_the_cause():
    assert ways(PAST, f"{STEP}, {{page: alice, wait: 5m}}") == [("routing/empty-step", "schedules/web.yaml:3")]
