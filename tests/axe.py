"""Whether everybody can use a page: axe-core judges it inside the browser, where it is rendered."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from selenium.webdriver.chrome.webdriver import WebDriver

PROGRAM = Path(__file__).parents[1] / ".ci/cache/node/node_modules/axe-core/axe.min.js"
_RUN = "const done = arguments[arguments.length - 1]; axe.run(document).then(found => done(found.violations))"


@cache
def _program() -> str:
    if not PROGRAM.is_file():
        pytest.skip("needs axe-core: run .ci/tools")
    return PROGRAM.read_text(encoding="utf-8")


def faults(driver: WebDriver) -> list[str]:
    """What axe finds on the page that the browser shows, all its rules on: `rule: element, and why`."""
    # Through the debugger, because a page of ours may forbid scripts that it does not name.
    driver.execute_cdp_cmd("Runtime.evaluate", {"expression": _program()})
    found = driver.execute_async_script(_RUN)  # type: ignore[no-untyped-call]
    return [_said(each["id"], node) for each in found for node in each["nodes"]]


def _said(rule: str, node: dict[str, str]) -> str:
    return f"{rule}: {node['html']}: {' '.join(node.get('failureSummary', '').split())}"
