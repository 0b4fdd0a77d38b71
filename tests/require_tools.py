"""With TOCSIN_REQUIRE_TOOLS=1 (CI sets it) a test that is skipped for want of a program has failed."""

from __future__ import annotations

import os
from collections.abc import Generator
from typing import Any

import pytest

ADVICE = "run .ci/tools"


def _required() -> bool:
    return os.environ.get("TOCSIN_REQUIRE_TOOLS") == "1"


def _reason(report: pytest.CollectReport | pytest.TestReport) -> str:
    return report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, Any, pytest.TestReport]:
    """Turn the skip of a test marked `real_tool`, or of one that asks for `.ci/tools`, into a failure."""
    report: pytest.TestReport = yield
    if _required() and report.skipped and not hasattr(report, "wasxfail"):
        reason = _reason(report)
        if item.get_closest_marker("real_tool") or ADVICE in reason:
            report.outcome = "failed"
            report.longrepr = f"{item.nodeid} was skipped, and TOCSIN_REQUIRE_TOOLS forbids it: {reason}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, Any, pytest.CollectReport]:
    """The same for a module that skips itself whole: its marks are never seen, only its reason."""
    report: pytest.CollectReport = yield
    if _required() and report.skipped and ADVICE in _reason(report):
        reason = _reason(report)
        report.outcome = "failed"
        report.longrepr = f"{collector.nodeid} was skipped, and TOCSIN_REQUIRE_TOOLS forbids it: {reason}"
    return report
