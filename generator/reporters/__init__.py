"""Reporters, one module a format: findings become text for people or data for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module

from generator.findings import Finding

REPORTERS: Mapping[str, str] = {
    "text": "generator.reporters.text",
    "json": "generator.reporters.json",
}

__all__ = ["REPORTERS", "report"]


def report(form: str, findings: Sequence[Finding], sources: int) -> str:
    """The findings in a format of the list, ending with a line break; `sources` counts what was read."""
    text: str = import_module(REPORTERS[form]).report(findings, sources)
    return text
