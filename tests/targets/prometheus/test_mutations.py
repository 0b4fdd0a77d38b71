"""The tests of SLOs bite: promtool fails on every rule file that is wrong in one place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml as pyyaml

from generator.targets.rendering import yaml
from tests.targets.prometheus.promtools import failures, judged, one_promtool, rendered

SHAPES = {
    "selectors": "{name: a, objective: 99.9, critical: true, sli: {errors: 'r{c=~\"5..\"}', total: r}}",
    "floor-and-for": "{name: a, objective: 97.5, min_events: 500, for: 2m, sli: {errors: bad, total: every}}",
    "groups": "{name: a, objective: 99, group_by: [region], no_data: 5m, sli: {good: ok_total, total: all_total}}",
    "histogram": "{name: a, objective: 98.5, sli: {histogram: h_seconds, under: 300ms}}",
    "promql": "{name: a, objective: 99.5, sli: {error_query: 'e{w=\"{{.window}}\"}', total_query: 't'}}",
}
Rule = dict[str, Any]
Change = Callable[[list[Rule]], bool]


def _in_expression(
    of: str, old: str, new: str | Callable[[re.Match[str]], str], which: int = 0, *, every: bool = False
) -> Change:
    """A change to the expression of the n-th rule of that name; says whether there was anything to change."""

    def change(rules: list[Rule]) -> bool:
        rule = [each for each in rules if of in (each.get("alert"), each.get("record"))][which]
        before = rule["expr"]
        rule["expr"] = re.sub(old, new, before, count=0 if every else 1)
        return rule["expr"] != before

    return change


def _factor(by: str) -> Callable[[re.Match[str]], str]:
    return lambda match: f"> {Decimal(match[1]) * Decimal(by)}"


def _field(alert: str, name: str, value: str | None) -> Change:
    def change(rules: list[Rule]) -> bool:
        rule = next(each for each in rules if each.get("alert") == alert)
        before = dict(rule)
        rule.pop(name, None)
        if value is not None:
            rule[name] = value
        return rule != before

    return change


def _label(alert: str, name: str, value: str) -> Change:
    def change(rules: list[Rule]) -> bool:
        next(each for each in rules if each.get("alert") == alert)["labels"][name] = value
        return True

    return change


def _without(alert: str, which: int = 0) -> Change:
    def change(rules: list[Rule]) -> bool:
        rules.remove([each for each in rules if each.get("alert") == alert][which])
        return True

    return change


ONE, NO_DATA, RATIO = "WebA", "WebANoData", "slo:sli_error:ratio_rate"
CHANGES: dict[str, Change] = {
    **{
        f"leg {n}: {name}": _in_expression(ONE, old, new, n)
        for n in range(3)
        for name, old, new in (
            ("a tenth higher", r"> ([0-9.]+)", _factor("1.1")),
            ("a tenth lower", r"> ([0-9.]+)", _factor("0.9")),
            ("the short window a tenth higher", r"(?<=and\n)(\S+) > ([0-9.]+)", r"\1 > 1.1 * \2"),
            ("at least for more than", ">", ">="),
            ("less for more", ">", "<"),
            ("or for and", r"\nand\n", "\nor\n"),
            ("without the long window", r"\A.*?\nand\n", ""),
            ("without the short window", r"\nand\n[^\n]*ratio_rate[^\n]*", ""),
            ("another long window", r"\A(\S+ratio_rate)\w+", r"\g<1>3d" if n < 2 else r"\g<1>6h"),
            ("another short window", r"(?<=\nand\n)(\S+ratio_rate)\w+", r"\g<1>6h" if n < 2 else r"\g<1>5m"),
            ("without the floor", r"\nand\n[^\n]*>= [0-9.]+\Z", ""),
            ("a floor a tenth higher", r">= ([0-9.]+)\Z", r">= \1 * 1.1"),
            ("a floor a tenth lower", r">= ([0-9.]+)\Z", r">= \1 * 0.9"),
        )
    },
    "a leg is missing": _without(ONE, 1),
    "no ticket without data": _without(NO_DATA),
    "for a minute longer": _field(ONE, "for", "3m"),
    "for a minute less": _field(ONE, "for", "1m"),
    "without for": _field(ONE, "for", None),
    "no data for a minute longer": _field(NO_DATA, "for", "11m"),
    "no data at once": _field(NO_DATA, "for", None),
    "the page is a ticket": _label(ONE, "urgency", "ticket"),
    "another severity": _label(ONE, "sev", "SEV-7"),
    "no zero for errors that never were": _in_expression("slo:sli_error:rate5m", r" or .*\* 0", ""),
    "no traffic is no number": _in_expression(f"{RATIO}5m", r" > 0", ""),
    **{
        f"{recorded} are {by}": _in_expression(f"{RATIO}{recorded}", rf"\b{recorded}\b", by, every=True)
        for recorded, by in (("1h", "30m"), ("2h", "3h"), ("6h", "3h"), ("1d", "6h"), ("3d", "2d"))
    },
    "errors are good": _in_expression(f"{RATIO}1h", r"\A", "1 - "),
    "the budget is a tenth of it": _in_expression("slo:period_burn_rate:ratio", r"\Z", " / 10"),
}
# What is recorded from people's own PromQL is not tried: nothing tells which series it reads.
UNSEEN = {
    "no zero for errors that never were",
    "errors are good",
    *(name for name in CHANGES if re.match("[1-6][hd] are ", name)),
}


def _mutants(rules: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, change in CHANGES.items():
        mutant = deepcopy(rules)
        if change(mutant["groups"][0]["rules"]):
            yield name, mutant


DEADLY = ("thresholds of 5m", "too little", "zero", "no data", "groups", "long windows", "total outage")
"""Cases in whose order most mutants die soonest; those that kill nothing more come last, when none is left."""


def _rank(alone: dict[str, Any]) -> int:
    name = alone["tests"][0]["name"].removeprefix("a: ")
    return next((rank for rank, start in enumerate(DEADLY) if name.startswith(start)), len(DEADLY))


def _survivors(
    program: str, folder: Path, mutants: Mapping[str, dict[str, Any]], tests: Sequence[dict[str, Any]]
) -> set[str]:
    """The mutants that no case kills, case by case until none is left."""
    living = dict(enumerate(mutants))
    for number, mutant in enumerate(mutants.values()):
        (folder / f"{number}.yaml").write_text(yaml(mutant), encoding="utf-8")
    assert not failures(judged(program, "check", [folder / f"{number}.yaml" for number in living]))
    for alone in sorted(({**file, "tests": [case]} for file in tests for case in file["tests"]), key=_rank):
        text = yaml({**alone, "rule_files": ["@rules@"]})
        files = {folder / f"{number}.test.yaml": number for number in living}
        for file, number in files.items():
            file.write_text(text.replace("@rules@", f"{number}.yaml"), encoding="utf-8")
        passed = {name for name, verdict in judged(program, "test", files).items() if verdict.passed}
        living = {number: living[number] for file, number in files.items() if file.name in passed}
    return set(living.values())


@one_promtool
@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_no_mutant_survives(tmp_path: Path, program: str, shape: str) -> None:
    paths = rendered({"alerts/web.yaml": f"slos: [{SHAPES[shape]}]"}, tmp_path)
    assert not failures(judged(program, "test", paths))
    rules, *tests = (
        pyyaml.load(each.read_text(encoding="utf-8"), pyyaml.CSafeLoader)
        for each in (tmp_path / "prometheus/rules/web.yaml", *paths)
    )
    mutants = dict(_mutants(rules))
    assert len(mutants) > 30
    assert _survivors(program, tmp_path, mutants, tests) == (UNSEEN if shape == "promql" else set())
