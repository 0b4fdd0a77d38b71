"""Times as people write them."""

# ruff: noqa: DTZ001 (times without a zone are what people write)

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import times

MADRID = ZoneInfo("Europe/Madrid")
BUENOS_AIRES = ZoneInfo("America/Argentina/Buenos_Aires")


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("5m", timedelta(minutes=5)),
        ("1h30m", timedelta(minutes=90)),
        ("1w", timedelta(days=7)),
        ("1d", timedelta(days=1)),
        ("1y", timedelta(days=365)),
        ("250ms", timedelta(milliseconds=250)),
        ("1w2d3h4m5s6ms", timedelta(weeks=1, days=2, hours=3, minutes=4, seconds=5, milliseconds=6)),
        ("0", timedelta(0)),
        ("0s", timedelta(0)),
    ],
)
def test_a_duration_is_read(text: str, duration: timedelta) -> None:
    assert times.parse_duration(text) == duration


@pytest.mark.parametrize(
    "text",
    ["", "5", "5 m", "-5m", "1.5h", "5min", "1m1h", "1h1h", "m", "\uff15m", "5m\n", "9" * 5000 + "d", "9" * 12 + "y"],
)
def test_what_is_no_duration_is_told_in_one_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="duration") as told:
        times.parse_duration(text)
    assert len(str(told.value)) < 130


@pytest.mark.parametrize(
    ("text", "shortest"),
    [
        ("90m", "1h30m"),
        ("7d", "1w"),
        ("8d", "8d"),
        ("24h", "1d"),
        ("365d", "1y"),
        ("1500ms", "1s500ms"),
        ("0", "0s"),
        ("14d", "2w"),
    ],
)
def test_a_duration_is_written_as_prometheus_writes_it(text: str, shortest: str) -> None:
    assert times.format_duration(times.parse_duration(text)) == shortest


@given(st.integers(0, 10**13))
def test_a_duration_that_is_written_reads_back(milliseconds: int) -> None:
    duration = timedelta(milliseconds=milliseconds)
    assert times.parse_duration(times.format_duration(duration)) == duration


@pytest.mark.parametrize("duration", [timedelta(seconds=-1), timedelta(microseconds=1)])
def test_a_duration_that_has_no_form_is_refused(duration: timedelta) -> None:
    with pytest.raises(ValueError, match="cannot be written"):
        times.format_duration(duration)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-10-14 13:12", "2026-10-14T11:12:00Z"),
        ("2026-10-14T13:12", "2026-10-14T11:12:00Z"),
        ("2026-10-14 13:12:09", "2026-10-14T11:12:09Z"),
        ("2026-10-14 13:12Z", "2026-10-14T13:12:00Z"),
        ("2026-10-14 13:12 Z", "2026-10-14T13:12:00Z"),
        ("2026-10-14T13:12:00-03:00", "2026-10-14T16:12:00Z"),
        ("2026-10-14T13:12+0530", "2026-10-14T07:42:00Z"),
        ("2026-10-14", "2026-10-13T22:00:00Z"),
        ("2026-03-29 02:30", "2026-03-29T01:00:00Z"),
        ("2026-03-29 02:00", "2026-03-29T01:00:00Z"),
        ("2026-03-29 03:00", "2026-03-29T01:00:00Z"),
        ("2026-03-29 01:59", "2026-03-29T00:59:00Z"),
        ("2026-10-25 02:30", "2026-10-25T00:30:00Z"),
        ("2026-10-25 03:00", "2026-10-25T02:00:00Z"),
    ],
)
def test_an_instant_in_madrid(text: str, expected: str) -> None:
    instant = times.parse_instant(text, MADRID)
    assert times.iso_utc(instant) == expected
    assert instant.tzinfo is UTC


def test_a_day_whose_midnight_does_not_exist_starts_after_the_gap() -> None:
    assert times.iso_utc(times.parse_instant("2024-09-08", ZoneInfo("America/Santiago"))) == "2024-09-08T04:00:00Z"
    assert times.iso_utc(times.parse_instant("2011-12-30 12:00", ZoneInfo("Pacific/Apia"))) == "2011-12-30T10:00:00Z"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-10-14 13",
        "2026-1-4",
        "2026-13-01",
        "2026-02-30 10:00",
        "2026-10-14 24:00",
        "2026-10-14 13:60",
        "13:12",
        "2026-10-14 13:12 CET",
        "0000-01-01",
        "0001-01-01 00:00+05:00",
        "9999-12-31 23:59-12:00",
        "2026-10-14\n",
        "2026-10-14 13:12+99:00",
        "\u0662\u0660\u0662\u0666-10-14",
    ],
)
def test_what_is_no_instant(text: str) -> None:
    with pytest.raises(ValueError, match=r"^'"):
        times.parse_instant(text, MADRID)


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2040, 1, 1)).map(lambda each: each.replace(microsecond=0)),
    st.sampled_from(
        ["Europe/Madrid", "America/Argentina/Buenos_Aires", "Australia/Lord_Howe", "Asia/Kathmandu", "America/New_York"]
    ),
)
def test_an_instant_is_what_the_clocks_show_or_the_end_of_a_gap(local: datetime, name: str) -> None:
    place = ZoneInfo(name)
    instant = times.parse_instant(local.isoformat(" "), place)
    shown = instant.astimezone(place)
    if shown.replace(tzinfo=None) == local:
        assert shown.fold == 0
    else:
        before = (instant - timedelta(seconds=1)).astimezone(place).replace(tzinfo=None)
        assert before < local < shown.replace(tzinfo=None)


