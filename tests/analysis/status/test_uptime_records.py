from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.analysis.status.summary import board
from generator.analysis.status.uptime_records import PERIODS, records
from tests.analysis.status.status_sources import at, catalog, component, incident, maintenance, update

NOW = at("2026-11-02 12:00")
THIRD = Decimal("0.3")
ZONES = ["UTC", "America/Argentina/Buenos_Aires", "Europe/Madrid", "America/New_York", "Asia/Kathmandu"]


def of(*entities, now=NOW, zone="UTC", **more):
    sources = catalog(*entities)
    return records(sources, board(sources, now), ZoneInfo(zone), **more)


def outage(ident, start, end, **components):
    return incident(ident, update(start, "identified", components), update(end, "resolved"))


def test_there_is_one_of_each_component_and_group_in_the_order_of_the_page():
    found = of(component("g", is_group=True), component("a", group="g"), component("b"), component("c", group="g"))
    assert list(found) == ["g", "a", "b", "c"]
    assert {len(each.days) for each in found.values()} == {365}
    assert {each.uptime(days, THIRD) for each in found.values() for days in PERIODS} == {1}


def test_the_periods_end_today():
    found = of(
        component("a"),
        outage("x", "2026-10-31 00:00", "2026-11-01 00:00", a="major_outage"),
        outage("y", "2026-09-01 00:00", "2026-09-02 00:00", a="major_outage"),
        outage("z", "2026-01-01 00:00", "2026-01-02 00:00", a="major_outage"),
    )["a"]
    down = {30: 1, 90: 2, 365: 3}
    assert {days: found.uptime(days, THIRD) for days in PERIODS} == {
        days: 1 - Fraction(count) / (days - Fraction(1, 2)) for days, count in down.items()
    }


def test_a_group_weighs_the_minutes_of_its_components_alike():
    found = of(
        component("g", is_group=True),
        component("old", group="g"),
        component("new", group="g", since="2026-11-01"),
        outage("x", "2026-11-01 00:00", "2026-11-01 12:00", new="major_outage"),
    )["g"]
    assert found.days[-2].worst == "major_outage"
    assert found.days[-2].uptime(THIRD) == Fraction(3, 4)
    assert found.uptime(30, THIRD) == 1 - Fraction(12, 24 * 29 + 12 + 24 + 12)
    assert found.counted(30) == 30


def test_what_is_said_of_a_group_holds_for_each_of_its_components():
    found = of(
        component("g", is_group=True),
        component("a", group="g"),
        component("b", group="g"),
        outage("x", "2026-11-01 00:00", "2026-11-01 12:00", g="major_outage"),
    )
    assert {each.days[-2].uptime(THIRD) for each in found.values()} == {Fraction(1, 2)}


def test_the_only_component_of_a_group_is_all_of_it():
    found = of(
        component("g", is_group=True),
        component("a", group="g"),
        outage("x", "2026-11-01 00:00", "2026-11-01 12:00", a="partial_outage"),
    )
    assert found["g"].days == found["a"].days


def test_maintenance_is_seen_and_counts_nothing():
    found = of(component("a"), maintenance("m", "2026-11-01 00:00", "2026-11-01 12:00", ["a"]))["a"]
    assert (found.days[-2].worst, found.uptime(30, THIRD)) == ("under_maintenance", 1)


STATUSES = ["operational", "degraded_performance", "partial_outage", "major_outage", "under_maintenance"]
WEIGHT = {"major_outage": Fraction(1), "partial_outage": Fraction(THIRD)}
MINUTES = 42 * 60


@st.composite
def happenings(draw):
    """Incidents around a change of clocks (New York had 25 hours on 1 November), with updates at any minute."""
    every = []
    for number in range(draw(st.integers(0, 4))):
        minutes = sorted(draw(st.lists(st.integers(0, MINUTES - 1), min_size=1, max_size=4, unique=True)))
        named = st.dictionaries(st.sampled_from(["a", "b", "g"]), st.sampled_from(STATUSES), max_size=2)
        last = draw(st.sampled_from(["identified", "resolved"]))
        words = ["investigating"] * (len(minutes) - 1) + [last]
        updates = [
            update(NOW - timedelta(minutes=MINUTES - minute), word, draw(named) if word != "resolved" else None)
            for minute, word in zip(minutes, words, strict=True)
        ]
        every.append((f"x{number}", updates))
    return every


def slow(every, zone, since):
    """Minute by minute: what does each incident say of each component at that minute, and which day is it there?"""
    rank = ["operational", "under_maintenance", "degraded_performance", "partial_outage", "major_outage"]
    counted = {"a": {}, "b": {}}
    members = {"a": ["a"], "b": ["b"], "g": ["a", "b"]}
    for back in range(MINUTES, 0, -1):
        minute = NOW - timedelta(minutes=back)
        now = {"a": "operational", "b": "operational"}
        for _, updates in every:
            own = {}
            for each in updates:
                if each.at > minute:
                    break
                own = {} if each.status == "resolved" else own
                own.update({one: status for name, status in each.components.items() for one in members[name]})
            for name, status in own.items():
                now[name] = max(now[name], status, key=rank.index)
        day = minute.astimezone(zone).date()
        for name, status in now.items():
            if name == "a" or day >= since:
                counted[name].setdefault(day, []).append(WEIGHT.get(status, Fraction(0)))
    return counted


@settings(max_examples=30)
@given(happenings(), st.sampled_from(ZONES))
def test_days_are_what_a_count_of_every_minute_gives(every, name):
    zone, since = ZoneInfo(name), (NOW - timedelta(days=1)).date()
    found = of(
        component("g", is_group=True),
        component("a", group="g"),
        component("b", group="g", since=since.isoformat()),
        *(incident(ident, *updates) for ident, updates in every),
        zone=name,
        days=2,
    )
    expected = slow(every, zone, since)
    for ident, days in (*expected.items(), ("g", None)):
        for day in found[ident].days:
            parts = [expected["a"], expected["b"]] if days is None else [days]
            minutes = [each for part in parts for each in part.get(day.day, [])]
            share = 1 - sum(minutes, Fraction(0)) / len(minutes) if minutes else None
            assert day.uptime(THIRD) == share
