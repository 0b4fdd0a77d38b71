from __future__ import annotations

import pytest

from generator.analysis.severity import proposed_severity, severity_label
from tests.catalogs import make_catalog

PAGES = "SEV-1: {urgency: page}, SEV-2: {urgency: page}"
MAP = f"severity_mapping: {{{PAGES}, SEV-4: {{urgency: ticket}}, SEV-3: {{urgency: ticket}}}}"


@pytest.mark.parametrize(
    ("urgency", "severity", "label"), [("page", "SEV-2", "critical"), ("ticket", "SEV-3", "warning")]
)
def test_the_lowest_that_pages_or_the_highest_that_does_not(urgency, severity, label) -> None:
    assert proposed_severity(make_catalog({"alerts/severity-map.yaml": MAP}), urgency) == severity
    assert proposed_severity(make_catalog({}), urgency) == severity
    assert severity_label(urgency) == label


def test_a_map_without_such_a_severity_proposes_none() -> None:
    only = make_catalog({"alerts/severity-map.yaml": "severity_mapping: {SEV-1: {urgency: page}}"})
    assert proposed_severity(only, "ticket") is None
