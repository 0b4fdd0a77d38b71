"""Schedules, their layers and their restrictions."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from generator.kinds.restrictions import Restriction
from generator.targets.terraform import TARGET
from generator.targets.terraform.restrictions import restrictions
from tests.analysis.oncall.schedules import EVERY_DAY, WEEKDAYS, hours
from tests.catalogs import make_catalog, make_context
from tests.targets.terraform.sources import NO_HISTORY, PEOPLE, TEAM, assert_closed, render, with_layers

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class TestSchedules:
    def test_times_are_utc_of_their_date(self):
        text = render()["schedules.tf"]
        assert 'start                        = "2026-01-05T08:00:00Z"' in text
        assert 'rotation_virtual_start       = "2026-01-05T08:00:00Z"' in text
        assert "rotation_turn_length_seconds = 604800" in text

    def test_the_anchor_is_the_virtual_start(self):
        layer = "{start: 2026-07-06 09:00, anchor: 2026-01-05 09:00, turn: 1w, people: [ana]}"
        text = render(team=with_layers(layer))["schedules.tf"]
        assert 'start                        = "2026-07-06T07:00:00Z"' in text
        assert 'rotation_virtual_start       = "2026-01-05T08:00:00Z"' in text

    def test_a_zone_that_pagerduty_refuses_becomes_one_of_the_same_rules(self):
        text = render()["schedules.tf"]
        assert "# PagerDuty does not know the zone Europe/Oslo; Europe/Berlin has the same rules.\nresource" in text
        assert 'time_zone   = "Europe/Berlin"' in text

    def test_a_zone_without_an_equal_stays_as_it_is(self):
        text = render(team=TEAM.replace("Europe/Oslo", "Australia/Lord_Howe"))["schedules.tf"]
        assert 'time_zone   = "Australia/Lord_Howe"' in text

    def test_layers_keep_their_order_without_those_that_ended_or_only_watch(self):
        layers = [
            "{name: Old, start: 2026-01-05, end: 2026-02-02 09:00, turn: 1w, people: [eve]}",
            "{name: Bottom, start: 2026-01-05, end: 2027-02-02 09:00, turn: 1w, people: [ana]}",
            "{name: Learners, shadow: true, start: 2026-01-05, turn: 1w, people: [eve]}",
            "{name: Top, start: 2026-01-05, turn: 1w, people: [bob]}",
        ]
        late = render(team=with_layers(*layers))["schedules.tf"]
        early = render(team=with_layers(*layers), now=datetime(2026, 1, 10, tzinfo=UTC))["schedules.tf"]
        assert re.findall(r"    name +\S+ \"(\w+)\"", late) == ["Bottom", "Top"]
        assert re.findall(r"    name +\S+ \"(\w+)\"", early) == ["Old", "Bottom", "Top"]
        assert 'end                          = "2027-02-02T08:00:00Z"' in late

    def test_only_the_end_of_a_layer_makes_the_present_matter(self):
        def uses(text: str) -> set[bool]:
            files = {"schedules/people.yaml": PEOPLE, "schedules/shop.yaml": text}
            return {
                artifact.uses_now
                for artifact in TARGET.render(make_catalog(files), make_context(open_history=lambda: NO_HISTORY))
            }

        assert uses(TEAM) == {False}
        assert True in uses(with_layers("{start: 2026-01-05, end: 2027-01-05, turn: 1w, people: [ana]}"))

    def test_layers_of_several_zones_become_schedules_of_one_step(self):
        files = render(
            team=with_layers(
                "{start: 2026-01-05, turn: 1w, hours: 09:00-17:00, people: [ana]}",
                "{time_zone: America/Chicago, start: 2026-01-05, turn: 1w, hours: 09:00-17:00, people: [bob]}",
            )
        )
        found = re.findall(r'"pagerduty_schedule" "(\w+)" \{\n  name +\S+ "(.*)"', files["schedules.tf"])
        assert found == [
            ("shop_primary", "Shop - Primary (Europe/Oslo)"),
            ("shop_primary_america_chicago", "Shop - Primary (America/Chicago)"),
        ]
        first = files["escalation.tf"].partition("  rule {")[2].partition("  rule {")[0]
        assert re.findall(r"pagerduty_schedule\.(\w+)\.id", first) == [
            "shop_primary",
            "shop_primary_america_chicago",
        ]
        assert_closed(files)

    def test_a_schedule_without_a_layer_left_is_called_by_nobody(self):
        files = render(team=with_layers("{start: 2026-01-05, end: 2026-02-05, turn: 1w, people: [ana]}"))
        assert "# Left out: shop/primary" in files["schedules.tf"]
        assert files["escalation.tf"].count("rule {") == 1
        assert_closed(files)


class TestRestrictions:
    @staticmethod
    def written(*given: Restriction) -> list[dict[str, object]]:
        return [{each.name: each.value for each in body} for body in restrictions(given)]

    def test_every_day_is_daily(self):
        assert self.written(hours("09:00", 16 * HOUR)) == [
            {"type": "daily_restriction", "start_time_of_day": "09:00:00", "duration_seconds": 57600}
        ]

    def test_days_of_the_week_count_from_one(self):
        found = self.written(hours("22:30", 8 * HOUR, frozenset({0, 6})))
        assert [(each["start_day_of_week"], each["start_time_of_day"]) for each in found] == [
            (1, "22:30:00"),
            (7, "22:30:00"),
        ]

    def test_what_touches_is_joined_over_the_end_of_the_week_too(self):
        assert self.written(hours("00:00", DAY, frozenset({0, 5, 6}))) == [
            {
                "type": "weekly_restriction",
                "start_day_of_week": 6,
                "start_time_of_day": "00:00:00",
                "duration_seconds": 3 * 86400,
            }
        ]

    @pytest.mark.parametrize(
        "everything",
        [
            [hours("09:00", DAY)],
            [hours("00:00", DAY, frozenset({day})) for day in range(7)],
            [hours("18:00", 7 * DAY, frozenset({4}))],
            [hours("00:00", 5 * DAY, frozenset({0})), hours("00:00", 2 * DAY, frozenset({5}))],
        ],
    )
    def test_all_of_the_time_is_no_restriction(self, everything):
        assert self.written(*everything) == []

    @pytest.mark.parametrize("given", [hours("00:00", DAY, WEEKDAYS), hours("23:45", 9 * HOUR, EVERY_DAY)])
    def test_lengths_are_those_that_the_provider_takes(self, given):
        for each in self.written(given):
            limit = 86400 if each["type"] == "daily_restriction" else 604800
            assert 0 < each["duration_seconds"] < limit
