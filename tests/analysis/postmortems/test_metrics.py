from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis.postmortems import action_items
from generator.analysis.postmortems.metrics import (
    by_month,
    by_service,
    by_severity,
    incidents,
    median,
    overall,
    progress,
)
from tests.catalogs import make_catalog

MINUTE = timedelta(minutes=1)


def record(day: str, front: str, *rows: str, actions: str = "") -> tuple[str, str]:
    lines = "\n".join(f"| {row.partition(' ')[0]} | **{row.partition(' ')[2]}** |" for row in rows)
    table = f"\n| Time (UTC) | Event |\n| --- | --- |\n{lines}\n" if rows else ""
    todo = (
        f"\n| Action | Owner | Priority | Due | Status |\n| --- | --- | --- | --- | --- |\n{actions}" if actions else ""
    )
    return f"postmortems/{day}-x.md", f"---\nstatus: published\n{front}---\n# X\n{table}{todo}"


ACTIONS = (
    "| A | bob | P1 | 2026-11-01 | TODO |\n| B | bob | P1 | 2026-12-30 | DOING |\n"
    "| C | bob | P1 | 2026-10-01 | DONE |\n| D | bob | P1 | 2026-10-01 | DROPPED |\n| E | bob | P1 | | TODO |\n"
)
SERVICE = "alerts:\n  - {alert: CartDown, expr: up == 0, runbook: cart}\n"
FILES = dict(
    [
        ("alerts/cart.yaml", SERVICE),
        record(
            "2026-09-01", "severity: SEV-1\nalerts: [CartDown]\n",
            "10:00 Started", "10:10 Detected", "10:12 Acknowledged", "10:30 Mitigated", "11:00 Resolved",
            actions=ACTIONS,
        ),
        record("2026-09-20", "severity: SEV-2\nservices: [shop]\n", "10:00 Started", "10:20 Detected"),
        record("2026-11-02", "severity: SEV-1\nservices: [cart]\n", "10:00 Started", "09:00 Resolved"),
        record("2026-11-20", "", actions="| F | bob | P1 | 2026-11-20 | TODO |\n"),
        record("2026-11-21", "severity: none\n", "10:00 Started", "10:20 Detected"),
    ]
)  # fmt: skip


def test_what_is_no_incident_is_not_counted_and_alerts_say_the_service():
    found = incidents(make_catalog(FILES))
    assert [each.postmortem.date for each in found] == ["2026-09-01", "2026-09-20", "2026-11-02", "2026-11-20"]
    assert [each.services for each in found] == [("cart",), ("shop",), ("cart",), ()]
    assert found[0].durations == {
        "detect": 10 * MINUTE,
        "acknowledge": 2 * MINUTE,
        "mitigate": 30 * MINUTE,
        "resolve": 60 * MINUTE,
    }
    # A moment before the start is a fault (a finding), not a negative duration.
    assert found[2].durations == {}


def test_medians_by_month_severity_and_service_with_how_many_they_are_of():
    found = incidents(make_catalog(FILES))
    assert [(group.name, group.incidents) for group in by_month(found)] == [("2026-09", 2), ("2026-11", 2)]
    assert by_month(found)[0].medians["detect"] == (15 * MINUTE, 2)
    assert by_month(found)[1].medians == {}
    assert [(group.name, group.incidents) for group in by_severity(found)] == [
        ("SEV-1", 2),
        ("SEV-2", 1),
        ("not judged", 1),
    ]
    assert [(group.name, group.incidents) for group in by_service(found)] == [("cart", 2), ("shop", 1)]
    assert overall(found).medians["resolve"] == (60 * MINUTE, 1)


def test_actions_are_done_open_overdue_and_late():
    found = progress(action_items(make_catalog(FILES)), date(2026, 11, 24))
    assert (found.total, found.done, found.dropped, found.open) == (6, 1, 1, 4)
    assert found.rate == Fraction(1, 5)
    assert [item.action for item in found.overdue] == ["A", "F"]
    assert [item.action for item in found.late] == ["A", "B", "E"]


def test_a_due_date_is_the_last_day_in_time():
    items = [item for item in action_items(make_catalog(FILES)) if item.action == "F"]
    assert progress(items, date(2026, 11, 20)).overdue == ()
    assert progress(items, date(2026, 11, 21)).overdue != ()


def test_without_actions_there_is_no_rate():
    assert progress([], date(2026, 11, 24)).rate is None


@given(st.lists(st.timedeltas(timedelta(), timedelta(days=9)), min_size=1, max_size=9))
def test_as_many_are_below_the_median_as_above(amounts):
    middle = median(amounts)
    assert sum(each < middle for each in amounts) <= len(amounts) / 2
    assert sum(each > middle for each in amounts) <= len(amounts) / 2


def test_nothing_has_no_median():
    with pytest.raises(ValueError, match="no median"):
        median([])