@given(st.datetimes(datetime(1971, 1, 1), datetime(2040, 1, 1)).map(lambda each: each.replace(microsecond=0)))
def test_utc_reads_back(local: datetime) -> None:
    instant = local.replace(tzinfo=UTC)
    assert times.parse_instant(times.iso_utc(instant), BUENOS_AIRES) == instant


def test_iso_utc() -> None:
    assert (
        times.iso_utc(datetime(2026, 10, 14, 10, 12, 5, 999, timezone(timedelta(hours=-3)))) == "2026-10-14T13:12:05Z"
    )
    with pytest.raises(ValueError, match="zone"):
        times.iso_utc(datetime(2026, 10, 14))


def test_dates() -> None:
    assert times.parse_date("2026-10-14") == date(2026, 10, 14)
    for text in ("2026-02-30", "2026-10", "20261014", "2026-10-14 00:00", ""):
        with pytest.raises(ValueError, match=r"^'"):
            times.parse_date(text)


@pytest.mark.parametrize(
    ("text", "start", "end", "crosses", "hours"),
    [
        ("09:00-18:00", time(9), time(18), False, 9),
        ("17:00-01:00", time(17), time(1), True, 8),
        ("18:00-24:00", time(18), time(0), True, 6),
        ("18:00 - 00:00", time(18), time(0), True, 6),
        ("00:00-24:00", time(0), time(0), True, 24),
        ("00:30-00:15", time(0, 30), time(0, 15), True, 23.75),
    ],
)
def test_hours(text: str, start: time, end: time, crosses: bool, hours: float) -> None:
    read = times.parse_hours(text)
    assert read == times.Hours(start, end, crosses)
    assert read.length == timedelta(hours=hours)


@pytest.mark.parametrize(
    "text",
    ["", "9-18", "09:00", "09:00-09:00", "00:00-00:00", "25:00-26:00", "09:60-10:00", "24:00-09:00", "09:00-24:30"],
)
def test_what_are_no_hours(text: str) -> None:
    with pytest.raises(ValueError, match=r"^'"):
        times.parse_hours(text)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ("mon-fri", {0, 1, 2, 3, 4}),
        ("fri-mon", {4, 5, 6, 0}),
        ("sat", {5}),
        (["sat", "sun"], {5, 6}),
        (["mon-tue", "thu"], {0, 1, 3}),
        ("mon-sun", set(range(7))),
        ("wed-tue", set(range(7))),
    ],
)
def test_days(days: str | list[str], expected: set[int]) -> None:
    assert times.parse_days(days) == expected


@pytest.mark.parametrize("days", ["", "monday", "Mon", "mon-", "mon-tue-wed", "mon,tue", [], ["mon", "x"]])
def test_what_are_no_days(days: str | list[str]) -> None:
    with pytest.raises(ValueError, match="day"):
        times.parse_days(days)


def test_zones() -> None:
    assert times.zone("America/Argentina/Buenos_Aires") == BUENOS_AIRES
    assert times.zone("UTC").utcoffset(datetime(2026, 1, 1, tzinfo=UTC)) == timedelta(0)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "../../etc/passwd",
        "/etc/passwd",
        "Europe",
        "Europe/Nowhere",
        "Mars/Base",
        "a\0b",
        "localtime",
        "posix/Europe/Madrid",
        "right/UTC",
        "Europe/../Europe/Madrid",
        "zone.tab",
        "tzdata.zi",
        "x" * 9999,
    ],
)
def test_what_is_no_zone(name: str) -> None:
    with pytest.raises(ValueError, match="is not a time zone"):
        times.zone(name)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("America/Argentina/Buenos_Ares", "America/Argentina/Buenos_Aires"),
        ("europe/madrid", "Europe/Madrid"),
        ("Madrid", "Europe/Madrid"),
        ("New York", "America/New_York"),
    ],
)
def test_the_zone_that_was_meant_is_suggested(written: str, meant: str) -> None:
    with pytest.raises(ValueError, match=f"is not a time zone: did you mean {meant}\\?"):
        times.zone(written)


@pytest.mark.parametrize("written", ["GMT+3", "UTC+1", "EST5", "Mars/Base"])
def test_no_zone_is_suggested_for_an_offset(written: str) -> None:
    with pytest.raises(ValueError, match="is not a time zone such as Europe/Madrid"):
        times.zone(written)


@pytest.mark.parametrize(
    ("duration", "expected"),
    [
        (timedelta(days=2, hours=2, minutes=5), "2 days 2 hours"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(hours=1, seconds=1), "1 hour 1 second"),
        (timedelta(seconds=59.9), "59 seconds"),
        (timedelta(0), "0 seconds"),
        (timedelta(minutes=-5), "5 minutes"),
    ],
)
def test_words(duration: timedelta, expected: str) -> None:
    assert times.words(duration) == expected
