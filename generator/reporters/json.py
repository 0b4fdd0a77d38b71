"""The form for programs. Keys are only ever added."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from generator import __version__
from generator.findings import Finding, Level, Ref, Span

if TYPE_CHECKING:
    from generator.analysis.rule_tests.results import Results


def report(findings: Sequence[Finding], sources: int, tested: Results | None = None) -> str:
    """One JSON object: tool, findings in order, summary; and the tests of alerts, where they were run."""
    counts = {f"{level.value}s": sum(each.level is level for each in findings) for level in Level}
    contents: dict[str, Any] = {
        "tool": {"name": "tocsin", "version": __version__},
        "findings": [_finding(each) for each in findings],
        "summary": {**counts, "sources": sources},
    }
    if tested is not None:
        contents["tests"] = _tests(tested)
    return json.dumps(contents, indent=2, ensure_ascii=False) + "\n"


def _tests(tested: Results) -> dict[str, Any]:
    return {
        "tool": tested.tool,
        "passed": tested.tests - tested.failed,
        "failed": tested.failed,
        "skipped_services": list(tested.skipped),
        "alerts": [
            {"service": each.service, "alert": each.alert, "tests": each.tests, "failed": each.failed}
            for each in tested.alerts
        ],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "check": finding.check,
        "level": finding.level.value,
        "message": finding.message,
        "hint": finding.hint,
        "subject": finding.subject,
        "fixes": [fix.said for fix in finding.fixes],
        **_place(finding.where),
        "related": [{**_place(each.where), "message": each.message} for each in finding.related],
    }


def _place(where: Ref) -> dict[str, Any]:
    span = where.span or Span()
    return {
        "path": where.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
        "pointer": "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in where.pointer),
    }
