"""What running the tests has shown, for reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING

from generator.records import dataclass

if TYPE_CHECKING:
    from generator.findings import Finding

FAILED, REFUSED, UNTESTED = "test/failed", "test/refused", "test/untested"
"""Ids of the checks that tell it."""


@dataclass(frozen=True, slots=True)
class TriedAlert:
    """One alert of a service, with how many tests try it (in every environment) and how many of these failed."""

    service: str
    alert: str
    tests: int
    failed: int


@dataclass(frozen=True, slots=True)
class Results:
    """A run of all tests. `tool` names the program and its version; `skipped` are services that were left out."""

    tool: str
    tests: int
    failed: int
    alerts: tuple[TriedAlert, ...] = ()
    findings: Mapping[str, Sequence[Finding]] = field(default_factory=dict)
    skipped: tuple[str, ...] = ()

    @property
    def untested(self) -> tuple[TriedAlert, ...]:
        """The alerts that no test tries."""
        return tuple(alert for alert in self.alerts if not alert.tests)
