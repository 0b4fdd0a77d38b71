"""Load and fairness: who has which hours, and what overrides move."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis.oncall import coming_shifts, shifts
from generator.analysis.oncall.load.coming import coming_shares, spare, team_load
from generator.analysis.oncall.load.duties import Duty, duties, loads
from generator.analysis.oncall.load.fairness import available, carried_by_layer, fairness, schedule_fairness
from generator.analysis.windows import Window
from generator.catalog import Catalog
from generator.kinds.team import EscalationPolicy, Schedule, Team
from tests.catalogs import NOW, make_catalog

HOUR = timedelta(hours=1)
PEOPLE = "ann: {time_zone: Etc/UTC}\nbob: {time_zone: Asia/Tokyo}\ncleo: Cleo\ndan: Dan\n"
TEAM = """\
schedules:
  primary:
    layers:
      - {start: 2026-11-02 09:00, turn: 1w, people: [ann, bob]}
      - {name: Learners, shadow: true, start: 2026-11-02 09:00, turn: 1w, people: [dan]}
  day:
    layers:
      - {start: 2026-11-02 09:00, turn: 1w, days: mon-fri, hours: 09:00-17:00, people: [bob, ann]}
escalation:
  steps:
    - {page: primary, wait: 15m}
    - {page: [day, cleo], wait: 15m}
"""
OVERRIDES = """\
- {who: cleo, for: ann, schedule: primary, from: 2026-11-03 12:00, until: 2026-11-03 15:00}
- {who: ann, for: bob, schedule: day, from: 2026-11-04 15:00, until: 2026-11-04 19:00}
"""
SPAN = Window(datetime(2026, 11, 2, 9, tzinfo=UTC), datetime(2026, 11, 16, 9, tzinfo=UTC))


def catalog_of(**more: str) -> Catalog:
    found = make_catalog({"schedules/people.yaml": PEOPLE, "schedules/web.yaml": TEAM, **more})
    assert found.findings == ()
    return found


@pytest.fixture
def catalog() -> Catalog:
    return catalog_of(**{"schedules/web.overrides.yaml": OVERRIDES})


def duty(catalog: Catalog, who: str, schedule: str) -> Duty:
    (found,) = [
        each for each in duties(catalog, catalog.all(Schedule), SPAN) if (each.person, each.schedule) == (who, schedule)
    ]
    return found


def test_hours_are_by_person_schedule_and_step(catalog: Catalog):
    found = {
        (each.person, each.schedule, each.step): each.total for each in duties(catalog, catalog.all(Schedule), SPAN)
    }
    assert found == {
        ("ann", "web/primary", 1): 165 * HOUR,
        ("bob", "web/primary", 1): 168 * HOUR,
        ("cleo", "web/primary", 1): 3 * HOUR,
        ("ann", "web/day", 2): 44 * HOUR,
        ("bob", "web/day", 2): 38 * HOUR,
    }


def test_hours_fall_into_buckets_where_the_person_lives(catalog: Catalog):
    """Bob's day is from 18:00 to 02:00, and his Friday's ends on a Saturday; Ann has two of his Wednesday's hours."""
    ann, bob = (duty(catalog, who, "web/day") for who in ("ann", "bob"))
    assert [time / HOUR for time in ann.amounts] == [42, 2, 0, 0, 0]
    assert [time / HOUR for time in bob.amounts] == [0, 20, 16, 2, 0]


def test_covers_say_who_took_what_of_whom(catalog: Catalog):
    cleo, ann, bob = (
        duty(catalog, *who) for who in (("cleo", "web/primary"), ("ann", "web/primary"), ("bob", "web/day"))
    )
    assert (cleo.taken, cleo.covers_taken, cleo.given) == (3 * HOUR, 1, timedelta())
    assert (ann.given, ann.covers_given, ann.taken) == (3 * HOUR, 1, timedelta())
    assert (bob.given, bob.covers_given) == (2 * HOUR, 1)
    beyond = duty(catalog, "ann", "web/day")
    assert (beyond.taken, beyond.covers_taken) == (4 * HOUR, 1)


def test_shifts_are_spans_and_turns_are_what_gives_them(catalog: Catalog):
    ann = duty(catalog, "ann", "web/primary")
    assert (ann.shifts, ann.turns) == (2, 1)
    assert duty(catalog, "ann", "web/day").shifts == 6


def test_shares_count_what_two_levels_give_at_once_only_once(catalog: Catalog):
    found = {each.person: each for each in loads(catalog, catalog.all(Schedule), catalog.all(EscalationPolicy), SPAN)}
    assert found["cleo"].share == 1
    assert found["bob"].on_call == 206 * HOUR
    assert found["ann"].share == Fraction(165 + 40, 336)
    assert "dan" not in found


