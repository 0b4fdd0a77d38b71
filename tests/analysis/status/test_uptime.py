from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis.status.incidents import SEVERITY
from generator.analysis.status.summary import StatusSpan
from generator.analysis.status.uptime import component_days, day_bounds, uptime
from tests.analysis.status.status_sources import at

NOW = at("2026-11-24 12:00")
THIRD = Decimal("0.3")


def span(status, start, end=None):
    return StatusSpan(status, at(start), at(end) if end else None, "x")


def days(*spans, now=NOW, zone="UTC", **more):
    return {day.day.isoformat(): day for day in component_days(spans, now, ZoneInfo(zone), **more)}


def test_ninety_days_and_today_is_the_last_until_now():
    found = days()
    assert len(found) == 90
    assert list(found)[-1] == "2026-11-24"
    assert found["2026-11-24"].total == timedelta(hours=12)
    assert found["2026-11-23"].total == timedelta(hours=24)
    assert uptime(found.values(), THIRD) == 1


def test_a_major_outage_counts_whole_and_a_partial_one_by_its_weight():
    found = days(
        span("major_outage", "2026-11-20 00:00", "2026-11-20 06:00"),
        span("partial_outage", "2026-11-21 00:00", "2026-11-21 12:00"),
    )
    assert found["2026-11-20"].uptime(THIRD) == Fraction(3, 4)
    assert found["2026-11-21"].uptime(THIRD) == 1 - Fraction(3, 10) / 2
    assert found["2026-11-21"].uptime(Decimal(1)) == Fraction(1, 2)
    assert uptime(found.values(), Decimal(0)) == 1 - Fraction(6, 89 * 24 + 12)


@pytest.mark.parametrize("status", ["degraded_performance", "under_maintenance"])
def test_degraded_performance_and_maintenance_are_seen_and_count_nothing(status):
    day = days(span(status, "2026-11-20 00:00", "2026-11-20 06:00"))["2026-11-20"]
    assert (day.worst, day.uptime(THIRD)) == (status, 1)


def test_overlapping_spans_are_merged_and_never_added():
    found = days(
        span("major_outage", "2026-11-20 00:00", "2026-11-20 06:00"),
        span("major_outage", "2026-11-20 03:00", "2026-11-20 06:00"),
        span("partial_outage", "2026-11-20 00:00", "2026-11-20 12:00"),
    )
    day = found["2026-11-20"]
    assert (day.major, day.partial) == (timedelta(hours=6), timedelta(hours=6))


def test_a_span_over_midnight_belongs_to_both_days_and_one_that_ends_at_midnight_to_one():
    found = days(
        span("major_outage", "2026-11-20 23:00", "2026-11-21 01:00"),
        span("major_outage", "2026-11-22 23:00", "2026-11-23"),
    )
    assert [found[f"2026-11-{day}"].worst for day in (20, 21, 22, 23)] == ["major_outage"] * 3 + ["operational"]


def test_what_lasts_counts_until_now():
    day = days(span("major_outage", "2026-11-24 06:00"))["2026-11-24"]
    assert (day.worst, day.uptime(THIRD)) == ("major_outage", Fraction(1, 2))


def test_days_before_the_component_was_there_count_nothing():
    found = days(span("major_outage", "2026-11-20 00:00", "2026-11-20 06:00"), since=date(2026, 11, 21))
    assert not found["2026-11-20"].is_counted
    assert found["2026-11-20"].uptime(THIRD) is None
    assert uptime(found.values(), THIRD) == 1


def test_there_is_no_percentage_of_nothing():
    assert uptime([], THIRD) is None
    midnight = days(now=at("2026-11-24"))
    assert midnight["2026-11-24"].uptime(THIRD) is None


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Madrid", "2026-03-29", 23),
        ("Europe/Madrid", "2026-10-25", 25),
        ("America/New_York", "2026-11-01", 25),
        ("Africa/Cairo", "2026-04-24", 23),  # its clocks skip midnight itself
        ("America/Havana", "2026-11-01", 25),  # midnight comes twice there
        ("Australia/Lord_Howe", "2026-10-04", 23.5),
        ("America/Argentina/Buenos_Aires", "2026-11-01", 24),
    ],
)
def test_days_are_as_long_as_they_are_in_the_zone(zone, day, hours):
    later = datetime.fromisoformat(day).replace(tzinfo=UTC) + timedelta(days=5)
    found = {each: end - start for each, start, end in day_bounds(later, ZoneInfo(zone), 10)}
    assert found[date.fromisoformat(day)] == timedelta(hours=hours)


def test_a_day_that_a_zone_never_had_counts_nothing():
    found = days(now=at("2012-01-10"), zone="Pacific/Apia", days=20)
    assert not found["2011-12-30"].is_counted
    assert found["2011-12-31"].total == timedelta(hours=24)


ZONES = ["UTC", "America/Argentina/Buenos_Aires", "Europe/Madrid", "Africa/Cairo", "America/Havana", "Asia/Kathmandu"]
STEP = timedelta(minutes=15)


@st.composite
def cases(draw):
    zone = ZoneInfo(draw(st.sampled_from(ZONES)))
    now = (
        at(draw(st.sampled_from(["2026-11-03", "2026-10-27", "2026-04-02", "2026-04-26"])))
        + draw(st.integers(0, 95)) * STEP
    )
    begin = now - timedelta(days=6)
    points = st.integers(0, int((now - begin) / STEP))
    spans = []
    for start, length, status in draw(
        st.lists(st.tuples(points, points, st.sampled_from(sorted(SEVERITY))), max_size=6)
    ):
        end = begin + (start + length) * STEP
        spans.append(StatusSpan(status, begin + start * STEP, end if end <= now else None, "x"))
    return spans, now, zone


def slow_reference(spans, now, zone, weight):
    """Looks at every quarter of an hour, and asks the wall clock which day it is."""
    slots = {}
    at_ = now - timedelta(days=7)
    while at_ < now:
        lasting = [s.status for s in spans if s.start <= at_ and (s.end is None or at_ < s.end)]
        slots.setdefault(at_.astimezone(zone).date(), []).append(max(lasting, key=SEVERITY.get, default="operational"))
        at_ += STEP
    down = {"major_outage": Fraction(1), "partial_outage": Fraction(weight)}
    return {
        day: (max(words, key=SEVERITY.get), 1 - sum(down.get(word, 0) for word in words) / Fraction(len(words)))
        for day, words in slots.items()
    }


@given(cases(), st.sampled_from([Decimal(0), THIRD, Decimal("0.5"), Decimal(1)]))
def test_every_day_is_what_a_slow_count_of_quarters_gives(case, weight):
    spans, now, zone = case
    expected = slow_reference(spans, now, zone, weight)
    for day in component_days(spans, now, zone, days=5):
        assert not day.is_counted or (day.worst, day.uptime(weight)) == expected[day.day]


@given(cases())
def test_one_more_span_never_makes_uptime_better(case):
    spans, now, zone = case
    shares = [uptime(component_days(spans[:count], now, zone, days=5), THIRD) for count in range(len(spans) + 1)]
    assert shares == sorted(shares, reverse=True)
