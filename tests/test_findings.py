from __future__ import annotations

import pytest

from generator.findings import FEW, Finding, Ref, Span, did_you_mean, nearest

MANY = [f"svc-{number:05}-high-error-rate" for number in range(FEW * 2)]


@pytest.mark.parametrize(
    "slip",
    [
        "svc-00017-high-eror-rate",
        "svc-00017-high-errror-rate",
        "svc-00017-high-error-raet",
        "svx-00017-high-error-rate",
    ],
)
def test_a_slip_is_found_among_few_and_many(slip):
    for known in (MANY[:30], MANY):
        assert nearest(slip, known) == MANY[17]


def test_what_is_far_is_not_suggested():
    assert nearest("checkout", MANY) == ""
    assert did_you_mean("checkout", ["payments", "search"]) == ""


def test_the_same_suggestion_in_any_order():
    assert nearest("ab", ["ac", "ad"]) == nearest("ab", ["ad", "ac"])
    assert nearest("svc-0001", [*MANY, "svc-0002", "svc-0003"]) == nearest("svc-0001", ["svc-0003", *MANY, "svc-0002"])


def test_findings_sort_by_place():
    early, late = (Finding(Ref("a.yaml", span=Span(line, column)), "m") for line, column in ((3, 4), (8, 1)))
    assert sorted([late, early], key=lambda each: each.sort_key) == [early, late]
