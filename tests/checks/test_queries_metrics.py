from __future__ import annotations

import pytest

from generator.checks.queries import metrics as queries_metrics
from generator.findings import Level
from tests.checks.found import found, place
from tests.checks.queries import SHOP, alert, column

KNOWN = "# from the server\nhttp_requests_total\nrequest_seconds_bucket  # a histogram\nqueue_depth\n\n"
SETTINGS = "prometheus: {metrics: alerts/known-metrics.txt}\n"


def reader(files: dict[str, str]):
    return files.get


def test_a_metric_that_nobody_has():
    expr = "queue_depht > 5 or http_requests_total < 1"
    files = alert(expr, settings=SETTINGS)
    (finding,) = found(queries_metrics, files, read=reader({"alerts/known-metrics.txt": KNOWN}))
    assert (finding.check, finding.level) == ("query/unknown-metric", Level.WARNING)
    assert place(finding) == column(expr, "queue_depht")
    assert finding.message == "expr of alert Down reads queue_depht, which is not among the known metrics"
    assert finding.hint == "did you mean 'queue_depth'?"


@pytest.mark.parametrize(
    "expr",
    [
        "up == 0",
        "ALERTS > 0",
        "rate(request_seconds_count[5m]) > rate(request_seconds_sum[5m])",
        "slo:sli_error:rate5m > 1",
        "{job='x'} > 1",
        "http_requests_total > 1",
        "own:metric:sum > 1",
    ],
)
def test_metrics_that_are_known(expr):
    files = alert(expr, settings=SETTINGS)
    files[SHOP] += "groups: [{name: g, rules: [{record: 'own:metric:sum', expr: sum(queue_depth)}]}]\n"
    assert found(queries_metrics, files, read=reader({"alerts/known-metrics.txt": KNOWN})) == ()


def test_an_environment_has_metrics_of_its_own():
    settings = SETTINGS + "environments: {eu: {metrics: alerts/eu.txt}}\n"
    known = {"alerts/known-metrics.txt": KNOWN, "alerts/eu.txt": "queue_size\n"}
    (finding,) = found(queries_metrics, alert("queue_depth > 5", settings=settings), read=reader(known))
    assert finding.message.endswith("reads queue_depth, which is not among the known metrics of environment eu")
    assert finding.hint == "if it is new, add it to alerts/eu.txt"


def test_a_file_that_is_not_there():
    (finding,) = found(queries_metrics, alert("a > 1", settings=SETTINGS))
    assert (finding.check, finding.level) == ("query/metrics-file", Level.ERROR)
    assert finding.where.path == "tocsin.yaml"
    assert finding.where.pointer == ("prometheus", "metrics")


def test_a_line_that_is_no_name_is_found_there():
    known = {"alerts/known-metrics.txt": 'queue_depth\nup{job="x"} 1\n'}
    (finding,) = found(queries_metrics, alert("queue_depth > 1", settings=SETTINGS), read=reader(known))
    assert (finding.check, place(finding)) == ("query/metrics-file", "alerts/known-metrics.txt:2:1")


def test_without_a_file_every_metric_may_be():
    assert found(queries_metrics, alert("whatever > 1")) == ()


GROUPS = """\
groups:
  - name: first
    rules:
      - {record: 'a:b', expr: sum(a)}
      - {record: 'a:c', expr: 'a:b * 2'}
  - name: second
    rules:
      - {record: 'a:d', expr: '1 - a:b'}
      - {record: 'a:e', expr: 'avg_over_time(a:b[1h])'}
      - {alert: High, expr: 'a:b > 5'}
"""


def test_a_recording_rule_that_reads_another_group():
    (finding,) = found(queries_metrics, {SHOP: GROUPS})
    assert (finding.check, finding.level, place(finding)) == ("query/other-group", Level.NOTE, f"{SHOP}:8:36")
    assert "reads a:b, which group shop/first records" in finding.message


@pytest.mark.parametrize(("interval", "count"), [("5m", 0), ("10m", 1)])
def test_a_group_that_records_too_seldom(interval, count):
    text = f"groups: [{{name: g, interval: {interval}, rules: [{{record: 'a:b', expr: sum(a)}}]}}]\n"
    findings = found(queries_metrics, {SHOP: text})
    assert [each.check for each in findings] == ["query/stale-group"] * count
    alerts = f"groups: [{{name: g, interval: {interval}, rules: [{{alert: A, expr: a > 1}}]}}]\n"
    assert found(queries_metrics, {SHOP: alerts}) == ()
