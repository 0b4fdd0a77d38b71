"""Who and what goes to PagerDuty: teams that it calls for, members, and the order in which things go."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from tests.targets.terraform.sources import PEOPLE, TEAM, assert_closed, block, render

OPS = """\
name: Ops
pages: people
slack: "#ops"
schedules:
  nights:
    layers:
      - {start: 2026-01-05 09:00, turn: 1w, people: [olga]}
escalation: {steps: [{page: nights, wait: 5m}]}
"""
MORE = {"schedules/ops.yaml": OPS, "alerts/disk.yaml": "team: ops\n"}
OLGA = PEOPLE + "olga: {name: Olga, email: olga@example.com}\n"


class TestPagesPeople:
    def test_a_team_that_alertmanager_pages_is_not_in_pagerduty(self):
        files = render(people=OLGA, more=MORE)
        text = "".join(files.values())
        assert "pagerduty_team.ops" not in text
        assert 'pagerduty_schedule" "ops_nights"' not in text
        assert 'pagerduty_escalation_policy" "ops"' not in text
        assert "# Left out: no escalation policy of service disk calls somebody by PagerDuty." in files["services.tf"]

    def test_a_schedule_of_it_that_another_team_calls_is(self):
        team = TEAM.replace("{page: primary, wait: 90s}", "{page: [primary, ops/nights], wait: 90s}")
        files = render(people=OLGA, team=team, more=MORE)
        assert 'pagerduty_schedule" "ops_nights"' in files["schedules.tf"]
        assert 'pagerduty_team" "ops"' in files["teams.tf"]
        assert 'pagerduty_escalation_policy" "ops"' not in files["escalation.tf"]
        assert 'pagerduty_service" "disk"' not in files["services.tf"]
        assert_closed(files)

    def test_where_all_teams_are_so_nothing_is_written(self):
        assert render(people=OLGA, team=OPS.replace("olga", "ana"), service="team: shop\n") == {}


class TestMembers:
    def test_people_of_a_schedule_that_the_team_calls_belong_to_it(self):
        other = OPS.replace("pages: people\n", "")
        team = TEAM.replace("{page: primary, wait: 90s}", "{page: [primary, ops/nights], wait: 90s}")
        files = render(people=OLGA, team=team, more={"schedules/ops.yaml": other})
        assert 'pagerduty_team_membership" "shop_olga"' in files["teams.tf"]
        assert "pagerduty_team_membership.shop_olga," in files["escalation.tf"]

    def test_only_those_who_are_needed_are_looked_up(self):
        """A look-up of somebody who is not in PagerDuty would stop every plan."""
        files = render(people=OLGA, settings="pagerduty: {users: existing}\n")
        assert re.findall(r'data "pagerduty_user" "(\w+)"', files["people.tf"]) == ["ana", "bob", "eve"]


class TestEscalation:
    def test_several_at_once_have_three_minutes_at_least(self):
        team = TEAM.replace("{page: primary, wait: 90s}", "{page: [primary, eve], wait: 1m}")
        text = render(team=team)["escalation.tf"]
        assert re.findall(r"escalation_delay_in_minutes = (\d+)", text) == ["3", "15"]

    def test_no_strategy_is_ever_said(self):
        assert "escalation_rule_assignment_strategy" not in "".join(render().values())


class TestGoingAway:
    @pytest.mark.parametrize(
        ("file", "opening"),
        [
            ("schedules.tf", 'resource "pagerduty_schedule" "shop_primary"'),
            ("teams.tf", 'resource "pagerduty_team_membership" "shop_ana"'),
        ],
    )
    def test_what_policies_use_goes_after_they_have_changed(self, file, opening):
        assert "create_before_destroy = true" in block(render()[file], opening)

    @pytest.mark.real_tool
    @pytest.mark.skipif(shutil.which("terraform") is None, reason="needs terraform: run .ci/tools")
    def test_so_says_terraform(self, tmp_path):
        """With resources that need no provider: without the line, the schedule would be deleted first."""
        schedule = 'resource "terraform_data" "schedule" {\n  lifecycle {\n    create_before_destroy = true\n  }\n}\n'
        policy = 'resource "terraform_data" "policy" {\n  input = [%s]\n}\n'
        applied(tmp_path, schedule + policy % "terraform_data.schedule.id")
        said = applied(tmp_path, policy % "")
        assert said.index("policy: Modifications complete") < said.index("schedule: Destroying")


def applied(folder, text: str) -> str:
    (folder / "main.tf").write_text(text, encoding="utf-8")
    subprocess.run(["terraform", "init", "-no-color"], cwd=folder, check=True, capture_output=True)
    command = ["terraform", "apply", "-auto-approve", "-no-color"]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout
