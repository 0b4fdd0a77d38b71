"""Names made from places."""

from __future__ import annotations

import pytest

from generator.checks.subjects import subject_of
from generator.findings import Pointer, Ref
from tests.catalogs import make_catalog

FILES = {
    "alerts/deep/shop.yaml": "alerts:\n  - {alert: A, expr: up, annotations: {summary: x}}\n",
    "alerts/severity-map.yaml": "severity_mapping:\n  SEV-1:\n    urgency: page\n    conditions:\n"
    "      - {burn_rate: 14.4, window: [5m, 1h]}\n",
    "schedules/people.yaml": "alice: {until: 2026-12-31}\n",
    "tocsin.yaml": "languages: [en]\n",
}


@pytest.mark.parametrize(
    ("path", "pointer", "subject"),
    [
        ("alerts/deep/shop.yaml", (), "shop"),
        ("alerts/deep/shop.yaml", ("alerts",), "shop/alerts"),
        ("alerts/deep/shop.yaml", ("alerts", 0), "shop/A"),
        ("alerts/deep/shop.yaml", ("alerts", 0, "annotations", "summary"), "shop/A/annotations/summary"),
        (
            "alerts/severity-map.yaml",
            ("severity_mapping", "SEV-1", "conditions", 0, "window", 1),
            "severity-map/severity_mapping/SEV-1/14.4/1h",
        ),
        ("schedules/people.yaml", ("alice", "until"), "people/alice/until"),
        ("tocsin.yaml", ("languages", 0), "tocsin/en"),
        ("tocsin.yaml", ("languages", 7), "tocsin/#8"),
        ("runbooks/gone.md", ("body", "headings", 1), "gone/body/headings/#2"),
        ("elsewhere.txt", (), "elsewhere.txt"),
    ],
)
def test_a_place_by_names(path: str, pointer: Pointer, subject: str):
    assert subject_of(make_catalog(FILES), Ref(path, pointer)) == subject
