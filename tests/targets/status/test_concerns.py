from __future__ import annotations

import pytest

from generator.findings import Finding, Ref
from generator.targets.status.concerns import concerns


@pytest.mark.parametrize(
    ("path", "pointer", "expected"),
    [
        ("status/incidents/2026-11-02-x.yaml", ("title",), True),
        ("status", (), True),
        ("status/components.yaml", ("website", "services", 0), False),
        ("statusquo.yaml", (), False),
        ("alerts/a.yaml", ("team",), False),
        ("tocsin.yaml", (), True),
        ("tocsin.yaml", ("languages",), True),
        ("tocsin.yaml", ("status", "url"), True),
        ("tocsin.yaml", ("prometheus", "scrape_interval"), False),
        ("tocsin.yaml", ("langauges",), True),
    ],
)
def test_what_keeps_the_page_from_being_built(path: str, pointer: tuple[str | int, ...], expected: bool):
    assert concerns(Finding(Ref(path, pointer), "wrong")) is expected
