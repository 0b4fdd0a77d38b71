from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from generator.analysis.pagerduty.zones import ACCEPTED, accepted, suggestion

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def test_names_are_sorted_real_and_each_there_once():
    assert list(ACCEPTED) == sorted(set(ACCEPTED))
    assert len(ACCEPTED) == 135
    assert all(ZoneInfo(name) for name in ACCEPTED)


@pytest.mark.parametrize("zone", ["UTC", "Europe/Kyiv", "Europe/Oslo", "America/Toronto", "Asia/Dubai"])
def test_not_every_zone_is_accepted(zone):
    assert not accepted(zone)


@pytest.mark.parametrize(
    ("zone", "other"),
    [
        ("Europe/Oslo", "Europe/Berlin"),
        ("Europe/Kyiv", "Europe/Kiev"),
        ("America/Toronto", "America/New_York"),
        ("Asia/Dubai", "Asia/Muscat"),
        ("UTC", "Etc/UTC"),
        ("Europe/Madrid", "Europe/Madrid"),
    ],
)
def test_a_zone_of_the_same_rules_is_suggested(zone, other):
    assert suggestion(zone, NOW) == other


@pytest.mark.parametrize("zone", ["Australia/Lord_Howe", "Antarctica/Troll", "Mars/Olympus", "../etc/passwd", ""])
def test_none_where_no_zone_has_the_same_rules_or_there_is_no_such_zone(zone):
    assert suggestion(zone, NOW) is None


@pytest.mark.parametrize("zone", ["Africa/Lagos", "America/Anchorage", "Asia/Calcutta", "Pacific/Norfolk", "Asia/Gaza"])
def test_the_same_clock_is_shown_at_any_time(zone):
    other = suggestion(zone, NOW)
    if other is None:
        return
    for month in range(60):
        instant = datetime(2026 + month // 12, month % 12 + 1, 15, 12, tzinfo=UTC)
        assert instant.astimezone(ZoneInfo(zone)).utcoffset() == instant.astimezone(ZoneInfo(other)).utcoffset()
