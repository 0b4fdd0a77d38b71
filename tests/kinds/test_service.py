"""Services: names of alerts and runbooks, and what is meant where nothing is written."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.kinds.base import ID
from generator.kinds.names import camel_case, kebab_case
from generator.kinds.rules import Alert
from generator.kinds.service import Service
from generator.kinds.slo import Slo
from tests.catalogs import make_catalog

SLI = "sli: {errors: e, total: t}"


def one(text: str) -> Service:
    catalog = make_catalog({"alerts/tr-web.yaml": text})
    assert catalog.findings == ()
    (service,) = catalog.all(Service)
    return service


@pytest.mark.parametrize(
    ("alert", "slug"),
    [
        ("TrWebHTTPErrors", "tr-web-http-errors"),
        ("TrWebHighLatency", "tr-web-high-latency"),
        ("CertificateExpiring", "certificate-expiring"),
        ("DatabaseConnectionPoolExhausted", "database-connection-pool-exhausted"),
        ("KubePodCrashLooping", "kube-pod-crash-looping"),
        ("HTTPErrors", "http-errors"),
        ("HTTP5xxErrors", "http-5-xx-errors"),
        ("etcdNoLeader", "etcd-no-leader"),
        ("etcd_no_leader", "etcd-no-leader"),
        ("Watchdog", "watchdog"),
        ("CPU", "cpu"),
        ("Host:Down", "host-down"),
        ("disk space critical", "disk-space-critical"),
    ],
)
def test_a_runbook_s_slug_is_the_alert_s_name_in_kebab_case(alert: str, slug: str):
    assert kebab_case(alert) == slug


@given(st.text(min_size=1))
def test_the_slug_of_any_name_is_an_id(alert: str):
    assert ID.fullmatch(kebab_case(alert))


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("tr-web", "requests-latency"), "TrWebRequestsLatency"),
        (("cart", "p99"), "CartP99"),
        (("a", "b-c"), "ABC"),
    ],
)
def test_the_alert_of_an_slo_is_its_name_in_camel_case(parts: tuple[str, ...], name: str):
    assert camel_case(*parts) == name


def test_an_slo_with_only_what_it_needs():
    (slo,) = one(f"slos: [{{name: errors, objective: 99.9, {SLI}}}]\n").slos
    assert slo == Slo(
        ref=slo.ref,
        id="tr-web/errors",
        service="tr-web",
        name="errors",
        objective=Decimal("99.9"),
        alert="TrWebErrors",
        sli=slo.sli,
    )
    assert (slo.period, slo.no_data, slo.hold, slo.critical) == (timedelta(30), timedelta(minutes=10), None, False)
    assert (slo.sli.errors, slo.sli.total, slo.sli.good, slo.sli.under) == ("e", "t", None, None)


@pytest.mark.parametrize(
    ("written", "digits"), [("99.9", "99.9"), ("99.95", "99.95"), ("99", "99"), ("99.99999", "99.99999")]
)
def test_an_objective_has_the_digits_that_are_written(written: str, digits: str):
    (slo,) = one(f"slos: [{{name: errors, objective: {written}, {SLI}}}]\n").slos
    assert str(slo.objective) == digits


@pytest.mark.parametrize(
    ("written", "meant"), [("on", timedelta(minutes=10)), ("off", None), ("15m", timedelta(minutes=15))]
)
def test_no_data_is_on_off_or_a_span(written: str, meant: timedelta | None):
    (slo,) = one(f"slos: [{{name: errors, objective: 99, no_data: {written}, {SLI}}}]\n").slos
    assert slo.no_data == meant


def test_an_slo_with_everything():
    text = f"""\
slos:
  - name: errors
    objective: 99
    period: 28d
    group_by: [region]
    min_events: 100
    traffic: 6/h
    for: 2m
    labels: {{tier: 1.10}}
    severities: {{SEV-1: off, SEV-2: {{conditions: [{{burn_rate: "> 5.5x", window: 30m and 6h}}]}}}}
    {SLI}
