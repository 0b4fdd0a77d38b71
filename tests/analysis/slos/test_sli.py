from __future__ import annotations

from datetime import timedelta

import promql_parser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis.slos.selectors import literal, parse_matchers, parse_selector
from generator.analysis.slos.sli import Queries, has_window, origin, over, queries, with_window
from generator.kinds.service import Service
from tests.catalogs import make_catalog

WINDOW = timedelta(minutes=5)


def asked(sli: str, service: str = "", slo: str = "") -> Queries:
    catalog = make_catalog(
        {"alerts/web.yaml": f"{service}\nslos:\n  - name: a\n    objective: 99\n    sli: {sli}\n{slo}"}
    )
    assert not catalog.findings
    (only,) = catalog.all(Service)
    return queries(only, only.slos[0])


def test_bare_selectors_are_joined_with_the_services_selector() -> None:
    found = asked("{errors: 'req_total{code=~\"5..\"}', total: req_total}", "selector: app=\"tr-web\",env!='dev'")
    total = "sum(rate(req_total{app=\"tr-web\",env!='dev'}[5m]))"
    assert found.total_over(WINDOW) == total
    assert found.errors_over(WINDOW) == (
        f'sum(rate(req_total{{code=~"5..",app="tr-web",env!=\'dev\'}}[5m])) or {total} * 0'
    )
    assert found.ratio_over(WINDOW) == f"({found.errors_over(WINDOW)}) / ({total} > 0)"


def test_good_events_are_turned_into_errors() -> None:
    found = asked("{good: ok_total, total: req_total}", slo="    group_by: [region, zone]\n")
    total = "sum by (region, zone) (rate(req_total[5m]))"
    good = "sum by (region, zone) (rate(ok_total[5m]))"
    assert found.errors_over(WINDOW) == f"clamp_min({total} - ({good} or {total} * 0), 0)"


@pytest.mark.parametrize(
    ("under", "matcher"),
    [("300ms", 'le="0.3"'), ("1s", 'le=~"1|1\\\\.0"'), ("2m30s", 'le=~"150|150\\\\.0"'), ("1ms", 'le="0.001"')],
)
def test_a_histograms_bucket_is_found_however_its_limit_is_written(under, matcher) -> None:
    found = asked(f"{{histogram: 'h_seconds{{a=\"b\"}}', under: {under}}}", 'selector: app="x"')
    assert f'h_seconds_bucket{{a="b",app="x",{matcher}}}[5m]' in found.errors_over(WINDOW)
    assert found.total_over(WINDOW) == 'sum(rate(h_seconds_count{a="b",app="x"}[5m]))'
    promql_parser.parse(found.ratio_over(WINDOW))


def test_a_native_histogram_is_one_series_and_its_limit_any_number() -> None:
    found = asked("{histogram: h_seconds, under: 250ms, native: true}", 'selector: app="x"', "    group_by: [region]\n")
    both = 'sum by (region) (rate(h_seconds{app="x"}[5m]))'
    assert found.total_over(WINDOW) == f"histogram_count({both})"
    assert found.errors_over(WINDOW) == (
        f"(1 - histogram_fraction(0, 0.25, {both})) * histogram_count({both}) >= 0 or histogram_count({both}) * 0"
    )


def test_full_queries_are_left_as_they_are() -> None:
    sli = "{error_query: 'sum(rate(a{x=\"y\"}[{{.window}}]))  # bad', total_query: 'sum(rate(b[{{ .window }}]))'}"
    found = asked(sli, 'selector: app="web"')
    assert found.total_over(WINDOW) == "((sum(rate(b[5m]))) >= 0)"
    assert found.errors_over(WINDOW) == '(sum(rate(a{x="y"}[5m]))  # bad\n) >= 0 or ((sum(rate(b[5m]))) >= 0) * 0'
    promql_parser.parse(found.ratio_over(WINDOW))


def test_the_length_of_a_window_goes_in_as_text_however_it_is_spaced() -> None:
    query = r"a[{{.window}}] b[{{ .window }}] c[{{ .window}}] d[{{\t.window  }}]"
    assert with_window(query.replace(r"\t", "\t"), r"\1") == r"a[\1] b[\1] c[\1] d[\1]"
    assert [has_window(each) for each in ("a[5m]", "a[{{window}}]", "a[{{ .window}}]")] == [False, False, True]


def test_a_ratio_has_no_traffic_to_weigh_it_by() -> None:
    found = asked("{error_ratio_query: '1 - avg_over_time(up[{{.window}}])'}")
    assert found.ratio_over(WINDOW) == "(1 - avg_over_time(up[5m])) >= 0"
    assert found.total is None


@pytest.mark.parametrize(
    "text",
    ["rate(a[5m])", "a[5m]", "a offset 5m", "{a='b'}", "a{b}", "a{b='c'", "a{b='c' d='e'}", "a b", "", "5", "a}"],
)
def test_what_is_no_bare_selector_is_refused_in_words(text) -> None:
    with pytest.raises(ValueError, match="is no "):
        parse_selector(text)


def test_an_own_trailing_comma_and_spaces_are_read() -> None:
    assert str(parse_selector(" a { b = 'c' , d!~`e` , } ")) == "a{b='c',d!~`e`}"
    assert parse_matchers("") == parse_matchers("{}") == ()
    assert str(parse_selector("a{}")) == "a"


labels = st.from_regex(r"[a-z_][a-z0-9_]*", fullmatch=True)
values = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
pairs = st.lists(st.tuples(labels, values), max_size=4)


def written(found: list[tuple[str, str]]) -> str:
    return ",".join(f"{label}={literal(value)}" for label, value in found)


@given(own=pairs, shared=pairs)
def test_joining_keeps_every_matcher_whatever_is_in_its_value(own, shared) -> None:
    selector = parse_selector(f"m{{{written(own)}}}").joined(parse_matchers(written(shared)))
    expected = list(dict.fromkeys([*own, *shared]))
    assert selector.matchers == tuple(written([pair]) for pair in expected)
    tree = promql_parser.parse(str(selector))
    assert isinstance(tree, promql_parser.VectorSelector)
    assert tree.name == "m"
    assert sorted((each.name, each.value) for each in tree.matchers.matchers) == sorted(expected)


@pytest.mark.parametrize("query", ["  x{{.window}}yy{{ .window }}z", "rate(a[{{.window}}])\n+\nb # c"])
def test_every_character_of_an_expression_leads_back_to_the_query(query):
    expr = f"(({over(query.strip(), timedelta(minutes=30))})) / 2"
    first = expr.index(query.strip()[0])
    back = [origin(query, expr, at) for at in range(len(expr))]
    assert back[:first] == [None] * first
    for at, found in enumerate(back):
        if found is not None and query[found] != "{":
            assert query[found] == expr[at]
    assert {query[found] for found in back if found is not None} >= set(query.strip()) - set("{} .window")
