from __future__ import annotations

import pytest

from generator.checks.slos import objectives as slos
from generator.findings import Edit, Level
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


def test_the_mended_fraction_is_a_number_without_noise():
    (finding,) = found(slos, {"alerts/shop.yaml": SERVICE.format("0.999")})
    assert finding.fixes[0].edits == (Edit("set", ("slos", 0, "objective"), 99.9),)
    (finding,) = found(slos, {"alerts/shop.yaml": SERVICE.format("0.5")})
    assert repr(finding.fixes[0].edits[0].value) == "50"


def test_what_is_no_percentage_either_is_left_to_people():
    (finding,) = found(slos, {"alerts/shop.yaml": SERVICE.format("0.000001")})
    assert (finding.hint, finding.fixes) == ("write how many of 100 events must be good: 99.9", ())


def test_objectives_of_environments_are_looked_at_where_they_are_written():
    settings = (
        "environments:\n  eu:\n    objectives: {shop/requests: 0.99}\n  us:\n    objectives: {shop/requests: 93}\n"
    )
    files = {"alerts/shop.yaml": SERVICE.format("99.9"), "tocsin.yaml": settings}
    fraction, unreachable = found(slos, files)
    assert (fraction.check, place(fraction), fraction.hint) == ("slo/fraction", "tocsin.yaml:3:33", "write 99")
    assert (unreachable.check, place(unreachable)) == ("slo/unreachable-leg", "tocsin.yaml:5:33")


SLI = "slos:\n  - name: requests\n    objective: 99.9\n    sli:\n      {}\n      {}\n"


@pytest.mark.parametrize(
    ("one", "other", "column"),
    [
        ("errors: t_total", "total: t_total", 15),
        ("good: t_total", "total: t_total", 13),
        ('errors: \'t_total{b="1", a="2"}\'', "total: t_total{a='2',b=\"1\"}", 15),
        ("errors: 't_total{code=~\".*\"}'", "total: t_total", 15),
        ("errors: 't_total{app=\"shop\"}'", "total: t_total", 15),
        ("error_query: sum(rate(t[{{.window}}]))", "total_query: sum( rate(t[{{.window}}]) )", 20),
    ],
)
def test_errors_that_are_everything(one: str, other: str, column: int):
    text = 'selector: app="shop"\n' + SLI.format(one, other)
    (finding,) = found(slos, {"alerts/shop.yaml": text}, "slo/error-equals-total")
    assert place(finding) == f"alerts/shop.yaml:6:{column}"
    assert ("there is never an error" in finding.message) == one.startswith("good")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("errors: 't_total{code=~\"5..\"}'", "total: t_total"),
        ("errors: e_total", "total: t_total"),
        ("errors: 't_total{code=~\".+\"}'", "total: t_total"),
        ("errors: 't_total{a=\"1\"}'", "total: 't_total{a=\"2\"}'"),
        ("error_query: a[{{.window}}]", "total_query: b[{{.window}}]"),
    ],
)
def test_errors_that_are_fewer(one: str, other: str):
    assert found(slos, {"alerts/shop.yaml": SLI.format(one, other)}, "slo/error-equals-total") == ()


@pytest.mark.parametrize("key", ["min_events: 100", "traffic: 6/h"])
def test_counts_without_events_have_no_effect(key: str):
    sli = "error_ratio_query: 1 - avg_over_time(up[{{.window}}])"
    text = f"slos:\n  - name: a\n    objective: 99\n    {key}\n    sli:\n      {sli}\n"
    (finding,) = found(slos, {"alerts/shop.yaml": text})
    assert (finding.check, finding.level, place(finding)) == ("slo/no-effect", Level.WARNING, "alerts/shop.yaml:4:5")


ONE = "slos:\n  - name: a\n    objective: 99\n{more}    sli:\n      error_query: {errors}\n      total_query: {total}\n"
RATE = "sum(rate(t[{{.window}}]))"


@pytest.mark.parametrize(
    ("errors", "total", "more", "said"),
    [
        (RATE, f"{RATE} or vector(0)", "", "ShopANoData never fires"),
        (RATE, f"{RATE} or on() vector(1)", "", "ShopANoData never fires"),
        (RATE, f"{RATE} or vector(0)", "    group_by: [zone]\n", "does not fire where there never were any"),
        (f"{RATE} or vector(0)", RATE, "", ""),
        (RATE, f"({RATE} or vector(0)) > 0", "", ""),
        (RATE, f"{RATE} or vector(-1)", "", ""),
        (RATE, f"{RATE} or vector(time())", "", ""),
        (RATE, f"{RATE} or vector(0)", "    no_data: 'off'\n", ""),
    ],
)
def test_data_that_are_never_missing(errors: str, total: str, more: str, said: str):
    text = ONE.format(errors=errors, total=total, more=more)
    each = found(slos, {"alerts/shop.yaml": text}, "slo/data-never-missing")
    assert [said in finding.message and finding.level is Level.WARNING for finding in each] == [True] * bool(said)
    assert [place(finding) for finding in each] == [f"alerts/shop.yaml:{6 + bool(more)}:20"] * bool(said)


def test_a_ratio_that_is_never_missing():
    text = "slos:\n  - name: a\n    objective: 99\n    sli: {error_ratio_query: 'a[{{.window}}] / b or vector(0)'}\n"
    files = {"alerts/shop.yaml": text.replace("a[{{.window}}]", "rate(a[{{.window}}])")}
    (finding,) = found(slos, files, "slo/data-never-missing")
    assert finding.message.startswith("error_ratio_query of SLO shop/a gives a value where there are no data")
