"""Teams that are too small for what they are asked, and what larger ones could do better."""

from __future__ import annotations

import pytest

from generator.checks.oncall import people_team as oncall_people_team
from generator.findings import Finding, Level
from tests.checks.found import found, place

MADRID = "time_zone: Europe/Madrid, country: ES-MD"
FIRST = ("ann", "bob", "cleo", "dan", "eva", "fay", "gil", "hal")


def of(check: str, people: int | str, *schedules: str) -> tuple[Finding, ...]:
    """Schedules named a, b, … of a team, whose layers are given; `people` in Madrid unless they are written."""
    written = people if isinstance(people, str) else "".join(f"{who}: {{{MADRID}}}\n" for who in FIRST[:people])
    lines = "".join(f"  {'abc'[n]}:\n    layers:\n{layers}" for n, layers in enumerate(schedules))
    files = {"schedules/people.yaml": written, "schedules/web.yaml": f"name: Web\nschedules:\n{lines}"}
    return found(oncall_people_team, files, check)


def layer(people: int | list[str], more: str = "turn: 1w") -> str:
    names = list(FIRST[:people]) if isinstance(people, int) else people
    return f"      - {{time_zone: Europe/Madrid, start: 2026-11-02 09:00, {more}, people: [{', '.join(names)}]}}\n"


def test_primary_and_secondary_of_seven_is_more_than_a_quarter():
    turned = [*FIRST[3:7], *FIRST[:3]]
    (finding,) = of("oncall/load", 7, layer(7), layer(turned))
    assert (place(finding), finding.level) == ("schedules/web.yaml:2:1", Level.WARNING)
    assert finding.message == (
        "on call on the schedules of Web: gil 30.0 %, ann 28.5 %, fay 28.3 % and 4 more, "
        "more than a quarter of their time"
    )
    assert finding.hint == "8 people would be enough, and 7 take turns"


@pytest.mark.parametrize(
    ("people", "schedules"),
    [
        (8, [layer(8), layer([*FIRST[4:], *FIRST[:4]])]),
        (6, [layer(6)]),
        (6, [layer(6), layer(6, "turn: 1w, hours: 09:00-17:00")]),
    ],
    ids=["eight on two levels", "six on one", "the second by day"],
)
def test_a_quarter_is_not_too_much_although_a_year_has_no_whole_number_of_rounds(people: int, schedules: list[str]):
    assert of("oncall/load", people, *schedules) == ()


def test_one_who_carries_too_much_among_enough_people_is_named():
    (finding,) = of("oncall/load", 8, layer(8), layer(["ann", "ann", "ann", "bob", *FIRST[2:]], "turn: 1w"))
    assert finding.message == "on call on the schedules of Web: ann 36.0 %, more than a quarter of their time"
    assert finding.hint == "the mean is 22.9 %, so share it more evenly"


def test_time_counts_from_when_a_schedule_has_somebody():
    """Two people around the clock for the last tenth of the year have half of their time."""
    late = layer(["ann", "bob"], "turn: 1w").replace("2026-11-02", "2027-10-04")
    (finding,) = of("oncall/load", 8, layer(list(FIRST[2:])), late)
    assert finding.message.startswith("on call on the schedules of Web: ann 50.6 %, bob 49.4 %, ")


@pytest.mark.parametrize("until", ["2026-11-30", "2026-12-10", "2027-01-20"])
def test_of_who_leaves_soon_neither_later_shifts_nor_the_last_turn_are_too_much(until: str):
    people = "".join(f"{who}: {{{MADRID}{f', until: {until}' if who in 'dan' else ''}}}\n" for who in FIRST[:6])
    assert of("oncall/load", people, layer(6)) == ()


def test_who_takes_turns_below_a_layer_that_always_wins_has_no_load():
    (finding,) = of("oncall/load", 8, layer(8) + layer(["ann", "bob"]))
    assert (
        finding.message == "on call on the schedules of Web: bob 50.8 %, ann 49.2 %, more than a quarter of their time"
    )


def test_a_percent_sign_in_a_name_stays_as_it_is():
    people = "ann: {name: '100%{x}'}\n" + "".join(f"{who}: {{{MADRID}}}\n" for who in FIRST[1:])
    (finding,) = of("oncall/load", people, layer(8), layer(["ann", "ann", "ann", "bob", *FIRST[2:]], "turn: 1w"))
    assert finding.message == "on call on the schedules of Web: 100%{x} 36.0 %, more than a quarter of their time"


def test_a_layer_of_one_in_a_team_of_many():
    (finding,) = of("oncall/bus-factor", 6, layer(6) + layer(["ann"], "name: Nights, turn: 1w, hours: 22:00-06:00"))
    assert finding.message == "web/a has only ann on Nights: nobody of it is called when they cannot answer"
    assert place(finding) == "schedules/web.yaml:3:3"


