"""Schedules of one form have the same shifts under other names; and what a policy's person alone is, by its reach."""

from __future__ import annotations

from datetime import timedelta

import pytest

from generator.analysis.oncall import coming_shifts, shifts
from generator.analysis.oncall.coverage.alone import alone_on_path
from generator.analysis.oncall.coverage.gaps import ahead, coming_gaps, first_step_empty, nobody_called
from generator.analysis.oncall.coverage.reach import reach
from generator.analysis.oncall.forms import form_of
from generator.analysis.oncall.horizon import coming
from generator.analysis.oncall.load.coming import coming_windows
from generator.analysis.oncall.load.fairness import carried_by_layer
from generator.analysis.oncall.load.patterns import back_to_back
from generator.analysis.windows import clip, union
from generator.kinds.team import EscalationPolicy, Schedule
from tests.catalogs import NOW, make_catalog

TEAM = """\
lead: {0}
schedules:
  primary:
    time_zone: Europe/Madrid
    layers:
      - {{name: {3} nights, start: 2026-01-01 09:00, turn: 1w, hours: 18:00-09:00, people: [{0}, {1}]}}
      - {{name: {3}, start: 2026-01-01 09:00, turn: 1d, days: {4}, hours: 09:00-18:00, people: [{1}, {0}, {2}, {1}]}}
escalation:
  steps: [{{page: primary, wait: 5m}}]
"""
OVERRIDES = "- {{who: {0}, from: 2026-12-24 09:00, until: 2026-12-24 21:00}}\n- {{who: {1}, from: {2}, until: {3}}}\n"
DAYS = "2026-12-26 09:00", "2026-12-29 12:00"
PEOPLE = "a: {name: A, time_zone: Asia/Tokyo}\nb: {name: B}\nc: {name: C}\nx: {name: X}\ny: {name: Y}\nz: {name: Z}\n"


def two_teams(other=("z", "x", "y", "Z"), days="mon-fri", overrides=("z", "y", *DAYS)):
    return make_catalog(
        {
            "schedules/people.yaml": PEOPLE,
            "schedules/one.yaml": TEAM.format("a", "b", "c", "One", "mon-fri"),
            "schedules/one.overrides.yaml": OVERRIDES.format("a", "c", *DAYS),
            "schedules/other.yaml": TEAM.format(*other, days),
            "schedules/other.overrides.yaml": OVERRIDES.format(*overrides),
        }
    )


def test_a_schedule_with_other_names_has_the_form_of_the_first_and_its_own_names():
    catalog = two_teams()
    one, other = catalog.all(Schedule)
    form = form_of(catalog, other)
    assert form_of(catalog, one) is None
    assert form is not None
    assert form.first is one
    assert form.people == {"a": "z", "b": "x", "c": "y"}
    assert coming_shifts(catalog, other, NOW) == shifts(catalog, other, *coming(NOW))
    assert {each.override.team for each in coming_shifts(catalog, other, NOW) if each.override} == {"other"}


@pytest.mark.parametrize(
    "different",
    [
        {"other": ("z", "z", "y", "Z")},
        {"days": "mon-thu"},
        {"overrides": ("y", "y", *DAYS)},
        {"overrides": ("z", "y", DAYS[0], "2026-12-29 12:01")},
    ],
)
def test_a_schedule_that_differs_in_more_than_names_is_a_form_of_its_own(different):
    catalog = two_teams(**different)
    other = catalog.all(Schedule)[1]
    assert form_of(catalog, other) is None
    assert coming_shifts(catalog, other, NOW) == shifts(catalog, other, *coming(NOW))


def test_what_is_known_of_a_form_is_what_the_schedule_alone_would_say():
    catalog = two_teams()
    other = catalog.all(Schedule)[1]
    alone = make_catalog({path: text for path, text in _texts(catalog).items() if "/one" not in path})
    (same,) = alone.all(Schedule)
    for known in (coming_windows, carried_by_layer, back_to_back, coming_gaps):
        assert known(catalog, other, NOW) == known(alone, same, NOW), known
    assert coming_gaps(catalog, other, NOW)
    assert back_to_back(catalog, other, NOW)


def _texts(catalog):
    return {path: document.text for path, document in catalog.documents.items()}


@pytest.mark.parametrize(
    "steps",
    [
        "[{page: lead, wait: 5m}]",
        "[{page: day, wait: 5m}]",
        "[{page: day, wait: 5m}, {page: lead, wait: 5m}]",
        "[{page: day, wait: 5m}, {page: night, wait: 5m}]",
        "[{page: [day, night], wait: 5m}, {page: alice, wait: 5m}]",
        "[{page: day, wait: 5m}, {page: [lead, bob], wait: 5m}]",
        "[{page: day, wait: 5m}, {page: day, wait: 5m}]",
    ],
)
def test_who_is_alone_and_when_nobody_is_called_is_what_the_reach_says(steps):
    schedules = (
        "lead: bob\nschedules:\n"
        "  day: {layers: [{start: 2026-01-01 09:00, turn: 1d, hours: 09:00-17:00, people: [alice, bob]}]}\n"
        "  night: {layers: [{start: 2026-01-01, turn: 1w, hours: 16:00-08:00, people: [bob, alice, carol]}]}\n"
    )
    people = "alice: Alice\nbob: Bob\ncarol: Carol\n"
    catalog = make_catalog(
        {"schedules/people.yaml": people, "schedules/ops.yaml": f"{schedules}escalation: {{steps: {steps}}}\n"}
    )
    (policy,) = catalog.all(EscalationPolicy)
    found = reach(catalog, policy, *coming(NOW))
    alone: dict[str, list] = {}
    for each in found:
        if len(each.people) == 1:
            alone.setdefault(next(iter(each.people)), []).append(each.window)
    wanted = {person: clip(windows, *ahead(NOW)) for person, windows in sorted(alone.items())}
    assert alone_on_path(catalog, policy, NOW) == {person: windows for person, windows in wanted.items() if windows}
    assert nobody_called(catalog, policy, NOW) == clip((e.window for e in found if not e.calls), *ahead(NOW))
    empty = [each.window for each in found if each.calls and 0 in each.passed]
    assert union(e.window for e in first_step_empty(catalog, policy, NOW)) == clip(empty, *ahead(NOW))
    assert all(e.window.length > timedelta() for e in first_step_empty(catalog, policy, NOW))
