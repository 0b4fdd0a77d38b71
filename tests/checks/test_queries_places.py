"""A fault stands at its character in the source, whatever the text around it and however the scalar is written."""

from __future__ import annotations

import json

import pytest

from generator.checks.queries import expressions as queries
from tests.checks.found import found, place
from tests.checks.queries import SHOP

FAULTS = {
    "an unknown function": ("rte(m[5m])", "rte"),
    "no duration": ("rate(m[5x])", "5x"),
    "no regular expression": ('m{q=~"(oops"}', '"(oops"'),
    "a vector for a range": ("rate(qqq)", "rate(qqq)"),
    "a range for a vector": ("sum(zzz[5m])", "sum(zzz"),
    "no comma between matchers": ('m{q="1" oops="2"}', "oops"),
    "no operator": ("m1 oops", "oops"),
    "an operator of other languages": ("m && n", "&&"),
    "a bracket too many": ("m] - n", "] -"),
    "a comparison of numbers": ("(3 > 2)", "> 2"),
    "a string that is not closed": ("m{q='oops}", "'oops"),
}
"""A part of a query that is wrong, and what the place of its fault begins with."""
BEFORE = 'sum(a{city="Zürich — 東京 🚀"}) + '
STYLES = {
    "single quotes": lambda text: "'" + text.replace("'", "''") + "'",
    "double quotes": lambda text: json.dumps(text, ensure_ascii=False),
    "literal": lambda text: "|-\n      " + text.replace(" + ", " +\n      "),
    "literal with tabs": lambda text: "|2-\n      " + text.replace(" + ", "\t+\n      \t\t"),
    "folded": lambda text: ">-\n      " + text.replace(" + ", " +\n      "),
    "folded with blank lines": lambda text: ">\n      # no comment\n\n      " + text.replace(" + ", "\n      + "),
    "plain over two lines": lambda text: text.replace(" + ", " +\n       "),
}
PLACES = {
    "an alert": (
        "# größer\nalerts:\n  - {{alert: First, expr: up}}\n  - alert: Down # ü\n    expr: {expr}\n    for: 5m\n"
    ),
    "a group": "groups:\n- name: g\n  rules:\n  - record: a:b\n    expr: {expr}\n  - alert: Down\n    expr: up == 0\n",
}


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("source", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
@pytest.mark.parametrize(("wrong", "mark"), FAULTS.values(), ids=FAULTS)
def test_the_fault_is_found_at_its_character(wrong, mark, style, source, newline):
    text = source.format(expr=style(BEFORE + wrong))
    written = mark if mark in text and "''" not in text else style(mark)[1:-1]
    before = text[: text.index(written)]
    (finding,) = found(queries, {SHOP: text.replace("\n", newline)}, "query/syntax")
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    assert place(finding) == f"{SHOP}:{line}:{column}", finding.message


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_escapes_of_yaml_count_as_they_are_written(newline):
    text = 'alerts:\n  - alert: Down\n    expr: "a{b=\\"\\u00fc\\x41\\t\\U0001F680\\"} \\\n      > rte(m)"\n'
    (finding,) = found(queries, {SHOP: text.replace("\n", newline)}, "query/syntax")
    assert place(finding) == f"{SHOP}:4:9"
