"""People who are on call although they cannot be."""

from __future__ import annotations

import pytest

from generator.checks.oncall import people as oncall_people
from generator.findings import Finding, Level
from tests.checks.found import found, place

PEOPLE = """\
ann: {name: Ann, time_zone: Europe/Madrid}
bob: {name: Bob, time_zone: America/Argentina/Buenos_Aires}
cleo: Cleo
"""
TEAM = """\
lead: cleo
schedules:
  primary:
    time_zone: Europe/Madrid
    layers:
      - {start: 2026-11-02 09:00, turn: 1w, hours: 09:00-17:00, people: [ann, bob, cleo]}
escalation:
  steps:
    - {page: primary, wait: 15m}
    - {page: lead, wait: 15m}
"""
FILES = {"schedules/people.yaml": PEOPLE, "schedules/web.yaml": TEAM}


def of(check: str, **more: str) -> tuple[Finding, ...]:
    files = {**FILES, **{f"schedules/{key.replace('_', '.')}.yaml": text for key, text in more.items()}}
    return found(oncall_people, files, check)


def test_leave_with_shifts_in_it_has_the_command_that_covers_them():
    """Ann has the week of 14 December; her leave ends at midnight in Madrid."""
    (finding,) = of("oncall/leave", web_leave="- {who: ann, from: 2026-12-15 12:00, until: 2026-12-18}\n")
    assert (place(finding), finding.level) == ("schedules/web.leave.yaml:1:3", Level.WARNING)
    assert finding.message == (
        "Ann is on leave from 2026-12-15 12:00 until 2026-12-18, and on call on web/primary "
        "2026-12-15 12:00-17:00 (Europe/Madrid), and 2 times more"
    )
    assert finding.hint == (
        'tocsin oncall cover cleo --for ann --from "2026-12-15 12:00" --until "2026-12-17 17:00" --schedule web/primary'
    )


def test_an_override_over_all_of_them_settles_it():
    covers = "".join(
        f"- {{who: bob, for: ann, from: 2026-12-{day} 09:00, until: 2026-12-{day} 17:00}}\n" for day in (15, 16, 17)
    )
    leave = "- {who: ann, from: 2026-12-15, until: 2026-12-18}\n"
    assert of("oncall/leave", web_leave=leave, web_overrides=covers) == ()
    (finding,) = of("oncall/leave", web_leave=leave, web_overrides=covers.partition("\n")[0] + "\n")
    assert "2026-12-16 09:00-17:00 (Europe/Madrid), and 1 time more" in finding.message


def test_leave_is_in_the_person_s_own_zone():
    """Bob's 21 December begins at 04:00 in Madrid and ends at 04:00 of the next day."""
    (finding,) = of("oncall/leave", web_leave="- {who: bob, from: 2026-12-21, until: 2026-12-22}\n")
    assert "2026-12-21 09:00-17:00" in finding.message
    assert of("oncall/leave", web_leave="- {who: bob, from: 2026-12-21 13:00, until: 2026-12-22}\n") == ()


def test_leave_that_is_over_and_time_off_without_shifts_are_no_findings():
    leave = "- {who: ann, from: 2026-11-02, until: 2026-11-24}\n- {who: bob, from: 2026-12-07, until: 2026-12-14}\n"
    assert of("oncall/leave", web_leave=leave) == ()


def test_whoever_a_step_names_cannot_be_covered():
    findings = of("oncall/leave", web_leave="- {who: cleo, from: 2026-12-08, until: 2026-12-09}\n")
    assert ["step 2 of web Escalation names them" in each.message for each in findings] == [False, True]


def test_where_nobody_is_free_the_command_says_so():
    leave = "".join(f"- {{who: {who}, from: 2026-12-15, until: 2026-12-18}}\n" for who in ("ann", "bob", "cleo"))
    first, *_ = of("oncall/leave", web_leave=leave)
    assert first.hint.startswith("tocsin oncall cover WHO --for ann")
    assert first.hint.endswith("nobody else of the schedule is free for all of it")


def gone(until: str) -> dict[str, str]:
    return {**FILES, "schedules/people.yaml": PEOPLE.replace("cleo: Cleo", f"cleo: {{name: Cleo, until: {until}}}")}


def test_who_has_left_is_out_of_rotations_steps_and_teams():
    findings = found(oncall_people, gone("2026-11-20"), "oncall/left")
    assert [(place(each), each.level) for each in findings] == [
        ("schedules/web.yaml:1:7", Level.ERROR),
        ("schedules/web.yaml:6:84", Level.ERROR),
        ("schedules/web.yaml:10:14", Level.ERROR),
    ]
    rotation = findings[1]
    assert rotation.message.startswith(
        "Cleo left on 2026-11-20 and is still on call on web/primary: 2026-12-07 09:00-17:00 (Europe/Madrid), and "
    )
    assert rotation.hint == "tocsin oncall remove cleo web/primary"
    assert rotation.related[0].where.path == "schedules/people.yaml"


def test_who_is_about_to_leave_has_shifts_after_that():
    (finding,) = found(oncall_people, gone("2026-12-09"), "oncall/leaving")
    assert finding.message.startswith(
        "Cleo leaves on 2026-12-09 and has shifts on web/primary after that: 2026-12-09 09:00-17:00 (Europe/Madrid)"
    )
    assert found(oncall_people, gone("2026-12-09"), "oncall/left") == ()


@pytest.mark.parametrize("check", ["oncall/left", "oncall/leaving"])
@pytest.mark.parametrize("until", ["2026-11-20", "2026-12-09"])
def test_whose_layer_ends_in_time_is_no_finding(check: str, until: str):
    ends = TEAM.replace("turn: 1w,", "end: 2026-11-20, turn: 1w,").replace("lead: cleo", "lead: ann")
    assert found(oncall_people, {**gone(until), "schedules/web.yaml": ends}, check) == ()


def test_an_override_may_call_somebody_who_left():
    team = TEAM.replace(", cleo]", "]").replace("lead: cleo", "lead: ann")
    overrides = "- {who: cleo, for: ann, from: 2026-12-15 09:00, until: 2026-12-15 17:00}\n"
    files = {**gone("2026-11-20"), "schedules/web.yaml": team, "schedules/web.overrides.yaml": overrides}
    (finding,) = found(oncall_people, files, "oncall/left")
    assert finding.hint == "let the override name somebody else"


@pytest.mark.parametrize(
    ("country", "settings", "message", "hint"),
    [
        ("ZZ", "", "the holidays of the country ZZ, where Ann is, are not known: none is counted", "holidays: {ZZ:"),
        ("ES-ZZ", "", "the region ZZ of ES, where Ann is, are not known: its country's are counted", "known: AN, AR,"),
        ("ZZ", "holidays: {ZZ: [2026-12-24]}\n", "", ""),
        ("ES-MD", "", "", ""),
    ],
)
def test_a_country_whose_holidays_nobody_knows(country: str, settings: str, message: str, hint: str):
    files = {
        "schedules/people.yaml": f"ann: {{name: Ann, country: {country}}}\n",
        "tocsin.yaml": settings or "name: A\n",
    }
    findings = found(oncall_people, files, "oncall/country")
    assert len(findings) == (1 if message else 0)
    assert all(message in each.message and hint in each.hint for each in findings)
