"""Layers of several zones as schedules of PagerDuty: who is on call here is called there, and hardly anybody else."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from generator.analysis.oncall import shifts
from generator.analysis.pagerduty.account import Account
from generator.analysis.pagerduty.overlaps import overlap
from generator.analysis.windows import Windows, subtraction, union
from generator.kinds.team import Schedule
from tests.catalogs import NOW, make_catalog

PEOPLE = "".join(f"{each}: {{email: {each}@example.com}}\n" for each in ("ana", "bob", "eve", "zoe"))
ZONES = st.sampled_from(["Europe/Madrid", "Europe/Berlin", "America/Chicago", "Australia/Sydney", "Asia/Kolkata"])
HOURS = st.sampled_from(
    [
        "",
        "hours: 09:00-17:00, ",
        "hours: 22:00-06:00, ",
        "days: mon-fri, hours: 08:00-18:00, ",
        "restrictions: [{from: fri 18:00, until: mon 09:00}], ",
        "end: 2027-02-01, ",
    ]
)
SUN = [("Europe/Madrid", "hours: 09:00-17:00, ", ["bob"]), ("Australia/Sydney", "hours: 09:00-17:00, ", ["ana", "bob"])]
WHO = st.lists(st.sampled_from(["ana", "bob", "eve", "zoe"]), min_size=1, max_size=3, unique=True)


def account(*layers: str) -> tuple[Account, Schedule]:
    written = "".join(f"      - {{start: 2026-01-05 09:00, {layer}}}\n" for layer in layers)
    text = f"schedules:\n  sun:\n    time_zone: Europe/Madrid\n    layers:\n{written}"
    catalog = make_catalog({"schedules/people.yaml": PEOPLE, "schedules/sre.yaml": text})
    assert not catalog.findings
    return Account(catalog, NOW), catalog.get(Schedule, "sre/sun")


def called(found: Account, schedule: Schedule, start: datetime, end: datetime) -> dict[str, Windows]:
    """When PagerDuty calls whom."""
    windows = defaultdict(list)
    for rotation in found.rotations_of(schedule.id):
        there = replace(schedule, layers=rotation.layers, zone=rotation.layers[0].zone)
        for shift in shifts(found.catalog, there, start, end):
            windows[shift.person].append(shift.window)
    return {person: union(each) for person, each in windows.items()}


def on_call(found: Account, schedule: Schedule, start: datetime, end: datetime) -> dict[str, Windows]:
    windows = defaultdict(list)
    for shift in shifts(found.catalog, schedule, start, end):
        windows[shift.person].append(shift.window)
    return {person: union(each) for person, each in windows.items()}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example([("America/Chicago", "", ["ana"]), *SUN], 15)
@given(st.lists(st.tuples(ZONES, HOURS, WHO), min_size=1, max_size=4), st.integers(0, 45))
def test_nobody_is_lost_and_no_gap_is_opened(layers, weeks):
    found, schedule = account(
        *(f"time_zone: {zone}, {hours}turn: 1w, people: [{', '.join(people)}]" for zone, hours, people in layers)
    )
    start = NOW + timedelta(weeks=weeks)
    span = (start, start + timedelta(weeks=4))
    ours, theirs = on_call(found, schedule, *span), called(found, schedule, *span)
    for person, windows in ours.items():
        assert subtraction(windows, theirs.get(person, ())) == ()
    assert union(*theirs.values()) == union(*ours.values())
    if overlap(found, schedule) is None:
        twice = [each for person, windows in theirs.items() for each in subtraction(windows, ours.get(person, ()))]
        # Up to two hours for each layer above: what two of them leave over may lie side by side.
        assert all(each.length <= timedelta(hours=2) * (len(layers) - 1) for each in twice)


def test_a_night_that_another_zone_hides_is_not_called_twice():
    """Weekends of one place last until Monday morning, when the other place has long begun."""
    found, schedule = account(
        "name: Weekends, turn: 1w, restrictions: [{from: fri 18:00, until: mon 08:00}], people: [ana]",
        "time_zone: Australia/Sydney, turn: 1w, days: mon-fri, hours: 08:00-18:00, people: [zoe]",
    )
    (weekends, sydney) = found.rotations_of(schedule.id)
    assert (weekends.zone, sydney.zone) == ("Europe/Madrid", "Australia/Sydney")
    (left,) = weekends.layers[0].restrictions
    # Sydney's Monday begins between 22:00 and midnight of Madrid's Sunday, and lasts until 08:00 at least.
    assert (left.days, left.length) == (frozenset({4}), timedelta(days=2, hours=6))
    assert overlap(found, schedule) is None


def test_a_layer_that_is_hidden_altogether_is_no_layer_there():
    found, schedule = account(
        "turn: 1w, days: mon-fri, hours: 09:00-17:00, people: [ana]",
        "time_zone: America/Chicago, turn: 1w, people: [zoe]",
    )
    assert [rotation.zone for rotation in found.rotations_of(schedule.id)] == ["America/Chicago"]


def test_what_will_end_hides_nothing():
    found, schedule = account(
        "turn: 1w, people: [ana]", "time_zone: America/Chicago, end: 2027-01-01, turn: 1w, people: [zoe]"
    )
    (lower, _) = found.rotations_of(schedule.id)
    assert lower.layers[0].restrictions == ()
    assert overlap(found, schedule).windows[0].start == NOW
    assert overlap(found, schedule).windows[-1].end == datetime(2027, 1, 1, 6, tzinfo=UTC)
