from __future__ import annotations

import pytest

from generator.analysis.prometheus.known_metrics import parse_known_metrics


def test_one_name_a_line_with_comments() -> None:
    known = parse_known_metrics("\ufeff# all\r\na_total\r\n  b  # gauge\n\nno name\nc d\n")
    assert known.names == {"a_total", "b"}
    assert known.wrong == ((5, "no name"), (6, "c d"))


@pytest.mark.parametrize(
    "metric", ["h_bucket", "h_sum", "h_count", "c_total", "c_created", "up", "slo:objective:ratio"]
)
def test_series_are_known_by_their_family_and_by_each_other(metric: str) -> None:
    assert parse_known_metrics("h_bucket\nc\n").knows(metric)


@pytest.mark.parametrize("metric", ["h", "hh_bucket", "x", "bucket"])
def test_others_are_not(metric: str) -> None:
    assert not parse_known_metrics("h_bucket\nc\n").knows(metric)
