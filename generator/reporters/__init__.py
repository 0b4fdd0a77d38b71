"""Reporters, one module a format: findings become text for people or data for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from generator.findings import Finding

if TYPE_CHECKING:
    from generator.analysis.rule_tests.results import Results

REPORTERS: Mapping[str, str] = {
    "text": "generator.reporters.text",
    "json": "generator.reporters.json",
}

WITH_TESTS = ("text", "json")
"""The formats that also tell how many tests were run."""

__all__ = ["REPORTERS", "report"]


def report(form: str, findings: Sequence[Finding], sources: int, tested: Results | None = None) -> str:
    """The findings in a format of the list, ending with a line break; `sources` counts what was read.

    `tested` is a run of the tests of alerts, where there was one; formats that hold findings alone leave it out.
    """
    module = import_module(REPORTERS[form])
    more = {"tested": tested} if tested is not None and form in WITH_TESTS else {}
    text: str = module.report(findings, sources, **more)
    return text
