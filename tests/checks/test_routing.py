from __future__ import annotations

from generator.checks import routing
from tests.checks.found import found, place

TEAM = "name: Platform\nreceivers: [audti]\n"
SETTINGS = "receivers: {audit: {webhook_configs: [{url: 'http://127.0.0.1:8080/audit'}]}}\n"


def test_a_receiver_that_does_not_exist():
    (finding,) = found(routing, {"schedules/platform.yaml": TEAM, "tocsin.yaml": SETTINGS})
    assert place(finding) == "schedules/platform.yaml:2:13"
    assert finding.hint == "did you mean 'audit'?"


def test_a_receiver_that_does():
    assert found(routing, {"schedules/platform.yaml": TEAM.replace("audti", "audit"), "tocsin.yaml": SETTINGS}) == ()


SERVICE = "alerts:\n  - {alert: Down, expr: up == 0}\n"


def test_a_service_that_nobody_answers_for():
    (finding,) = found(routing, {"alerts/shop.yaml": SERVICE, "schedules/web.yaml": "name: Web\n"}, "service/no-team")
    assert (place(finding), finding.level) == ("alerts/shop.yaml:1:1", "warning")
    assert finding.hint == "write team: and one of web"


def test_a_service_without_alerts_needs_no_team():
    assert found(routing, {"alerts/shop.yaml": "description: Shop\n"}) == ()
