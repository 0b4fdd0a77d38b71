"""Who is away when, and which nights leave too little rest, judged by a slow reference that asks every minute."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.analysis.oncall import shifts
from generator.analysis.oncall.load.rest import REST, short_nights
from generator.analysis.oncall.load.working_hours import absences, leaves
from generator.analysis.windows import Window
from generator.catalog import Catalog
from generator.kinds.team import Schedule
from tests.catalogs import NOW, make_catalog

MINUTE = timedelta(minutes=1)
SPAN = Window(datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC))


def test_leave_is_in_the_zone_of_the_person_whichever_team_writes_it():
    files = {
        "schedules/people.yaml": "ann: {time_zone: Asia/Tokyo}\nbob: {time_zone: Europe/Madrid, until: 2026-11-20}\n",
        "schedules/a.leave.yaml": "- {who: ann, from: 2026-11-10, until: 2026-11-12}\n",
        "schedules/b.leave.yaml": "- {who: ann, from: 2026-11-11 12:00, until: 2026-11-13T00:00Z}\n",
    }
    catalog = make_catalog(files)
    assert [away.leave.team for away in leaves(catalog)["ann"]] == ["a", "b"]
    assert absences(catalog, "ann", SPAN) == (
        Window(datetime(2026, 11, 9, 15, tzinfo=UTC), datetime(2026, 11, 13, tzinfo=UTC)),
    )
    assert absences(catalog, "bob", SPAN) == (Window(datetime(2026, 11, 19, 23, tzinfo=UTC), SPAN.end),)
    assert absences(catalog, "nobody", SPAN) == ()


def catalog_of(zone: str, duty: str, work: str, leave: str) -> Catalog:
    people = f"ann: {{time_zone: {zone}, working_hours: {{days: mon-fri, hours: '{work}'}}}}\nbob: Bob\n"
    team = (
        "schedules:\n  p:\n    time_zone: Europe/Madrid\n    layers:\n"
        f"      - {{start: 2026-11-23 09:00, end: 2026-12-08 09:00, turn: 3d, hours: '{duty}', people: [ann, bob]}}\n"
    )
    files = {"schedules/people.yaml": people, "schedules/t.yaml": team}
    found = make_catalog({**files, "schedules/t.leave.yaml": leave} if leave else files)
    assert found.findings == ()
    return found


def slow(catalog: Catalog, zone: str, work: str, away: set[date]) -> int:
    """Nights whose last minute on call is followed by a start of work within eleven hours."""
    (schedule,) = catalog.all(Schedule)
    last: dict[date, datetime] = {}
    for shift in shifts(catalog, schedule, NOW.replace(hour=0), NOW + timedelta(days=20)):
        instant = shift.start
        while shift.person == "ann" and instant < shift.end:
            wall = instant.astimezone(ZoneInfo(zone))
            if wall.hour >= 22 or wall.hour < 9:
                last[(wall - timedelta(hours=9, minutes=1)).date() if wall.hour < 9 else wall.date()] = instant + MINUTE
            instant += MINUTE
    begins = time.fromisoformat(work.partition("-")[0])
    count = 0
    for night, end in last.items():
        following = datetime.combine(night, begins, ZoneInfo(zone))
        while following.astimezone(UTC) <= datetime.combine(night, time(22), ZoneInfo(zone)).astimezone(UTC) or (
            following.weekday() > 4 or following.date() in away
        ):
            following += timedelta(days=1)
        count += end > NOW and following < min(end, following) + REST
    return count


@pytest.mark.parametrize("away", [(), (2, 4)], ids=["at work", "on leave"])
@settings(max_examples=25)
@given(
    zone=st.sampled_from(["Europe/Madrid", "America/New_York", "Asia/Kathmandu"]),
    duty=st.sampled_from(["00:00-24:00", "09:00-01:00", "17:00-09:00", "09:00-22:30", "23:00-05:30", "02:00-03:00"]),
    work=st.sampled_from(["09:00-17:00", "07:30-15:00", "14:00-20:00", "10:00-18:00"]),
)
def test_short_nights_are_those_that_a_minute_by_minute_look_finds(away, zone, duty, work):
    leave = f"- {{who: ann, from: 2026-12-0{away[0]}, until: 2026-12-0{away[1]}}}\n" if away else ""
    catalog = catalog_of(zone, duty, work, leave)
    days = {date(2026, 12, day) for day in range(*away)} if away else set()
    (schedule,) = catalog.all(Schedule)
    found = short_nights(catalog, schedule, NOW)
    assert sum(each.count for each in found) == slow(catalog, zone, work, days)
