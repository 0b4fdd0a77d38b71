"""Teams: hours become spans of local time, and whom a step pages."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from generator.kinds.restrictions import Restriction
from generator.kinds.team import EscalationPolicy, Schedule, Target, Team
from tests.catalogs import make_catalog

ALL, WORKDAYS = frozenset(range(7)), frozenset(range(5))
LAYER = "start: 2026-01-01 09:00, turn: 1w, people: [ann]"


def schedule(layer: str, more: str = "") -> Schedule:
    text = f"schedules:\n  primary:\n    layers: [{{{layer}}}]\n{more}"
    catalog = make_catalog({"schedules/web.yaml": text})
    assert catalog.findings == (), catalog.findings
    (found,) = catalog.all(Schedule)
    return found


def policy(steps: str, more: str = "") -> EscalationPolicy:
    text = f"schedules: {{primary: {{layers: [{{{LAYER}}}]}}}}\nescalation: {{steps: [{steps}]}}\n{more}"
    catalog = make_catalog({"schedules/web.yaml": text})
    assert catalog.findings == (), catalog.findings
    (team,) = catalog.all(Team)
    assert team.policy is not None
    return team.policy


@pytest.mark.parametrize(
    ("written", "days", "start", "hours"),
    [
        ("hours: 09:00-18:00", ALL, time(9), 9),
        ("hours: 09:00-01:00", ALL, time(9), 16),
        ("hours: 17:00-09:00", ALL, time(17), 16),
        ("hours: 00:00-24:00", ALL, time(0), 24),
        ("hours: 22:30-24:00", ALL, time(22, 30), 1.5),
        ("hours: 00:00-06:15", ALL, time(0), 6.25),
        ("days: mon-fri, hours: 09:00-18:00", WORKDAYS, time(9), 9),
        ("days: [sat, sun], hours: 00:00-24:00", frozenset({5, 6}), time(0), 24),
        ("days: fri-mon, hours: 20:00-08:00", frozenset({4, 5, 6, 0}), time(20), 12),
        ("restrictions: [{from: fri 18:00, until: mon 09:00}]", frozenset({4}), time(18), 63),
        ("restrictions: [{from: mon 09:00, until: fri 18:00}]", frozenset({0}), time(9), 105),
        ("restrictions: [{from: mon 09:00, until: mon 09:00}]", frozenset({0}), time(9), 168),
        ("restrictions: [{from: mon 09:00, until: mon 08:30}]", frozenset({0}), time(9), 167.5),
    ],
)
def test_hours_are_a_start_and_a_length(written: str, days: frozenset[int], start: time, hours: float):
    (layer,) = schedule(f"{LAYER}, {written}").layers
    assert layer.restrictions == (Restriction(days, start, timedelta(hours=hours)),)
    assert layer.restrictions[0].daily == (days == ALL)


def test_several_spans():
    (layer,) = schedule(
        f"{LAYER}, restrictions: [{{from: sat 00:00, until: sun 12:00}}, {{from: wed 08:00, until: wed 09:00}}]"
    ).layers
    assert [(min(each.days), each.length) for each in layer.restrictions] == [
        (5, timedelta(hours=36)),
        (2, timedelta(hours=1)),
    ]


def test_a_layer_with_only_what_it_needs():
    found = schedule(LAYER)
    (layer,) = found.layers
    assert (found.id, found.key, found.name, found.zone_name) == ("web/primary", "primary", "web - Primary", "Etc/UTC")
    assert found.coverage == ()
    assert (layer.name, layer.restrictions, layer.shadow, layer.end) == ("Layer 1", (), False, None)
    assert layer.start == layer.anchor
    assert layer.turn == timedelta(weeks=1)


@pytest.mark.parametrize(
    ("more", "zone", "utc"),
    [
        ("", "Etc/UTC", "09:00"),
        ("    time_zone: America/Argentina/Buenos_Aires\n", "America/Argentina/Buenos_Aires", "12:00"),
    ],
)
def test_times_are_in_the_nearest_zone(more: str, zone: str, utc: str):
    (layer,) = schedule(LAYER, more).layers
    assert layer.zone_name == zone
    assert f"{layer.start:%H:%M}" == utc


def test_a_layer_s_own_zone_is_nearer_than_its_schedule_s():
    more = "    time_zone: America/Argentina/Buenos_Aires\n"
    (layer,) = schedule(f"{LAYER}, time_zone: Europe/Madrid, anchor: 2025-12-25 09:00, end: 2027-01-01", more).layers
    assert [f"{each:%Y-%m-%d %H:%M}" for each in (layer.start, layer.anchor, layer.end)] == [
        "2026-01-01 08:00",
        "2025-12-25 08:00",
        "2026-12-31 23:00",
    ]


def test_coverage():
    found = schedule(LAYER, "    coverage: {days: mon-fri, hours: 09:00-18:00}\n")
    assert found.coverage == (Restriction(WORKDAYS, time(9), timedelta(hours=9)),)


@pytest.mark.parametrize(
    ("written", "targets"),
    [
        ("primary", [Target("schedule", "web/primary")]),
        ("lead", [Target("person", "eve")]),
        ("ann", [Target("person", "ann")]),
        ("payments/primary", [Target("schedule", "payments/primary")]),
        ("[primary, lead]", [Target("schedule", "web/primary"), Target("person", "eve")]),
    ],
)
def test_whom_a_step_pages(written: str, targets: list[Target]):
    (step,) = policy(f"{{page: {written}, wait: 15m}}", "lead: eve\n").steps
    assert list(step.targets) == targets
    assert step.wait == timedelta(minutes=15)


def test_a_schedule_named_lead_is_a_schedule():
    steps = "escalation: {steps: [{page: lead, wait: 5m}]}\n"
    text = f"lead: eve\nschedules: {{lead: {{layers: [{{{LAYER}}}]}}}}\n{steps}"
    (team,) = make_catalog({"schedules/web.yaml": text}).all(Team)
    assert team.policy is not None
    assert team.policy.steps[0].targets == (Target("schedule", "web/lead"),)


def test_policies_of_a_team():
    found = policy(
        "{page: primary, wait: 15m}",
        "name: Web Team\nescalations: {nights: {loops: 3, steps: [{page: ann, wait: 5m}]}}\n",
    )
    assert (found.id, found.name, found.loops) == ("web", "Web Team Escalation", 0)


def test_other_policies_have_the_team_s_id_in_front():
    text = "name: Web Team\nescalations: {nights: {loops: 3, steps: [{page: ann, wait: 5m}]}}\n"
    catalog = make_catalog({"schedules/web.yaml": text})
    (found,) = catalog.all(EscalationPolicy)
    assert (found.id, found.name, found.loops) == ("web/nights", "Web Team Escalation - nights", 3)
    (team,) = catalog.all(Team)
    assert team.policy is None
