"""Planned work that no error budget counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis.slos.budget_windows import LeftOut, counted, excluded, left_out
from generator.analysis.windows import Window
from generator.catalog import Catalog
from generator.kinds.service import Service
from generator.kinds.status import Maintenance
from tests.catalogs import make_catalog

COMPONENTS = "website: {name: Website, services: [web]}\nall: {components: {api: {name: API, services: [api]}}}\n"
SLO = "slos: [{name: a, objective: 99, period: 7d, sli: {errors: e, total: t}}]\n"
PLAN = "title: Upgrade\ncomponents: [website]\nfrom: 2026-12-06 03:00\nuntil: 2026-12-06 04:00\nbudget: excluded\n"
START, END = datetime(2026, 12, 6, 3, tzinfo=UTC), datetime(2026, 12, 6, 4, tzinfo=UTC)


def catalog(plan: str = PLAN) -> Catalog:
    found = make_catalog(
        {
            "alerts/web.yaml": SLO,
            "alerts/api.yaml": SLO,
            "status/components.yaml": COMPONENTS,
            "status/maintenances/2026-12-06-db.yaml": plan,
        }
    )
    assert not found.findings
    return found


def windows(plan: str, now: datetime | None = None, service: str = "web") -> list[tuple[datetime, datetime]]:
    made = catalog(plan)
    only = made.get(Service, service)
    assert only is not None
    return [tuple(each.window) for each in left_out(made, only, now)]


def test_the_services_behind_the_components_are_left_out_and_no_others() -> None:
    assert windows(PLAN) == [(START, END)]
    assert windows(PLAN, service="api") == []
    assert windows(PLAN.replace("website", "all"), service="api") == [(START, END)]
    assert windows(PLAN.replace("excluded", "counted")) == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("cancelled: 2026-12-05 10:00\n", []),
        ("cancelled: 2026-12-06 03:30\n", [(START, START + timedelta(minutes=30))]),
        (
            "updates: [{at: 2026-12-06 03:20, status: completed, message: Done}]\n",
            [(START, START + timedelta(minutes=20))],
        ),
    ],
)
def test_what_happened_counts_more_than_the_plan(said, expected) -> None:
    assert windows(PLAN + said) == expected
    assert windows(PLAN + said, END) == expected


def test_it_is_written_while_it_can_matter_to_the_period() -> None:
    last = END + timedelta(minutes=5, days=7)
    assert windows(PLAN, last - timedelta(seconds=1)) == [(START, END)]
    assert windows(PLAN, last) == []
    assert windows(PLAN, START - timedelta(days=400)) == [(START, END)]


def test_rules_depend_on_the_time_as_long_as_there_is_such_a_maintenance() -> None:
    made = catalog()
    assert [bool(excluded(made, service)) for service in made.all(Service)] == [False, True]


@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(1, 2000)), max_size=4), st.integers(0, 9000))
def test_the_factor_is_zero_in_a_window_and_five_minutes_after_it(spans, now) -> None:
    (plan,) = catalog().all(Maintenance)
    found = [
        LeftOut(plan, Window(*(datetime.fromtimestamp(at, UTC) for at in (start, start + length))))
        for start, length in spans
    ]
    factor = counted(found).replace("bool ", "").replace("time()", str(now))
    inside = any(start <= now < start + length + 300 for start, length in spans)
    assert (eval(factor) if factor else 1) == (0 if inside else 1)  # noqa: S307  # arithmetic of our own
