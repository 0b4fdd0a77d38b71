"""Sections of runbooks: the default in both languages and both forms, and what a repository chooses."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checks.runbooks import commands as runbooks_commands
from generator.checks.runbooks import links as runbooks_links
from generator.checks.runbooks import sections as runbooks_sections
from generator.findings import Level
from tests.checks.found import found, place

OURS = "# A\n\n## Quick diagnosis\n\nLook.\n\n## Mitigation actions\n\nStop.\n\n## Escalation\n\nCall.\n"
THE_FIELDS = "# A\n## Meaning\nIt.\n## Impact\nBad.\n## Diagnosis\nLook.\n## Mitigation\nStop.\n"


def about(text: str, settings: str = "", check: str = "runbook/section-missing"):
    files = {"runbooks/a.md": text, **({"tocsin.yaml": settings} if settings else {})}
    return found(runbooks_sections, files, check)


@pytest.mark.parametrize(
    "text",
    [
        OURS,
        THE_FIELDS,
        "# A\n## Diagnóstico rápido\nx\n## Acciones de mitigación\nx\n## Escalamiento\nx\n",
        "# A\n## SIGNIFICADO\nx\n## Impacto\nx\n## Diagnostico:\nx\n## 4. Mitigación (10 min)\nx\n",
        "Meaning\n===\nx\n\nImpact\n===\nx\n\nDiagnosis\n===\nx\n\nMitigation\n===\nx\n",
        "---\ndeprecated: true\n---\n# A\n",
    ],
)
def test_either_list_will_do(text: str) -> None:
    assert about(text) == ()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (OURS.replace("## Escalation", "## Later"), "no section 'Escalation'"),
        (OURS.replace("## Quick diagnosis", "## Look"), "no section 'Quick diagnosis'"),
        (THE_FIELDS.replace("## Impact", "## Other"), "no section 'Impact'"),
        ("# A\n", "no sections 'Quick diagnosis', 'Mitigation actions', 'Escalation'"),
        (OURS.replace("## Escalation", "```\n## Escalation\n```"), "no section 'Escalation'"),
    ],
)
def test_the_nearer_list_is_asked_for(text: str, named: str) -> None:
    (finding,) = about(text)
    assert (finding.level, finding.subject, place(finding)) == (Level.WARNING, "a", "runbooks/a.md:1:1")
    assert finding.message == f"runbook 'a' has {named}"


@pytest.mark.parametrize(
    ("sections", "missing"),
    [("[[Symptoms], [Checks, Diagnosis]]", "'Symptoms'"), ("[[Diagnosis]]", ""), ("[]", "")],
)
def test_a_repository_chooses_its_own(sections: str, missing: str) -> None:
    assert [missing in each.message for each in about(THE_FIELDS, f"runbooks: {{sections: {sections}}}\n")] == (
        [True] if missing else []
    )


@pytest.mark.parametrize(
    ("said", "empty"),
    [
        ("", True),
        ("<!-- what to do -->", True),
        ("TODO", True),
        ("> **TBD**", True),
        ("### Deeper\n\n---\n", True),
        ("Nobody has written this yet.", True),
        ("Pendiente.", True),
        ("To do: nothing", False),
        ("### Deeper\n\nCall.", False),
        ("```\nls\n```", False),
        ("![a](b.png)", False),
        ("| a |\n|---|\n| b |", False),
    ],
)
def test_a_section_that_says_nothing(said: str, empty: bool) -> None:
    findings = about(OURS.replace("Call.", said), check="runbook/section-empty")
    assert [(place(each), each.message) for each in findings] == (
        [("runbooks/a.md:11:1", "runbook 'a' says nothing in section 'Escalation'")] if empty else []
    )


def test_a_level_that_is_left_out() -> None:
    (finding,) = about("# A\n### B\n#### C\n## D\n#### E\n", check="runbook/heading-skipped")
    assert (place(finding), finding.hint) == ("runbooks/a.md:2:1", "write it with ##")
    assert finding.message == "heading 'B' has level 3 below one of level 1, and 1 more like it"


@pytest.mark.parametrize("name", ["runbook.md", "runbook.es.md"])
def test_what_new_writes_keeps_every_rule(repo_root: Path, name: str) -> None:
    text = (repo_root / "runbooks" / "templates" / name).read_text(encoding="utf-8")
    for family in (runbooks_sections, runbooks_commands, runbooks_links):
        assert found(family, {"runbooks/a.md": text}) == ()
