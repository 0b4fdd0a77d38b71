"""Rules that are there twice, and waits that wait for nothing."""

from __future__ import annotations

import pytest

from generator.checks.alerts import twice as alerts_twice
from tests.checks.found import found, place

SHOP = "alerts/shop.yaml"


def group(*rules: str, more: str = "") -> str:
    return f"groups:\n  - name: g\n{more}    rules:\n" + "".join(f"      - {{{each}}}\n" for each in rules)


@pytest.mark.parametrize(
    ("first", "second", "double"),
    [
        ("alert: A, expr: up == 0", "alert: A, expr: 'up  ==  0', for: 5m", True),
        ("alert: A, expr: up == 0, labels: {a: b}", "alert: A, expr: up == 0, labels: {a: b}", True),
        ("alert: A, expr: up == 0, labels: {a: b}", "alert: A, expr: up == 0, labels: {a: c}", False),
        ("alert: A, expr: up == 0", "alert: A, expr: up == 1", False),
        ("alert: A, expr: up == 0, for: 5m", "alert: A, expr: up == 0, for: 6h, urgency: page", False),
        ("alert: A, expr: up == 0, urgency: page", "alert: A, expr: up == 0, urgency: page, severity: SEV-1", False),
        ("alert: A, expr: up == 0, labels: {severity: warning}", "alert: A, expr: up == 0", True),
    ],
)
def test_the_same_rule_twice(first: str, second: str, double: bool):
    said = found(alerts_twice, {SHOP: group(first, second)})
    assert [each.check for each in said] == ["alert/duplicate"] * double
    for each in said:
        assert place(each) == f"{SHOP}:5:17"
        assert each.related[0].where.span is not None
        assert each.related[0].where.span.line == 4


@pytest.mark.parametrize(
    ("first", "second", "double"),
    [
        ("alert: A, expr: up == 0", "alert: B, expr: up == 0, for: 5m", True),
        ("alert: A, expr: up == 0", "alert: B, expr: up == 0, urgency: page", False),
        ("alert: A, expr: up == 0", "alert: B, expr: up == 1", False),
    ],
)
def test_one_expression_under_two_names(first: str, second: str, double: bool):
    said = found(alerts_twice, {SHOP: group(first), "alerts/z.yaml": group(second)})
    assert [(each.check, place(each)) for each in said] == [("alert/same-expression", "alerts/z.yaml:4:26")] * double


@pytest.mark.parametrize(
    ("first", "second", "how"),
    [
        ("record: a:b, expr: sum(up)", "record: a:b, expr: sum(up)", "from the same expression"),
        ("record: a:b, expr: sum(up)", "record: a:b, expr: max(up)", "from another expression"),
        ("record: a:b, expr: up, labels: {q: 1}", "record: a:b, expr: up, labels: {q: 2}", ""),
        ("record: a:b, expr: up", "record: a:c, expr: up", ""),
    ],
)
def test_a_series_that_is_recorded_twice(first: str, second: str, how: str):
    said = found(alerts_twice, {SHOP: group(first, second)})
    assert [each.check for each in said] == (["record/duplicate"] if how else [])
    assert not how or how in said[0].message


@pytest.mark.parametrize(
    ("settings", "interval", "hold", "short"),
    [
        ("prometheus: {scrape_interval: 30s}\n", "", "10s", True),
        ("prometheus: {scrape_interval: 30s}\n", "", "30s", False),
        ("prometheus: {scrape_interval: 30s}\n", "", "0s", False),
        ("prometheus: {scrape_interval: 30s}\n", "    interval: 2m\n", "1m", True),
        ("", "    interval: 2m\n", "1m", True),
        ("", "", "1ms", False),
    ],
)
def test_a_wait_between_two_looks(settings: str, interval: str, hold: str, short: bool):
    text = group(f"alert: A, expr: up, for: {hold}", more=interval)
    said = found(alerts_twice, {SHOP: text, **({"tocsin.yaml": settings} if settings else {})})
    assert [each.check for each in said] == ["alert/short-for"] * short