"""
    (slo,) = one(text).slos
    assert (slo.period, slo.group_by, slo.min_events) == (timedelta(28), ("region",), Decimal(100))
    assert (str(slo.traffic), slo.hold, slo.labels) == ("6/h", timedelta(minutes=2), {"tier": "1.10"})
    assert slo.severities["SEV-1"].off
    (condition,) = slo.severities["SEV-2"].conditions
    assert (condition.burn_rate, condition.short, condition.long, condition.slos) == (
        Decimal("5.5"),
        timedelta(minutes=30),
        timedelta(hours=6),
        "all",
    )


def test_an_alert_is_a_ticket_and_its_rule_stays_as_it_was_pasted():
    more = "labels: {v: 1.10, on: yes}, annotations: {summary: '{{ $value }}'}"
    text = f"alerts: [{{alert: Down, expr: 1, for: 60s, {more}}}]\n"
    (alert,) = one(text).alerts
    assert (alert.id, alert.name, alert.urgency, alert.severity) == ("tr-web/Down", "Down", "ticket", None)
    assert (alert.expr, alert.hold, alert.labels) == ("1", "60s", {"v": "1.10", "on": "yes"})
    assert alert.annotations == {"summary": "{{ $value }}"}


def test_alerts_inside_groups_are_alerts_of_the_service():
    service = one(
        "alerts: [{alert: A, expr: a}]\ngroups: [{name: g, rules: [{record: r, expr: b}, {alert: C, expr: c}]}]\n"
    )
    assert [(alert.name, alert.group) for alert in service.alerts] == [("A", None), ("C", "g")]
    assert [type(rule).__name__ for rule in service.groups[0].rules] == ["Recording", "Alert"]
    assert [alert.name for alert in service.plain_alerts] == ["A"]


@pytest.mark.parametrize("address", ["https://wiki.example.com/a", "http://wiki.example.com/a"])
def test_an_address_is_no_link_to_a_runbook_of_ours(address: str):
    alert = Alert(ref=one("description: A\n").ref, id="a/A", service="a", name="A", expr="a", runbook=address)
    assert list(alert.references()) == []


def test_an_empty_list_is_no_fault():
    service = one("slos: []\nalerts: []\ngroups: []\ndepends_on: []\n")
    assert (service.slos, service.alerts, service.groups, service.depends_on) == ((), (), (), ())


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ("period: 0s", "period is 0s; a budget needs a time to count over"),
        ("period: 5m", "period is 5m; a budget needs a time to count over"),
        ("no_data: 0s", "no_data is 0s; one look without a sample is no loss of data"),
        ("group_by: [a, Inf]", "group_by has Inf, which is a word of PromQL and no label there"),
        ("group_by: [without]", "group_by has without, which is a word of PromQL and no label there"),
        ("group_by: [__name__]", "group_by[0] is '__name__', which does not have the form expected"),
        ("labels: {__name__: x}", "key '__name__' does not have the form of a key here"),
        ("period: 300y", "period is '300y', which does not have the form expected"),
    ],
)
def test_what_no_slo_can_count_by_is_refused(more: str, message: str):
    catalog = make_catalog({"alerts/a.yaml": f"slos: [{{name: a, objective: 99, {SLI}, {more}}}]"})
    assert [finding.message for finding in catalog.findings] == [message]


def test_no_event_takes_no_time():
    text = "slos: [{name: a, objective: 99, sli: {histogram: h, under: 0ms}}]"
    catalog = make_catalog({"alerts/a.yaml": text})
    assert [finding.message for finding in catalog.findings] == ["under is 0ms; no event takes less than no time"]


@pytest.mark.parametrize(("name", "kept"), [("slo:a/a", 0), ("alerts:a", 0), ("slo:a/b", 1), ("alerts:b", 1)])
def test_a_group_cannot_have_the_name_of_one_that_is_made(name: str, kept: int):
    rules = f"groups: [{{name: '{name}', rules: [{{record: r, expr: x}}]}}]\nalerts: [{{alert: A, expr: x > 1}}]\n"
    catalog = make_catalog({"alerts/a.yaml": f"slos: [{{name: a, objective: 99, {SLI}}}]\n{rules}"})
    assert len(catalog.all(Service)) == kept
    assert [(each.message.split(", and ")[0]) for each in catalog.findings] == [
        f"group {name} has the name of a group that is made from this file"
    ] * (1 - kept)


def test_a_limit_is_a_number_that_prometheus_holds():
    text = "groups: [{name: g, limit: 99999999999999999999, rules: [{record: r, expr: x}]}]"
    assert "at most 2147483647 is expected" in make_catalog({"alerts/a.yaml": text}).findings[0].message
