"""Timelines in order and inside their incident, durations that agree."""

from __future__ import annotations

import pytest

from generator.checks.postmortems import times as postmortems_times
from tests.checks.found import found, place

PATH = "postmortems/2026-10-14-x.md"
ROWS = (
    "13:05 **Started**",
    "13:10 **Detected**",
    "13:12 **Acknowledged**",
    "13:29 **Mitigated**",
    "13:40 **Resolved**",
)


def text(*rows: str, summary: str = "", front: str = "") -> str:
    table = "".join(f"| {row.rpartition(' ')[0]} | {row.rpartition(' ')[2]} |\n" for row in rows or ROWS)
    head = f"---\n{front}\n---\n" if front else ""
    return f"{head}# X\n\n## Summary\n\n{summary}\n\n## Timeline\n\n| Time (UTC) | Event |\n| --- | --- |\n{table}"


def order(body: str) -> list[str]:
    return [each.message for each in found(postmortems_times, {PATH: body}, "postmortem/timeline-order")]


def durations(body: str, **files: str):
    return found(postmortems_times, {PATH: body, **files}, "postmortem/duration")


class TestOrder:
    def test_in_order(self):
        assert order(text()) == []

    def test_a_row_that_is_too_early(self):
        (finding,) = found(postmortems_times, {PATH: text("13:05 a", "13:02 b", "13:09 c")})
        assert finding.message == "the row of 2026-10-14 13:02 comes after the one of 2026-10-14 13:05"
        assert place(finding) == f"{PATH}:12:3"

    def test_moments_in_an_impossible_order(self):
        assert order(text("13:05 **Started**", "13:20 **Mitigated**", front="resolved: 2026-10-14 13:10")) == [
            "resolved at 2026-10-14 13:10 is before mitigated at 2026-10-14 13:20"
        ]

    def test_what_is_outside_of_the_incident(self):
        body = text("2026-09-01 10:00 a", f"2026-10-14 {ROWS[0]}", *ROWS[1:], "14:30 late", "2026-10-15 09:00 later")
        assert order(body) == [
            "the row of 2026-09-01 10:00 is 43 days 3 hours before the incident started",
            "the row of 2026-10-15 09:00 is 19 hours 20 minutes after the incident was resolved",
        ]

    def test_another_day_than_the_name_says(self):
        (message,) = order(text("2026-10-13 13:05 **Started**"))
        assert message == "the incident started on 2026-10-13, and the postmortem is named 2026-10-14-x"

    def test_times_that_cannot_be_read_are_one_finding(self):
        assert order(text("T+5 a", "T+9 b", "13:05 c")) == ["'T+5' is no time of the timeline, nor in 1 more rows"]

    def test_past_midnight(self):
        assert order(text("23:50 **Started**", "00:20 **Resolved**")) == []


class TestDurations:
    @pytest.mark.parametrize(
        "summary",
        [
            "- **Duration**: 24 minutes of impact (13:05 to 13:29 UTC); resolved after 35 minutes",
            "- **Duration**: 35 minutes",
            "- **Duration**: 30 min from the page to the end",
            "- **Duration**: about half a day",
            "- **Duration**: 24 minutes of impact, 35 minutes until resolved",
            "- **Duración**: 24 minutos de impacto (13:05 a 13:29 UTC), 35 minutos hasta la resolución",
            "- **Duration**: 24m\n- **Detection**: ShopDown (5m and 1h), 5 minutes after the first error",
            "- **Duration**: 1 hour",
        ],
    )
    def test_what_agrees(self, summary: str):
        assert durations(text(summary=summary)) == ()

    @pytest.mark.parametrize(
        ("summary", "message", "column"),
        [
            (
                "- **Duration**: 54 minutes",
                "the summary says 54 minutes, the timeline 24 minutes from started to mitigated and",
                17,
            ),
            (
                "- **Duration**: 24 minutes (13:15 to 13:29)",
                "the summary says 13:15 to 13:29, the timeline started",
                29,
            ),
            ("- **Duration**: 24 minutes, resolved after 2 hours", "the summary says 2 hours, the timeline 35 min", 44),
            ("- **Detection**: 20 minutes after it began", "the summary says detected 20 minutes after the start", 18),
            ("- **Duración**: 1 h 10 min", "the summary says 1 h 10 min, the timeline 24 minutes", 17),
        ],
    )
    def test_what_does_not(self, summary: str, message: str, column: int):
        (finding,) = durations(text(summary=summary))
        assert finding.message.startswith(message)
        assert place(finding) == f"{PATH}:5:{column}"

    def test_the_status_page(self):
        updates = (
            "title: X\nupdates:\n"
            "  - {at: 2026-10-14 13:01, status: investigating, message: We look}\n"
            "  - {at: 2026-10-14 13:20, status: resolved, message: 'Between 12:00 and 13:29 UTC it failed'}\n"
        )
        findings = durations(text(), **{"status/incidents/2026-10-14-x.yaml": updates})
        assert sorted(each.message for each in findings) == [
            "the status page said resolved at 2026-10-14 13:20, before it was mitigated at 2026-10-14 13:29",
            "the status page says 12:00 and 13:29, the timeline started 13:05",
            "the status page told of it at 2026-10-14 13:01, before it started at 2026-10-14 13:05",
        ]
        assert findings[1].related[0].where.path == "status/incidents/2026-10-14-x.yaml"

    def test_hours_of_another_zone_are_not_judged(self):
        updates = "title: X\nupdates: [{at: 2026-10-14 13:20, status: resolved, message: 10:05 to 10:29 local time}]\n"
        assert durations(text("13:05 **Started**"), **{"status/incidents/2026-10-14-x.yaml": updates}) == ()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("- **Date**: 2026-10-14", ""),
        ("- **Date**: 2026-10-15", "2026-10-15"),
        ("Date: October 13th, 2026", "2026-10-13"),
        ("**Date:** 14 Oct 2026", ""),
        ("- **Fecha**: 13 de octubre de 2026", "2026-10-13"),
        ("- **Fecha del incidente**: 14 de octubre de 2026", ""),
        ("- **Date**: 2026-10-13 23:50 to 2026-10-14 01:20", ""),
        ("- **Date**: 10/13/2026", ""),
        ("- **Date**: 2026-02-31", ""),
        ("- **Date**: YYYY-MM-DD", ""),
    ],
)
def test_the_date_of_the_summary_is_that_of_the_name(said: str, told: str) -> None:
    expected = [f"the summary says {told}, and the postmortem is named 2026-10-14-x"] if told else []
    assert [each.message for each in durations(text(summary=said))] == expected


def test_the_place_of_a_date() -> None:
    (finding,) = durations(text(summary="- **Date**: 2026-10-15"))
    assert place(finding) == f"{PATH}:5:13"
