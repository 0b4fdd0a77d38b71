from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.kinds.rate import Rate, parse_rate


def test_a_rate_reads_as_it_is_written() -> None:
    assert parse_rate("6/h") == Rate(Decimal(6), timedelta(hours=1))
    assert str(parse_rate("0.50/s")) == "0.50/s"


@given(st.integers(0, 10**9), st.sampled_from("smhd"), st.integers(1, 10**6))
def test_events_are_exact(count, unit, seconds) -> None:
    size = {"s": 1, "m": 60, "h": 3600, "d": 86400}[unit]
    found = parse_rate(f"{count}/{unit}").events_in(timedelta(seconds=seconds))
    assert found == Fraction(count * seconds, size)


def test_six_an_hour_are_half_an_event_in_five_minutes() -> None:
    assert parse_rate("6/h").events_in(timedelta(minutes=5)) == Fraction(1, 2)


@pytest.mark.parametrize("text", ["6", "6/w", "-1/s", "1e3/s", "6 /h", "/s", ""])
def test_all_else_is_refused(text) -> None:
    with pytest.raises(ValueError, match="no rate"):
        parse_rate(text)
