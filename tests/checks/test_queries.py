"""PromQL is parsed where it is written: every sort of query, and whole queries have the length of their window."""

from __future__ import annotations

import pytest

from generator.analysis.promql import refusal
from generator.checks.queries import expressions as queries
from generator.findings import Level
from tests.checks.found import found, place

SHOP = "alerts/shop.yaml"


def slo(**sli: str) -> str:
    written = "".join(f"      {key}: '{value}'\n" for key, value in sli.items())
    return f"slos:\n  - name: checkout\n    objective: 99\n    sli:\n{written}"


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("selector: app=shop\n", "1:15", "selector of service shop"),
        (slo(error_query="rate(e[{{.window}}]", total_query="rate(t[{{.window}}])"), "5:25", "error_query"),
        (slo(error_ratio_query="1 - a[{{.window}}"), "5:32", "error_ratio_query of SLO shop/checkout"),
        ("alerts:\n  - alert: ShopDown\n    expr: up ==\n", "3:14", "expr of alert ShopDown"),
        ("alerts:\n  - alert: ShopDown\n    expr: |\n      sum(\n        up\n", "4:10", "expr of alert ShopDown"),
        ("groups: [{name: g, rules: [{record: a:b, expr: 'sum('}]}]\n", "1:52", "expr of a:b"),
        ("groups: [{name: g, rules: [{alert: Down, expr: 'sum('}]}]\n", "1:52", "expr of alert Down"),
    ],
)
def test_what_prometheus_would_refuse_is_found_at_the_query(text: str, where: str, what: str):
    (finding,) = found(queries, {SHOP: text})
    assert (finding.check, finding.level) == ("query/syntax", Level.ERROR)
    assert place(finding) == f"{SHOP}:{where}"
    assert what in finding.message
    assert "is not valid PromQL: " in finding.message
    assert "\n" not in finding.message


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        (slo(errors="e_total[5m]", total="t_total"), "5:23", "errors of SLO shop/checkout"),
        (slo(good="g_total", total='t_total{a="'), "6:23", "total of SLO shop/checkout"),
        (slo(errors='e{b="c",a="{{.window}}"}', total="t"), "5:27", "errors of SLO shop/checkout"),
        (slo(histogram="h seconds", under="300ms"), "5:21", "histogram of SLO shop/checkout"),
    ],
)
def test_what_is_no_bare_selector_is_found_at_it(text: str, where: str, what: str):
    (finding,) = found(queries, {SHOP: text})
    assert (finding.check, place(finding)) == ("query/selector", f"{SHOP}:{where}")
    assert what in finding.message
    assert "is no" in finding.message or "window inside a string" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        'selector: app="shop"\n',
        "selector: env!='dev',job=~'.*'\n",
        slo(errors='e_total{code=~"5.."}', total="t_total"),
        slo(histogram="h_seconds", under="300ms"),
        slo(error_query="rate(e[{{.window}}])", total_query="rate(t[{{ .window }}])"),
        slo(error_ratio_query="1 - avg_over_time(a[{{.window}}])"),
        "alerts:\n  - alert: ShopDown\n    expr: 1\n",
        "alerts:\n  - alert: ShopDown\n    expr: 'sum by (job) (rate(a[5m])) > on() group_left() vector(1) # why'\n",
        "description: Shop\n",
    ],
)
def test_what_prometheus_takes_is_left_in_peace(text: str):
    assert found(queries, {SHOP: text}) == ()


@pytest.mark.parametrize("key", ["error_query", "total_query", "error_ratio_query"])
def test_a_whole_query_without_its_window_is_found(key: str):
    whole = {"error_ratio_query": "a"} if key == "error_ratio_query" else {"error_query": "a", "total_query": "b"}
    sli = {name: f"rate({query}[{{{{.window}}}}])" for name, query in whole.items()} | {key: "rate(a[5m])"}
    (finding,) = found(queries, {SHOP: slo(**sli)})
    line = 5 + list(sli).index(key)
    assert (finding.check, finding.level) == ("query/window", Level.ERROR)
    assert place(finding) == f"{SHOP}:{line}:{len(key) + 9}"
    assert finding.message == f"{key} of SLO shop/checkout has no {{{{.window}}}}"
    assert "[{{.window}}]" in finding.hint


@pytest.mark.parametrize("query", ["", "(" * 5_000, "a" * 100_000 + "(", "\0", "{" * 2_000, "-" * 3_000 + "("])
def test_no_query_ends_the_program(query: str):
    assert refusal(query)


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        ('rate(a{b="{{.window}}"}[5m])', [37]),
        ("rate(a[{{.window}}]) # {{.window}}", [50]),
        ("rate(a[{{ .window }}]) / rate(b[{{.window}}])", []),
    ],
)
def test_a_window_inside_a_string_or_a_comment_is_text(query: str, columns: list[int]):
    findings = found(queries, {SHOP: slo(error_ratio_query=query)}, "query/window")
    assert [place(each) for each in findings] == [f"{SHOP}:5:{column}" for column in columns]


@pytest.mark.parametrize(
    ("expr", "where"),
    [
        ("|\n      sum(\n        rte(a[5m])\n      ) > 1\n", "5:9"),
        (">-\n      sum(\n      rte(a[5m])) > 1\n", "5:7"),
        ("'a{b=\"it''s\"} > rte(a[5m])'\n", "3:27"),
        ('"a{b=\\"x\\"} > rte(a[5m])"\n', "3:25"),
        ("sum(a) +\n      rte(a[5m])\n", "4:7"),
    ],
)
def test_the_place_is_inside_the_query_however_it_is_written(expr: str, where: str):
    (finding,) = found(queries, {SHOP: f"alerts:\n  - alert: A\n    expr: {expr}"}, "query/syntax")
    assert "there is no function 'rte'" in finding.message
    assert place(finding) == f"{SHOP}:{where}"


def test_a_fault_behind_a_window_stands_where_it_is_written():
    text = slo(error_ratio_query="rate(a[{{ .window }}]) / rate(b[5x])")
    (finding,) = found(queries, {SHOP: text}, "query/syntax")
    assert place(finding) == f"{SHOP}:5:{text.splitlines()[4].index('5x') + 1}"


@pytest.mark.parametrize("used", ["mad_over_time(b[5m])", "limitk(1, b)", "limit_ratio(0.5, b)"])
def test_experimental_functions_are_named(used: str):
    (finding,) = found(queries, {SHOP: f"alerts: [{{alert: A, expr: 'a > {used}'}}]\n"})
    assert finding.message.startswith(f"expr of alert A uses {used.partition('(')[0]}, which servers refuse")
    assert (finding.check, finding.level, place(finding)) == ("query/experimental", Level.WARNING, f"{SHOP}:1:32")
