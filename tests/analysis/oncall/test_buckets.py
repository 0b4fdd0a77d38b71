"""Time by bucket, judged by a slow reference that asks the wall clock every minute."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis.oncall.load.buckets import Scale, hours_scale, night_of, place_of, scale, scale_of
from generator.analysis.oncall.load.settings import buckets_of
from generator.analysis.windows import Window
from generator.catalog import Catalog
from tests.catalogs import make_catalog

MINUTE = timedelta(minutes=1)
ZONES = ("Etc/UTC", "Europe/Madrid", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Asia/Kathmandu")
DAYS = ("2026-03-07", "2026-03-28", "2026-04-04", "2026-09-05", "2026-10-03", "2026-10-24", "2026-10-31", "2026-12-24")
"""Around changes of clock, at midnight and by half an hour too, and around holidays."""
HOLIDAYS = (date(2026, 3, 29), date(2026, 4, 6), date(2026, 11, 2), date(2026, 12, 25))
"""Of a country that only the settings know."""
WRITTEN = (
    None,
    {"all": "00:00-24:00"},
    {"day": "08:30-20:00", "night": "20:00-08:30"},
    {"early": "00:00-01:30", "late": "01:30-24:00"},
)


def catalog_of(buckets: dict[str, str] | None = None, **sources: str) -> Catalog:
    lines = [f"{name}: {hours}" for name, hours in (buckets or {}).items()]
    settings = f"holidays: {{ZZ: [{', '.join(map(str, HOLIDAYS))}]}}\n"
    settings += f"oncall: {{buckets: {{{', '.join(lines)}}}}}\n" if buckets else ""
    found = make_catalog({"tocsin.yaml": settings, **sources})
    assert found.findings == ()
    return found


def reference(window: Window, zone: str, buckets: dict[str, str], holidays: set[date]) -> Counter[str]:
    """Minutes by bucket: what day and what time does the wall clock show at each of them?"""
    found: Counter[str] = Counter()
    instant = window.start
    while instant < window.end:
        wall = instant.astimezone(ZoneInfo(zone))
        if wall.date() in holidays:
            found["holiday"] += 1
        elif wall.date().weekday() in (5, 6):
            found["weekend"] += 1
        else:
            found[next(name for name, hours in buckets.items() if _holds(hours, wall.time()))] += 1
        instant += MINUTE
    return found


def _holds(hours: str, moment: time) -> bool:
    start, end = hours.split("-")
    shown = f"{moment:%H:%M}"
    return start <= shown < end if start < end else shown >= start or shown < end


@given(
    day=st.sampled_from(DAYS),
    zone=st.sampled_from(ZONES),
    written=st.sampled_from(WRITTEN),
    country=st.sampled_from([None, "ZZ"]),
    start=st.integers(0, 2880),
    length=st.integers(1, 1800),
)
def test_every_minute_is_in_the_bucket_that_the_wall_clock_says(day, zone, written, country, start, length):
    catalog = catalog_of(written)
    begins = datetime.fromisoformat(day).replace(tzinfo=UTC) + start * MINUTE
    window = Window(begins, begins + length * MINUTE)
    buckets = written or {"business": "09:00-17:00", "evening": "17:00-22:00", "night": "22:00-09:00"}
    holidays = set(HOLIDAYS) if country else set()
    found = scale(catalog, zone, country, Window(begins - timedelta(days=3), window.end + timedelta(days=3)))
    amounts = dict(zip(found.names, found.amounts([window]), strict=True))
    assert {name: time // MINUTE for name, time in amounts.items() if time} == reference(
        window, zone, buckets, holidays
    )
    assert sum(amounts.values(), timedelta()) == window.length
    pieces = list(found.pieces(window))
    assert sum((piece.length for piece, _ in pieces), timedelta()) == window.length
    assert all(found.bucket(piece.start) == name for piece, name in pieces)


@pytest.mark.parametrize(
    ("day", "zone", "night"),
    [("2026-03-28", "Europe/Madrid", 10), ("2026-10-24", "Europe/Madrid", 12), ("2026-06-06", "Europe/Madrid", 11)],
)
def test_the_night_that_changes_the_clock_has_the_hours_that_pass(day: str, zone: str, night: int):
    first = datetime.fromisoformat(f"{day} 12:00").replace(tzinfo=ZoneInfo(zone))
    window = Window(first.astimezone(UTC), (first + timedelta(days=1)).astimezone(UTC))
    found = hours_scale(catalog_of(), zone, window)
    assert dict(zip(found.names, found.amounts([window]), strict=True)) == {
        "business": timedelta(hours=8),
        "evening": timedelta(hours=5),
        "night": timedelta(hours=night),
        "weekend": timedelta(),
        "holiday": timedelta(),
    }


def test_a_day_that_never_was_is_in_no_bucket():
    """Samoa went from Thursday 29 December 2011 to Saturday 31 December."""
    window = Window(datetime(2011, 12, 29, 10, tzinfo=UTC), datetime(2011, 12, 31, 10, tzinfo=UTC))
    found = scale(catalog_of(), "Pacific/Apia", None, window)
    amounts = dict(zip(found.names, found.amounts([window]), strict=True))
    assert amounts["weekend"] == timedelta(days=1)
    assert sum(amounts.values(), timedelta()) == timedelta(days=2)


def test_seconds_count_exactly():
    start = datetime(2026, 11, 24, 8, 59, 59, 1, tzinfo=UTC)
    window = Window(start, start + timedelta(seconds=2))
    found = scale(catalog_of(), "Etc/UTC", None, Window(start - timedelta(days=1), start + timedelta(days=1)))
    amounts = dict(zip(found.names, found.amounts([window]), strict=True))
    assert (amounts["night"], amounts["business"]) == (timedelta(microseconds=999999), timedelta(microseconds=1000001))


def test_windows_add_up():
    start = datetime(2026, 11, 20, tzinfo=UTC)
    found = scale(catalog_of(), "Europe/Madrid", "ES", Window(start, start + timedelta(days=30)))
    parts = [Window(start + timedelta(hours=7 * n), start + timedelta(hours=7 * n + 7)) for n in range(100)]
    assert found.amounts(parts) == found.amounts([Window(parts[0].start, parts[-1].end)])


def test_the_person_s_own_zone_country_and_weekend_count():
    people = "ann: {time_zone: Asia/Dubai, country: AE}\nbob: {time_zone: Asia/Riyadh, country: SA}\n"
    catalog = catalog_of(**{"schedules/people.yaml": people})
    friday = Window(datetime(2026, 11, 27, 6, tzinfo=UTC), datetime(2026, 11, 27, 13, tzinfo=UTC))

    def of(who: str) -> Scale:
        return scale_of(catalog, who, Window(friday.start, friday.end + timedelta(days=1)))

    assert (of("ann").bucket(friday.start), of("bob").bucket(friday.start)) == ("business", "weekend")
    assert of("nobody").bucket(friday.start) == "night"
    assert place_of(catalog, "nobody") == ("Etc/UTC", None)


@pytest.mark.parametrize(
    ("written", "night"),
    [(None, "night"), ({"all": "00:00-24:00"}, None), ({"a": "02:00-04:00", "b": "04:00-02:00"}, "a")],
)
def test_the_night_is_where_three_o_clock_is_whatever_it_is_called(written, night):
    buckets = buckets_of(catalog_of(written))
    index = night_of(buckets)
    assert (None if index is None else buckets.names[index]) == night
