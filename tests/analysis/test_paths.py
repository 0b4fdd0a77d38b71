from __future__ import annotations

from datetime import timedelta

import pytest

from generator.analysis.paths import next_step_words, path
from generator.kinds.service import Service
from tests.catalogs import make_catalog

TEAM = """\
name: Ops
lead: erin
schedules:
  primary:
    layers: [{start: 2026-01-01 09:00, turn: 1w, people: [bob]}]
escalation:
  loops: 2
  steps:
    - {page: primary, wait: 15m}
    - {page: [lead, bob], wait: 1h30m}
    - {page: ghost, wait: 5m}
    - {page: erin, wait: 5m}
escalations:
  nights: {steps: [{page: bob, wait: 5m}]}
"""


def first(service: str, team: str = TEAM):
    people = "erin: {name: Erin Navarro}\nbob: {name: Bob}\n"
    catalog = make_catalog({"alerts/web.yaml": service, "schedules/ops.yaml": team, "schedules/people.yaml": people})
    (found,) = catalog.all(Service)
    return catalog, found


def test_delays_add_up_and_targets_are_resolved() -> None:
    way = path(*first("team: ops\n"))
    assert way is not None
    assert (way.policy.name, way.loops) == ("Ops Escalation", 2)
    assert [step.delay for step in way.steps] == [timedelta(minutes=each) for each in (0, 15, 105, 110)]
    assert [[target.id for target in step.targets] for step in way.steps] == [
        ["ops/primary"], ["erin", "bob"], [], ["erin"],
    ]  # fmt: skip


def test_in_words() -> None:
    assert next_step_words(*first("team: ops\n")) == (
        "Ops - Primary now, then Erin Navarro and Bob after 15 minutes, then Erin Navarro after 1 hour 50 minutes"
    )


@pytest.mark.parametrize(("escalation", "words"), [("nights", "Bob now"), ("gone", "Ops - Primary now, then")])
def test_a_service_may_name_another_policy_and_a_missing_one_is_the_teams(escalation, words) -> None:
    assert next_step_words(*first(f"team: ops\nescalation: {escalation}\n")).startswith(words)


@pytest.mark.parametrize("service", ["description: no team\n", "team: ghosts\n"])
def test_without_a_team_nobody_is_called(service) -> None:
    assert path(*first(service)) is None
    assert next_step_words(*first(service)) == ""


def test_a_team_without_a_policy_calls_nobody() -> None:
    assert path(*first("team: ops\n", "name: Ops\n")) is None
