from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.importers.names import free
from generator.importers.slo_specs.names import ident, service_id
from generator.importers.slo_specs.numbers import number
from generator.importers.slo_specs.promql import NotCertain, counter, over_any_window, ranges, unwrapped

ID = st.text(max_size=200)


@given(ID)
def test_every_name_becomes_an_id(name):
    found = ident(name)
    assert all(word and word.isascii() and word.isalnum() and word == word.lower() for word in found.split("-"))
    assert len(found) <= 100
    assert service_id(name) != "severity-map"


def test_names_that_are_taken_get_numbers():
    taken: set[str] = set()
    for expected in ("a", "a-2", "a-3", "a-4"):
        taken.add(free("a", taken, len(taken) + 1))
        assert expected in taken
    assert free("b", {"b", "b-2"}, 1) == "b-3"


@pytest.mark.parametrize(
    ("query", "selector", "by"),
    [
        ("x", "x", ()),
        (' ( x{a="b)"} ) ', 'x{a="b)"}', ()),
        ("sum(x)", "x", ()),
        ("SUM by (a, b) ((x))", "x", ("a", "b")),
        ("sum(x) by (a)", "x", ("a",)),
    ],
)
def test_bare_counters(query, selector, by):
    found = counter(query)
    assert found is not None
    assert (found.selector, found.by) == (selector, by)


@pytest.mark.parametrize(
    "query",
    ["", "x + y", "(x) + (y)", "sum(x) + sum(y)", "avg(x)", "sum(x offset 5m)", '{a="b"}', "sum without (a) (x)"],
)
def test_what_is_no_bare_counter(query):
    assert counter(query) is None


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("x[5m]", ["5m"]),
        ("x[ 5m ] / y[1h:1m]", ["5m", "1h:1m"]),
        ("x{a=\"[1m]\",b='[2m]',c=`[3m]`}[4m] # [6m]\n + y[7m]", ["4m", "7m"]),
        ('x{a="\\"[1m]"}[2m]', ["2m"]),
        ("x[[5m]]", ["5m"]),
        ("x[", []),
    ],
)
def test_ranges_are_found_outside_of_texts_and_comments(query, found):
    assert [text for _, _, text in ranges(query)] == found


def test_the_window_is_put_where_the_range_was():
    assert over_any_window("rate(x[5m] offset 1h)") == "rate(x[{{.window}}] offset 1h)"
    assert over_any_window("rate(x[${__range}])") == "rate(x[{{.window}}])"
    assert over_any_window("rate(x[{{ .window }}]) + y[1m]") == "rate(x[{{ .window }}]) + y[1m]"


@given(st.text(alphabet="()[]{}\"'`#\\x5m:,=~ \n+-", max_size=60))
def test_no_text_breaks_the_reading_of_queries(query):
    unwrapped(query)
    counter(query)
    with suppress(NotCertain):
        assert "{{.window}}" in over_any_window(query)


@pytest.mark.parametrize("depth", [101, 3000, 100_000])
def test_deep_and_long_queries_end_in_a_sentence(depth):
    with pytest.raises(NotCertain, match="too deep"):
        over_any_window("(" * depth + "rate(x[5m])" + ")" * depth)


@pytest.mark.parametrize("more", [" + rate(a[5m])", "^rate(a[5m])", " and rate(a[5m])"])
def test_the_parser_is_not_asked_what_it_would_break_on(more):
    with pytest.raises(NotCertain, match="more than 1000 operators"):
        over_any_window("rate(a[5m])" + more * 50_000)


@pytest.mark.parametrize("text", ["1e999999999", "nan", "inf", "", "x", "9" * 100, "9_9"])
def test_what_is_no_number(text):
    assert number(text) is None


def test_numbers_keep_their_digits():
    assert [str(number(text)) for text in ("0.999", "99.90", " 1e-3 ")] == ["0.999", "99.90", "0.001"]
