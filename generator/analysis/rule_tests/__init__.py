"""Tests of a service's rules: for every SLO what must fire and what must not, and the tests that people wrote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from generator.analysis.prometheus.settings import PROMETHEUS
from generator.analysis.rule_tests.beyond import Tried, tried
from generator.analysis.rule_tests.case import STEP, Case, Moment, Sample, Series
from generator.analysis.rule_tests.plain import written_cases
from generator.analysis.rule_tests.shape import Shape, SloTests, cases_of, slo_tests
from generator.analysis.rule_tests.windows import days_for
from generator.analysis.slos.sli import queries
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.catalog import Catalog
    from generator.kinds.service import Service
    from generator.kinds.slo import Slo

__all__ = ["Case", "Moment", "RuleTests", "Sample", "Series", "Shape", "SloTests", "cases_of", "rule_tests_of"]

_FINEST = timedelta(seconds=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTests:
    """One file of tests of a service's rules. `part` tells it from the others; the everyday one has none."""

    slos: tuple[SloTests, ...]
    written: tuple[Case, ...] = ()
    part: str = ""
    evaluation_interval: timedelta = STEP
    external_labels: Mapping[str, str] = field(default_factory=dict)
    rules: Tried = field(default_factory=Tried)
    """The rules that are tried, where these are not all."""

    @property
    def cases(self) -> tuple[Case, ...]:
        """All of them, those of SLOs first."""
        return (*(case for each in self.slos for case in each.cases), *self.written)


def rule_tests_of(catalog: Catalog, service: Service) -> tuple[RuleTests, ...]:
    """The tests of a service; none where it has neither an SLO nor an alert with tests."""
    slos = tuple(slo_tests(catalog, service, slo) for slo in service.slos if _has_rules(service, slo))
    rules = tried(catalog, service)
    untried = {rule.source for rule in rules.beyond}
    written = tuple(case for alert, case in written_cases(catalog, service) if alert.ref not in untried)
    if not slos and not written:
        return ()
    everyday = RuleTests(
        slos=slos,
        written=written,
        # A finer interval of a test is one of its samples alone: rules are never evaluated that often.
        evaluation_interval=max(_FINEST, min((STEP, *(case.interval for case in written)))),
        external_labels=catalog.settings.get(PROMETHEUS).external_labels,
        rules=rules,
    )
    unfilled = [(each, each.long_windows) for each in slos]
    days = days_for(window for _, windows in unfilled for window in windows)
    if days is None:
        return (everyday,)
    over = tuple(each.over(days) for each, windows in unfilled if windows)
    return everyday, replace(everyday, slos=over, written=(), part="windows", evaluation_interval=days.length)


def _has_rules(service: Service, slo: Slo) -> bool:
    """Not where its selectors mean nothing."""
    try:
        queries(service, slo)
    except ValueError:
        return False
    return True