def test_a_layer_of_one_that_never_has_a_shift_is_no_finding():
    assert of("oncall/bus-factor", 6, layer(["ann"], "name: Old, end: 2026-11-20, turn: 1w") + layer(6)) == ()


def workers(hours: str, count: int = 6) -> str:
    written = f"working_hours: {{days: mon-fri, hours: '{hours}'}}"
    return "".join(f"{who}: {{{MADRID}, {written}}}\n" for who in FIRST[:count])


def test_work_that_starts_right_after_a_night():
    """Of the nights before working days; the weekends', and those before holidays, leave time."""
    (finding,) = of("oncall/rest", workers("09:00-17:00"), layer(6))
    assert finding.message.startswith("less than 11 hours of rest after nights on web/a: ")
    assert "(first: dan, 2026-11-25, on call until 09:00, work from 09:00)" in finding.message
    assert finding.level == Level.WARNING


@pytest.mark.parametrize(
    ("hours", "duty", "said"),
    [
        ("09:00-17:00", "09:00-22:00", False),
        ("09:00-17:00", "09:00-22:30", True),
        ("09:30-17:00", "09:00-22:30", False),
        ("20:00-24:00", "09:00-09:00", False),
        ("14:00-18:00", "22:00-03:00", False),
        ("14:00-18:00", "22:00-03:01", True),
    ],
)
def test_eleven_hours_from_the_last_moment_of_the_night_until_work(hours: str, duty: str, said: bool):
    more = "turn: 1w" if duty == "09:00-09:00" else f"turn: 1w, hours: {duty}"
    assert len(of("oncall/rest", workers(hours), layer(6, more))) == said


def test_of_those_whose_hours_are_not_written_nothing_is_known():
    assert of("oncall/rest", 6, layer(6)) == ()


def test_a_holiday_that_somebody_else_could_have():
    mixed = "".join(
        f"{who}: {{time_zone: Europe/Madrid, country: {'DE' if who == 'bob' else 'ES-MD'}}}\n" for who in FIRST[:6]
    )
    (finding,) = of("oncall/holiday", mixed, layer(["ann", "cleo", "dan", "eva", "fay", "bob"], "turn: 1w"))
    assert finding.level == Level.NOTE
    assert finding.message.startswith("on call on web/a on public holidays of their own: ")
    assert "2026-12-07, Monday following Constitution Day" in finding.message
    assert finding.hint.startswith("bob has no holiday on 2026-12-07")


@pytest.mark.parametrize("more", ["turn: 1w", "turn: 1w, hours: 09:00-12:00"], ids=["same country", "few hours"])
def test_holidays_that_all_have_or_that_a_few_hours_take_are_no_finding(more: str):
    people = 6 if "hours" not in more else workers("09:00-17:00").replace("country: ES-MD", "country: DE", 1)
    assert of("oncall/holiday", people, layer(6, more)) == ()


def test_a_team_of_three_gets_one_note():
    people = workers("09:00-17:00", 3).replace("country: ES-MD", "country: AR", 1)
    one = "name: Backup, turn: 1w, hours: 09:00-17:00"
    schedules = layer(3), layer(["bob"], one)
    (note,) = of("", people, *schedules)
    assert (note.check, note.level, place(note)) == ("oncall/small-team", Level.NOTE, "schedules/web.yaml:2:1")
    assert note.message.startswith("3 people take turns in Web, fewer than the 6 that some rules need: ")
    for rule in ("bus factor: web/b has only bob on Backup", "load: ", "rest: ", "holidays on call: "):
        assert rule in note.message


def test_somebody_alone_is_told_so():
    (note,) = of("", 1, layer(1))
    assert note.message.startswith("one person takes turns in Web, fewer than the 6 that some rules need: bus factor: ")
    assert (
        "load: on call on the schedules of Web: ann 100.0 %, above a quarter (4 people would be enough" in note.message
    )


def test_a_small_team_that_keeps_all_the_rules_hears_nothing():
    assert of("", 5, layer(5)) == ()
    assert of("", 3, layer(3, "turn: 1w, days: mon-fri, hours: 09:00-17:00")) == ()


def test_two_who_stand_in_for_each_other_have_turns_back_to_back():
    cover = "- {who: ann, for: bob, from: 2026-12-07 09:00, until: 2026-12-14 09:00}\n"
    layers = layer(2, "turn: 1w, hours: 09:00-10:00")
    files = {
        "schedules/people.yaml": f"ann: {{{MADRID}}}\nbob: {{{MADRID}}}\n",
        "schedules/web.yaml": f"schedules:\n  a:\n    time_zone: Europe/Madrid\n    layers:\n{layers}",
    }
    assert found(oncall_people_team, files) == ()
    (note,) = found(oncall_people_team, {**files, "schedules/web.overrides.yaml": cover})
    assert "back to back: ann on web/a" in note.message
