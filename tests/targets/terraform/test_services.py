"""Urgency, support hours, grouping and planned work of services."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from tests.targets.terraform.sources import SERVICE, TEAM, block, render

LOW = "pagerduty: {outside_support_hours: low}\n"
HOURS = TEAM + "support_hours: {days: mon-fri, hours: 09:00-18:00}\n"


def service(**sources: str) -> str:
    return block(render(**sources)["services.tf"], 'resource "pagerduty_service" "cart"')


class TestSupportHours:
    def test_a_page_calls_at_every_hour(self):
        text = service(team=HOURS)
        assert 'type    = "constant"\n    urgency = "severity_based"' in text
        assert "support_hours" not in text

    def test_low_outside_of_them_where_the_settings_say_so(self):
        text = service(team=HOURS, settings=LOW)
        assert 'type = "use_support_hours"' in text
        assert 'during_support_hours {\n      type    = "constant"\n      urgency = "high"' in text
        assert 'outside_support_hours {\n      type    = "constant"\n      urgency = "low"' in text
        assert 'type       = "urgency_change"\n    to_urgency = "high"' in text
        assert 'name = "support_hours_start"' in text
        assert 'time_zone = "Europe/Berlin"' in text
        assert 'start_time = "09:00:00"\n    end_time   = "18:00:00"' in text
        assert re.sub(r"\s", "", text.partition("days_of_week")[2].partition("]")[0]) == "=[1,2,3,4,5,"

    def test_a_service_may_say_otherwise(self):
        text = service(team=HOURS, settings=LOW, service=SERVICE + "support_hours: always\n")
        assert "severity_based" in text
        text = service(team=HOURS, settings=LOW, service=SERVICE + "support_hours: {days: sat}\n")
        assert "days_of_week = [6]" in text
        assert 'end_time     = "23:59:59"' in text

    def test_hours_over_midnight_cannot_be_said(self):
        text = service(settings=LOW, service=SERVICE + "support_hours: {days: mon, hours: 22:00-06:00}\n")
        assert "severity_based" in text


class TestGrouping:
    def test_there_is_none_unless_it_is_wanted(self):
        assert "grouping" not in render()["services.tf"]

    def test_it_is_a_resource_of_its_own(self):
        text = render(settings="pagerduty: {alert_grouping: {type: time, timeout: 5m}}\n")["services.tf"]
        found = block(text, 'resource "pagerduty_alert_grouping_setting" "cart"')
        assert "services    = [pagerduty_service.cart.id]" in found
        assert "config {\n    timeout = 300\n  }" in found
        assert "alert_grouping" not in block(text, 'resource "pagerduty_service" "cart"')


def window(now: datetime, more: str = "") -> dict[str, str]:
    """Of planned work from 03:00 to 04:00 on 6 December."""
    return render(
        now=now,
        more={
            "status/components.yaml": "web: {name: Web, services: [cart, unknown-to-pagerduty]}\n",
            "alerts/unknown-to-pagerduty.yaml": "description: Nobody's\n",
            "status/maintenances/2026-12-06-db.yaml": 'title: {en: "Data ${x}", es: Datos}\ncomponents: [web]\n'
            f"from: 2026-12-06 03:00\nuntil: 2026-12-06 04:00\n{more}",
        },
    )


class TestMaintenances:
    BEFORE, DURING, AFTER = (datetime(2026, 12, 6, hour, 30, tzinfo=UTC) for hour in (2, 3, 4))

    def test_only_those_that_mute(self):
        assert "maintenances.tf" not in window(self.BEFORE)

    def test_planned_work_is_a_window_of_the_services_behind_it(self):
        text = window(self.BEFORE, "mute: true\n")["maintenances.tf"]
        assert text.partition("\n\n")[2] == (
            'resource "pagerduty_maintenance_window" "_2026_12_06_db" {\n'
            '  description = "Data $${x}"\n  start_time  = "2026-12-06T03:00:00Z"\n'
            '  end_time    = "2026-12-06T04:00:00Z"\n  services    = [pagerduty_service.cart.id]\n}\n'
        )

    def test_while_it_runs_it_stays_and_its_start_is_left_alone(self):
        """To remove it would end it, and PagerDuty moves a start in the past to the present."""
        text = window(self.DURING, "mute: true\n")["maintenances.tf"]
        assert "ignore_changes = [start_time]" in text

    def test_what_is_over_is_forgotten_because_it_cannot_be_deleted(self):
        files = window(self.AFTER, "mute: true\n")
        assert "maintenances.tf" not in files
        assert "from = pagerduty_maintenance_window._2026_12_06_db" in files["moves.tf"]

    @pytest.mark.parametrize(
        "ended",
        [
            "cancelled: 2026-12-06 03:10\n",
            "updates: [{at: 2026-12-06 03:10, status: completed, message: Done}]\n",
        ],
    )
    def test_what_ends_early_is_deleted_which_ends_it_there(self, ended):
        files = window(self.DURING, f"mute: true\n{ended}")
        assert "maintenances.tf" not in files
        assert "maintenance_window" not in files["moves.tf"]
