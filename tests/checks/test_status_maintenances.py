from __future__ import annotations

from datetime import UTC, datetime

from generator.checks.status import maintenances as status
from tests.checks.found import found, place

PATH = "status/maintenances/2026-10-06-work.yaml"
HEAD = "title: Work\nfrom: 2026-10-06 03:00\nuntil: 2026-10-06 04:00\nmessage: Work\n"


def maintenance(*updates: str) -> dict[str, str]:
    """Updates are `03:10 in_progress`."""
    lines = [f"  - {{at: '2026-10-06 {each[:5]}', status: {each[6:]}, message: Text}}\n" for each in updates]
    return {PATH: f"{HEAD}updates:\n{''.join(lines)}"}


def test_work_as_it_should_be():
    assert found(status, {PATH: HEAD}) == ()
    usual = ("01:00 scheduled", "03:10 in_progress", "03:40 verifying", "03:45 in_progress", "05:10 completed")
    assert found(status, maintenance(*usual)) == ()


def test_a_window_of_a_year():
    text = HEAD.replace("until: 2026-10-06", "until: 2027-10-06")
    (finding,) = found(status, {PATH: text}, now=datetime(2026, 10, 5, tzinfo=UTC))
    assert (finding.check, place(finding)) == ("status/long-window", f"{PATH}:3:8")
    assert "lasts 365 days 1 hour" in finding.message


def test_started_by_hand_and_never_finished():
    files = maintenance("04:10 in_progress")
    assert found(status, files, now=datetime(2026, 10, 6, 16, 0, tzinfo=UTC)) == ()
    (finding,) = found(status, files, now=datetime(2026, 10, 6, 16, 11, tzinfo=UTC))
    assert (finding.check, finding.hint) == ("status/still-running", "tocsin maintenance finish 2026-10-06-work")
    assert "its window is over for 12 hours 11 minutes" in finding.message


def test_started_early_is_closed_by_the_clock():
    assert found(status, maintenance("02:10 in_progress")) == ()


def test_updates_after_the_end():
    (finding,) = found(status, maintenance("03:10 completed", "03:20 in_progress"), "status/after-end")
    assert "which was completed before" in finding.message
    (finding,) = found(status, maintenance("03:10 in_progress", "03:20 scheduled"), "status/after-end")
    assert "which has begun before" in finding.message


def test_updates_after_the_cancellation():
    files = {PATH: maintenance("02:10 in_progress")[PATH] + "cancelled: 2026-10-06 02:00\n"}
    (finding,) = found(status, files)
    assert "which was cancelled before" in finding.message


def test_cancelled_after_the_window():
    (finding,) = found(status, {PATH: HEAD + "cancelled: 2026-10-06 04:00\n"})
    assert (finding.check, place(finding)) == ("status/cancelled-late", f"{PATH}:5:12")
    assert found(status, {PATH: HEAD + "cancelled: 2026-10-06 03:59\n"}) == ()
