from __future__ import annotations

import pytest

from tests.importers.specs import imported

SHARED = """\
    - apiVersion: openslo/v1
      kind: DataSource
      metadata: {name: main}
      spec: {type: Prometheus, connectionDetails: {password: hunter2}}
    - apiVersion: openslo/v1
      kind: Service
      metadata: {name: web, displayName: Web}
      spec: {description: The shop}
    - apiVersion: openslo/v1
      kind: SLI
      metadata: {name: answers}
      spec:
        ratioMetric:
          counter: true
          good: {metricSource: {metricSourceRef: main, spec: {query: 'sum by (region) (requests_total{code!~"5.."})'}}}
          total: {metricSource: {metricSourceRef: main, spec: {query: 'sum(requests_total) by (region)'}}}
    """
ALPHA = """\
    apiVersion: openslo/v1alpha
    kind: SLO
    metadata: {name: availability, displayName: Availability}
    spec:
      service: web
      description: Requests are answered.
      timeWindows: [{unit: Day, count: 28, isRolling: true}]
      budgetingMethod: Occurrences
      objectives:
        - displayName: fast
          target: 0.999
          ratioMetrics:
            incremental: true
            good: {source: prometheus, queryType: promql, query: 'sum(rate(good_total[{{.window}}]))'}
            total: {source: prometheus, queryType: promql, query: 'sum(rate(all_total[{{.window}}]))'}
        - displayName: slow
          target: 0.9
          ratioMetrics:
            counter: true
            good: {source: prometheus, queryType: promql, query: good_total}
            total: {source: prometheus, queryType: promql, query: all_total}
    """


def slo(sli="", objective="{target: 0.99}", **spec):
    """An SLO of version 1 with this SLI."""
    keys = {
        "service": "web",
        "budgetingMethod": "Occurrences",
        "timeWindow": "[{duration: 28d, isRolling: true}]",
        "indicator": sli and f"{{metadata: {{name: i}}, spec: {sli}}}",
        "objectives": f"[{objective}]",
    } | spec
    body = "\n  ".join(f"{key}: {value}" for key, value in keys.items() if value)
    return f"apiVersion: openslo/v1\nkind: SLO\nmetadata: {{name: a}}\nspec:\n  {body}"


def ratio(part, query, total, counter="counter: true, "):
    """A ratio of Prometheus queries."""
    parts = ", ".join(
        f"{name}: {{metricSource: {{type: Prometheus, spec: {{query: '{said}'}}}}}}"
        for name, said in ((part, query), ("total", total))
    )
    return f"{{ratioMetric: {{{counter}{parts}}}}}"


def only(key, query, more=""):
    """One query."""
    metric = f"{{metricSource: {{type: prometheus, spec: {{query: '{query}'}}}}}}"
    return f"{{thresholdMetric: {metric}}}" if key == "threshold" else f"{{ratioMetric: {{raw: {metric}{more}}}}}"


def sli(text):
    return imported("openslo", text).slo("alerts/web.yaml")["sli"]


def test_objects_find_each_other_across_documents_and_files():
    text = slo(objective="{displayName: most, target: 0.999}, {displayName: all, targetPercent: 99.95}")
    found = imported("openslo", text + "\n  indicatorRef: answers", SHARED)
    assert found.data["alerts/web.yaml"]["description"] == "Web: The shop"
    first, second = found.data["alerts/web.yaml"]["slos"]
    assert first == {
        "name": "a-most",
        "objective": 99.9,
        "description": "most",
        "period": "28d",
        "sli": {"good": 'requests_total{code!~"5.."}', "total": "requests_total"},
        "group_by": ["region"],
    }
    assert (second["name"], second["objective"]) == ("a-all", 99.95)
    assert "hunter2" not in found.texts["alerts/web.yaml"]
    assert found.notes == [
        "8 note: SLO 'a' has 2 objectives: each is an SLO here",
        "1 note: DataSource 'main' is left out: rules run inside Prometheus and need no connection to it",
    ]


def test_version_1_alpha():
    found = imported("openslo", ALPHA)
    fast, slow = found.data["alerts/web.yaml"]["slos"]
    assert (fast["name"], fast["objective"], fast["period"]) == ("availability-fast", 99.9, "28d")
    assert fast["description"] == "Availability: fast: Requests are answered."
    assert fast["sli"]["total_query"] == "sum(rate(all_total[{{.window}}]))"
    assert slow["sli"] == {"good": "good_total", "total": "all_total"}
    assert found.notes == ["10 note: SLO 'availability' has 2 objectives: each is an SLO here"]


