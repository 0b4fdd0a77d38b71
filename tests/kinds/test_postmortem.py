"""Postmortems with and without front matter."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.documents.fields import fields
from generator.kinds.postmortem import Postmortem
from tests.catalogs import make_catalog

PATH = "postmortems/2026-10-14-checkout.md"


def read(text: str) -> Postmortem:
    catalog = make_catalog({PATH: text})
    assert not catalog.findings, catalog.findings
    (found,) = catalog.all(Postmortem)
    return found


def test_without_front_matter_the_summary_is_read():
    found = read(
        "# Errors\n\n## Incident summary\n\n- **Severity**: SEV-2, and why\n- **Status**: In review\n"
        "- **Started**: 2026-10-14 13:05 UTC\n- **Resolved**: 14:10\n\n## Timeline\n\n- **Severity**: SEV-1\n"
    )
    assert (found.status, found.severity) == ("review", "SEV-2")
    assert found.said == {
        "started": datetime(2026, 10, 14, 13, 5, tzinfo=UTC),
        "resolved": datetime(2026, 10, 14, 14, 10, tzinfo=UTC),
    }


@pytest.mark.parametrize(
    ("line", "severity", "status"),
    [
        ("- **Severidad**: SEV-3", "SEV-3", "published"),
        ("**Severity:** Sev 1 | **Status:** Draft", "SEV-1", "draft"),
        ("| Severity | SEV2 |\n| --- | --- |\n| Status | Complete |", "SEV-2", "published"),
        ("Severity: S3\nStatus: Complete, action items in progress", "SEV-3", "published"),
        ("- **Severidad**: ninguna\n- **Estado**: borrador", "none", "draft"),
        ("- **Severity**: high\n- **Status**: resolved", None, "published"),
        ("* Severity: SEV-1\n* Status: ongoing", "SEV-1", "open"),
        ("```\nSeverity: SEV-1\n```\n", None, "published"),
    ],
)
def test_forms_of_a_summary(line: str, severity: str | None, status: str):
    found = read(f"# Errors\n\n{line}\n")
    assert (found.severity, found.status) == (severity, status)


def test_front_matter_goes_first():
    found = read("---\nseverity: SEV-3\nstatus: draft\n---\n# E\n\n- **Severity**: SEV-1\n- **Status**: published\n")
    assert (found.severity, found.status) == ("SEV-3", "draft")


def test_the_rest_of_front_matter_may_be_absent():
    found = read("---\nauthors: []\n---\n# E\n\n**Severity**: SEV-1\n")
    assert (found.severity, found.status) == ("SEV-1", "published")


def test_a_field_knows_where_its_value_stands():
    (field,) = fields("# T\n\n- **Impact**: nobody\n  could pay\n\nmore\n", first=5)
    assert field.value == "nobody\n  could pay"
    span = field.span(field.value.index("pay"))
    assert (span.line, span.column, span.end_line, span.end_column) == (8, 9, 8, 12)


@given(st.text("ab *:_|-#`~\n>Severity0", max_size=200))
def test_any_text_has_fields_that_stand_where_they_say(text: str):
    lines = text.split("\n")
    for field in fields(text):
        line = lines[field.line - 1]
        assert line[field.column - 1 :].startswith(field.value.partition("\n")[0])
