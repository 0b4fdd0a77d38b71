from __future__ import annotations

import pytest

from generator.checks.queries import expressions as queries
from tests.checks.found import found, place

SERVICE = """\
{selector}slos:
  - name: availability
    objective: 99.9
    sli:
      errors: {errors}
      total: requests_total
"""


@pytest.mark.parametrize(
    ("errors", "check"),
    [
        ("sum(rate(errors_total[5m]))", "query/selector"),
        ("a_total + b_total", "query/selector"),
        ("errors_total offset 5m", "query/selector"),
        ('errors_total{code=~"["}', "query/syntax"),
    ],
)
def test_more_than_a_selector_is_said_once(errors, check):
    assert [
        each.check for each in found(queries, {"alerts/shop.yaml": SERVICE.format(selector="", errors=f"'{errors}'")})
    ] == [check]


@pytest.mark.parametrize(
    ("errors", "part"),
    [
        ("errors_total offset 5m", "offset"),
        ("a_total + b_total", "+"),
        ("sum(rate(errors_total[5m]))", "sum"),
        ("rate (errors_total)", "rate"),
        ("errors_total[5m]", "["),
        ('errors_total{a="b"}[5m]', "["),
        ('errors_total{a="b"} offset 5m', "offset"),
        ('errors_total{a="b", c: "d"}', "c:"),
        ('errors_total{a="b" c="d"}', "c="),
        ('errors_total{a="b", "c"="d"}', '"c"'),
    ],
)
def test_the_place_is_where_it_stops_being_a_selector(errors, part):
    text = SERVICE.format(selector="", errors=f"'{errors}'")
    finding = next(each for each in found(queries, {"alerts/shop.yaml": text}) if each.check == "query/selector")
    assert place(finding) == f"alerts/shop.yaml:5:{16 + errors.index(part)}"
    assert finding.hint.startswith("write whole queries")


@pytest.mark.parametrize("errors", ["errors_total", 'errors_total{code=~"5..", path!="/a,b}"}', "job:errors:total"])
def test_bare_selectors_are_taken(errors):
    files = {"alerts/shop.yaml": SERVICE.format(selector='selector: app="shop"\n', errors=f"'{errors}'")}
    assert found(queries, files) == ()