GOOD = "clamp_min((sum(rate(a[{{.window}}]))) - ((sum(rate(g[{{.window}}]))) or (sum(rate(a[{{.window}}]))) * 0), 0)"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ratio("bad", 'x_total{c="5"}', "x_total", counter=""), {"errors": 'x_total{c="5"}', "total": "x_total"}),
        (ratio("bad", "sum(x)", "(sum((y)))"), {"errors": "x", "total": "y"}),
        (
            ratio("bad", "sum(rate(x[5m]))", "rate(y[5m])"),
            {"error_query": "sum(rate(x[{{.window}}]))", "total_query": "sum(rate(y[{{.window}}]))"},
        ),
        (
            ratio("bad", "sum(increase(x[$__range]))", "sum(y)"),
            {"error_query": "sum(increase(x[{{.window}}]))", "total_query": "sum(rate(y[{{.window}}]))"},
        ),
        (
            ratio("bad", 'sum(rate(x{a="[1h]"}[5m])) # [2h]', "sum(rate(y[1h]))"),
            {
                "error_query": 'sum(rate(x{a="[1h]"}[{{.window}}])) # [2h]',
                "total_query": "sum(rate(y[{{.window}}]))",
            },
        ),
        (
            ratio("good", "sum(rate(g[5m]))", "sum(rate(a[5m]))"),
            {"error_query": GOOD, "total_query": "sum(rate(a[{{.window}}]))"},
        ),
        (
            ratio("bad", "jobs_failed", "sum by (q) (jobs)", counter="counter: false, "),
            {
                "error_query": "sum(sum_over_time(jobs_failed[{{.window}}]))",
                "total_query": "sum by (q) (sum_over_time(jobs[{{.window}}]))",
            },
        ),
        (only("raw", "r:ratio", ", rawType: failure"), {"error_ratio_query": "avg_over_time(r:ratio[{{.window}}])"}),
        (
            only("raw", "a / b", ", rawType: success"),
            {"error_ratio_query": "1 - (avg_over_time((a / b)[{{.window}}:1m]))"},
        ),
        (
            only("raw", "sum(rate(a[5m])) / sum(rate(b[5m]))", ", rawType: success"),
            {"error_ratio_query": "1 - (sum(rate(a[{{.window}}])) / sum(rate(b[{{.window}}])))"},
        ),
    ],
)
def test_queries_become_ones_for_any_window(text, expected):
    assert sli(slo(text)) == expected


@pytest.mark.parametrize(("operator", "bad"), [("lte", ">"), ("lt", ">="), ("gte", "<"), ("gt", "<=")])
def test_a_threshold_counts_how_often_it_is_looked_at(operator, bad):
    query = "histogram_quantile(0.9, rate(x_bucket[5m]))"
    assert sli(slo(only("threshold", query), f"{{op: {operator}, value: 0.5, target: 0.99}}")) == {
        "error_query": f"sum(sum_over_time((({query}) {bad} bool 0.5)[{{{{.window}}}}:1m]))",
        "total_query": f"sum(count_over_time(({query})[{{{{.window}}}}:1m]))",
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (slo(ratio("bad", "x", "y", counter="")), "the query of bad may be a counter or not"),
        (slo(ratio("bad", "x_total", "y", counter="counter: false, ")), "is called like a counter"),
        (slo(ratio("bad", "sum(rate(x[5m]))", "sum(rate(y[5m])) + sum(rate(z[1h]))")), "several ranges ([1h], [5m])"),
        (slo(ratio("bad", "sum(x:rate5m) / 2", "sum(rate(y[5m]))")), "the query of bad has no range"),
        (slo(ratio("bad", "sum(irate(x[5m]))", "sum(rate(y[5m]))")), "has irate(), which means something else"),
        (slo(ratio("bad", "max_over_time(rate(x[5m])[1h:1m])", "sum(rate(y[5m]))")), "has a subquery"),
        (slo(ratio("bad", "sum(rate(x[5m])", "sum(rate(y[5m]))")), "is no PromQL"),
        (slo(ratio("bad", "(" * 5000 + "x[5m]", "y")), "too deep"),
        (slo("{ratioMetric: {good: {}, bad: {}, total: {}}}"), "a ratio needs total, and one of good and bad"),
        (slo("{}"), "its SLI has no ratioMetric and no thresholdMetric"),
        (slo(only("raw", "x")), "rawType says neither success nor failure"),
        (slo(only("threshold", "x")), "a threshold needs op (lt, lte, gt, gte) and value"),
        (slo(ratio("bad", "x", "y").replace("Prometheus", "Datadog")), "its bad asks Datadog"),
        (slo(ratio("bad", "SELECT 1", "y").replace("type: Prometheus, ", "")), "no type says who answers its bad"),
        (slo(ratio("bad", "x", "y"), "{target: 1}"), "its target is '1'"),
        (slo(ratio("bad", "x", "y"), "{target: 99.9}"), "its target is '99.9'"),
        (slo(ratio("bad", "x", "y"), ""), "it has no objective"),
        (slo(ratio("bad", "x", "y"), budgetingMethod="Timeslices"), "its budget counts time slices (Timeslices)"),
        (slo(ratio("bad", "x", "y"), budgetingMethod="RatioTimeslices"), "its budget counts time slices"),
        (slo(ratio("bad", "x", "y"), timeWindow="[{duration: 1M, calendar: {timeZone: UTC}}]"), "follows the calendar"),
        (slo(ratio("bad", "x", "y"), timeWindow="[{duration: 1M, isRolling: false}]"), "follows the calendar"),
        (slo(ratio("bad", "x", "y"), timeWindow="[{duration: soon}]"), "'soon' is no span of time"),
        (slo(ratio("bad", "x", "y"), timeWindow="[{duration: 1d}, {duration: 2d}]"), "it has 2 time windows"),
        (slo(ratio("bad", "x", "y"), service=""), "has no service"),
        (slo() + "\n  indicatorRef: nowhere", "there is no SLI 'nowhere' in these files"),
        ("apiVersion: openslo/v2alpha1\nkind: SLO", "version openslo/v2alpha1 is not read here"),
        ("apiVersion: openslo/v1\nkind: Slo", "kind 'Slo' of OpenSLO is not read here"),
        ("apiVersion: v1\nkind: ConfigMap", "this is no object of OpenSLO"),
    ],
)
def test_what_is_not_certain_is_refused_with_its_reason(text, said):
    found = imported("openslo", text)
    assert found.data == {}
    assert len(found.told(said)) == 1, found.notes
    assert " error: " in found.told(said)[0]


