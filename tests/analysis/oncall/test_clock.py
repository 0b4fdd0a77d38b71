"""Steps of the wall clock, against asking for each of them; and when clocks are moved."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.analysis.oncall.clock import changes_of_clock, from_wall, instants, to_wall
from tests.analysis.oncall.schedules import utc
from tests.analysis.oncall.test_reference import ZONES

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

walls = st.datetimes(datetime(2008, 1, 1), datetime(2037, 1, 1)).map(  # noqa: DTZ001 (the wall clock's)
    lambda wall: wall.replace(second=0, microsecond=0)
)
steps = st.one_of(
    st.sampled_from([HOUR, 12 * HOUR, DAY, 7 * DAY, 14 * DAY, 365 * DAY]),
    st.integers(60, 4 * 24 * 60).map(lambda minutes: minutes * MINUTE),
)


@given(walls, steps, st.sampled_from(ZONES))
@example(datetime(2026, 10, 25, 0, 30), HOUR, "Europe/Madrid")  # noqa: DTZ001
@example(datetime(2011, 12, 29, 0, 0), DAY, "Pacific/Apia")  # noqa: DTZ001
@example(datetime(2026, 4, 4, 1, 45), 15 * 4 * MINUTE, "Australia/Lord_Howe")  # noqa: DTZ001
def test_steps_are_those_that_one_finds_one_by_one(wall, step, zone):
    local = ZoneInfo(zone)
    found = list(islice(instants(wall, step, local), 60))
    assert found == [from_wall(wall + n * step, local) for n in range(60)]
    assert found == sorted(found)


@pytest.mark.parametrize(
    ("zone", "changes"),
    [
        ("Europe/Madrid", ["2026-03-29T01:00", "2026-10-25T01:00"]),
        ("America/Argentina/Buenos_Aires", []),
        ("Australia/Lord_Howe", ["2026-04-04T15:00", "2026-10-03T15:30"]),
    ],
)
def test_when_clocks_are_moved(zone, changes):
    assert changes_of_clock(ZoneInfo(zone), utc("2026-01-01"), utc("2027-01-01")) == tuple(map(utc, changes))


@given(st.sampled_from(ZONES), st.integers(2008, 2036))
def test_between_two_changes_the_clock_goes_on_evenly(zone, year):
    local = ZoneInfo(zone)
    start, end = utc(f"{year}-01-01"), utc(f"{year + 1}-01-01")
    bounds = [start, *changes_of_clock(local, start, end), end]
    for begins, ends in pairwise(bounds):
        last = ends - timedelta(seconds=1)
        assert to_wall(last, local) - to_wall(begins, local) == last - begins
