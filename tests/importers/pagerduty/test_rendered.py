"""Schedules of an account, imported, have the same people on call at every time as the account itself renders."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.analysis.oncall import shifts
from generator.importers.on_call.instants import read as instant
from generator.kinds.people import Person
from generator.kinds.team import Schedule
from tests.catalogs import make_catalog
from tests.importers.pagerduty.accounts import imported, texts
from tests.pagerduty_fake import FakePagerDuty, State

ZONES = ["America/Chicago", "Europe/Madrid", "Australia/Sydney", "Asia/Kathmandu", "America/Argentina/Buenos_Aires"]
QUARTER = 900
RESTRICTIONS = st.one_of(
    st.fixed_dictionaries(
        {
            "type": st.just("daily_restriction"),
            "start_time_of_day": st.builds("{:02}:{:02}:00".format, st.integers(0, 23), st.sampled_from([0, 30])),
            "duration_seconds": st.integers(1, 95).map(lambda n: n * QUARTER),
        }
    ),
    st.fixed_dictionaries(
        {
            "type": st.just("weekly_restriction"),
            "start_time_of_day": st.builds("{:02}:{:02}:00".format, st.integers(0, 23), st.sampled_from([0, 45])),
            "start_day_of_week": st.integers(1, 7),
            "duration_seconds": st.integers(1, 671).map(lambda n: n * QUARTER),
        }
    ),
)
BEGINNINGS = [datetime(2026, month, day, tzinfo=UTC) for month, day in ((3, 6), (3, 27), (10, 2), (10, 23), (10, 30))]


@st.composite
def layers(draw: st.DrawFn, begin: datetime, users: list[str]) -> dict[str, Any]:
    minutes = st.integers(-60 * 24 * 4, 60 * 24 * 8).map(lambda n: n - n % 30)
    start = begin + timedelta(minutes=draw(minutes))
    virtual = begin + timedelta(minutes=draw(minutes)) - timedelta(days=draw(st.integers(0, 400)))
    rotation = draw(st.lists(st.sampled_from(users), min_size=1, max_size=4))
    return {
        "name": draw(st.sampled_from(["Layer 1", "Nights", '${x} "y"'])),
        "start": start.isoformat(),
        "end": draw(st.sampled_from([None, (start + timedelta(days=9)).isoformat()])),
        "rotation_virtual_start": virtual.isoformat(),
        "rotation_turn_length_seconds": draw(st.sampled_from([3600, 43200, 86400, 129600, 604800, 1209600])),
        "users": [{"user": {"id": each, "type": "user_reference"}} for each in rotation],
        "restrictions": draw(st.lists(RESTRICTIONS, max_size=3)),
    }


def joined(entries: list[tuple[datetime, datetime, str]]) -> list[list[Any]]:
    out: list[list[Any]] = []
    for start, end, who in sorted(entries):
        if out and out[-1][1] == start and out[-1][2] == who:
            out[-1][1] = end
        else:
            out.append([start, end, who])
    return out


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_same_people_at_every_time(data):
    begin = data.draw(st.sampled_from(BEGINNINGS))
    api = FakePagerDuty(State(now=begin))
    users = [api.made("/users", "user", name=n, email=f"{n}@example.com")["id"] for n in ("Ana", "Bo", "Cy")]
    made = data.draw(st.lists(layers(begin, users), min_size=1, max_size=3))
    zone = data.draw(st.sampled_from(ZONES))
    ident = api.made("/schedules", "schedule", name="Primary", time_zone=zone, schedule_layers=made)["id"]
    until = begin + timedelta(days=15)
    # What is saved is in any zone: here in that of whoever saved it.
    saved = api.call("GET", f"/schedules/{ident}?time_zone=Asia/Tokyo")[1]
    window = f"since={begin:%Y-%m-%dT%H:%M:%SZ}&until={until:%Y-%m-%dT%H:%M:%SZ}"
    shown = api.call("GET", f"/schedules/{ident}?{window}")[1]["schedule"]["final_schedule"]
    files = texts(imported(saved, now=begin))
    catalog = make_catalog({"tocsin.yaml": "name: Test\n", **files})
    (schedule,) = catalog.all(Schedule)
    known = {each.id: each.pagerduty for each in catalog.all(Person)}
    ours = [(each.start, each.end, known[each.person]) for each in shifts(catalog, schedule, begin, until)]
    theirs = [
        (instant(each["start"]), instant(each["end"]), each["user"]["id"])
        for each in shown["rendered_schedule_entries"]
    ]
    assert joined(ours) == joined(theirs)
