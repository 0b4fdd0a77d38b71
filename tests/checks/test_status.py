from __future__ import annotations

from generator.checks import status
from tests.checks.found import found, place

PATH = "status/incidents/2026-10-14-checkout.yaml"
UPDATES = """\
title: Errors
updates:
  - {{at: 2026-10-14 13:12, status: investigating, message: Looking}}
  - {{at: 2026-10-14 {}, status: resolved, message: Over}}
"""


def test_an_update_out_of_order():
    (finding,) = found(status, {PATH: UPDATES.format("12:22")})
    assert (finding.check, place(finding)) == ("status/order", f"{PATH}:4:10")
    assert finding.related[0].where.span.line == 3


def test_updates_in_order_and_at_one_time():
    for time in ("13:12", "13:30"):
        assert found(status, {PATH: UPDATES.format(time)}) == ()


def test_maintenances_too():
    text = (
        "title: Work\nfrom: 2026-12-06 03:00\nuntil: 2026-12-06 04:00\nmessage: Work\nupdates:\n"
        "  - {at: 2026-12-06 03:20, status: in_progress, message: Started}\n"
        "  - {at: 2026-12-06 03:10, status: completed, message: Done}\n"
    )
    (finding,) = found(status, {"status/maintenances/2026-12-06-work.yaml": text})
    assert finding.check == "status/order"
