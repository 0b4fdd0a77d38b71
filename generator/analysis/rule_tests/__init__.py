"""Tests of a service's rules: for every SLO what must fire and what must not, and the tests that people wrote."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.analysis.prometheus_settings import PROMETHEUS
from generator.analysis.rule_tests.boundaries import boundary_cases, burn_case, floor_case
from generator.analysis.rule_tests.case import STEP, Case, Moment, RuleTests, Sample, Series
from generator.analysis.rule_tests.groups import group_case
from generator.analysis.rule_tests.outage import outage_case
from generator.analysis.rule_tests.plain import written_cases
from generator.analysis.rule_tests.raw import RawSeries, raw_series
from generator.analysis.rule_tests.silence import no_data_cases, zero_traffic_case
from generator.analysis.rule_tests.subject import subject
from generator.analysis.sli import queries

if TYPE_CHECKING:
    from generator.catalog import Catalog
    from generator.kinds.service import Service, Slo

__all__ = ["Case", "Moment", "RuleTests", "Sample", "Series", "tests_of"]


def tests_of(catalog: Catalog, service: Service) -> RuleTests | None:
    """The tests of a service; None where it has neither an SLO nor an alert with tests."""
    slos = tuple(case for slo in service.slos for case in slo_cases(catalog, service, slo))
    written = tuple(written_cases(catalog, service))
    if not slos and not written:
        return None
    return RuleTests(
        cases=(*slos, *written),
        evaluation_interval=min((STEP, *(case.interval for case in written))),
        external_labels=catalog.settings.get(PROMETHEUS).external_labels,
    )


def slo_cases(catalog: Catalog, service: Service, slo: Slo) -> Iterator[Case]:
    """Everything that is tried on one SLO; nothing where its selectors mean nothing, so that it has no rules."""
    try:
        queries(service, slo)
    except ValueError:
        return
    about = subject(catalog, service, slo)
    raw = _counters(service, slo)
    if about.legs:
        yield from boundary_cases(about)
        yield burn_case(about)
        yield from floor_case(about)
        yield from group_case(about)
    yield from zero_traffic_case(about, raw[0] if raw else None)
    yield from no_data_cases(about)
    yield from outage_case(about, raw)


def _counters(service: Service, slo: Slo) -> tuple[RawSeries, ...]:
    """The counters of one group, and of a second one where there can be several."""
    first = raw_series(service, slo)
    second = raw_series(service, slo, "b") if slo.group_by else None
    if first is None:
        return ()
    return (first,) if second is None or second.group == first.group else (first, second)
