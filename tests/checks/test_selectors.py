from __future__ import annotations

import pytest

from generator.checks import queries
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


def test_place_and_hint():
    (finding,) = found(queries, {"alerts/shop.yaml": SERVICE.format(selector="", errors="errors_total offset 5m")})
    assert place(finding) == "alerts/shop.yaml:5:15"


@pytest.mark.parametrize("errors", ["errors_total", 'errors_total{code=~"5..", path!="/a,b}"}', "job:errors:total"])
def test_bare_selectors_are_taken(errors):
    files = {"alerts/shop.yaml": SERVICE.format(selector='selector: app="shop"\n', errors=f"'{errors}'")}
    assert found(queries, files) == ()
