from __future__ import annotations

from datetime import UTC, datetime

import pytest

from generator.checks.status import records as status
from tests.checks.found import found, place

INCIDENT = """\
title: Errors
{}updates:
  - {{at: '2026-10-14 23:30 -03:00', status: resolved, message: Over}}
  - {{at: 2026-10-15 13:30, status: postmortem, message: '{}'}}
"""
AT = "status/incidents/2026-10-15-errors.yaml"


def test_an_incident_with_another_date():
    path = "status/incidents/2026-10-14-errors.yaml"
    (finding,) = found(status, {path: INCIDENT.format("postmortem: https://example.com/a\n", "Read")})
    assert (finding.check, place(finding)) == ("status/id-date", f"{path}:4:10")
    assert finding.hint == "name the file 2026-10-15-errors.yaml, or mend the time (UTC)"


def test_a_maintenance_with_another_date():
    text = "title: Work\nfrom: 2026-12-06 03:00\nuntil: 2026-12-06 04:00\n"
    assert found(status, {"status/maintenances/2026-12-06-work.yaml": text}) == ()
    (finding,) = found(status, {"status/maintenances/2026-12-05-work.yaml": text})
    assert finding.where.pointer == ("from",)


def test_a_postmortem_that_cannot_be_read():
    promised = {AT: INCIDENT.format("", "We have written down what happened.")}
    (finding,) = found(status, promised)
    assert (finding.check, place(finding)) == ("status/postmortem-link", f"{AT}:4:36")
    assert found(status, promised, now=datetime(2026, 10, 17, 13, 0, tzinfo=UTC)) == ()


@pytest.mark.parametrize(
    ("head", "message"),
    [
        ("postmortem: https://example.com/blog\n", "Read"),
        ("", "See https://example.com/blog"),
        ("", "What happened. " * 40),
    ],
)
def test_a_postmortem_that_can(head: str, message: str):
    assert found(status, {AT: INCIDENT.format(head, message)}) == ()
