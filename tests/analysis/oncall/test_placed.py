"""Overrides over each other: a later line wins, and few of many are looked at."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from generator.analysis.oncall import overrides_of, shifts, shifts_below
from generator.analysis.oncall.placed import placed_within
from generator.kinds.team import Schedule
from tests.catalogs import make_catalog

START = datetime(2026, 12, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
TEAM = """\
schedules:
  primary:
    time_zone: Etc/UTC
    layers:
      - {start: 2027-01-01, turn: 1d, people: [p0]}
"""
SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 30)), max_size=12)
"""From which hour, and for how many."""


def written(hour: int) -> str:
    return f"{START + hour * HOUR:%Y-%m-%d %H:%M}"


def sources(spans: list[tuple[int, int]]) -> dict[str, str]:
    lines = (
        f"- {{who: p{index}, from: {written(begins)}, until: {written(begins + hours)}}}\n"
        for index, (begins, hours) in enumerate(spans)
    )
    people = "".join(f"p{index}: P\n" for index in range(13))
    overrides = {"schedules/web.overrides.yaml": "".join(lines)} if spans else {}
    return {"schedules/people.yaml": people, "schedules/web.yaml": TEAM, **overrides}


def last(spans: list[tuple[int, int]], hour: int) -> str | None:
    """Who has an hour: the last line that holds for it."""
    holding = [index for index, (begins, hours) in enumerate(spans) if begins <= hour < begins + hours]
    return f"p{holding[-1]}" if holding else None


def by_hour(found: object, first: int, end: int) -> list[str | None]:
    return [
        next((each.person for each in found if each.start <= START + hour * HOUR < each.end), None)  # type: ignore[attr-defined]
        for hour in range(first, end)
    ]


@given(SPANS, st.integers(0, 40), st.integers(1, 40))
def test_a_later_line_wins_hour_by_hour(spans: list[tuple[int, int]], first: int, hours: int):
    catalog = make_catalog(sources(spans))
    (schedule,) = catalog.all(Schedule)
    start, end = START + first * HOUR, START + (first + hours) * HOUR
    found = shifts(catalog, schedule, start, end)
    assert by_hour(found, first, first + hours) == [last(spans, hour) for hour in range(first, first + hours)]
    assert all(start <= each.start < each.end <= end for each in found)
    assert [each.start for each in found] == sorted(each.start for each in found)
    held = [index for index, (begins, many) in enumerate(spans) if begins < first + hours and begins + many > first]
    assert [each.override.who for each in placed_within(catalog, schedule, start, end)] == [f"p{each}" for each in held]


@given(SPANS.filter(bool))
def test_below_an_override_lie_the_lines_before_it(spans: list[tuple[int, int]]):
    catalog = make_catalog(sources(spans))
    (schedule,) = catalog.all(Schedule)
    for index, override in enumerate(overrides_of(catalog, schedule)):
        begins, hours = spans[index]
        below = by_hour(shifts_below(catalog, schedule, override), begins, begins + hours)
        assert below == [last(spans[:index], hour) for hour in range(begins, begins + hours)]
