"""Matchers that compare with a text what was meant as a pattern."""

from __future__ import annotations

import pytest

from generator.checks.queries import selectors as queries_selectors
from generator.findings import Level
from tests.checks.found import found, place
from tests.checks.queries import alert, column

CHECK = "query/regex-as-text"


@pytest.mark.parametrize(
    "value",
    [
        "5..",
        "4..|5..",
        "[45]..",
        "5[0-9]{2}",
        "5[0-9][0-9]",
        "5\\\\d\\\\d",
        ".*",
        "web-.+",
        "^web$",
        "GET|POST",
        "(dev|test)",
        "a.b:9|c",
    ],
)
def test_a_pattern_that_is_compared_as_text(value: str) -> None:
    expr = f'sum(rate(r{{job="a", code="{value}"}}[5m])) > 1'
    (finding,) = found(queries_selectors, alert(expr), CHECK)
    assert place(finding) == column(expr, f'"{value}')
    assert finding.level is Level.WARNING
    assert 'write code=~"' in finding.hint


@pytest.mark.parametrize(
    "value",
    [
        "500",
        "5xx",
        "10.0.0.1:9100",
        "[fe80::1]:9100",
        "+Inf",
        "0.99",
        "/api/.*",
        "C++",
        "a b | c d",
        "1.2.3",
        "",
        "(none)",
        "|",
        "a-z",
    ],
)
def test_values_that_labels_have(value: str) -> None:
    assert not found(queries_selectors, alert(f'sum(rate(r{{code="{value}"}}[5m])) > 1'), CHECK)
    assert not found(queries_selectors, alert(f'sum(rate(r{{code=~"x{value}.*"}}[5m])) > 1'.replace("C++", "C")), CHECK)


def test_negated_and_twice() -> None:
    expr = 'a{x="b.*", y!="c|d"} > 1'
    first, second = found(queries_selectors, alert(expr), CHECK)
    assert (place(first), place(second)) == (column(expr, '"b'), column(expr, '"c'))
    assert second.hint == 'write y!~"c|d"'


SLI = """\
selector: {selector}
slos:
  - name: a
    objective: 99
    sli: {sli}
"""


@pytest.mark.parametrize(
    ("selector", "sli", "where"),
    [
        ('app="shop"', "{errors: 'r{code=\"5..\"}', total: r}", "5:27"),
        (
            'app="shop"',
            "{error_query: 'sum(rate(r{code=\"5..\"}[{{.window}}]))', total_query: 'sum(rate(r[{{.window}}]))'}",
            "5:41",
        ),
        ('app="shop|web"', "{errors: 'r{code=~\"5..\"}', total: r}", "1:15"),
    ],
)
def test_slis_and_selectors_of_services(selector: str, sli: str, where: str) -> None:
    (finding,) = found(queries_selectors, {"alerts/shop.yaml": SLI.format(selector=selector, sli=sli)}, CHECK)
    assert place(finding) == f"alerts/shop.yaml:{where}"
