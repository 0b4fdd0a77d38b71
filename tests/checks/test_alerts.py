"""Alerts: a runbook each, no page on a cause, a name for one service."""

from __future__ import annotations

import pytest

from generator.checks.alerts import rules as alerts
from generator.findings import Level
from tests.checks.found import found, place

SHOP = "alerts/shop.yaml"
RUNBOOKS = {"runbooks/other.md": "# Other\n"}


def alert(name: str, expr: str = "up == 0", **more: str) -> str:
    lines = [f"alert: {name}", f"expr: {expr}", *(f"{key}: {value}" for key, value in more.items())]
    return "alerts:\n  - " + "\n    ".join(lines) + "\n"


def test_an_alert_without_a_runbook_is_found_at_its_name():
    (finding,) = found(alerts, {**RUNBOOKS, SHOP: alert("ShopHTTPErrors")})
    assert (finding.check, finding.level, place(finding)) == (
        "alert/without-runbook",
        Level.ERROR,
        "alerts/shop.yaml:2:12",
    )
    assert "there is no runbooks/shop-http-errors.md" in finding.message
    assert finding.hint == "write it: tocsin new runbook shop-http-errors"
    assert finding.subject == "shop/ShopHTTPErrors"


def test_a_runbook_of_nearly_that_name_is_suggested():
    (finding,) = found(alerts, {"runbooks/shop-http-error.md": "# E\n", SHOP: alert("ShopHTTPErrors")})
    assert finding.hint == "did you mean 'shop-http-error'? then name it with `runbook:`"


def test_an_slo_s_alert_needs_a_runbook_too():
    slo = "slos:\n  - name: checkout\n    objective: 99\n    sli: {errors: e_total, total: t_total}\n"
    (finding,) = found(alerts, {**RUNBOOKS, SHOP: slo})
    assert "alert ShopCheckout has no runbook" in finding.message
    assert finding.where.path == SHOP


def test_several_rules_of_one_name_lack_one_runbook():
    text = alert("ShopSlow", "a > 1") + alert("ShopSlow", "a > 2").removeprefix("alerts:\n")
    assert [place(each) for each in found(alerts, {**RUNBOOKS, SHOP: text})] == ["alerts/shop.yaml:2:12"]


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"runbooks/shop-down.md": "# Down\n", SHOP: alert("ShopDown")}, id="of its name"),
        pytest.param({**RUNBOOKS, SHOP: alert("ShopDown", runbook="other")}, id="named"),
        pytest.param({**RUNBOOKS, SHOP: alert("ShopDown", runbook="missing")}, id="named wrongly: another check's"),
        pytest.param(
            {**RUNBOOKS, SHOP: alert("ShopDown", annotations="{runbook_url: 'https://wiki.example.com'}")},
            id="elsewhere",
        ),
        pytest.param({SHOP: alert("ShopDown")}, id="no runbooks are kept"),
    ],
)
def test_a_runbook_is_enough(files: dict[str, str]):
    assert found(alerts, files) == ()


@pytest.mark.parametrize(
    ("name", "expr"),
    [
        ("ShopCPUHigh", "a > 1"),
        ("HighMemory", "a > 1"),
        ("NodeHighLoad", "a > 1"),
        ("ShopBusy", "rate(process_cpu_seconds_total[5m]) > 1"),
        ("ShopBusy", "node_load1 > 8"),
        ("ShopBusy", "(container_memory_rss) > 8"),
    ],
)
def test_a_page_on_a_cause_is_a_warning_at_the_urgency(name: str, expr: str):
    (finding,) = found(alerts, {SHOP: alert(name, expr, urgency="page")})
    assert (finding.check, finding.level) == ("alert/cause", Level.WARNING)
    assert place(finding) == "alerts/shop.yaml:4:14"
    assert finding.hint.startswith("write urgency: ticket")


@pytest.mark.parametrize(
    ("name", "expr", "urgency"),
    [
        ("ShopCPUHigh", "a > 1", "ticket"),
        ("PageLoadSlow", "page_load_seconds > 3", "page"),
        ("LoadBalancerDown", "up == 0", "page"),
        ("DiskSpaceCritical", "a < 1", "page"),
        ("ShopBusy", "vcpu_cpu_credits > 1", "ticket"),
    ],
)
def test_tickets_and_symptoms_are_left_in_peace(name: str, expr: str, urgency: str):
    assert found(alerts, {SHOP: alert(name, expr, urgency=urgency)}) == ()


def test_a_name_that_another_service_has_is_found_at_the_second_with_the_first_beside_it():
    files = {"alerts/cart.yaml": alert("Down"), SHOP: alert("DOWN")}
    (finding,) = found(alerts, files)
    assert (finding.check, finding.level, place(finding)) == ("alert/name-taken", Level.ERROR, "alerts/shop.yaml:2:12")
    assert "a name that service cart uses already" in finding.message
    (related,) = finding.related
    assert related.where.path == "alerts/cart.yaml"
    assert related.where.span is not None
    assert (related.where.span.line, related.where.span.column) == (2, 12)


def test_names_that_differ_only_by_case_in_one_service_are_taken_too():
    text = alert("ShopDown") + alert("Shopdown").removeprefix("alerts:\n")
    assert [each.check for each in found(alerts, {SHOP: text})] == ["alert/name-taken"]


def test_one_name_for_several_rules_of_a_service_is_meant():
    text = alert("ShopDown", "a > 1") + alert("ShopDown", "a > 2").removeprefix("alerts:\n")
    assert found(alerts, {SHOP: text}) == ()
