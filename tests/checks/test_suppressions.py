"""Comments that silence a finding: one finding, with a reason, until a day, and only where there is something."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from generator.checks import suppressions
from generator.checks.alerts import rules as alerts
from generator.checks.engine import run
from generator.findings import Finding, Level
from tests.catalogs import make_catalog, make_context

SHOP = "alerts/shop.yaml"
PAGE = "alerts:\n  - alert: ShopCpuHigh\n    expr: a > 1\n%s    urgency: page%s\n"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def judged(text: str, now: datetime = NOW, path: str = SHOP) -> list[Finding]:
    """What is left, from the family `alerts` and about the comments themselves."""
    return list(run(make_catalog({path: text}), make_context(now), [alerts, suppressions]))


def ids(findings: list[Finding]) -> list[str]:
    return [each.check for each in findings]


def test_without_a_comment_the_finding_is_there():
    assert ids(judged(PAGE % ("", ""))) == ["alert/cause"]


@pytest.mark.parametrize(
    "text",
    [
        PAGE % ("", "  # tocsin: ignore[alert/cause] it is the symptom here"),
        PAGE % ("    # tocsin: ignore[alert/cause] it is the symptom here\n", ""),
        PAGE % ("    # tocsin: ignore[alert/cause] until 2026-11-24 it is the symptom here\n", ""),
        PAGE % ("    # tocsin: ignore[alert/cause] the symptom\n    # an ordinary comment\n\n", ""),
    ],
)
def test_a_comment_with_a_reason_silences_the_finding(text: str):
    assert judged(text) == []


def test_only_the_check_that_it_names_is_silenced():
    found = judged(PAGE % ("", "  # tocsin: ignore[alert/without-runbook] later"))
    assert ids(found) == ["alert/cause", "suppression/unused"]


def test_without_a_reason_it_silences_nothing():
    found = judged(PAGE % ("", "  # tocsin: ignore[alert/cause]"))
    assert ids(found) == ["alert/cause", "suppression/no-reason"]
    reason = found[1]
    assert reason.level is Level.ERROR
    assert reason.where.span is not None
    assert (reason.where.span.line, reason.where.span.column) == (4, 20)
    assert reason.hint == "write it behind the brackets"


def test_past_its_day_it_silences_nothing():
    text = PAGE % ("    # tocsin: ignore[alert/cause] until 2026-11-24 the metric comes\n", "")
    assert judged(text, datetime(2026, 11, 24, 23, 59, tzinfo=UTC)) == []
    found = judged(text, datetime(2026, 11, 25, tzinfo=UTC))
    assert ids(found) == ["suppression/expired", "alert/cause"]
    assert found[0].level is Level.ERROR
    assert found[0].message == "the comment that ignores alert/cause counted until 2026-11-24"
    assert found[0].where.span is not None
    assert (found[0].where.span.line, found[0].where.span.column) == (4, 5)


def test_with_nothing_to_silence_it_is_a_warning():
    (found,) = judged("# tocsin: ignore[alert/cause] it was so\ndescription: Shop\n")
    assert (found.check, found.level) == ("suppression/unused", Level.WARNING)
    assert "which finds nothing on line 2" in found.message
    assert found.hint == "remove the comment"


def test_what_keeps_a_source_from_being_read_cannot_be_silenced():
    found = judged("# tocsin: ignore[source/duplicate-key] why not\nteam: a\nteam: b\n")
    assert "source/duplicate-key" in ids(found)


def test_a_comment_inside_a_text_is_text():
    text = "description: |\n  # tocsin: ignore[alert/cause]\n  Shop\n"
    assert judged(text) == []
