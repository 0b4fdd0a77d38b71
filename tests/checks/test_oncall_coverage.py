from __future__ import annotations

import pytest

from generator.checks.oncall import coverage as oncall_coverage
from generator.checks.oncall import paths as oncall_paths
from tests.checks.found import found, place

PEOPLE = "alice: Alice\nbob: Bob\ncarol: Carol\nerin: Erin\n"
NEW_YORK, MADRID, SYDNEY = "America/New_York", "Europe/Madrid", "Australia/Sydney"


def layer(name: str, hours: str = "", *, zone: str = MADRID, **keys: str) -> str:
    more = "".join(f", {key}: {value}" for key, value in keys.items())
    restricted = f", hours: {hours}" if hours else ""
    people = "people: [alice, bob]"
    return f"{{name: {name}, time_zone: {zone}, start: 2026-01-01 09:00, turn: 1w, {people}{restricted}{more}}}"


def files(*layers: str, coverage: str = "always", escalation: str = "", more: str = "") -> dict[str, str]:
    return {
        "tocsin.yaml": "time_zone: Europe/Madrid\n",
        "schedules/people.yaml": PEOPLE,
        "schedules/ops.yaml": "name: Ops\nschedules:\n  primary:\n"
        f"    coverage: {coverage}\n    layers:\n"
        + "".join(f"      - {each}\n" for each in layers)
        + more
        + escalation,
    }


def said(check: str, sources: dict[str, str]) -> list[str]:
    return [each.message for each in found(oncall_coverage, sources, check)]


class TestGap:
    def test_a_schedule_is_judged_by_what_it_means_to_cover(self):
        rotation = layer("Days", "09:00-17:00", days="mon-fri")
        (finding,) = found(oncall_coverage, files(rotation, coverage="{days: mon-fri, hours: 09:00-18:00}"))
        assert (finding.check, finding.level) == ("oncall/gap", "warning")
        assert place(finding) == "schedules/ops.yaml:4:5"
        assert finding.message == (
            "nobody is on call on Ops - Primary mon-fri 17:00-18:00, 5 hours a week,"
            " next 2026-11-24 17:00-18:00 (Europe/Madrid)"
        )
        assert said("oncall/gap", files(rotation, coverage="{days: mon-fri, hours: 09:00-17:00}")) == []

    def test_a_gap_that_sends_pages_on_is_told_where_they_go(self):
        sources = files(
            layer("Days", "09:00-01:00"),
            escalation="escalation: {steps: [{page: primary, wait: 5m}, {page: erin, wait: 5m}]}\n",
        )
        assert said("oncall/gap", sources) == []
        assert [each.check for each in found(oncall_paths, sources)] == ["oncall/next-level"]

    def test_a_gap_behind_the_first_step_is_told(self):
        backup = f"  backup:\n    layers: [{layer('Nights', '20:00-08:00')}]\n"
        steps = "escalation: {steps: [{page: primary, wait: 5m}, {page: backup, wait: 5m}]}\n"
        (message,) = said("oncall/gap", files(layer("All"), more=backup, escalation=steps))
        assert message.startswith("nobody is on call on Ops - Backup every day 08:00-20:00, 84 hours a week")

    def test_an_override_fills_a_gap_for_once(self):
        sources = files(layer("Days", "09:00-01:00"), coverage="{hours: 09:00-01:00}")
        sources["schedules/ops.yaml"] = sources["schedules/ops.yaml"].replace(
            "09:00-01:00}\n    lay", "08:00-01:00}\n    lay"
        )
        sources["schedules/ops.overrides.yaml"] = "- {who: carol, from: 2026-11-25 08:00, until: 2026-11-25 09:00}\n"
        (message,) = said("oncall/gap", sources)
        assert "every day 08:00-09:00, 7 hours a week, next 2026-11-26 08:00-09:00" in message

    def test_a_rotation_that_ends_is_a_gap_from_then_on(self):
        (message,) = said("oncall/gap", files(layer("All", end="2027-01-10 09:00")))
        assert message == "nobody is on call on Ops - Primary from 2027-01-10 09:00 on (Europe/Madrid)"

    def test_before_its_first_layer_a_schedule_is_not_in_use(self):
        later = {path: text.replace("start: 2026", "start: 2027") for path, text in files(layer("All")).items()}
        assert said("oncall/gap", later) == []


