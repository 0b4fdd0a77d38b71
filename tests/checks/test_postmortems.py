"""Postmortems: missing ones, old drafts, sections and template text."""

from __future__ import annotations

import pytest

from generator.checks.postmortems import records as postmortems
from tests.catalogs import NOW
from tests.checks.found import found, place

PATH = "postmortems/2026-11-20-x.md"
INCIDENT = """\
title: Errors
updates:
  - {at: DAY 10:00, status: investigating, message: We look}
  - {at: DAY 11:00, status: resolved, message: Done}
"""
SECTIONS = {
    "Incident summary": "- **Severity**: SEV-1",
    "Timeline": "| Time (UTC) | Event |\n| --- | --- |\n| 10:00 | **Started**: x |",
    "Root cause": "A setting.",
    "Contributing factors": "- One",
    "What went well": "- Luck",
    "What could be improved": "- Speed",
    "Action items": "None: the cause is gone for good.",
    "Lessons learned": "- Ask",
    "Error budget impact": "None.",
}


def body(*without: str, front: str = "severity: SEV-1", **texts: str) -> str:
    written = {**SECTIONS, **{name.replace("_", " "): text for name, text in texts.items()}}
    parts = (f"## {name}\n\n{text}\n" for name, text in written.items() if name not in without)
    return f"---\nstatus: published\n{front}\n---\n# X\n\n" + "\n".join(parts)


def judged(check: str, text: str, **more: str):
    return found(postmortems, {PATH: text, **more}, f"postmortem/{check}", read=lambda _path: None, now=NOW)


class TestMissing:
    @pytest.mark.parametrize(("day", "count"), [("2026-11-20", 1), ("2026-11-23", 0), ("2024-11-20", 0)])
    def test_after_48_hours_and_for_a_year(self, day: str, count: int):
        path = f"status/incidents/{day}-errors.yaml"
        files = {PATH: body(), path: INCIDENT.replace("DAY", day)}
        findings = found(postmortems, files, "postmortem/missing")
        assert len(findings) == count
        if count:
            assert findings[0].hint == f"tocsin new postmortem --incident {day}-errors"
            assert findings[0].where.path == path

    def test_not_where_no_postmortems_are_kept_and_not_where_there_is_one(self):
        text = INCIDENT.replace("DAY", "2026-11-20")
        assert found(postmortems, {"status/incidents/2026-11-20-errors.yaml": text}) == ()
        files = {PATH: body(), "status/incidents/2026-11-20-x.yaml": text}
        assert found(postmortems, files, "postmortem/missing") == ()


@pytest.mark.parametrize(
    ("day", "status", "count"), [("01", "draft", 1), ("01", "open", 1), ("01", "published", 0), ("12", "review", 0)]
)
def test_a_draft_of_more_than_14_days(day: str, status: str, count: int):
    path = f"postmortems/2026-11-{day}-x.md"
    findings = found(postmortems, {path: f"---\nstatus: {status}\n---\n# X\n"}, "postmortem/draft-old")
    assert [place(each) for each in findings] == [f"{path}:2:9"] * count


class TestSections:
    def test_all_are_there(self):
        assert judged("section-missing", body()) == judged("section-empty", body()) == ()

    def test_a_severe_one_needs_all_of_them_and_a_small_one_the_short_form(self):
        text = body("Lessons learned", "What went well")
        (finding,) = judged("section-missing", text)
        assert finding.message == "postmortem 2026-11-20-x has no section What went well, Lessons learned"
        assert place(finding) == f"{PATH}:5:1"
        assert judged("section-missing", text.replace("SEV-1", "SEV-3")) == ()
        (finding,) = judged("section-missing", body("Root cause", front="severity: SEV-3"))
        assert finding.message.endswith("has no section Root cause")

    def test_the_budget_is_asked_for_where_there_are_slos(self):
        service = "slos:\n  - {name: a, objective: 99.9, sli: {errors: e, total: t}}\n"
        text = body("Error budget impact")
        assert judged("section-missing", text) == ()
        (finding,) = judged("section-missing", text, **{"alerts/shop.yaml": service})
        assert finding.message.endswith("has no section Error budget impact")

    def test_spanish_and_other_names(self):
        names = ["Resumen", "1. Cronología", "🔍 Causa raíz:", "PRÓXIMOS PASOS"]
        text = "# X\n" + "".join(f"\n## {name}\n\nTexto.\n" for name in names)
        assert judged("section-missing", text) == ()

    @pytest.mark.parametrize(
        "text", ["", "<!-- nothing -->", "- **Impact**:\n-\n", "| Action | Owner |\n| --- | --- |", "### Details\n"]
    )
    def test_what_is_empty(self, text: str):
        (finding,) = judged("section-empty", body(Root_cause=text))
        assert finding.message == "section 'Root cause' of 2026-11-20-x is empty"

    def test_subsections_fill_a_section(self):
        assert judged("section-empty", body(Root_cause="### Why\n\nA setting.\n")) == ()

    @pytest.mark.parametrize("front", ["status: open", "severity: none"])
    def test_an_open_one_and_one_that_was_no_incident_are_left_alone(self, front: str):
        text = f"---\n{front}\n---\n# X\n\n## Summary\n"
        assert judged("section-missing", text) == judged("section-empty", text) == judged("template-text", text) == ()


class TestTemplateText:
    def test_one_finding_a_section_at_its_first_line(self):
        text = body(Lessons_learned="- What is true beyond this incident.\n- We asked TBD")
        (finding,) = judged("template-text", text)
        assert finding.message == (
            "2 lines of the template are left in 'Lessons learned' of 2026-11-20-x: "
            "- What is true beyond this incident."
        )
        assert place(finding).startswith(f"{PATH}:")

    def test_a_row_that_only_got_a_time(self):
        rows = "| Time (UTC) | Event |\n| --- | --- |\n| 10:07 | **Detected**: which alert paged whom |"
        assert len(judged("template-text", body(Timeline=rows))) == 1

    def test_placeholders_in_code_are_text(self):
        assert judged("template-text", body(Lessons_learned="- the form is `YYYY-MM-DD`")) == ()

    def test_the_repository_s_own_template(self):
        text = body(Lessons_learned="Tell us your heart.")
        own = {"postmortems/templates/postmortem.md": "# T\n\n## Lessons\n\nTell us your heart.\n"}
        (finding,) = found(postmortems, {PATH: text}, "postmortem/template-text", read=own.get)
        assert "Tell us your heart." in finding.message
