from __future__ import annotations

import pytest

from generator.checks.oncall import handoffs as oncall_handoffs
from tests.checks.found import found, place

PEOPLE = """\
alice: {name: Alice, time_zone: Europe/Madrid}
bob: {name: Bob, time_zone: Europe/Madrid}
kenji: {name: Kenji, time_zone: Asia/Tokyo}
"""


def said(start: str, *, turn: str = "1w", people: str = "alice, bob", zone: str = "Europe/Madrid", **keys: str):
    more = "".join(f", {key}: {value}" for key, value in keys.items())
    files = {
        "schedules/people.yaml": PEOPLE,
        "schedules/ops.yaml": f"""\
name: Ops
schedules:
  primary:
    time_zone: {zone}
    layers:
      - {{name: Rotation, start: {start}, turn: {turn}, people: [{people}]{more}}}
""",
    }
    return found(oncall_handoffs, files)


THURSDAY, SATURDAY, SUNDAY = "2026-01-01", "2026-01-03", "2026-01-04"


@pytest.mark.parametrize(
    "layer",
    [
        said(f"{THURSDAY} 09:00"),
        said(f"{THURSDAY} 07:00"),
        said(f"{THURSDAY} 09:00", hours="09:00-01:00"),
        said(f"{THURSDAY} 22:00", hours="22:00-06:00"),
        said(f"{THURSDAY} 00:00", hours="09:00-17:00", days="mon-fri"),
        said(f"{SATURDAY} 00:00", days="[sat, sun]", hours="00:00-24:00"),
        said(f"{SATURDAY} 09:00", turn="1d"),
        said(f"{THURSDAY} 00:00", turn="8h"),
        said(f"{THURSDAY} 00:00", people="alice"),
        said(f"{THURSDAY} 00:00", shadow="true"),
        said(f"{THURSDAY} 00:00", end="2026-11-01 00:00"),
    ],
)
def test_handoffs_at_a_good_hour(layer):
    assert layer == ()


class TestNight:
    def test_midnight(self):
        (finding,) = said(f"{THURSDAY} 00:00")
        assert (finding.check, finding.level) == ("oncall/handoff-night", "warning")
        assert place(finding) == "schedules/ops.yaml:6:9"
        assert finding.message == (
            "Rotation of Ops - Primary hands over at thu 00:00 (Europe/Madrid), at night for Alice and Bob"
        )

    def test_it_is_the_night_of_people_that_counts(self):
        (finding,) = said(f"{THURSDAY} 11:00", people="alice, kenji", zone="America/Argentina/Buenos_Aires")
        assert finding.message.endswith("at thu 11:00 (America/Argentina/Buenos_Aires), at night for Kenji")

    def test_utc_is_nobodys_night_where_it_is_day(self):
        assert said(f"{THURSDAY} 00:00", people="kenji, kenji, alice, kenji", zone="Etc/UTC")[0].message.endswith(
            "Alice"
        )
        assert said(f"{THURSDAY} 23:00", people="kenji, alice", zone="Asia/Tokyo")[0].message.endswith("for Kenji")
        assert said(f"{THURSDAY} 03:00", zone="America/New_York") == ()


class TestWeekend:
    def test_saturdays(self):
        (finding,) = said(f"{SATURDAY} 09:00")
        assert (finding.check, finding.level) == ("oncall/handoff-weekend", "warning")
        assert finding.message == ("Rotation of Ops - Primary hands over on the weekend, sat 09:00 (Europe/Madrid)")

    def test_two_weeks_and_restricted_hours(self):
        assert [each.check for each in said(f"{SUNDAY} 09:00", turn="2w", hours="09:00-18:00")] == [
            "oncall/handoff-weekend"
        ]


class TestInside:
    def test_noon_in_office_hours(self):
        (finding,) = said("2026-01-07 12:00", hours="09:00-17:00", days="mon-fri")
        assert (finding.check, finding.level) == ("oncall/handoff-inside-restriction", "warning")
        assert finding.message == (
            "Rotation of Ops - Primary hands over at wed 12:00, inside its hours: Bob and Alice share"
            " 2026-11-25 09:00-17:00 (Europe/Madrid)"
        )
        assert finding.hint.startswith("let its turns begin at 09:00:")

    def test_midnight_in_a_night(self):
        (finding,) = said(f"{THURSDAY} 00:00", hours="17:00-01:00")
        assert finding.check == "oncall/handoff-inside-restriction"

    def test_a_weekend_between_two(self):
        checks = [each.check for each in said(f"{SUNDAY} 12:00", restrictions="[{from: fri 18:00, until: mon 09:00}]")]
        assert checks == ["oncall/handoff-inside-restriction"]

    def test_turns_of_a_day_in_a_weekend_are_meant(self):
        weekend = "[{from: fri 18:00, until: mon 09:00}]"
        assert said("2026-01-02 18:00", turn="1d", restrictions=weekend) == ()


class TestHoliday:
    def said(self, start: str, hours: str = "") -> list[str]:
        files = {
            "schedules/people.yaml": "alice: {name: Alice, country: ES-MD, time_zone: Europe/Madrid}\nbob: Bob\n",
            "schedules/ops.yaml": f"""\
name: Ops
schedules:
  primary:
    time_zone: Europe/Madrid
    layers:
      - {{name: Rotation, start: {start}, turn: 1w, people: [alice, bob]{hours}}}
""",
        }
        return [each.message for each in found(oncall_handoffs, files, "oncall/handoff-holiday")]

    def test_christmas(self):
        (message,) = self.said("2026-01-02 09:00")
        assert message == (
            "Rotation of Ops - Primary hands over on 2026-12-25, Christmas Day (Alice);"
            " 2027-01-01, New Year's Day (Alice)"
        )

    def test_hours_that_begin_anew_are_no_handoff(self):
        assert self.said("2026-01-02 09:00", ", hours: 09:00-01:00") == []

    def test_a_working_day(self):
        assert self.said("2026-01-01 09:00") == []
