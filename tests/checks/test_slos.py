from __future__ import annotations

import pytest

from generator.checks import slos
from tests.checks.found import found, place

SERVICE = "slos:\n  - name: requests\n    objective: {}\n    sli: {{errors: e_total, total: t_total}}\n"


def checks(objective: str) -> list[str]:
    return [each.check for each in found(slos, {"alerts/shop.yaml": SERVICE.format(objective)})]


@pytest.mark.parametrize("objective", ["0.999", "0.5"])
def test_a_fraction_is_no_percentage(objective):
    (finding,) = found(slos, {"alerts/shop.yaml": SERVICE.format(objective)})
    assert (finding.check, place(finding)) == ("slo/fraction", "alerts/shop.yaml:3:16")
    assert finding.hint == {"0.999": "write 99.9", "0.5": "write 50"}[objective]


@pytest.mark.parametrize(
    ("objective", "legs"),
    [("93.06", 0), ("93.05", 1), ("83.34", 1), ("83.33", 2), ("66.67", 2), ("66.66", 3), ("99.9", 0), ("99.999", 0)],
)
def test_legs_that_no_outage_reaches(objective, legs):
    assert checks(objective) == ["slo/unreachable-leg"] * legs


def test_a_leg_of_its_own_mends_it():
    own = "    severities: {SEV-2: {conditions: [{burn_rate: 5, window: [30m, 6h]}]}}\n"
    assert found(slos, {"alerts/shop.yaml": SERVICE.format("85") + own}) == ()
