"""Runbooks that no alert leads to."""

from __future__ import annotations

import pytest

from generator.checks.engine import run
from generator.checks.runbooks import links_to as runbooks
from generator.findings import Level
from tests.catalogs import make_catalog, make_context
from tests.checks.found import found, place

DOWN = {"alerts/shop.yaml": "alerts:\n  - {alert: ShopDown, expr: up == 0}\n", "runbooks/shop-down.md": "# Down\n"}


@pytest.mark.parametrize("text", ["# Slow\n", "---\nreviewed: 2026-11-02\n---\n# Slow\n"])
def test_a_runbook_that_no_alert_leads_to_is_a_warning_about_the_file(text: str):
    (finding,) = found(runbooks, {**DOWN, "runbooks/shop-slow.md": text})
    assert (finding.check, finding.level) == ("runbook/unused", Level.WARNING)
    assert finding.where.path == "runbooks/shop-slow.md"
    assert place(finding).endswith(("md:1:1", "md:2:1"))
    assert finding.message == "no alert leads to runbook 'shop-slow'"
    assert finding.hint.startswith("name it in an alert")
    assert finding.subject == "shop-slow"


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(DOWN, id="an alert of its name"),
        pytest.param(
            {**DOWN, "alerts/a.yaml": "alerts: [{alert: A, expr: up, runbook: b}]\n", "runbooks/b.md": "# B\n"},
            id="an alert that names it",
        ),
        pytest.param({**DOWN, "runbooks/old.md": "---\ndeprecated: true\n---\n# Old\n"}, id="deprecated"),
        pytest.param({"runbooks/shop-slow.md": "# Slow\n"}, id="no alerts are kept"),
        pytest.param({**DOWN, "runbooks/README.md": "# About\n", "runbooks/templates/x.md": "# X\n"}, id="no sources"),
    ],
)
def test_reached_or_retired_runbooks_are_left_in_peace(files: dict[str, str]):
    assert found(runbooks, files) == ()


def test_nothing_is_called_unused_while_a_service_cannot_be_read():
    files = {**DOWN, "alerts/cart.yaml": "alerts: [", "runbooks/cart-down.md": "# Down\n"}
    assert [each.check for each in run(make_catalog(files), make_context(), [runbooks])] == ["source/syntax"]
