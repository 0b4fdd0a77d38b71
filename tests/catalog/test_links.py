"""Links: every one that is written, those that lead nowhere, and the ways back."""

from __future__ import annotations

import pytest

from generator.catalog import Catalog
from tests.catalogs import make_catalog

BROKEN = "x: [\n"
POSTMORTEM = "---\nstatus: draft\nalerts: [Gone]\nslos: [shop/gone]\nservices: [gone]\nauthors: [gone]\n---\n"
STATUS = "title: T\nupdates: [{at: 2026-10-14, status: resolved, message: M, components: {gone: operational}}]\n"
TEAM = "lead: ann\nescalation: {steps: [{page: [web/gone, lead], wait: 5m}]}\n"
LINKS = {
    "alerts/shop.yaml": """\
team: gone
escalation: gone
depends_on: [gone]
alerts: [{alert: A, expr: a, runbook: gone}]
""",
    "postmortems/2026-10-14-a.md": POSTMORTEM,
    "status/incidents/2026-10-14-a.yaml": STATUS,
    "schedules/ops.yaml": TEAM,
    "schedules/people.yaml": "ann: Ann\n",
}


def unresolved(catalog: Catalog) -> list[tuple[str, str]]:
    return sorted((each.to, each.id) for each in catalog.unresolved)


def test_links_that_lead_nowhere():
    assert unresolved(make_catalog(LINKS)) == [
        ("alert", "Gone"),
        ("component", "gone"),
        ("escalation", "gone/gone"),
        ("person", "gone"),
        ("runbook", "gone"),
        ("schedule", "web/gone"),
        ("service", "gone"),
        ("service", "gone"),
        ("slo", "shop/gone"),
        ("team", "gone"),
    ]


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("alerts/gone.yaml", {"alert", "service"}),
        ("schedules/gone.yaml", {"team", "escalation"}),
        ("schedules/web.yaml", {"schedule"}),
        ("schedules/people/more.yaml", {"person"}),
        ("runbooks/gone.md", {"runbook"}),
        ("status/components.yaml", {"component"}),
    ],
)
def test_a_link_that_may_lead_into_a_broken_source_is_no_finding_of_its_own(path: str, to: set[str]):
    before = unresolved(make_catalog(LINKS))
    broken = make_catalog(LINKS | {path: "---\n" + BROKEN if path.endswith("md") else BROKEN})
    assert unresolved(broken) == [link for link in before if link[0] not in to]


def test_a_broken_source_hides_no_link_of_others_of_its_kind():
    assert ("team", "gone") in unresolved(make_catalog(LINKS | {"schedules/web.yaml": BROKEN}))


def test_a_link_says_where_it_is_written():
    references = {(each.to, each.id): each for each in make_catalog(LINKS).references}
    assert references["service", "gone"].where.pointer in {("depends_on", 0), ("services", 0)}
    assert references["component", "gone"].where.part == "key"
    assert references["schedule", "web/gone"].where.pointer == ("escalation", "steps", 0, "page", 0)
    assert references["runbook", "gone"].said == "alert A names"


ALERTS = {
    "alerts/shop.yaml": """\
slos:
  - {name: errors, objective: 99, alert: ShopErrors, sli: {errors: e, total: t}}
  - {name: slow, objective: 99, sli: {histogram: h, under: 1s}}
alerts:
  - {alert: ShopDown, expr: a > 1}
  - {alert: ShopDown, expr: a > 2, runbook: other}
groups:
  - {name: g, rules: [{alert: ShopGone, expr: b, annotations: {runbook_url: 'https://wiki.example.com/gone'}}]}
""",
    "alerts/cart.yaml": "alerts: [{alert: ShopDown, expr: c}]\n",
}


def test_alerts_by_service_and_name_each_once():
    assert [(alert.service.id, alert.name, len(alert.rules)) for alert in make_catalog(ALERTS).alerts] == [
        ("cart", "ShopDown", 1),
        ("shop", "ShopDown", 2),
        ("shop", "ShopErrors", 1),
        ("shop", "ShopGone", 1),
        ("shop", "ShopSlow", 1),
    ]


def test_the_runbook_of_an_alert():
    runbooks = {
        (alert.service.id, alert.name): (alert.runbook, alert.runbook_written, alert.external_runbook)
        for alert in make_catalog(ALERTS).alerts
    }
    assert runbooks == {
        ("cart", "ShopDown"): ("shop-down", False, False),
        ("shop", "ShopDown"): ("other", True, False),
        ("shop", "ShopErrors"): ("shop-errors", False, False),
        ("shop", "ShopGone"): ("https://wiki.example.com/gone", True, True),
        ("shop", "ShopSlow"): ("shop-slow", False, False),
    }


def test_where_a_runbook_and_a_name_are_written():
    alerts = {(alert.service.id, alert.name): alert for alert in make_catalog(ALERTS).alerts}
    assert alerts["shop", "ShopDown"].runbook_ref.pointer == ("alerts", 1, "runbook")
    assert alerts["shop", "ShopDown"].ref.pointer == ("alerts", 0, "alert")
    assert alerts["shop", "ShopGone"].runbook_ref.pointer == ("groups", 0, "rules", 0, "annotations", "runbook_url")
    slo = alerts["shop", "ShopErrors"].slo
    assert slo is not None
    assert slo.id == "shop/errors"
    assert alerts["cart", "ShopDown"].slo is None


def test_the_first_service_has_a_name_that_two_claim():
    assert make_catalog(ALERTS).alerts_by_name["ShopDown"].service.id == "cart"


def test_the_alerts_of_a_runbook():
    found = make_catalog(ALERTS).alerts_by_runbook
    assert {slug: [alert.name for alert in alerts] for slug, alerts in found.items()} == {
        "shop-down": ["ShopDown"],
        "other": ["ShopDown"],
        "shop-errors": ["ShopErrors"],
        "https://wiki.example.com/gone": ["ShopGone"],
        "shop-slow": ["ShopSlow"],
    }


def test_what_a_link_may_name():
    catalog = make_catalog(ALERTS | LINKS)
    assert catalog.known("alert") >= {"A"}
    assert catalog.known("service") == {"cart", "shop"}
    assert catalog.known("person") == {"ann"}
    assert catalog.known("component") == frozenset()
