from __future__ import annotations

from generator.checks.oncall import paths as oncall_paths
from tests.checks.found import found, place

PEOPLE = "alice: Alice\nbob: Bob\nerin: Erin Navarro\ncarol: Carol\n"
SERVICE = "team: ops\nalerts: [{alert: Down, expr: up == 0, for: 5m, urgency: page, annotations: {summary: s}}]\n"
NIGHTS = "{name: Nights, start: 2026-01-01 01:00, turn: 1d, hours: 01:00-09:00, people: [carol, bob]}"


def files(
    *, hours: str = ", hours: 09:00-01:00", coverage: str = "", lead: bool = True, more: str = "", steps: str = ""
):
    second = ", {page: lead, wait: 20m}" if lead else ""
    return {
        "tocsin.yaml": "time_zone: Europe/Madrid\n",
        "schedules/people.yaml": PEOPLE,
        "alerts/shop.yaml": SERVICE,
        "schedules/ops.yaml": f"""\
name: Ops
lead: erin
schedules:
  primary:
    {coverage}
    layers:
      - {{name: Days, start: 2026-01-01 09:00, turn: 1w, people: [alice, bob]{hours}}}
{more}
escalation:
  steps: [{{page: primary, wait: 10m}}{second}{steps}]
""",
    }


def said(check: str, **sources) -> list[str]:
    return [each.message for each in found(oncall_paths, files(**sources), check)]


class TestNextLevel:
    def test_the_lead_is_called_every_night(self):
        (finding,) = found(oncall_paths, files())
        assert (finding.check, finding.level) == ("oncall/next-level", "warning")
        assert place(finding) == "schedules/ops.yaml:10:18"
        assert finding.message == (
            "nobody is on call on Ops - Primary every day 01:00-09:00, 56 hours a week: every page of these hours calls"
            " Erin Navarro, the lead, at once instead of after 10 minutes, and nobody else"
            " (next: 2026-11-25 01:00-09:00, Europe/Madrid)"
        )
        assert finding.hint.endswith("write coverage: {hours: 09:00-01:00} on ops/primary")

    def test_following_the_hint_ends_it(self):
        assert said("oncall/next-level", coverage="coverage: {hours: 09:00-01:00}") == []
        assert said("oncall/next-level", more=f"      - {NIGHTS}") == []

    def test_a_schedule_that_stands_behind(self):
        second = f"  backup: {{layers: [{NIGHTS.replace(', hours: 01:00-09:00', '')}]}}"
        (message,) = said("oncall/next-level", lead=False, more=second, steps=", {page: backup, wait: 5m}")
        assert (
            "every page of these hours calls whoever is on Ops - Backup at once instead of after 10 minutes ("
            in message
        )

    def test_several_who_stand_behind_are_all_named(self):
        (message,) = said("oncall/next-level", lead=False, steps=", {page: [lead, carol], wait: 5m}")
        assert "calls Erin Navarro, the lead, and Carol at once instead of after 10 minutes (next" in message

    def test_a_rotation_that_ends(self):
        (message,) = said("oncall/next-level", hours=", end: 2027-03-01 09:00")
        assert message.startswith("nobody is on call on Ops - Primary from 2027-03-01 09:00 on: every")

    def test_a_schedule_that_has_not_begun_is_not_in_use_yet(self):
        later = files()
        later["schedules/ops.yaml"] = later["schedules/ops.yaml"].replace("2026-01-01 09:00", "2026-12-01 09:00")
        (finding,) = found(oncall_paths, later)
        assert "next: 2026-12-02 01:00-09:00" in finding.message

    def test_a_step_that_is_always_empty_has_a_finding_of_its_own(self):
        assert said("oncall/next-level", hours=", shadow: true") == []

    def test_unknown_targets_are_not_guessed_about(self):
        assert said("oncall/next-level", steps=", {page: nobodi, wait: 5m}") == []


class TestNobody:
    def test_a_gap_with_nobody_behind_it(self):
        (finding,) = found(oncall_paths, files(lead=False))
        assert (finding.check, finding.level) == ("oncall/nobody", "error")
        assert finding.message == (
            "Ops Escalation calls nobody every day 01:00-09:00, 56 hours a week (next: 2026-11-25 01:00-09:00,"
            " Europe/Madrid): no incident is created then"
        )

    def test_hours_that_are_not_meant_to_be_covered_are_a_note(self):
        (finding,) = found(oncall_paths, files(lead=False, coverage="coverage: {hours: 09:00-01:00}"))
        assert (finding.check, finding.level) == ("oncall/out-of-hours", "note")
        assert "calls nobody every day 01:00-09:00, 56 hours a week" in finding.message

    def test_a_policy_that_no_service_uses_loses_nothing(self):
        sources = {**files(lead=False), "alerts/shop.yaml": "description: A shop\n"}
        assert found(oncall_paths, sources) == ()

    def test_schedules_alone_are_a_repository_too(self):
        sources = {path: text for path, text in files(lead=False).items() if not path.startswith("alerts/")}
        assert [each.check for each in found(oncall_paths, sources)] == ["oncall/nobody"]

    def test_everybody_is_reached(self):
        assert found(oncall_paths, files(hours="", lead=False)) == ()
