from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from generator.analysis.rule_tests import rule_tests_of
from generator.analysis.rule_tests.case import STEP
from generator.analysis.rule_tests.windows import MOST, days_for
from generator.kinds.service import Service
from generator.times import format_duration
from tests.catalogs import make_catalog

SOURCE = """\
severities: {{SEV-1: off, SEV-3: off, SEV-2: {{conditions: [{{burn_rate: 2, window: [{windows}]}}]}}}}
slos: [{{name: a, objective: 99, sli: {{{sli}}}}}]
"""


def asked(windows: str, sli: str = "errors: e, total: t") -> list[str]:
    """Which windows are asked for in a file of their own."""
    catalog = make_catalog({"alerts/web.yaml": SOURCE.format(windows=windows, sli=sli)})
    assert not catalog.findings
    (service,) = catalog.all(Service)
    _, *rest = rule_tests_of(catalog, service)
    return [moment.says.split()[-1] for tests in rest for case in tests.cases for moment in case.moments]


@given(st.lists(st.integers(1, 60 * 24 * 90), min_size=1))
def test_the_longest_window_is_filled_with_no_more_values_than_promtool_loads(minutes) -> None:
    windows = [timedelta(minutes=each) for each in minutes]
    days = days_for(windows)
    assert days is not None
    assert days.length - days.interval >= max(windows)
    assert days.length % days.interval == timedelta()
    assert days.interval % STEP == timedelta()
    assert days.values <= MOST + 2, format_duration(days.length)


def test_windows_that_an_outage_fills_are_not_asked_for_again() -> None:
    assert days_for([]) is None
    assert asked("5m, 1h") == []
    assert asked("6h, 1d") == ["6h", "1d"]


def test_a_window_that_is_too_short_beside_the_longest_is_not_asked_for() -> None:
    assert asked("2h, 90d") == ["90d"]


def test_without_counters_there_is_nothing_to_fill_windows_with() -> None:
    assert asked("6h, 1d", "error_ratio_query: 'avg_over_time(bad[{{.window}}])'") == []
