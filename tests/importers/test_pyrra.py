from __future__ import annotations

import pytest

from tests.importers.specs import imported

WHOLE = """\
    apiVersion: pyrra.dev/v1alpha1
    kind: ServiceLevelObjectiveList
    items:
    - apiVersion: pyrra.dev/v1alpha1
      kind: ServiceLevelObjective
      metadata:
        name: proxy-latency
        namespace: monitoring
        labels: {prometheus: k8s, pyrra.dev/team: ops, pyrra.dev/tier: "1"}
        annotations: {pyrra.dev/runbook: "https://wiki.example.com/x", other: y}
      spec:
        # nearly all of them
        target: "99.90"
        window: 2w
        description: |
          Most requests
          are fast.
        alerting: {name: ProxySlow, absent: false, absentName: ProxyGone}
        performanceOverAccuracy: true
        burnRateType: dynamic
        indicator:
          latency:
            success: {metric: 'proxy_seconds_bucket{job="proxy",le="0.4"}'}
            total: {metric: 'proxy_seconds_count{job="proxy"}'}
            grouping: [handler, handler]
    """


def slo(indicator, **spec):
    """An object with that indicator."""
    keys = {"target": '"99.5"', "window": "30d", "indicator": indicator} | spec
    body = "\n  ".join(f"{key}: {value}" for key, value in keys.items() if value)
    head = "apiVersion: pyrra.dev/v1alpha1\nkind: ServiceLevelObjective\nmetadata: {name: a, labels: {app: s}}"
    return f"{head}\nspec:\n  {body}"


def read(indicator, **spec):
    return imported("pyrra", slo(indicator, **spec)).slo("alerts/s.yaml")


def test_an_object_with_everything():
    found = imported("pyrra", WHOLE)
    assert found.data["alerts/proxy.yaml"]["slos"] == [
        {
            "name": "proxy-latency",
            "objective": 99.9,
            "description": "Most requests are fast.",
            "alert": "ProxySlow",
            "period": "2w",
            "sli": {"histogram": 'proxy_seconds{job="proxy"}', "under": "400ms"},
            "group_by": ["handler"],
            "no_data": "off",
            "labels": {"tier": "1"},
            "annotations": {"runbook_url": "https://wiki.example.com/x"},
        }
    ]
    assert "# nearly all of them\n" in found.texts["alerts/proxy.yaml"]
    assert found.notes == [
        "8 note: namespace of the Kubernetes object left out: only the cluster needs that",
        "19 note: performanceOverAccuracy left out: the period's budget is the exact sum here",
        "9 note: labels prometheus left out: only those that start with pyrra.dev/ reach alerts",
        "10 note: annotations other left out: only those that start with pyrra.dev/ reach alerts",
        "10 note: annotation runbook is called runbook_url here",
        "18 warning: absentName left out: the alert about missing data is called as the SLO's, with NoData behind it",
        "20 warning: key 'burnRateType' is not known here and was left out",
        "9 warning: label team: ops is left out: every alert gets team from the service's team",
    ]


def test_ratio():
    found = read("{ratio: {errors: {metric: 'x{code=~\"5..\"}'}, total: {metric: ' x {} '}, grouping: [a, b]}}")
    assert found["sli"] == {"errors": 'x{code=~"5.."}', "total": "x"}
    assert found["group_by"] == ["a", "b"]


@pytest.mark.parametrize(
    ("good", "total", "expected"),
    [
        ('h_bucket{le="1.0"}', "h_count", {"histogram": "h", "under": "1s"}),
        (
            'h_bucket{b="c",le="0.0025"}',
            'h_count{b="c"}',
            {"good": 'h_bucket{b="c",le="0.0025"}', "total": 'h_count{b="c"}'},
        ),
        ('h_bucket{b="c",le="1"}', "h_count", {"good": 'h_bucket{b="c",le="1"}', "total": "h_count"}),
        ('h_bucket{le=~"1|1.0"}', "h_count", {"good": 'h_bucket{le=~"1|1.0"}', "total": "h_count"}),
        ('h_bucket{le="+Inf"}', "h_count", {"good": 'h_bucket{le="+Inf"}', "total": "h_count"}),
        ("fast_total", "all_total", {"good": "fast_total", "total": "all_total"}),
    ],
)
def test_latency_is_a_histogram_where_it_certainly_is_one(good, total, expected):
    assert read(f"{{latency: {{success: {{metric: '{good}'}}, total: {{metric: '{total}'}}}}}}")["sli"] == expected


