"""`tocsin new postmortem --incident`: what status incident, SLOs and schedules know is filled in."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.cli import main

NOW = ["--now", "2026-10-14T18:00Z"]
ID = "2026-10-14-checkout-errors"
INCIDENT = """\
title: {en: "Errors at | <checkout>", es: Errores al pagar}
updates:
  - at: 2026-10-14 13:12
    status: investigating
    components: {website: partial_outage}
    message: {en: We look, es: Miramos}
  - {at: 2026-10-14 13:30, status: monitoring, components: {website: operational}, message: "It works again: `a` | *b*"}
  - {at: 2026-10-15 00:40, status: resolved, message: Over}
"""
FILES = {
    "status/components.yaml": "website: {name: Website, services: [shop]}\n",
    f"status/incidents/{ID}.yaml": INCIDENT,
    "alerts/shop.yaml": "team: ops\nslos:\n  - {name: a, objective: 99.9, critical: true, sli: {errors: e, total: t}}\n"
    "  - {name: b, objective: 99, sli: {errors: e, total: t}}\n",
    "schedules/people.yaml": "alice: Alice\nbob: Bob\n",
    "schedules/ops.yaml": """\
schedules:
  primary:
    layers:
      - {start: 2026-10-01 09:00, turn: 1w, people: [bob]}
escalation:
  steps:
    - {page: primary, wait: 15m}
    - {page: alice, wait: 15m}
""",
}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def new(repository: Path, *arguments: str, now: list[str] | None = None) -> str:
    assert main(["-C", str(repository), "new", "postmortem", *arguments, *(now or NOW)]) == 0
    return (repository / "postmortems" / f"{ID}.md").read_text(encoding="utf-8")


def test_what_is_known_stands_in_its_place(repository: Path):
    text = new(repository, "--incident", ID, now=["--now", "2026-10-15T12:00Z"])
    assert text.startswith(
        "---\nstatus: draft\nseverity: SEV-2\nalerts: []\nauthors: [bob]\nservices: [shop]\n---\n"
        "# Errors at \\| \\<checkout\\>\n"
    )
    assert "- **Date**: 2026-10-14\n" in text
    assert "- **Duration**: 18 minutes of impact (13:12 to 13:30 UTC), 688 minutes until resolved\n" in text
    assert "| 13:12 | **Started**: the first customer was affected |\n" in text
    assert "| 13:12 | **Acknowledged**: bob, on call on ops/primary |\n" in text
    assert "| 13:30 | Status page, monitoring: It works again: \\`a\\` \\| \\*b\\* |\n" in text
    assert text.index("13:12 | Status page, investigating: We look") < text.index("13:30 | **Mitigated**")
    assert "| 2026-10-15 00:40 | **Resolved**: what was checked before it was called over |\n" in text
    assert text.count("**SLO affected**") == 1
    assert "- **SLO affected**: shop/a, 99.9 % over 30 days\n" in text
    assert "as a total outage 43.2 minutes\n" in text


def test_one_that_lasts_is_open_and_has_no_end(repository: Path):
    text = new(repository, "--incident", ID)
    assert text.startswith("---\nstatus: open\n")
    assert "|  | **Resolved**: what was checked before it was called over |\n" in text
    assert "minutes until resolved\n" in text.partition("- **Severity**")[0]
    assert "Over" not in text


@pytest.mark.parametrize("option", ["--language", "--lang"])
def test_the_short_form_in_spanish(repository: Path, option: str):
    text = new(repository, "--incident", ID, "--short", option, "es", now=["--now", "2026-10-15T12:00Z"])
    assert "# Errores al pagar\n" in text
    assert "| 13:12 | Página de estado, en investigación: Miramos |\n" in text
    assert "- **SLO afectado**: shop/a, 99,9 % en 30 días; consumido TBD, restante TBD\n" in text


@pytest.mark.parametrize("arguments", [(), ("--short",), ("--language", "es"), ("--short", "--language", "es")])
@pytest.mark.parametrize("day", ["2026-10-14T18:00Z", "2026-10-15T12:00Z"])
def test_what_is_filled_in_agrees_with_itself(
    repository: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], day: str
):
    new(repository, "--incident", ID, *arguments, now=["--now", day])
    capsys.readouterr()
    assert main(["-C", str(repository), "check", "--now", day]) == 0
    out = capsys.readouterr().out
    assert not any(f"[postmortem/{name}]" in out for name in ("duration", "timeline-order", "budget", "blame"))


def test_without_services_the_template_s_words_stay(repository: Path):
    (repository / "status" / "components.yaml").write_text("website: Website\n", encoding="utf-8")
    text = new(repository, "--incident", ID)
    assert "authors: []\n---" in text
    assert "**Acknowledged**: who took it |" in text
    assert "- **SLO affected**: service/slo, objective, period\n" in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("postmortem", "--incident", "2026-10-14-checkout-error"), f"did you mean '{ID}'?"),
        (("postmortem", "other", "--incident", ID), "a postmortem has the id of its incident"),
        (("runbook", "x", "--incident", ID), "a runbook has no incident"),
        (("postmortem", "--incident", ID, "--now", "2026-10-14T10:00Z"), "begins after 2026-10-14 10:00"),
    ],
)
def test_what_cannot_be(repository: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str):
    assert main(["-C", str(repository), "new", *arguments]) == 2
    assert said in capsys.readouterr().err
