"""Labels of results: what is certainly there, what is certainly gone, and what nobody can know."""

from __future__ import annotations

import pytest

from generator.analysis.promql import parse, result_labels


@pytest.mark.parametrize(
    ("query", "has", "may", "lacks"),
    [
        ("a", "", "x y", ""),
        ('a{x="1", y=~"b|c", z=""}', "x y", "w", "z"),
        ('a{x!="", y=~".+", z!~"", v=~"b?", w!="1"}', "x y z", "v w", ""),
        ('rate(a{x="1"}[5m])', "x", "y", "__name__"),
        ("sum(a)", "", "", "x job __name__"),
        ('sum by (x, y) (a{x="1", z="2"})', "x", "y", "z job"),
        ('sum without (x) (a{x="1", z="2"})', "z", "job", "x __name__"),
        ("sum by (x) (sum by (y) (a))", "", "", "x y"),
        ('topk(3, a{x="1"})', "x", "y", ""),
        ('count_values("v", sum(a))', "v", "", "x"),
        ("vector(1)", "", "", "x"),
        ("time()", "", "", "x"),
        ("hour()", "", "", "x"),
        ("hour(a)", "", "x", "__name__"),
        ('absent(a{x="1", y=~"2", z="3", z="4"})', "x", "", "y z w"),
        ("absent(sum(a))", "", "", "x"),
        ("absent_over_time(a{x='1'}[5m])", "x", "", "y"),
        ('label_replace(sum(a), "x", "1", "", "")', "", "x", "y"),
        ('label_join(a{x="1"}, "y", ",", "x")', "x", "y", ""),
        ("histogram_quantile(0.9, sum by (le, x) (rate(a[5m])))", "", "x", "le y"),
        ("scalar(a) + sum(b)", "", "", "x"),
        ("a * 2", "", "x", "__name__"),
        ("a > 2", "__name__", "x", ""),
        ("a > bool 2", "", "x", "__name__"),
        ('a{x="1"} / on (y) b', "", "y", "x z"),
        ('a{x="1"} / ignoring (y) b', "x", "z", "y __name__"),
        ('a{y="1"} * on (x) group_left (z) b{z="1"}', "y z", "x w", "__name__"),
        ("a * on (x) group_left (z) sum by (x) (b)", "", "x w", "z"),
        ("sum by (x) (a) * on (x) group_right (z) b", "", "w x", "z"),
        ('sum by (x) (a) and b{y="1"}', "", "x", "y"),
        ('a{x="1", y="1"} or b{x="2"}', "x", "y z", ""),
        ('sum(a) or a{x=""}', "", "y", "x"),
        ("sum by (x) (a) or sum by (y) (a)", "", "x y", "z"),
        ("-sum by (x) (a)", "", "x", "y"),
        ("max_over_time(sum by (x) (a)[1h:])", "", "x", "y"),
        ("last_over_time(a[5m])", "__name__", "x", ""),
        ("info(sum(a))", "", "x", ""),
        ("1", "", "", "x"),
    ],
)
def test_labels_of_a_result(query: str, has: str, may: str, lacks: str) -> None:
    tree = parse(query).tree
    assert tree is not None
    labels = result_labels(tree)
    for label in has.split():
        assert labels.surely_has(label), label
        assert labels.may_have(label), label
    for label in may.split():
        assert labels.may_have(label), label
        assert not labels.surely_has(label), label
    for label in lacks.split():
        assert labels.lacks(label), label
        assert not labels.surely_has(label), label


def test_one_value_is_known_until_the_label_goes_or_is_set_anew() -> None:
    def fixed(query: str) -> set[tuple[str, str]]:
        tree = parse(query).tree
        assert tree is not None
        return set(result_labels(tree).fixed)

    assert fixed('sum by (x) (a{x="1", y="2"})') == {("x", "1")}
    assert fixed('label_replace(a{x="1", y="2"}, "x", "3", "", "")') == {("y", "2")}
    assert fixed('a{x="1", y="2"} or a{x="1", y="3"}') == {("x", "1")}
