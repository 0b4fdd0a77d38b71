"""The arithmetic of error budgets, against the SLO and itself."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis.postmortems.numbers import numbers
from generator.checks.postmortems import budget as postmortems_budget
from tests.checks.found import found, place

PATH = "postmortems/2026-11-10-x.md"
SERVICE = "slos:\n  - {name: a, objective: 99.9, sli: {errors: e, total: t}}\n"
RIGHT = (
    "- **SLO affected**: shop/a, 99.9 % over 30 days",
    "- **Budget of the period**: 25,920,000 requests, of which 0.1 %, 25,920, may fail",
    "- **Budget consumed**: 3,888 failed of the 21,600 requests in those 24 minutes: 15.0 % of the budget",
    "- **Budget remaining**: 75.0 %, or 19,440 requests (32.4 minutes). It was 90.0 % before.",
)
SPANISH = (
    "- **SLO afectado**: shop/a, 99,9 % en 30 días",
    "- **Presupuesto del período**: 25.920.000 solicitudes; pueden fallar 25.920",
    "- **Presupuesto consumido**: 3.888 solicitudes fallidas, 15,0 % del presupuesto",
    "- **Presupuesto restante**: 75,0 %, o 19.440 solicitudes (32,4 minutos). Antes era 90,0 %.",
)


def judged(*lines: str, path: str = PATH, heading: str = "Error budget impact"):
    body = "\n".join(lines)
    return found(postmortems_budget, {"alerts/shop.yaml": SERVICE, path: f"# X\n\n## {heading}\n\n{body}\n"})


@pytest.mark.parametrize("lines", [RIGHT, SPANISH])
def test_what_adds_up(lines: tuple[str, ...]):
    heading = "Impacto en el presupuesto de errores" if lines is SPANISH else "Error budget impact"
    assert judged(*lines, heading=heading) == ()


@pytest.mark.parametrize(
    ("number", "wrong", "message", "line"),
    [
        ("99.9 %", "99.5 %", "the objective of shop/a is 99.9 %, not 99.5 %", 5),
        ("30 days", "28 days", "the period of shop/a is 30 days, not 28 days", 5),
        (", 25,920,", ", 2,592,", "0.1 % of 25,920,000 requests are 25,920, not 2,592", 6),
        ("15.0 %", "1.5 %", "3,888 of 25,920 requests that may fail are 15 %, not 1.5 %", 7),
        ("75.0 %", "85.0 %", "90.0 % before less 15.0 % is 75 %, not 85.0 %", 8),
        ("19,440", "9,440", "75.0 % of 25,920 requests are 19,440, not 9,440", 8),
        ("32.4 min", "3.24 min", "75.0 % of the 43.2 minutes of the period are 32.4, not 3.24 minutes", 8),
    ],
)
def test_one_wrong_number_is_named_at_its_place(number: str, wrong: str, message: str, line: int):
    findings = judged(*(each.replace(number, wrong) for each in RIGHT))
    assert message in [each.message for each in findings]
    assert place(next(each for each in findings if each.message == message)).startswith(f"{PATH}:{line}:")


def test_more_is_left_than_there_was():
    (finding,) = judged("- **Budget consumed**: 40%", "- **Budget remaining**: 70%")
    assert finding.message == "the whole budget less 40% is 60 % at most, not 70%"


@pytest.mark.parametrize(
    "lines",
    [
        ("- **Budget consumed**: 40%", "- **Budget remaining**: 35%"),
        ("- **SLO affected**: Availability, 99.9%", "- **Budget consumed**: 21.6 minutes (50%)"),
        ("| SLO | shop/a |", "| --- | --- |", "| Budget consumed | about 15 % |"),
        ("- **SLO affected**: none", "- **Budget consumed**: nothing that could be measured"),
        ("- **Budget consumed**: 120 %, so it is gone", "- **Budget remaining**: -20 %"),
    ],
)
def test_other_forms_that_are_right(lines: tuple[str, ...]):
    assert judged(*lines) == ()


def test_minutes_follow_from_the_share():
    (finding,) = judged("- **SLO affected**: shop/a", "- **Budget consumed**: 30 minutes (50%)")
    assert finding.message == "50% of the 43.2 minutes of the period are 21.6, not 30 minutes"


def test_older_ones_keep_the_objective_of_their_time():
    old = "postmortems/2026-01-10-x.md"
    assert judged("- **SLO affected**: shop/a, 99.5 % over 28 days", path=old) == ()


def test_two_slos_are_counted_apart():
    assert judged(*RIGHT, "", *(line.replace("15.0 %", "15 %") for line in RIGHT)) == ()
    wrong = [line.replace("15.0 %", "16 %") for line in RIGHT]
    assert place(judged(*RIGHT, "", *wrong)[0]).startswith(f"{PATH}:12:")


@pytest.mark.parametrize(
    ("text", "spanish", "values"),
    [
        ("25,920,000 of 1.5", False, ["25920000", "1.5"]),
        ("25.920.000 de 1,5", True, ["25920000", "1.5"]),
        ("12.345 and 12,345", False, ["12.345", "12345"]),
        ("12.345 y 12,345", True, ["12345", "12.345"]),
        ("on 2026-10-14 at 13:05, release 1.2.3-4 of v2", False, []),
        ("about 2 hours, 90s, 1.5M, 3 k", False, ["120", "1.5", "1500000", "3000"]),
        ("-20 % or 0 %", False, ["-20", "0"]),
    ],
)
def test_numbers_as_they_are_written(text: str, spanish: bool, values: list[str]):
    assert [each.value for each in numbers(text, spanish=spanish)] == [Decimal(value) for value in values]


@given(st.text("0123456789.,% -minhdaysk:/'  x", max_size=60), st.booleans())
def test_any_text_has_numbers(text: str, spanish: bool):
    for each in numbers(text, spanish=spanish):
        assert each.text == text[each.start : each.end].strip()


@given(
    st.lists(
        st.sampled_from(["0", "9 %", "99.9 %", "30 days", "0 minutes", "7 failed", "it was 5 % before"]), max_size=4
    )
)
def test_no_numbers_break_the_sums(pieces: list[str]):
    labels = ("SLO affected", "Budget of the period", "Budget consumed", "Budget remaining")
    judged(*(f"- **{label}**: {', '.join(pieces)}" for label in labels))
