"""Rotations that treat people unalike by their pattern."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from generator.checks.oncall import people_fair as oncall_people_fair
from generator.findings import Finding
from tests.checks.found import found, place

SEVEN = ("ann", "bob", "cleo", "dan", "eva", "fay", "gil")
PEOPLE = "".join(f"{who}: {who.title()}\n" for who in SEVEN)


def of(check: str, layers: str, **more: str) -> tuple[Finding, ...]:
    files: Mapping[str, str] = {
        "schedules/people.yaml": more.pop("people", PEOPLE),
        "schedules/web.yaml": f"schedules:\n  primary:\n    layers:\n{layers}",
        **{f"schedules/web.{key}.yaml": text for key, text in more.items()},
    }
    return found(oncall_people_fair, files, check)


def layer(people: tuple[str, ...] | list[str], more: str = "turn: 1w") -> str:
    return f"      - {{start: 2026-11-02 09:00, {more}, people: [{', '.join(people)}]}}\n"


def test_seven_people_by_days_and_two_of_them_only_on_weekends():
    (finding,) = of("oncall/never", layer(SEVEN, "turn: 1d, days: mon-fri, hours: 09:00-17:00"))
    assert finding.message == (
        "Fay and Gil get a turn and never a shift on Layer 1 of web/primary: "
        "turns of 1 day, 7 people, on duty mon tue wed thu fri from 09:00 for 8 hours"
    )
    assert place(finding) == "schedules/web.yaml:4:88"


@pytest.mark.parametrize(
    "layers",
    [
        layer(SEVEN, "turn: 1w, days: mon-fri, hours: 09:00-17:00"),
        layer(SEVEN[:6], "turn: 1d, days: mon-fri, hours: 09:00-17:00"),
        layer(SEVEN, "turn: 26w"),
        layer(SEVEN, "end: 2026-11-20, turn: 1d, days: mon-fri, hours: 00:00-24:00"),
    ],
    ids=["weeks", "six", "rounds longer than a year", "over"],
)
def test_where_everybody_gets_a_shift_sooner_or_later_it_is_no_finding(layers: str):
    assert of("oncall/never", layers) == ()


def test_two_people_by_halves_of_a_day_and_one_of_them_never_sleeps():
    layers = "      - {start: 2026-11-02 22:00, turn: 12h, people: [ann, bob]}\n"
    (finding,) = of("oncall/only-nights", layers)
    assert finding.message.startswith(
        "Ann has nothing but nights on web/primary, the others the days: turns of 12 hours"
    )
    assert str(finding.hint).startswith("let turns last a day or a week")
    assert of("oncall/unfair", layers) == ()


def test_nights_are_where_the_person_lives():
    people = "ann: {name: Ann, time_zone: Asia/Tokyo}\nbob: {name: Bob, time_zone: America/New_York}\n"
    layers = layer(["ann"], "turn: 1w, hours: 00:00-09:00") + layer(["bob"], "turn: 1w, hours: 09:00-21:00")
    assert of("oncall/only-nights", layers, people=people) == ()
    asleep = people.replace("Asia/Tokyo", "Europe/London")
    (finding,) = of("oncall/only-nights", layers, people=asleep)
    assert "Ann has nothing but nights" in finding.message
    assert "is night where they live: let them have days too" in str(finding.hint)


def test_where_everybody_has_nights_nobody_has_only_nights():
    assert of("oncall/only-nights", layer(["ann", "bob"], "turn: 1w, hours: 22:00-09:00")) == ()
    assert of("oncall/only-nights", layer(["ann", "bob"])) == ()


def test_the_same_two_have_all_the_weekends():
    (finding,) = of("oncall/unfair", layer(SEVEN, "turn: 1d"))
    assert finding.message.startswith("Layer 1 of web/primary is unfair: Fay has 1272 hours of weekend")
    assert "3.5 times the mean of 363" in finding.message


@pytest.mark.parametrize(
    "layers",
    [
        layer(SEVEN),
        layer(["ann", "bob", "ann", "cleo"]),
        layer(SEVEN[:5], "turn: 1d"),
        layer(SEVEN[:2], "turn: 1w, days: mon-fri, hours: 09:00-17:00")
        + layer(SEVEN[2:4], "turn: 1w, days: [sat, sun], hours: 00:00-24:00"),
    ],
    ids=["weeks", "twice on purpose", "five", "weekends of others"],
)
def test_what_evens_out_or_is_meant_is_fair(layers: str):
    assert of("oncall/unfair", layers) == ()


def test_a_list_that_names_somebody_twice_in_a_row():
    (finding,) = of("oncall/back-to-back", layer(["ann", "bob", "cleo", "ann"]))
    assert finding.message == (
        "Ann has turns back to back on web/primary: 2026-12-21 09:00 to 2027-01-04 09:00 (14 days), "
        "and 11 more in the coming year"
    )
    assert finding.hint == "write somebody else between them in the list"


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [("12-07", "12-14", True), ("12-13", "12-14", False), ("11-30", "12-07", False)],
    ids=["the turn before", "a day of it", "another turn"],
)
def test_a_cover_of_the_turn_before_one_s_own(start: str, end: str, said: bool):
    """Cleo has the week of 14 December."""
    cover = f"- {{who: cleo, from: 2026-{start} 09:00, until: 2026-{end} 09:00}}\n"
    findings = of("oncall/back-to-back", layer(SEVEN[:4]), overrides=cover)
    assert len(findings) == said
    assert all("2026-12-07 09:00 to 2026-12-21 09:00 (14 days)" in each.message for each in findings)
    assert all(each.hint == "let somebody else cover, or swap" for each in findings)


@pytest.mark.parametrize(
    "layers",
    [
        layer(SEVEN),
        layer(["ann"]),
        layer(["ann", "bob", "ann"]),
        layer(SEVEN[:3], "turn: 1d, days: mon-fri, hours: 09:00-17:00"),
        layer(SEVEN[:3], "turn: 1w, days: mon-fri, hours: 00:00-24:00")
        + layer(SEVEN[:3], "turn: 1w, days: [sat, sun], hours: 00:00-24:00"),
    ],
    ids=["weeks", "one", "two people", "a weekend between", "one's own weekend"],
)
def test_turns_with_others_between_or_without_others_are_no_finding(layers: str):
    assert of("oncall/back-to-back", layers) == ()