def test_a_policy_that_no_service_uses_calls_nobody():
    other = "team: shop\nalerts: [{alert: A, expr: up == 0}]\n"
    shop = "schedules: {}\nescalation: {steps: [{page: dan, wait: 5m}]}\n"
    catalog = catalog_of(**{"alerts/shop.yaml": other, "schedules/shop.yaml": shop})
    found = {each.person for each in loads(catalog, catalog.all(Schedule), catalog.all(EscalationPolicy), SPAN)}
    assert found == {"ann", "bob", "dan"}


@given(st.integers(0, 5000), st.integers(1, 5000))
def test_what_people_have_adds_up_to_what_the_schedule_has(start: int, length: int):
    catalog = catalog_of(**{"schedules/web.overrides.yaml": OVERRIDES})
    begins = SPAN.start + timedelta(minutes=start)
    span = Window(begins, begins + timedelta(minutes=length))
    for schedule in catalog.all(Schedule):
        found = duties(catalog, [schedule], span)
        assert sum((each.total for each in found), timedelta()) == sum(
            (shift.window.length for shift in shifts(catalog, schedule, *span)), timedelta()
        )
        assert sum((each.given for each in found), timedelta()) <= sum((each.taken for each in found), timedelta())


def slow_fairness(carried: dict[str, float]) -> tuple[float, float]:
    """By the words of the definition."""
    amounts = list(carried.values())
    pairs = [(a, b) for i, a in enumerate(amounts) for b in amounts[i + 1 :]]
    balance = [min(pair) / max(pair) if max(pair) else 1 for pair in pairs]
    return max(amounts) / (sum(amounts) / len(amounts)), sum(balance) / len(balance)


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 1000).map(float), min_size=2))
def test_fairness_is_as_it_is_defined(carried: dict[str, float]):
    found = fairness(carried)
    if max(carried.values()) == 0:
        assert found is None
        return
    assert found is not None
    assert (found.overload, found.balance) == pytest.approx(slow_fairness(carried))
    assert carried[found.most] == max(carried.values())
    assert carried[found.least] == min(carried.values())


def test_whoever_came_late_or_left_early_is_not_unfair():
    layers = "{start: 2026-11-02 09:00, end: 2026-11-09 09:00, turn: 12h, people: [ann, bob]}"
    layers += ", {start: 2026-11-09 09:00, turn: 1w, people: [ann]}"
    team = f"schedules: {{primary: {{layers: [{layers}]}}}}\n"
    catalog = make_catalog({"schedules/people.yaml": PEOPLE, "schedules/web.yaml": team})
    (schedule,) = catalog.all(Schedule)
    everything = schedule_fairness(catalog, schedule, duties(catalog, [schedule], SPAN), SPAN)[-1]
    assert available(catalog, schedule.layers, "bob", SPAN) == timedelta(days=7)
    assert everything is not None
    assert everything.overload == pytest.approx(0.75 / ((0.75 + 0.5) / 2))


def test_leave_is_no_time_in_which_somebody_could_be_on_call():
    leave = "- {who: ann, from: 2026-11-03, until: 2026-11-05}\n"
    catalog = catalog_of(**{"schedules/web.leave.yaml": leave})
    schedule = catalog.get(Schedule, "web/primary")
    assert schedule is not None
    assert available(catalog, schedule.layers, "ann", SPAN) == timedelta(days=12)


def test_layers_carry_what_the_coming_year_has():
    catalog = catalog_of()
    for schedule in catalog.all(Schedule):
        every = [each.total for theirs in carried_by_layer(catalog, schedule, NOW).values() for each in theirs]
        shown = sum((shift.window.length for shift in coming_shifts(catalog, schedule, NOW)), timedelta())
        assert sum(every, timedelta()) == shown


def test_the_quarter_is_of_all_levels_and_of_the_time_that_somebody_is_there():
    catalog = catalog_of()
    (team,) = catalog.all(Team)
    shares = coming_shares(catalog, NOW)
    assert shares["bob"] == pytest.approx(0.5 + 20 / 168, abs=0.02)
    found = team_load(catalog, team, NOW)
    assert [who for who, _ in found.over] == ["bob", "ann"]
    assert found.enough == 5


def test_who_could_stand_in_is_there_and_least_on_call():
    catalog = catalog_of(**{"schedules/web.leave.yaml": "- {who: bob, from: 2026-12-01, until: 2026-12-05}\n"})
    schedule = catalog.get(Schedule, "web/primary")
    assert schedule is not None
    week = Window(datetime(2026, 12, 2, tzinfo=UTC), datetime(2026, 12, 3, tzinfo=UTC))
    assert spare(catalog, schedule, week, ["ann"], NOW) is None
    later = Window(datetime(2026, 12, 8, tzinfo=UTC), datetime(2026, 12, 9, tzinfo=UTC))
    on_call = next(shift.person for shift in coming_shifts(catalog, schedule, NOW) if shift.end > later.start)
    assert {spare(catalog, schedule, later, [], NOW), on_call} == {"ann", "bob"}
