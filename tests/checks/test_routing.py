from __future__ import annotations

import pytest

from generator.checks import routing
from tests.checks.found import PEOPLE, found, place

ALERT = "alerts:\n  - {alert: Down, expr: up == 0, urgency: page}\n"
SERVICE = f"team: web\n{ALERT}"
POLICY = "escalation: {steps: [{page: alice, wait: 15m}]}\n"
FILES = {"alerts/shop.yaml": SERVICE, "schedules/people.yaml": PEOPLE}


def test_a_service_that_nobody_answers_for():
    files = {"alerts/shop.yaml": ALERT, "schedules/web.yaml": "name: Web\n"}
    (finding,) = found(routing, files, "service/no-team")
    assert (place(finding), finding.level) == ("alerts/shop.yaml:1:1", "warning")
    assert finding.hint == "write team: and one of web"


def test_a_service_without_alerts_needs_no_team():
    assert found(routing, {"alerts/shop.yaml": "description: Shop\n"}) == ()


@pytest.mark.parametrize(
    ("team", "lost"),
    [
        ("name: Web\n", {"routing/page-to-nobody", "routing/ticket-to-nobody"}),
        ("email: web@example.com\n", {"routing/page-to-nobody", "routing/ticket-to-nobody"}),
        (POLICY, {"routing/ticket-to-nobody"}),
        ('slack: "#web"\n', set()),
        (f"receivers: [audit]\n{POLICY}", set()),
    ],
)
def test_a_team_has_to_be_reached_by_both_urgencies(team: str, lost: set[str]):
    settings = {"tocsin.yaml": "receivers: {audit: {webhook_configs: [{url: 'http://127.0.0.1/a'}]}}\n"}
    findings = found(routing, FILES | settings | {"schedules/web.yaml": team})
    assert {each.check for each in findings} == lost
    assert all(place(each) == "schedules/web.yaml:1:1" for each in findings)


def test_e_mail_without_a_mail_server_is_said():
    team = {"schedules/web.yaml": "email: web@example.com\n"}
    (finding,) = found(routing, FILES | team, "routing/page-to-nobody")
    assert "alertmanager.smtp_smarthost is not set" in finding.message


def test_a_team_without_alerts_may_be_silent():
    assert found(routing, {"alerts/shop.yaml": "team: web\n", "schedules/web.yaml": "name: Web\n"}) == ()


TEAMS = {"schedules/web.yaml": f'slack: "#web"\n{POLICY}', "schedules/db.yaml": f'slack: "#db"\n{POLICY}'}


@pytest.mark.parametrize(
    ("labels", "check", "said"),
    [
        ("team: db", "routing/elsewhere", "label team of alert Down is 'db', and service shop says 'web'"),
        ("service: cart", "routing/elsewhere", "label service of alert Down is 'cart', and service shop says 'shop'"),
        ("urgency: high", "routing/elsewhere", "label urgency of alert Down is 'high', which is treated as a ticket"),
        ("team: '{{ $labels.team }}'", "routing/unknown", "label team of alert Down is a template"),
    ],
)
@pytest.mark.parametrize("holder", ["rule", "group", "service"])
def test_labels_that_send_an_alert_elsewhere(labels: str, check: str, said: str, holder: str):
    own = {each: f"labels: {{{labels}}}, " if each == holder else "" for each in ("rule", "group")}
    rule = f"{{{own['rule']}alert: Down, expr: up == 0}}"
    service = f"labels: {{{labels}}}\n" if holder == "service" else ""
    shop = f"team: web\n{service}groups: [{{{own['group']}name: g, rules: [{rule}]}}]\n"
    findings = found(routing, FILES | TEAMS | {"alerts/shop.yaml": shop})
    if holder == "service" and check == "routing/unknown":  # labels of a service are text, whatever they look like
        assert [each.check for each in findings] == ["routing/elsewhere"]
        return
    (finding,) = findings
    assert (finding.check, finding.level) == (check, "warning")
    assert finding.message.startswith(said)
    assert place(finding).split(":")[1] == "2"


@pytest.mark.parametrize("holder", ["group", "service"])
def test_a_label_that_many_alerts_share_is_told_once(holder: str):
    own = {each: "labels: {team: db}" if each == holder else "" for each in ("group", "service")}
    rules = "[{alert: Down, expr: up == 0}, {alert: Slow, expr: up < 1}, {alert: Odd, expr: up > 2}]"
    shop = f"team: web\n{own['service']}\ngroups:\n  - name: g\n    rules: {rules}\n    {own['group']}\n"
    (finding,) = found(routing, FILES | TEAMS | {"alerts/shop.yaml": shop})
    assert finding.message == "label team of alert Down and 2 more is 'db', and service shop says 'web'"


def test_labels_that_say_the_same_are_left_in_peace():
    shop = "team: web\nalerts: [{alert: Down, expr: up, labels: {team: web, service: shop, urgency: ticket}}]\n"
    assert found(routing, FILES | TEAMS | {"alerts/shop.yaml": shop}) == ()


MAINTENANCE = "title: Upgrade\nfrom: 2026-12-06 03:00\nuntil: 2026-12-06 04:00\ncomponents: [site]\nmute: true\n"


@pytest.mark.parametrize(("services", "count"), [("", 1), (", services: [shop]", 0)])
def test_a_maintenance_that_mutes_nothing(services: str, count: int):
    status = {
        "status/maintenances/2026-12-06-db.yaml": MAINTENANCE,
        "status/components.yaml": f"site: {{name: Site{services}}}\n",
    }
    findings = found(routing, FILES | TEAMS | status)
    assert [place(each) for each in findings] == ["status/maintenances/2026-12-06-db.yaml:5:7"] * count


def test_support_hours_that_mean_nothing():
    shop = f"support_hours: {{hours: 09:00-09:00}}\n{SERVICE}"
    (finding,) = found(routing, FILES | TEAMS | {"alerts/shop.yaml": shop})
    assert (finding.check, place(finding)) == ("routing/support-hours", "alerts/shop.yaml:1:24")
