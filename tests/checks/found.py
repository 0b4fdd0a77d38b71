"""What one family of checks finds: positions, hints and levels as they are reported."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any

from generator.checks.engine import run
from generator.findings import Finding
from tests.catalogs import make_catalog, make_context

PEOPLE = "alice: Alice\nbob: Bob\n"
TEAM = """\
schedules:
  primary:
    layers:
      - {start: 2026-01-01 09:00, turn: 1w, people: [alice, bob]}
escalation:
  steps:
    - {page: primary, wait: 15m}
"""


def found(family: ModuleType, files: Mapping[str, str], check: str = "", **context: Any) -> tuple[Finding, ...]:
    """The findings of a family (of one check, where it is named) about sources; those of other families are left out.

    What reading finds is left out too, so a test gives sources that can be read.
    """
    catalog = make_catalog(files)
    assert not catalog.findings, catalog.findings
    return tuple(each for each in run(catalog, make_context(**context), [family]) if check in ("", each.check))


def place(finding: Finding) -> str:
    """`path:line:column`."""
    assert finding.where.span is not None
    return f"{finding.where.path}:{finding.where.span.line}:{finding.where.span.column}"
