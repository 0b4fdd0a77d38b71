"""Arithmetic of legs: errors that fire one, pages that a met objective allows."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis.slos.burns import (
    errors_to_fire,
    events_for_two,
    every_leg,
    most_pages,
    outlives_period,
    paging,
    usual_events,
)
from generator.analysis.slos.legs import Leg
from generator.kinds.slo import Slo
from tests.catalogs import make_catalog

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def leg(burn_rate: str = "14.4", objective: str = "99.9", long: timedelta = HOUR, urgency: str = "page") -> Leg:
    rate, allowed = Decimal(burn_rate), (100 - Decimal(objective)) / 100
    return Leg("SEV-1", urgency, rate, long / 12, long, rate * allowed, 30 * DAY)


@given(
    st.decimals("0.5", 50, places=2),
    st.decimals(50, "99.999", places=3),
    st.fractions(min_value=0, max_value=10**6),
)
def test_one_error_less_than_it_takes_does_not_fire(burn_rate: Decimal, objective: Decimal, events: Fraction):
    one = leg(str(burn_rate), str(objective))
    needed = errors_to_fire(one, events)
    limit = Fraction(one.threshold) * events
    assert needed > limit >= needed - 1


@given(st.lists(st.decimals("0.0001", "0.9", places=4), min_size=1, max_size=4))
def test_the_suggested_floor_is_the_least_that_needs_two(thresholds: list[Decimal]):
    legs = [Leg("SEV-1", "page", Decimal(1), HOUR / 12, HOUR, each, 30 * DAY) for each in thresholds]
    enough = events_for_two(legs)
    assert all(errors_to_fire(each, Fraction(enough)) >= 2 for each in legs)
    assert any(errors_to_fire(each, Fraction(enough - 1)) < 2 for each in legs)


@pytest.mark.parametrize(
    ("legs", "pages"),
    [
        ([leg()], Fraction(168 * 10, 144)),
        ([leg(), leg("6", long=6 * HOUR)], Fraction(168 * 10, 144)),
        ([leg("6", long=6 * HOUR)], Fraction(168, 36)),
        ([leg("2", long=HOUR / 2)], Fraction(168)),
        ([leg(urgency="ticket")], 0),
        ([leg(objective="50")], 0),
        ([], 0),
    ],
)
def test_pages_a_week_of_an_slo_that_is_just_met(legs: list[Leg], pages: Fraction):
    assert most_pages(legs) == pages


def test_only_legs_that_an_outage_reaches_page():
    assert paging([leg(objective="90"), leg(), leg(urgency="ticket")]) == [leg()]


@pytest.mark.parametrize(
    ("burn_rate", "long", "outlives"),
    [("1", 30 * DAY, True), ("1", 29 * DAY, False), ("0.1", 31 * DAY, True), ("720", HOUR, True), ("719", HOUR, False)],
)
def test_a_leg_that_is_longer_than_its_budget(burn_rate: str, long: timedelta, outlives: bool):
    assert outlives_period(leg(burn_rate, long=long)) is outlives


def test_events_and_legs_by_slo():
    slo = "objective: 99.9, sli: {errors: e, total: t}"
    text = f"slos:\n  - {{name: a, traffic: 6/h, {slo}}}\n  - {{name: b, critical: true, {slo}}}\n"
    catalog = make_catalog({"alerts/shop.yaml": text})
    first, second = catalog.all(Slo)
    assert usual_events(first, DAY) == 144
    assert usual_events(second, DAY) is None
    found = every_leg(catalog)
    assert [each.severity for each in found["shop/a"]] == ["SEV-2", "SEV-2", "SEV-3", "SEV-3"]
    assert [each.severity for each in found["shop/b"]] == ["SEV-1", "SEV-2", "SEV-3", "SEV-3"]
    assert every_leg(catalog) is found
