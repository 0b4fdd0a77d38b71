"""The living example: checked with one warning that is meant to be read, and as real as its team's runbooks ask for."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import times
from generator.analysis.oncall import Shift, coming, gaps, shifts
from generator.analysis.slos.legs import legs
from generator.catalog import Catalog, load
from generator.checks.engine import run
from generator.documents import read_document
from generator.git import work_tree
from generator.kinds.people import Person
from generator.kinds.runbook import Runbook
from generator.kinds.service import Service
from generator.kinds.slo import Slo
from generator.kinds.status import Maintenance, StatusIncident
from generator.kinds.team import EscalationPolicy, Schedule
from tests.catalogs import NOW, make_context

ROOT = Path(__file__).parents[1]
RUNBOOKS = [path for path in sorted(ROOT.glob("runbooks/**/*.md")) if path.name != "README.md"]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load(work_tree(ROOT))


def test_all_that_is_found_in_it_is_that_its_nights_go_to_the_lead(catalog: Catalog):
    found = run(catalog, make_context(root=str(ROOT)))
    (finding,) = [each for each in found if each.level != "note"]
    assert (finding.check, finding.level) == ("oncall/next-level", "warning")
    assert "every day 01:00-09:00, 56 hours a week" in finding.message
    assert "calls Erin Navarro, the lead, at once" in finding.message


def test_beside_it_two_notes_tell_of_a_small_team_and_of_a_holiday(catalog: Catalog):
    notes = [each for each in run(catalog, make_context(root=str(ROOT))) if each.level == "note"]
    assert [(each.check, each.subject) for each in notes] == [
        ("oncall/small-team", "platform"),
        ("oncall/holiday", "sre/sun"),
    ]


def test_each_leg_of_its_slos_belongs_to_one_severity(catalog: Catalog):
    service = catalog.get(Service, "tr-web")
    found = {slo.name: [leg.severity for leg in legs(catalog, service, slo)] for slo in catalog.all(Slo)}
    assert found == {
        "requests-availability": ["SEV-1", "SEV-2", "SEV-3", "SEV-3"],
        "requests-latency": ["SEV-2", "SEV-2", "SEV-3", "SEV-3"],
    }


def test_every_alert_has_its_runbook_and_every_runbook_its_alert(catalog: Catalog):
    assert {alert.runbook for alert in catalog.alerts} == {runbook.id for runbook in catalog.all(Runbook)}
    assert len(catalog.alerts) == 5


def test_somebody_is_called_and_then_somebody_else(catalog: Catalog):
    schedule, policy = catalog.get(Schedule, "platform/primary"), catalog.get(EscalationPolicy, "platform")
    assert schedule is not None
    assert policy is not None
    assert schedule.layers[0].people == ("alice", "bob", "charlie", "diana")
    called = [(target.id, step.wait.total_seconds() / 60) for step in policy.steps for target in step.targets]
    assert (called, policy.loops) == ([("platform/primary", 15), ("erin", 15)], 2)


@pytest.mark.parametrize("years", range(8))
def test_the_schedule_that_follows_the_sun_has_no_gap_whatever_clocks_do(catalog: Catalog, years: int):
    schedule = catalog.get(Schedule, "sre/sun")
    assert schedule is not None
    assert len({layer.zone_name for layer in schedule.layers}) == 3
    now = NOW.replace(year=NOW.year + years)
    assert gaps(catalog, schedule, *coming(now)) == ()
    nights = [
        shift
        for shift in shifts(catalog, schedule, *coming(now))
        if shift.layer != "Weekends" and not _by_day(catalog, shift)
    ]
    assert nights == [], "on weekdays nobody is on call outside their own day"


def _by_day(catalog: Catalog, shift: Shift) -> bool:
    person = catalog.get(Person, shift.person)
    assert person is not None
    start, end = (instant.astimezone(times.zone(person.time_zone)) for instant in shift.window)
    return start.date() == end.date() and start.hour >= 8 and end.hour <= 19


def test_the_status_page_has_something_that_is_over_and_something_that_comes(catalog: Catalog):
    (incident,), (maintenance,) = catalog.all(StatusIncident), catalog.all(Maintenance)
    assert (incident.updates[-1].status, maintenance.cancelled) == ("resolved", None)


@pytest.mark.parametrize("path", RUNBOOKS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_numbered_step_of_a_runbook_has_a_command_to_copy(path: Path):
    document, findings = read_document(path.relative_to(ROOT).as_posix(), path.read_bytes())
    assert document is not None
    assert list(findings) == []
    assert document.markdown.steps
    assert [f"line {step.line}: {step.text}" for step in document.markdown.steps if not step.code_blocks] == []