class TestSunDrift:
    def test_two_places_that_meet_in_winter_only(self):
        places = layer("Madrid", "03:00-15:00"), layer("New-York", "09:00-21:00", zone=NEW_YORK)
        (finding,) = found(oncall_coverage, files(*places))
        assert (finding.check, finding.level) == ("oncall/sun-drift", "warning")
        assert finding.message == (
            "Ops - Primary is left without anybody by changes of clock in America/New_York and Europe/Madrid:"
            " from 2027-03-14 until 2027-03-28 at 02:00-03:00;"
            " from 2027-10-31 until 2027-11-07 at 02:00-03:00"
        )

    def test_hours_that_overlap_by_one_meet_all_year(self):
        places = layer("Madrid", "02:00-15:00"), layer("New-York", "09:00-21:00", zone=NEW_YORK)
        assert said("oncall/sun-drift", files(*places)) == said("oncall/gap", files(*places)) == []

    def test_half_a_year_between_the_hemispheres(self):
        places = layer("Madrid", "09:00-23:00"), layer("Sydney", "09:00-19:00", zone=SYDNEY)
        (message,) = said("oncall/sun-drift", files(*places))
        assert message.endswith("Madrid: from 2027-03-28 until 2027-10-31 at 23:00-00:00 or 23:00-01:00")

    def test_a_gap_of_every_day_is_no_drift(self):
        places = layer("Madrid", "09:00-15:00"), layer("New-York", "11:00-21:00", zone=NEW_YORK)
        assert said("oncall/sun-drift", files(*places)) == []
        assert len(said("oncall/gap", files(*places))) == 1

    def test_its_pages_are_not_told_a_second_time(self):
        places = layer("Madrid", "03:00-15:00"), layer("New-York", "09:00-21:00", zone=NEW_YORK)
        sources = files(
            *places, escalation="escalation: {steps: [{page: primary, wait: 5m}, {page: erin, wait: 5m}]}\n"
        )
        assert found(oncall_paths, sources) == ()
        assert len(said("oncall/sun-drift", sources)) == 1


class TestOverlap:
    def test_a_layer_without_hours_of_its_own(self):
        (finding,) = found(oncall_coverage, files(layer("Old"), layer("Days", "09:00-18:00"), layer("New")))[:1]
        assert (finding.check, finding.level) == ("oncall/overlap", "warning")
        assert finding.message == "layer Old of Ops - Primary is never on call: New holds all its hours"
        assert [related.message for related in finding.related] == ["New, above it"]

    def test_several_layers_together_hide_one(self):
        found = said(
            "oncall/overlap", files(layer("Old"), layer("Days", "09:00-18:00"), layer("Nights", "18:00-09:00"))
        )
        assert found == ["layer Old of Ops - Primary is never on call: Days and Nights hold all its hours"]

    def test_hours_that_meet_with_an_overlap(self):
        (message,) = said("oncall/overlap", files(layer("Days", "09:00-18:00"), layer("Nights", "17:00-09:00")))
        assert message == "layers Days and Nights of Ops - Primary overlap every day 17:00-18:00: Nights wins"

    @pytest.mark.parametrize(
        "layers",
        [
            (layer("Days", "09:00-18:00"), layer("Nights", "18:00-09:00")),
            (layer("Fallback"), layer("Days", "09:00-18:00")),
            (layer("Days", "09:00-18:00"), layer("Lunch", "12:00-13:00")),
            (layer("Days", "06:00-19:00"), layer("Away", "11:00-23:00", zone=NEW_YORK)),
            (layer("Days", "09:00-18:00"), layer("Learn", shadow="true")),
            (layer("Old", end="2027-01-01"), layer("New")[:-1].replace("start: 2026", "start: 2027") + "}"),
        ],
    )
    def test_what_is_meant(self, layers):
        assert said("oncall/overlap", files(*layers)) == []

    def test_a_layer_that_will_be_replaced_is_still_on_call(self):
        new = layer("New").replace("start: 2026-01-01", "start: 2026-12-15")
        assert said("oncall/overlap", files(layer("Old"), new)) == []