def test_a_month_is_thirty_days():
    found = imported("openslo", slo(ratio("bad", "x", "y"), timeWindow="{duration: 2M}"))
    assert found.slo("alerts/web.yaml")["period"] == "60d"
    assert found.notes == ["7 note: a period of 2M has no fixed length; it is 60d here"]


def test_alerting_is_told_with_the_words_of_the_severity_map():
    policies = "[pages, {alertPolicyRef: mails}, {metadata: {name: own}, spec: {conditions: [{metadata: {name: fast},"
    policies += " spec: {severity: page, condition: {threshold: 2, lookbackWindow: 1h, alertAfter: 5m}}}]}}]"
    target = "apiVersion: openslo/v1\nkind: AlertNotificationTarget\nmetadata: {name: mail}\nspec: {target: email}"
    found = imported("openslo", slo(ratio("bad", "x", "y"), alertPolicies=policies), target)
    assert found.notes == [
        "10 warning: alert policy 'pages' is left out: alerts come from the severity map",
        "10 warning: alert policy 'mails' is left out: alerts come from the severity map",
        "10 warning: AlertPolicy 'own' is left out: alerts come from the severity map, for every SLO alike",
        "10 warning: AlertCondition 'fast' is left out: burn rate 2 over 1h, after 5m, severity page",
        "1 warning: AlertNotificationTarget 'mail' is left out: who is told is the team's to say",
    ]


def test_labels_with_one_value_are_kept_and_secrets_are_not_written():
    text = slo(ratio("bad", "x", "y")).replace(
        "metadata: {name: a}", "metadata: {name: a, labels: {env: [prod], who: [a, b], a.b: c}, extra: {apiKey: k3y}}"
    )
    found = imported("openslo", text)
    assert found.slo("alerts/web.yaml")["labels"] == {"env": "prod"}
    assert [note.partition(": ")[2] for note in found.notes] == [
        "label 'who' is left out: it has several values, and labels here have one",
        "label 'a.b' is left out: Prometheus has no label of that name",
        "key 'extra' is not known here and was left out",
    ]
    assert "k3y" not in found.texts["alerts/web.yaml"]


def test_an_unused_object_and_a_double_are_told():
    found = imported("openslo", SHARED, SHARED)
    assert [note.partition(": ")[2] for note in found.notes] == [
        "there is a DataSource 'main' already: this one was left out",
        "there is a Service 'web' already: this one was left out",
        "there is a SLI 'answers' already: this one was left out",
        "SLI 'answers' is left out: no SLO in these files names it",
        "Service 'web' is left out: no SLO in these files names it",
        "DataSource 'main' is left out: rules run inside Prometheus and need no connection to it",
    ]
