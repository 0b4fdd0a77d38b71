from __future__ import annotations

from datetime import UTC, datetime

import pytest

from generator.checks.status import updates as status
from tests.checks.found import found, place

PATH = "status/incidents/2026-10-14-checkout.yaml"
COMPONENTS = {"status/components.yaml": "web: Website\napi: API\n"}
UPDATES = """\
title: Errors
updates:
  - {{at: 2026-10-14 13:12, status: investigating, message: Looking}}
  - {{at: 2026-10-14 {}, status: resolved, message: Over}}
"""


def incident(*updates: str, head: str = "title: Errors\n") -> dict[str, str]:
    """An incident whose updates are `status` or `status {web: …}`, five minutes apart from 13:00 on."""
    lines = []
    for number, each in enumerate(updates):
        word, _, components = each.partition(" ")
        more = f", components: {components}" if components else ""
        lines.append(f"  - {{at: '2026-10-14 13:{number * 5:02}', status: {word}, message: Text{more}}}\n")
    return {**COMPONENTS, PATH: f"{head}updates:\n{''.join(lines)}"}


def test_an_update_out_of_order():
    (finding,) = found(status, {PATH: UPDATES.format("12:22")}, "status/order")
    assert place(finding) == f"{PATH}:4:10"
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
    later = datetime(2026, 12, 7, tzinfo=UTC)
    (finding,) = found(status, {"status/maintenances/2026-12-06-work.yaml": text}, now=later)
    assert finding.check == "status/order"


def test_a_time_that_has_not_come():
    at = datetime(2026, 10, 14, 13, 0, tzinfo=UTC)
    (finding,) = found(status, {PATH: UPDATES.format("16:40")}, "status/future", now=at.replace(minute=10))
    assert place(finding) == f"{PATH}:4:10"
    assert "nobody reads it for 3 hours 30 minutes" in finding.message
    assert found(status, {PATH: UPDATES.format("13:14")}, now=at.replace(minute=10)) == ()


@pytest.mark.parametrize(
    "words",
    [
        ("resolved",),
        ("investigating", "identified", "investigating", "monitoring", "identified", "monitoring", "resolved"),
        ("investigating", "resolved", "investigating", "resolved", "postmortem", "postmortem"),
        ("monitoring", "identified", "resolved"),
    ],
)
def test_words_that_may_follow_one_another(words: tuple[str, ...]):
    assert found(status, incident(*words, head="title: Errors\nimpact: none\n")) == ()


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("investigating", "postmortem"), 5),
        (("postmortem",), 4),
        (("resolved", "postmortem", "monitoring", "resolved"), 6),
    ],
)
def test_words_that_cannot(words: tuple[str, ...], line: int):
    (finding,) = found(status, incident(*words, head="title: Errors\nimpact: none\n"), "status/flow")
    assert place(finding).startswith(f"{PATH}:{line}:")


def test_no_component():
    (finding,) = found(status, incident("resolved"))
    assert (finding.check, place(finding)) == ("status/no-component", f"{PATH}:3:5")
    assert found(status, incident("resolved", head="title: News\nimpact: none\n")) == ()
    assert found(status, {PATH: UPDATES.format("13:30")}) == ()


def test_a_status_that_a_component_has_already():
    files = incident(
        "investigating {web: partial_outage}", "identified {web: partial_outage, api: degraded_performance}", "resolved"
    )
    (finding,) = found(status, files)
    assert (finding.check, finding.level, place(finding)) == ("status/unchanged", "note", f"{PATH}:4:83")


def test_a_component_is_down_again_after_a_resolution():
    down = "{web: major_outage}"
    assert found(status, incident(f"investigating {down}", "resolved", f"investigating {down}", "resolved")) == ()
    assert found(status, incident(f"investigating {down}", "resolved {web: operational}")) == ()


def test_resolved_with_a_component_left_down():
    (finding,) = found(status, incident("investigating {web: major_outage}", "resolved {web: partial_outage}"))
    assert finding.check == "status/left-down"
    assert "the page shows it operational" in finding.message


def test_an_incident_open_for_days():
    files = incident("investigating {web: major_outage}", "monitoring")
    day = datetime(2026, 10, 16, 13, 4, tzinfo=UTC)
    assert found(status, files, now=day) == ()
    (finding,) = found(status, files, now=day.replace(minute=6))
    assert (finding.check, place(finding)) == ("status/still-open", f"{PATH}:4:10")
    assert "is monitoring, and its last update is 2 days 1 minute old" in finding.message
    assert finding.hint.startswith("tocsin incident resolve 2026-10-14-checkout")
