from __future__ import annotations

import pytest

from generator.checks.queries import ranges as queries_ranges
from generator.findings import Level
from tests.checks.found import found, place
from tests.checks.queries import SHOP, alert, column

SETTINGS = "prometheus: {scrape_interval: 30s, retention: 15d}\n"


@pytest.mark.parametrize(
    ("expr", "part", "check", "level", "message"),
    [
        (
            "max_over_time(a[30d]) > 1",
            "[30d]",
            "query/beyond-retention",
            Level.WARNING,
            "reaches 30d back, and samples are kept for 15d",
        ),
        (
            "a > b offset 3w",
            "b",
            "query/beyond-retention",
            Level.WARNING,
            "reaches 3w back, and samples are kept for 15d",
        ),
        (
            "rate(a[10d] offset 10d) > 1",
            "[10d]",
            "query/beyond-retention",
            Level.WARNING,
            "reaches 20d back, and samples are kept for 15d",
        ),
        (
            "rate(a[30s]) > 1",
            "[30s]",
            "query/too-few-samples",
            Level.WARNING,
            "asks rate over 30s, and a scrape comes every 30s only",
        ),
        (
            "increase(a[1m]) > 1",
            "[1m]",
            "query/few-samples",
            Level.WARNING,
            "asks increase over 1m, and a scrape comes every 30s only",
        ),
    ],
)
def test_a_range_is_judged_by_the_settings(expr, part, check, level, message):
    (finding,) = found(queries_ranges, alert(expr, settings=SETTINGS))
    assert (finding.check, finding.level, place(finding)) == (check, level, column(expr, part))
    assert finding.message == f"expr of alert Down {message}"
    assert found(queries_ranges, alert(expr)) == ()


@pytest.mark.parametrize(
    "expr",
    [
        "rate(a[2m]) > 1",
        "max_over_time(a[30s]) > 1",
        "a offset 15d > 1",
        "rate(job:a:sum[1m]) > 1",
        "a @ 5 > 1",
        "sum(",
    ],
)
def test_ranges_that_are_well(expr):
    assert found(queries_ranges, alert(expr, settings=SETTINGS)) == ()


def test_each_environment_has_its_own_settings_and_a_fault_is_said_once():
    environments = "environments: {eu: {retention: 8d}, us: {retention: 6d}}\n"
    (finding,) = found(queries_ranges, alert("max_over_time(a[10d]) > 1", settings=SETTINGS + environments))
    assert finding.message.endswith("reaches 10d back, and samples are kept for 8d in environment eu")


def test_the_window_of_an_sli_is_not_judged_here_but_its_other_ranges_are():
    sli = "error_ratio_query: 'rate(a[{{.window}}]) / rate(b[30s])'"
    text = f"slos:\n  - {{name: x, objective: 99, sli: {{{sli}}}}}\n"
    (finding,) = found(queries_ranges, {SHOP: text, "tocsin.yaml": SETTINGS})
    assert place(finding) == f"{SHOP}:2:{text.splitlines()[1].index('[30s]') + 1}"
    assert "error_ratio_query of SLO shop/x asks rate over 30s" in finding.message
