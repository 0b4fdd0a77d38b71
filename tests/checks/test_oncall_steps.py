from __future__ import annotations

import pytest

from generator.checks.oncall import steps as oncall_steps
from tests.checks.found import found, place

PEOPLE = "alice: Alice\nbob: Bob\ncarol: Carol\n"
ALWAYS = "{layers: [{start: 2026-01-01 09:00, turn: 1w, people: [alice, bob]}]}"
DAYS = "{layers: [{start: 2026-01-01 09:00, turn: 1w, hours: 09:00-17:00, people: [alice, bob]}]}"
OTHER = "{layers: [{start: 2026-01-01 09:00, turn: 1d, people: [bob, carol]}]}"


def said(check: str, steps: str, primary: str = ALWAYS, loops: int = 0):
    files = {
        "schedules/people.yaml": PEOPLE,
        "schedules/ops.yaml": f"name: Ops\nlead: bob\nschedules:\n  primary: {primary}\n  other: {OTHER}\n"
        f"escalation:\n  loops: {loops}\n  steps: [{steps}]\n",
    }
    return [each for each in found(oncall_steps, files) if each.check == check]


class TestOnePerson:
    CHECK = "oncall/one-person-path"

    def test_a_policy_of_one_step(self):
        (finding,) = said(self.CHECK, "{page: primary, wait: 15m}")
        assert (finding.level, place(finding)) == ("note", "schedules/ops.yaml:8:10")
        assert finding.message == ("Ops Escalation calls one person alone always: Alice or Bob, and nobody after them")
        assert finding.hint == "add a second step that somebody else answers"

    def test_the_weeks_of_a_lead_who_takes_turns(self):
        (finding,) = said(self.CHECK, "{page: primary, wait: 15m}, {page: lead, wait: 15m}")
        assert finding.message == (
            "Ops Escalation calls one person alone for 50% of the coming year: Bob, and nobody after them"
        )

    @pytest.mark.parametrize(
        "steps",
        [
            "{page: primary, wait: 15m}, {page: carol, wait: 15m}",
            "{page: [alice, bob], wait: 15m}",
            "{page: nobody, wait: 15m}",
        ],
    )
    def test_somebody_else_is_called_too(self, steps):
        assert said(self.CHECK, steps) == []

    def test_hours_that_go_to_the_lead_alone_are_told_by_their_warning(self):
        assert said(self.CHECK, "{page: primary, wait: 15m}, {page: carol, wait: 15m}", primary=DAYS) == []


def test_a_team_of_two_has_nobody_else():
    files = {
        "schedules/people.yaml": "alice: Alice\nbob: Bob\n",
        "schedules/ops.yaml": f"lead: bob\nschedules: {{primary: {ALWAYS}}}\n"
        "escalation: {steps: [{page: primary, wait: 15m}, {page: lead, wait: 15m}]}\n",
    }
    assert found(oncall_steps, files) == ()


class TestShortWait:
    CHECK = "oncall/short-wait"

    def test_two_minutes(self):
        (finding,) = said(self.CHECK, "{page: primary, wait: 2m}, {page: carol, wait: 15m}")
        assert (finding.level, place(finding)) == ("warning", "schedules/ops.yaml:8:33")
        assert finding.message == (
            "step 1 of Ops Escalation waits 2 minutes: nobody wakes up and acknowledges in that time"
        )

    @pytest.mark.parametrize(("loops", "count"), [(0, 0), (1, 1)])
    def test_the_last_step_waits_for_the_next_pass_only(self, loops, count):
        steps = "{page: primary, wait: 5m}, {page: carol, wait: 2m}"
        assert len(said(self.CHECK, steps, loops=loops)) == count
