"""The form for programs. Keys are only ever added."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from generator import __version__
from generator.findings import Finding, Level, Ref, Span


def report(findings: Sequence[Finding], sources: int) -> str:
    """One JSON object: tool, findings in order, summary."""
    counts = {f"{level.value}s": sum(each.level is level for each in findings) for level in Level}
    contents = {
        "tool": {"name": "tocsin", "version": __version__},
        "findings": [_finding(each) for each in findings],
        "summary": {**counts, "sources": sources},
    }
    return json.dumps(contents, indent=2, ensure_ascii=False) + "\n"


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
