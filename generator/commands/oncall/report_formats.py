"""How a report of time on call is printed: text and Markdown for people, CSV and JSON for programs.

Hours are decimals, rounded half up to 0.01 from exact time, each by itself: a rounded sum is the exact sum rounded.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta, tzinfo
from decimal import Decimal
from fractions import Fraction
from typing import Any

from generator.analysis.oncall.load.fairness import Fairness
from generator.analysis.oncall.load.report import LoadReport, Row
from generator.commands.oncall.formats import harmless, moment
from generator.commands.tables import aligned
from generator.targets.markdown import escape, page, table

_HOUR = timedelta(hours=1) // timedelta(microseconds=1)
ROUNDED = "Hours are added up exactly and rounded half up to 0.01 where they are shown."
COUNTED = "hours by the clock where each person lives"
_WHO = ("from", "until", "person", "name", "time_zone", "country", "team", "schedule", "step")
_HOW_MUCH = ("hours", "seconds", "shifts", "turns", "covers_taken_hours", "covers_given_hours", "share_percent")
_Table = tuple[str, Sequence[str], list[list[str]], int]
"""Title, header, rows of text, and how many columns on the left are words."""


def hours(time: timedelta) -> Decimal:
    """Hours to two places, half up."""
    return _rounded(Fraction(time // timedelta(microseconds=1), _HOUR))


def percent(share: Fraction) -> Decimal:
    """Percent to two places, half up."""
    return _rounded(share * 100)


def text(report: LoadReport, zone: tzinfo) -> str:
    """Tables in columns."""
    lines = [f"On call {_span(report, zone)}, {COUNTED}"]
    for title, header, rows, words in _tables(report):
        lines += ["", title, *aligned([header, *rows], words)]
    return "".join(f"{line}\n" for line in [*lines, "", ROUNDED])


def markdown(report: LoadReport, zone: tzinfo) -> str:
    """The same as Markdown; names come out as text."""
    blocks = ["# On call", escape(f"{_span(report, zone)}, {COUNTED}")]
    for title, header, rows, _ in _tables(report):
        blocks += [f"## {escape(title)}", table([escape(c) for c in header], [[escape(c) for c in r] for r in rows])]
    return page(*blocks, ROUNDED) + "\n"


def csv_text(report: LoadReport, zone: tzinfo) -> str:
    """A row a person and schedule; exact seconds beside the hours. What a spreadsheet would calculate gets a quote."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    buckets = [f"{name}_{unit}" for name in report.buckets for unit in ("hours", "seconds")]
    shares = {each.person: percent(each.share) for each in report.shares}
    writer.writerow([*_WHO, *buckets, *_HOW_MUCH])
    span = [each.astimezone(zone).isoformat() for each in report.span]
    for row in report.rows:
        duty = row.duty
        each = [value for amount in duty.amounts for value in (hours(amount), _seconds(amount))]
        cells: list[object] = [*span, duty.person, row.name, row.time_zone, row.country or "", duty.team]
        cells += [duty.schedule or "", duty.step or "", *each, hours(duty.total), _seconds(duty.total)]
        cells += [duty.shifts, duty.turns, hours(duty.taken), hours(duty.given), shares[duty.person]]
        writer.writerow([harmless(str(cell)) for cell in cells])
    return out.getvalue()


def json_text(report: LoadReport, zone: tzinfo) -> str:
    """One object; hours are decimals as text, so that no reader makes them binary fractions."""
    start, end = (each.astimezone(zone).isoformat() for each in report.span)
    found = {
        "from": start,
        "until": end,
        "rounding": ROUNDED,
        "buckets": list(report.buckets),
        "rows": [_plain(row, report.buckets) for row in report.rows],
        "shares": [
            {"person": each.person, "name": each.name, "percent": str(percent(each.share))} for each in report.shares
        ],
        "fairness": [
            {"schedule": schedule, "bucket": bucket, **_plain_fairness(fair)}
            for schedule, bucket, fair in report.fairness
        ],
    }
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


FORMATS: Mapping[str, Callable[[LoadReport, tzinfo], str]] = {
    "text": text,
    "markdown": markdown,
    "json": json_text,
    "csv": csv_text,
}


def _tables(report: LoadReport) -> list[_Table]:
    loads = [_cells(row) for row in report.rows]
    header = ["Person", "On call by", "Step", *(name.capitalize() for name in report.buckets)]
    header += ["Total", "Shifts", "Turns", "Covers taken", "Covers given"]
    shares = [[_who(each.name, each.person), f"{percent(each.share)} %"] for each in report.shares]
    fair = [
        [schedule, bucket, f"{each.overload:.2f}", f"{each.balance:.2f}", each.most, each.least]
        for schedule, bucket, each in report.fairness
    ]
    return [
        ("Hours", header, loads, 2),
        ("Share of time on call, at any level and on any schedule", ["Person", "Share"], shares, 1),
        (
            "Fairness: the most by the mean, and the less by the more over all pairs (1 is even)",
            ["Schedule", "Bucket", "Overload", "Balance", "Most", "Least"],
            fair,
            2,
        ),
    ]


def _cells(row: Row) -> list[str]:
    duty = row.duty
    by = duty.schedule or f"{duty.team}: named by the step"
    counts = [str(duty.shifts), str(duty.turns), _cover(duty.taken), _cover(duty.given)]
    step = "-" if duty.step is None else str(duty.step)
    return [_who(row.name, duty.person), by, step, *(str(hours(each)) for each in (*duty.amounts, duty.total)), *counts]


def _cover(time: timedelta) -> str:
    return str(hours(time)) if time else "-"


def _who(name: str, person: str) -> str:
    return name if name == person else f"{name} ({person})"


def _span(report: LoadReport, zone: tzinfo) -> str:
    start, end = (moment(each, zone) for each in report.span)
    return f"from {start} until {end} ({hours(report.span.length)} hours)"


def _plain(row: Row, buckets: Sequence[str]) -> dict[str, Any]:
    duty = row.duty
    return {
        "person": duty.person,
        "name": row.name,
        "time_zone": row.time_zone,
        "country": row.country,
        "team": duty.team,
        "schedule": duty.schedule,
        "step": duty.step,
        "buckets": {name: _time(amount) for name, amount in zip(buckets, duty.amounts, strict=True)},
        "total": _time(duty.total),
        "shifts": duty.shifts,
        "turns": duty.turns,
        "covers_taken": {"count": duty.covers_taken, **_time(duty.taken)},
        "covers_given": {"count": duty.covers_given, **_time(duty.given)},
    }


def _plain_fairness(fair: Fairness) -> dict[str, object]:
    rounded = {"overload": round(fair.overload, 4), "balance": round(fair.balance, 4)}
    return {**rounded, "most": fair.most, "least": fair.least}


def _time(time: timedelta) -> dict[str, object]:
    return {"hours": str(hours(time)), "seconds": _seconds(time)}


def _seconds(time: timedelta) -> int:
    return time // timedelta(seconds=1)


def _rounded(number: Fraction) -> Decimal:
    return Decimal((number * 200 + 1) // 2).scaleb(-2)
