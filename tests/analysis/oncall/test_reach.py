"""Who is called, against a reference that asks at instants; and what passing an empty step does."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.analysis.oncall import on_call_at
from generator.analysis.oncall.coverage.reach import Call, coming_reach, reach
from generator.kinds.team import EscalationPolicy, Schedule
from tests.catalogs import NOW, make_catalog

PEOPLE = "alice: Alice\nbob: Bob\ncarol: Carol\nlead: Lead\n"
SCHEDULES = """\
lead: lead
schedules:
  day:
    time_zone: Europe/Madrid
    layers: [{start: 2026-01-01 09:00, turn: 1d, hours: 09:00-17:00, people: [alice, bob]}]
  night:
    time_zone: America/New_York
    layers: [{start: 2026-01-01 09:00, turn: 1w, hours: 20:00-06:00, people: [carol, alice]}]
"""
MINUTES = timedelta(minutes=1)


def policy(steps: str, schedules: str = SCHEDULES):
    files = {"schedules/people.yaml": PEOPLE, "schedules/ops.yaml": f"{schedules}escalation:\n  steps: {steps}\n"}
    catalog = make_catalog(files)
    assert not catalog.findings
    return catalog, catalog.all(EscalationPolicy)[0]


def at(found, instant: datetime):
    (one,) = [each for each in found if each.start <= instant < each.end]
    return one


def test_a_step_without_anybody_is_passed_at_once():
    catalog, of = policy("[{page: day, wait: 15m}, {page: lead, wait: 10m}, {page: night, wait: 5m}]")
    noon = datetime.fromisoformat("2026-11-24T12:00+00:00")
    found = reach(catalog, of, noon, noon + timedelta(days=1))
    day, night = at(found, noon), at(found, noon + timedelta(hours=14))
    assert day.calls == (Call("bob", 0, 0 * MINUTES, "ops/day"), Call("lead", 1, 15 * MINUTES))
    assert day.passed == (2,)
    assert night.calls == (Call("lead", 1, 0 * MINUTES), Call("carol", 2, 10 * MINUTES, "ops/night"))
    assert night.passed == (0,)
    assert [call.person for call in night.first] == ["lead"]
    assert night.people == {"lead", "carol"}


def test_where_nobody_is_on_call_at_any_step_nobody_is_called():
    catalog, of = policy("[{page: [day, night], wait: 15m}]")
    evening = datetime.fromisoformat("2026-11-24T20:00+00:00")
    (found,) = reach(catalog, of, evening, evening + timedelta(hours=1))
    assert (found.calls, found.passed) == ((), (0,))


def test_several_targets_of_a_step_are_called_together():
    catalog, of = policy("[{page: [day, bob, lead], wait: 15m}]")
    (found,) = reach(catalog, of, NOW, NOW + timedelta(hours=1))
    assert [(call.person, call.schedule) for call in found.first] == [("bob", "ops/day"), ("bob", None), ("lead", None)]


def test_the_same_person_on_and_on_is_one_span():
    one = "schedules: {day: {layers: [{start: 2026-01-01, turn: 1d, people: [alice]}]}}\n"
    catalog, of = policy("[{page: day, wait: 15m}]", one)
    (found,) = coming_reach(catalog, of, NOW)
    assert found.window.length == timedelta(weeks=53)


def test_a_target_that_leads_nowhere_calls_nobody():
    catalog, of = policy("[{page: [nobody, other/team], wait: 5m}, {page: lead, wait: 5m}]")
    (found,) = reach(catalog, of, NOW, NOW + timedelta(days=1))
    assert found.calls == (Call("lead", 1, 0 * MINUTES),)


_STEPS = st.lists(
    st.lists(st.sampled_from(["day", "night", "lead", "bob"]), min_size=1, max_size=2, unique=True),
    min_size=1,
    max_size=3,
)


@settings(max_examples=60, deadline=None)
@given(_STEPS, st.integers(0, 400), st.integers(1, 4 * 96))
def test_the_same_people_as_asking_at_every_quarter_of_an_hour(steps, day, quarters):
    catalog, of = policy("[" + ", ".join(f"{{page: [{', '.join(each)}], wait: 7m}}" for each in steps) + "]")
    start = datetime.fromisoformat("2026-03-01T00:00+00:00") + timedelta(days=day)
    end = start + quarters * 15 * MINUTES
    found = reach(catalog, of, start, end)
    assert (found[0].start, found[-1].end) == (start, end)
    for one, other in pairwise(found):
        assert one.end == other.start
        assert one != other._replace(start=one.start, end=one.end)
    for index in range(quarters):
        instant = start + index * 15 * MINUTES
        assert [(c.person, c.delay) for c in at(found, instant).calls] == list(_asked(catalog, steps, instant))


def _asked(catalog, steps, instant):
    delay = timedelta()
    for step in steps:
        people = [_who(catalog, target, instant) for target in step]
        yield from ((person, delay) for person in people if person)
        delay += 7 * MINUTES if any(people) else timedelta()


def _who(catalog, target: str, instant: datetime) -> str | None:
    schedule = catalog.get(Schedule, f"ops/{target}")
    if schedule is None:
        return target
    shift = on_call_at(catalog, schedule, instant)
    return shift.person if shift else None