def test_native_latency():
    found = read("{latencyNative: {latency: 250ms, total: {metric: h}}}")
    assert found["sli"] == {"histogram": "h", "under": "250ms", "native": True}


def test_a_gauge_counts_samples():
    found = read("{bool_gauge: {metric: 'up{a=\"b\"}', grouping: [instance]}}")
    samples = 'sum by (instance) (count_over_time(up{a="b"}[{{.window}}]))'
    assert found["sli"] == {
        "error_query": f'{samples} - sum by (instance) (sum_over_time(up{{a="b"}}[{{{{.window}}}}]))',
        "total_query": samples,
    }
    assert found["group_by"] == ["instance"]


@pytest.mark.parametrize(
    ("alerting", "burns", "no_data"),
    [
        ("{disabled: true}", False, "off"),
        ("{burnrates: false}", False, None),
        ("{absent: false}", True, "off"),
        ("{}", True, None),
    ],
)
def test_switches(alerting, burns, no_data):
    found = read("{bool_gauge: {metric: up}}", alerting=alerting)
    assert found.get("severities", {}) == ({} if burns else dict.fromkeys(("SEV-1", "SEV-2", "SEV-3"), "off"))
    assert found.get("no_data") == no_data


@pytest.mark.parametrize(
    ("metadata", "service"),
    [
        ("{name: a, labels: {pyrra.dev/service: Web Shop, app: x}}", "web-shop"),
        ("{name: a, labels: {app.kubernetes.io/name: cart}}", "cart"),
        ("{name: a}", "node"),
    ],
)
def test_the_service_is_what_a_label_or_the_job_says(metadata, service):
    text = slo("{bool_gauge: {metric: 'up{job=\"node\"}'}}").replace("{name: a, labels: {app: s}}", metadata)
    assert list(imported("pyrra", text).data) == [f"alerts/{service}.yaml"]


def test_without_label_and_job_it_is_a_service_of_its_own():
    text = slo("{bool_gauge: {metric: up}}").replace(", labels: {app: s}", "")
    found = imported("pyrra", text)
    assert list(found.data) == ["alerts/a.yaml"]
    assert found.told("no label and no job says of which service SLO 'a' is")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (slo("{}"), "its indicator has none of ratio, latency, latencyNative, bool_gauge"),
        (slo("{bool_gauge: {metric: up}, ratio: {errors: {metric: a}}}"), "its indicator has ratio and bool_gauge"),
        (slo("{bool_gauge: {metric: 'sum(up)'}}"), "'sum(up)' is no bare selector"),
        (slo("{ratio: {errors: {metric: a}}}"), "has no metric"),
        (slo("{latency: {success: {metric: h_bucket}, total: {metric: h_count}}}"), "its success names no bucket, so"),
        (slo("{latencyNative: {latency: fast, total: {metric: h}}}"), "latency 'fast' is no span of time"),
        (slo("{bool_gauge: {metric: up}}", target='"100"'), "its target is '100'"),
        (slo("{bool_gauge: {metric: up}}", target="often"), "its target is 'often'"),
        (slo("{bool_gauge: {metric: up}}", window=""), "has no window"),
        (slo("{bool_gauge: {metric: up}}", window="0s"), "'0s' is no span of time"),
        ("apiVersion: pyrra.dev/v1alpha1\nkind: Other", "this is no object of Pyrra's"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(text, said):
    found = imported("pyrra", text)
    assert found.data == {}
    assert len(found.told(said)) == 1, found.notes


def test_a_share_for_a_target_is_told():
    found = imported("pyrra", slo("{bool_gauge: {metric: up}}", target='"0.999"'))
    assert found.notes == ["5 note: a target of 0.999 is 0.999 %"]


def test_grouping_that_is_no_label_is_refused_where_it_stands():
    found = imported("pyrra", slo("{bool_gauge: {metric: up, grouping: ['a-b']}}"))
    assert found.told("check will refuse it")
