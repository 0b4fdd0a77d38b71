from __future__ import annotations

import pytest

from generator.checks.oncall import overrides as oncall_overrides
from tests.checks.found import found, place

PEOPLE = "alice: Alice\nbob: Bob\ncarol: Carol\n"
ROTATION = "{start: 2026-01-01 09:00, turn: 1w, hours: 09:00-17:00, people: [alice, bob]}"


def files(overrides: str, *, keys: tuple[str, ...] = ("primary",)) -> dict[str, str]:
    schedules = "".join(f"  {key}: {{layers: [{ROTATION}]}}\n" for key in keys)
    return {
        "tocsin.yaml": "time_zone: Europe/Madrid\n",
        "schedules/people.yaml": PEOPLE,
        "schedules/ops.yaml": f"name: Ops\nschedules:\n{schedules}",
        "schedules/ops.overrides.yaml": overrides,
    }


def line(who: str, start: str, end: str, **keys: str) -> str:
    return (
        f"- {{who: {who}, from: {start}, until: {end}{''.join(f', {key}: {value}' for key, value in keys.items())}}}\n"
    )


def cover(who: str, day: int, instead: str, hours: tuple[str, str] = ("09:00", "17:00")) -> str:
    """A day of December 2026; alice's week begins on the 3rd, bob's on the 10th, each on a Thursday."""
    start, end = hours
    return line(who, f"2026-12-{day:02} {start}", f"2026-12-{day:02} {end}", **{"for": instead})


def said(check: str, overrides: str, **more) -> list[str]:
    return [each.message for each in found(oncall_overrides, files(overrides, **more), check)]


def test_a_cover_of_somebody_who_is_on_call():
    assert found(oncall_overrides, files(cover("carol", 4, "alice") + cover("carol", 11, "bob"))) == ()


class TestForNobody:
    def test_somebody_else_is_on_call(self):
        (finding,) = found(oncall_overrides, files(cover("carol", 4, "bob")))
        assert (finding.check, finding.level) == ("oncall/override-for-nobody", "warning")
        assert place(finding) == "schedules/ops.overrides.yaml:1:70"
        assert finding.message == (
            "override 2026-12-04 09:00-17:00 is for Bob, but Bob is not on call then: Alice is (Europe/Madrid)"
        )
        assert finding.hint == "tocsin oncall show ops/primary --from 2026-12-04 says who is on call"

    def test_nobody_is(self):
        (message,) = said("oncall/override-for-nobody", cover("carol", 4, "alice", ("18:00", "20:00")))
        assert message.endswith("is for Alice, but Alice is not on call then: nobody is (Europe/Madrid)")

    def test_only_for_a_part(self):
        days = line("carol", "2026-12-09 09:00", "2026-12-11 17:00", **{"for": "alice"})
        (message,) = said("oncall/override-for-nobody", days)
        assert message == (
            "override 2026-12-09 09:00 to 2026-12-11 17:00 is for Alice, but Alice is on call for 8 hours of it;"
            " Bob would be replaced too (Europe/Madrid)"
        )

    def test_an_override_before_it_counts(self):
        first = line("bob", "2026-12-04 09:00", "2026-12-04 17:00")
        assert said("oncall/override-for-nobody", first + cover("carol", 4, "bob")) == []

    def test_who_needs_no_one_to_stand_in_for(self):
        assert said("oncall/override-for-nobody", line("carol", "2026-12-04 09:00", "2026-12-04 17:00")) == []

    def test_what_is_over_is_not_judged(self):
        assert found(oncall_overrides, files(line("carol", "2026-11-01", "2026-11-02", **{"for": "alice"}))) == ()


class TestMoreHours:
    SPAN = line("carol", "2026-12-04 09:00", "2026-12-06 17:00", **{"for": "alice"})

    def test_a_cover_of_days_puts_nights_on_somebody(self):
        (finding,) = found(oncall_overrides, files(self.SPAN))
        assert (finding.check, finding.level) == ("oncall/override-more-hours", "warning")
        assert finding.message == (
            "override 2026-12-04 09:00 to 2026-12-06 17:00 puts Carol on call for 32 hours in which nobody would be,"
            " first 2026-12-04 17:00 to 2026-12-05 09:00 (Europe/Madrid)"
        )

    def test_where_nobody_is_replaced_the_hours_are_meant(self):
        assert found(oncall_overrides, files(self.SPAN.replace(", for: alice", ""))) == ()


class TestOverlap:
    def test_the_later_line_wins(self):
        both = cover("carol", 4, "alice") + cover("bob", 4, "carol", ("12:00", "17:00"))
        (finding,) = found(oncall_overrides, files(both), "oncall/override-overlap")
        assert finding.level == "warning"
        assert place(finding) == "schedules/ops.overrides.yaml:2:3"
        assert finding.message == (
            "override 2026-12-04 12:00-17:00 overlaps an earlier one, 2026-12-04 12:00-17:00:"
            " Bob is on call then, not Carol (Europe/Madrid)"
        )
        assert [related.message for related in finding.related] == ["the earlier one, Carol"]

    def test_one_after_the_other_and_on_another_schedule(self):
        lines = cover("carol", 4, "alice", ("09:00", "12:00")) + cover("bob", 4, "alice", ("12:00", "17:00"))
        assert said("oncall/override-overlap", lines) == []
        apart = "".join(
            line("carol", "2026-12-04 09:00", "2026-12-04 17:00", schedule=key) for key in ("primary", "backup")
        )
        assert said("oncall/override-overlap", apart, keys=("primary", "backup")) == []


class TestOfNone:
    LINE = line("carol", "2026-12-04 09:00", "2026-12-04 17:00")

    def test_a_team_with_several_schedules(self):
        (finding,) = found(oncall_overrides, files(self.LINE, keys=("primary", "backup")))
        assert (finding.check, finding.level) == ("oncall/override-of-none", "error")
        assert finding.message == "override for Carol belongs to no schedule: team ops has several, primary, backup"

    def test_a_team_without_any(self):
        sources = {**files(self.LINE), "schedules/ops.yaml": "name: Ops\n"}
        assert [each.hint for each in found(oncall_overrides, sources)] == ["give the team a schedule"]

    def test_an_override_that_is_over(self):
        over = self.LINE.replace("2026-12", "2026-11")
        assert found(oncall_overrides, files(over, keys=("primary", "backup"))) == ()


def test_whoever_is_on_call_anyway():
    (finding,) = found(oncall_overrides, files(line("alice", "2026-12-04 09:00", "2026-12-04 12:00")))
    assert (finding.check, finding.level) == ("oncall/override-idle", "note")
    assert finding.message == (
        "override 2026-12-04 09:00-12:00 changes nothing: Alice is on call on Ops - Primary then anyway"
    )


@pytest.mark.parametrize(
    ("year", "message"),
    [
        (2024, ["2 overrides have been over for more than a month, the last one since 2024-03-02 17:00"]),
        (2026, ["2 overrides have been over for more than a month, the last one since 2026-03-02 17:00"]),
        (2027, []),
    ],
)
def test_old_overrides_are_one_note_a_file(year, message):
    lines = "".join(line("carol", f"{year}-03-0{day} 09:00", f"{year}-03-0{day} 17:00") for day in (1, 2))
    assert said("oncall/override-past", lines) == message


def test_somebody_unknown_is_not_judged():
    sources = files(cover("carla", 4, "bob"))
    assert found(oncall_overrides, sources) == ()
