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
