from __future__ import annotations

from datetime import timedelta

from generator.analysis.oncall import shifts
from generator.analysis.oncall.stints import last_time
from tests.analysis.oncall.schedules import catalog, hours, layer, schedule, utc

WEEK = timedelta(weeks=1)


def test_a_stint_is_all_shifts_in_a_row_and_the_last_time_is_the_end_of_the_one_before():
    weekly = schedule(layer("ab", "2026-01-05 09:00", WEEK, restrictions=(hours("09:00", timedelta(hours=8)),)))
    found = shifts(catalog(weekly), weekly, utc("2026-01-05"), utc("2026-01-26"))
    last = last_time(found)
    assert len(found) == 21
    assert {last[shift] for shift in found[:14]} == {None}
    assert {(shift.person, last[shift]) for shift in found[14:]} == {("a", utc("2026-01-11 17:00"))}


def test_one_person_alone_was_never_on_call_before():
    alone = schedule(layer("a", "2026-01-05 09:00", WEEK))
    found = shifts(catalog(alone), alone, utc("2026-01-05 09:00"), utc("2026-02-02 09:00"))
    assert {last_time(found)[shift] for shift in found} == {None}
