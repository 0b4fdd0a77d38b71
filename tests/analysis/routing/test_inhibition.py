"""An outage silences what depends on it, and never so much that nobody is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis.routing import Routing, routing
from generator.analysis.routing.inhibition import dependents
from generator.analysis.routing.rows import rows
from generator.catalog import Catalog
from tests.catalogs import NOW, make_catalog

TEAM = {"schedules/ops.yaml": 'slack: "#ops"\n', "schedules/mute.yaml": "name: Mute\n"}
SLO = "slos: [{name: a, critical: true, objective: 99, sli: {errors: e, total: t}}]\n"


def catalog_of(depends_on: dict[str, list[str]], **more: str) -> Catalog:
    files = {
        f"alerts/{service}.yaml": f"team: {more.get(service, 'ops')}\ndepends_on: [{', '.join(others)}]\n{SLO}"
        for service, others in depends_on.items()
    }
    catalog = make_catalog({**TEAM, **files, **{path: text for path, text in more.items() if path.endswith("yaml")}})
    assert not catalog.findings
    return catalog


def alert(service: str, urgency: str = "page", sev: str = "SEV-1", **more: str) -> dict[str, str]:
    return {"service": service, "urgency": urgency, "sev": sev, "slo": "a", "leg": "5m-1h", **more}


def silences(found: Routing, source: dict[str, str], target: dict[str, str]) -> bool:
    return any(rule.silences(source, target) for rule in found.inhibitions)


CHAIN = {"db": [], "shop": ["db"], "web": ["shop"], "blog": []}


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        (alert("db"), alert("shop"), True),
        (alert("db"), alert("web"), True),  # through shop
        (alert("db"), alert("blog"), False),  # unrelated
        (alert("shop"), alert("db"), False),  # only downwards
        (alert("db"), alert("db", "page", "SEV-2"), False),  # not itself
        (alert("db", sev="SEV-2"), alert("shop"), False),  # no outage
        (alert("db", sev="SEV-2"), alert("shop", "ticket"), True),
        (alert("db", "ticket", "SEV-3"), alert("shop", "ticket"), False),  # a ticket silences nothing
        (alert("db"), alert("shop", slo=""), False),  # a plain alert is a cause of its own
        (alert("db", slo=""), alert("shop"), False),  # and explains nothing
        (alert("db"), alert("shop", "ticket", leg="no-data"), False),
        (alert("shop"), alert("shop", "ticket", "SEV-3"), True),
        (alert("shop"), alert("shop", "ticket", slo="b"), False),
    ],
)
def test_who_silences_whom(source, target, expected) -> None:
    assert silences(routing(catalog_of(CHAIN), NOW), source, target) is expected


def test_a_page_that_nobody_hears_silences_nothing_elsewhere() -> None:
    found = routing(catalog_of(CHAIN, db="mute"), NOW)
    assert not silences(found, alert("db"), alert("shop"))
    assert silences(found, alert("shop"), alert("web"))


def test_an_outage_in_one_place_explains_nothing_in_another() -> None:
    settings = "environments: {eu: {external_labels: {region: eu}}, us: {external_labels: {region: us}}}\n"
    found = routing(catalog_of(CHAIN, **{"tocsin.yaml": settings}), NOW)
    assert silences(found, alert("db", region="eu"), alert("shop", region="eu"))
    assert not silences(found, alert("db", region="eu"), alert("shop", region="us"))
    assert not silences(found, alert("shop", region="eu"), alert("shop", "ticket", region="us"))


def test_where_one_severity_pages_it_holds_slow_burns_too_and_silences_no_page() -> None:
    conditions = "[{burn_rate: 14.4, window: [5m, 1h]}, {burn_rate: 6, window: [30m, 6h]}]"
    severities = f"severity_mapping: {{SEV-1: {{description: d, urgency: page, conditions: {conditions}}}}}\n"
    found = routing(catalog_of(CHAIN, **{"alerts/severity-map.yaml": severities}), NOW)
    assert not silences(found, alert("db"), alert("shop"))
    assert silences(found, alert("db"), alert("shop", "ticket"))


@pytest.mark.parametrize(
    ("own", "pages", "tickets"),
    [
        ("slos: []\n", False, False),
        (SLO.replace("critical: true, ", ""), False, True),  # it pages, and never for an outage
        (f"severities: {{SEV-1: off}}\n{SLO}", False, True),
        (f"severities: {{SEV-1: off, SEV-2: off}}\n{SLO}", False, False),
        ("alerts: [{alert: Down, expr: up == 0, urgency: page}]\n", False, False),  # no SLO explains anything
        (SLO, True, True),
    ],
)
def test_only_what_a_dependency_can_fire_silences(own: str, pages: bool, tickets: bool) -> None:
    files = {"alerts/db.yaml": f"team: ops\n{own}", "alerts/shop.yaml": f"team: ops\ndepends_on: [db]\n{SLO}"}
    catalog = make_catalog({**TEAM, **files})
    assert not catalog.findings
    found = routing(catalog, NOW)
    assert silences(found, alert("db"), alert("shop")) is pages
    assert silences(found, alert("db"), alert("shop", "ticket")) is tickets
    told = {row.urgency: row.silenced_by for row in rows(catalog, NOW) if row.service == "shop" and row.kind == "slo"}
    assert told == {"page": ("db",) if pages else (), "ticket": ("shop", "db") if tickets else ("shop",)}


def test_an_slo_that_never_pages_does_not_silence_its_own_tickets() -> None:
    text = f"team: ops\nseverities: {{SEV-1: off, SEV-2: off}}\n{SLO}"
    catalog = make_catalog({**TEAM, "alerts/shop.yaml": text})
    assert not catalog.findings
    found = rows(catalog, NOW)
    assert {row.urgency for row in found} == {"ticket"}
    assert not any(row.silenced_by for row in found)


graphs = st.dictionaries(
    st.sampled_from("abcdefg"), st.lists(st.sampled_from("abcdefg"), max_size=4, unique=True), min_size=1
).map(lambda graph: {**{name: [] for others in graph.values() for name in others}, **graph})


@given(graphs, st.data())
def test_whatever_fires_somebody_is_told(graph: dict[str, list[str]], data: st.DataObject) -> None:
    """In any graph, cycles too: among outages at one time at least one is silenced by none of the others."""
    found = routing(catalog_of(graph), NOW)
    firing = data.draw(st.lists(st.sampled_from(sorted(graph)), min_size=1, unique=True))
    heard = [each for each in firing if not any(silences(found, alert(other), alert(each)) for other in firing)]
    assert heard


@given(graphs)
def test_only_what_depends_is_silenced(graph: dict[str, list[str]]) -> None:
    for service, users in dependents(catalog_of(graph)).items():
        assert service not in users
        for user in users:
            assert service in reached(graph, user)
            assert user not in reached(graph, service)


def reached(graph: dict[str, list[str]], start: str) -> set[str]:
    found: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting += graph[each]
    return found
