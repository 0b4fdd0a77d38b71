"""A team without PagerDuty: at every instant exactly those are told who are on call, and somebody always is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.analysis.oncall import shifts
from generator.analysis.routing import Routing, routing
from generator.analysis.routing.people import WEEKS, horizon
from generator.catalog import Catalog
from generator.kinds.team import Schedule
from tests.analysis.time_fields import told as told_of
from tests.catalogs import NOW, make_catalog

PEOPLE = "ann: {email: ann@example.com}\nbob: {email: bob@example.com}\ncid: {slack: U0CID}\ndot: Dot\n"
SETTINGS = "alertmanager: {smtp_smarthost: 'smtp.example.com:587', smtp_from: tocsin@example.com}\n"
PAGE = {"team": "ops", "urgency": "page", "service": "web"}


def catalog_of(layers: list[str], step: str = "primary", overrides: str = "") -> Catalog:
    schedule = f"{{time_zone: Europe/Madrid, layers: [{', '.join(layers)}]}}"
    team = f"pages: people\nslack: '#ops'\nschedules: {{primary: {schedule}}}\n"
    files = {
        "alerts/web.yaml": "team: ops\nalerts: [{alert: Down, expr: up == 0, urgency: page}]\n",
        "schedules/ops.yaml": f"{team}escalation: {{steps: [{{page: {step}, wait: 5m}}]}}\n",
        "schedules/people.yaml": PEOPLE,
        "tocsin.yaml": SETTINGS,
    }
    catalog = make_catalog(files | ({"schedules/ops.overrides.yaml": overrides} if overrides else {}))
    assert not catalog.findings
    return catalog


def told(found: Routing, instant: datetime) -> list[str]:
    return told_of(found, PAGE, instant)


layers = st.lists(
    st.builds(
        lambda hour, turn, hours, people: (
            f"{{start: 2026-0{hour % 9 + 1}-03 {hour:02}:30, turn: {turn}, {hours}people: [{', '.join(people)}]}}"
        ),
        st.integers(0, 23),
        st.sampled_from(["1h", "7h", "1d", "3d", "1w", "90m"]),
        st.sampled_from(["", "hours: 09:00-18:00, ", "days: mon-fri, hours: 17:00-01:00, "]),
        st.lists(st.sampled_from(["ann", "bob", "cid", "dot"]), min_size=1, max_size=4),
    ),
    min_size=1,
    max_size=2,
)


@settings(max_examples=40)
@given(layers, st.integers(0, 997))
def test_exactly_whoever_is_on_call_is_told(written: list[str], offset: int) -> None:
    catalog = catalog_of(written)
    found = routing(catalog, NOW)
    start, end = horizon(NOW)
    (schedule,) = catalog.all(Schedule)
    expected = {shift: f"ops/person/{shift.person}" for shift in shifts(catalog, schedule, start, end)}
    edges = [
        edge + timedelta(minutes=each) for shift in list(expected)[:40] for edge in shift.window for each in (-1, 0)
    ]
    samples = [start + timedelta(minutes=each) for each in range(offset, WEEKS * 7 * 1440, 4567)]
    for instant in [each for each in (*edges, *samples) if start <= each < end]:
        names = [name for shift, name in expected.items() if shift.start <= instant < shift.end]
        assert told(found, instant) == ([each for each in names if each != "ops/person/dot"] or ["ops/page"]), instant


def test_after_the_last_known_shift_the_whole_team_is_told() -> None:
    found = routing(catalog_of(["{start: 2026-01-05 09:00, turn: 1w, people: [ann, bob]}"]), NOW)
    _, end = horizon(NOW)
    assert end - NOW >= timedelta(weeks=WEEKS)
    assert told(found, end - timedelta(minutes=1)) in (["ops/person/ann"], ["ops/person/bob"])
    assert told(found, end) == told(found, end + timedelta(days=400)) == ["ops/page"]
    assert found.receivers["ops/page"].channel == "#ops"
    assert found.uses_now


def test_somebody_who_is_named_is_told_always() -> None:
    found = routing(catalog_of(["{start: 2026-01-05 09:00, turn: 1w, people: [ann]}"], "[primary, cid]"), NOW)
    for days in (0, 3, 400):
        assert "ops/person/cid" in told(found, NOW + timedelta(days=days))
    assert not found.reaches({"team": "ops", "urgency": "ticket"}) or "ops/ticket" in found.receivers


def test_an_override_takes_over() -> None:
    override = "- {who: bob, for: ann, from: 2026-12-24 09:00, until: 2026-12-26 09:00}\n"
    found = routing(catalog_of(["{start: 2026-01-05 09:00, turn: 1w, people: [ann]}"], overrides=override), NOW)
    at = datetime(2026, 12, 24, 8, 0, tzinfo=UTC)
    before, during = told(found, at - timedelta(minutes=1)), told(found, at)
    assert (before, during) == (["ops/person/ann"], ["ops/person/bob"])


@pytest.mark.parametrize("turn", ["1h", "12h", "1d", "1w"])
def test_the_number_of_spans_is_bounded(turn: str) -> None:
    """A span a day at most for each person, however often they hand over."""
    found = routing(catalog_of([f"{{start: 2026-01-05 09:00, turn: {turn}, people: [ann, bob, cid]}}"]), NOW)
    assert {len(each.spans) <= WEEKS * 7 + 2 for each in found.intervals} == {True}


def test_builds_of_one_day_are_the_same() -> None:
    catalog = catalog_of(["{start: 2026-01-05 09:00, turn: 1w, people: [ann, bob]}"])
    morning, evening = (routing(catalog, NOW.replace(hour=hour)) for hour in (1, 23))
    assert morning.intervals == evening.intervals


def test_pagerduty_is_left_out() -> None:
    found = routing(catalog_of(["{start: 2026-01-05 09:00, turn: 1w, people: [ann, cid]}"]), NOW)
    assert not [each for each in found.receivers.values() if each.pagerduty_key]
    assert found.receivers["ops/person/cid"].mention == "<@U0CID>"
    assert found.receivers["ops/person/ann"].emails == ("ann@example.com",)
