"""Annotations, and runbooks in their place."""

from __future__ import annotations

import pytest

from generator.checks.alerts import texts as alerts_texts
from generator.checks.alerts.texts import near_miss
from generator.findings import Edit, Level
from tests.checks.found import found, place

SHOP = "alerts/shop.yaml"
FILES = {
    "runbooks/shop-down.md": "# Down\n",
    "runbooks/other.md": "# Other\n",
    "tocsin.yaml": "runbooks: https://runbooks.example.com\n",
}
HERE = "https://runbooks.example.com/runbooks/"


def rule(text: str) -> str:
    return f"alerts:\n  - {{alert: ShopDown, expr: up == 0, {text}}}\n"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("descrition", "description"),
        ("desciption", "description"),
        ("descripton", "description"),
        ("sumary", "summary"),
        ("summray", "summary"),
        ("Summary", "summary"),
        ("runbok_url", "runbook_url"),
        ("runbookUrl", "runbook_url"),
        ("runbook_ulr", "runbook_url"),
        ("mesage", "message"),
        ("dashbord", "dashboard"),
        ("summary", ""),
        ("runbook", ""),
        ("dashboards", ""),
        ("dashboard_url", ""),
        ("description_es", ""),
        ("impact", ""),
        ("title", ""),
        ("value", ""),
        ("", ""),
    ],
)
def test_only_near_misses_are_named(written: str, meant: str):
    assert near_miss(written) == meant


def test_a_slip_is_found_at_its_key_and_renamed():
    (finding,) = found(alerts_texts, {SHOP: rule("annotations: {summary: x, descrition: y}")})
    assert (finding.check, finding.level, place(finding)) == ("alert/annotation-typo", Level.WARNING, f"{SHOP}:2:64")
    where = ("alerts", 0, "annotations", "descrition")
    assert finding.fixes[0].edits == (Edit("rename", where, "description"),)


def test_where_the_right_key_is_there_a_person_decides():
    (finding,) = found(alerts_texts, {SHOP: rule("annotations: {summary: x, description: z, descrition: y}")})
    assert finding.fixes == ()


def test_annotations_of_slos_count_too():
    slo = "slos: [{name: a, objective: 99, sli: {errors: e, total: t}, annotations: {sumary: x}}]\n"
    (finding,) = found(alerts_texts, {SHOP: slo})
    assert (finding.check, finding.subject) == ("alert/annotation-typo", "shop/a")


SUMMARY = "annotations: {summary: x}"


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("labels: {runbook: other}, annotations: {summary: x}", ["insert runbook", "remove"]),
        ("labels: {runbook: shop-down}, annotations: {summary: x}", ["remove"]),
        ("labels: {runbook: other}, runbook: other, annotations: {summary: x}", ["remove"]),
        ("labels: {runbook: 'https://w/x'}, annotations: {summary: x}", ["insert runbook_url", "remove"]),
        ("annotations: {summary: x, runbook: other}", ["insert runbook", "remove"]),
        ("annotations: {summary: x, runbook: 'https://wiki/x'}", ["rename"]),
        (f"annotations: {{summary: x, runbook_url: '{HERE}other/'}}", ["insert runbook", "remove"]),
        (f"annotations: {{summary: x, runbook_url: '{HERE}shop-down'}}", ["remove"]),
        ("annotations: {summary: x, runbook_url: other}", ["insert runbook", "remove"]),
        ("annotations: {summary: x, runbook: runbooks/other.md}", ["insert runbook", "remove"]),
        (
            "annotations: {summary: x, runbook_url: 'https://git/a/b/main/runbooks/other.md'}",
            ["insert runbook", "remove"],
        ),
        ("annotations: {summary: x, runbook: docs/runbook/nothing.md}", None),
        ("labels: {runbook: nothing}, annotations: {summary: x}", None),
        ("labels: {runbook: other}, runbook: shop-down, annotations: {summary: x}", None),
        ("labels: {runbook: 'https://w'}, annotations: {summary: x, runbook_url: 'https://v'}", None),
        ("labels: {runbook: other}, annotations: {summary: x, runbook_url: 'https://v'}", None),
    ],
)
def test_a_runbook_in_the_wrong_place(text: str, steps: list[str] | None):
    (finding,) = found(alerts_texts, {**FILES, SHOP: rule(text)})
    assert finding.check == "alert/runbook-misplaced"
    taken = [[f"{edit.do} {edit.key}".strip() for edit in fix.edits] for fix in finding.fixes]
    assert taken == ([steps] if steps else [])


@pytest.mark.parametrize(
    "text",
    [
        "annotations: {summary: x, runbook_url: 'https://wiki.example.com/shop-down'}",
        f"annotations: {{summary: x, runbook_url: '{HERE}nothing/'}}",
        "annotations: {summary: x, runbook_url: 'https://wiki.example.com/other.md'}",
        f"annotations: {{summary: x, runbook_url: '{HERE}other/?a={{{{ $labels.a }}}}'}}",
        "annotations: {summary: x, runbook: 'See the wiki, please'}",
        "runbook: other, annotations: {summary: x}",
    ],
)
def test_a_runbook_in_its_place_or_elsewhere(text: str):
    assert found(alerts_texts, {**FILES, SHOP: rule(text)}) == ()


def test_alerts_without_a_summary_are_one_note_a_service():
    text = (
        "alerts:\n  - {alert: A, expr: up}\n  - {alert: B, expr: up, annotations: {message: x}}\n"
        "  - {alert: C, expr: up, annotations: {summary: x}}\n"
    )
    (finding,) = found(alerts_texts, {SHOP: text})
    assert (finding.check, finding.level, place(finding)) == ("alert/no-summary", Level.NOTE, f"{SHOP}:2:13")
    assert finding.message == "alert A has no summary, nor have 1 more of service shop"
