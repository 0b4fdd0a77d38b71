"""The document and its pages: complete, of one shape, and readable."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from generator.analysis.routing.rows import rows
from generator.analysis.rules.of_services import rules_of
from generator.catalog import Catalog, load
from generator.git import work_tree
from generator.kinds.service import Service
from generator.targets import proof
from generator.targets.proof import TARGET
from tests.analysis.routing.varied_routing import repository
from tests.catalogs import NOW, make_catalog, make_context

SCHEMA = Draft202012Validator(json.loads((Path(proof.__file__).parent / "routing.schema.json").read_text()))


def document(catalog: Catalog) -> dict:
    (artifact,) = TARGET.render(catalog, make_context())
    assert (artifact.path, artifact.uses_now) == ("proof/routing.json", True)
    return json.loads(artifact.content)


@pytest.mark.parametrize("seed", range(6))
def test_it_has_the_shape_that_is_promised(seed) -> None:
    found = document(make_catalog(repository(seed)))
    assert [error.message for error in SCHEMA.iter_errors(found)] == []
    for row in found["alerts"]:
        assert {each["name"] for each in row["receivers"]} <= set(found["receivers"])
        assert row["escalation"] is None or row["escalation"] in found["escalations"]
        for each in row["receivers"]:
            assert {*each["muted"], *each["active"]} <= set(found["time_intervals"])


@pytest.mark.parametrize("seed", range(6))
def test_every_rule_that_alerts_has_its_row(seed) -> None:
    """What is written for Prometheus and what is proven are the same, label by label."""
    catalog = make_catalog(repository(seed))
    rules = [rule for service in catalog.all(Service) for group in rules_of(catalog, service) for rule in group.alerts]
    written = [(rule.alert, tuple(sorted(rule.labels.items()))) for rule in rules]
    proven = [
        (row.alert, tuple(sorted((name, value) for name, value in row.labels.items() if name != "alertname")))
        for row in rows(catalog, NOW)
    ]
    assert sorted(proven) == sorted(written)


def test_the_living_example_is_closed(repo_root) -> None:
    found = document(load(work_tree(repo_root)))
    assert found["summary"]["gaps"] == {}
    assert all(row["notified"] and row["runbook"] for row in found["alerts"])
    (policy,) = found["escalations"].values()
    assert [(step["after"], step["reaches"]) for step in policy["steps"]] == [("0s", True), ("15m", True)]
    assert policy["steps"][0]["schedules"][0]["people"] == ["alice", "bob", "charlie", "diana"]
    assert policy["steps"][1]["people"] == ["erin"]


def test_an_entry_is_a_line() -> None:
    (artifact,) = TARGET.render(make_catalog(repository(1)), make_context())
    lines = artifact.content.decode().splitlines()
    assert sum(line.startswith('{"alert":') for line in lines) == len(rows(make_catalog(repository(1)), NOW))


def test_pages_show_gaps_first_and_every_alert() -> None:
    catalog = make_catalog(repository(2))
    index, *teams = TARGET.pages(catalog, make_context())
    assert (index.path, index.in_nav) == ("routing/index.md", ("Routing",))
    assert index.markdown.index("## Gaps") < index.markdown.index("## Teams")
    assert len(teams) == len({page.path for page in teams}) > 3
    together = "".join(page.markdown for page in teams)
    for row in rows(catalog, NOW):
        assert row.alert in together


def test_one_team_has_one_page(repo_root) -> None:
    (page,) = TARGET.pages(load(work_tree(repo_root)), make_context())
    assert "No gap: every alert reaches somebody" in page.markdown
    assert "| Alert | Told | Runbook |" in page.markdown
    assert "Erin Navarro, after 15 minutes" in page.markdown
    assert "**page** SEV-1, SEV-2: PagerDuty, Slack &#35;platform" in page.markdown


def test_nothing_without_alerts() -> None:
    catalog = make_catalog({"schedules/ops.yaml": "name: Ops\n"})
    assert not TARGET.applies(catalog)
    assert list(TARGET.pages(catalog, make_context())) == []


def test_what_silences_a_row_is_said() -> None:
    slo = "slos: [{name: a, critical: true, objective: 99, sli: {errors: e, total: t}}]\n"
    files = {"alerts/db.yaml": f"team: ops\n{slo}", "alerts/web.yaml": f"team: ops\ndepends_on: [db]\n{slo}"}
    catalog = make_catalog({**files, "schedules/ops.yaml": 'slack: "#ops"\n'})
    found = {(row["service"], row["urgency"], row["kind"]): row["silenced_by"] for row in document(catalog)["alerts"]}
    assert found == {
        ("db", "page", "slo"): [],
        ("db", "ticket", "slo"): ["db"],
        ("db", "ticket", "no-data"): ["db"],
        ("web", "page", "slo"): ["db"],
        ("web", "ticket", "slo"): ["web", "db"],
        ("web", "ticket", "no-data"): ["web"],
    }
