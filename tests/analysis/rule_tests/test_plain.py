from __future__ import annotations

from generator.analysis.rule_tests import Case, rule_tests_of
from generator.kinds.service import Service
from tests.catalogs import make_catalog


def cases(source: str) -> tuple[Case, ...]:
    catalog = make_catalog({"alerts/web.yaml": source})
    assert not catalog.findings
    (service,) = catalog.all(Service)
    return tuple(case for tests in rule_tests_of(catalog, service) for case in tests.written)


def test_labels_that_fire_are_all_that_may_fire() -> None:
    (case,) = cases(
        "alerts: [{alert: A, expr: up == 0, tests: [{series: {up: 0x9}, at: 5m, firing: [{job: a}, {job: b}]}]}]\n"
    )
    queries = [moment.query for moment in case.moments]
    assert queries[:2] == [
        f'count(ALERTS{{alertname="A",alertstate="firing",job="{job}"}}) > bool 0' for job in ("a", "b")
    ]
    assert queries[2].count(" unless ") == 2
    assert [len(moment.samples) for moment in case.moments] == [1, 1, 0]


def test_rules_of_one_name_are_told_apart_by_the_labels_in_which_they_differ() -> None:
    both = """\
alerts:
  - alert: A
    expr: up == 0
    labels: {severity: critical}
    urgency: page
    tests: [{series: {up: 0x9}, at: 5m, firing: true}]
  - {alert: A, expr: up == 1, labels: {severity: warning, q: '{{ $labels.x }}'}}
"""
    (case,) = cases(both)
    assert 'severity="critical"' in case.moments[0].query
    assert "team" not in case.moments[0].query
    assert "{{" not in case.moments[0].query


def test_tests_in_pasted_groups_count_and_a_fine_interval_makes_evaluation_finer() -> None:
    source = """\
groups:
  - name: g
    rules:
      - {alert: A, expr: up == 0, tests: [{interval: 15s, series: {up: 0x9}, at: 5m, firing: false}]}
      - {record: 'a:b', expr: up}
"""
    (case,) = cases(source)
    assert case.name == "alert A: test 1"
    assert case.source.pointer == ("groups", 0, "rules", 0, "tests", 0)
    catalog = make_catalog({"alerts/web.yaml": source})
    (service,) = catalog.all(Service)
    (tests,) = rule_tests_of(catalog, service)
    assert tests.evaluation_interval.total_seconds() == 15


def test_a_service_with_nothing_to_test_has_no_tests() -> None:
    assert cases("alerts: [{alert: A, expr: up == 0}]\n") == ()
