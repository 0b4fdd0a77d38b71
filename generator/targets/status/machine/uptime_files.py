"""Uptime for machines: figures as JSON, and every day of every component as CSV."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from generator.analysis.status.incidents import OPERATIONAL
from generator.analysis.status.uptime import Day
from generator.analysis.status.uptime_records import PERIODS, Record
from generator.artifacts import Artifact
from generator.targets.status.facts import Facts
from generator.targets.status.language import Language
from generator.targets.status.machine.text import line, milliseconds, unicode
from generator.targets.status.sources import Sources

COLUMNS = (
    *("date", "component", "name", "group", "worst_status", "counted_seconds"),
    *("major_outage_seconds", "partial_outage_seconds", "uptime_percent"),
)
_SECOND = timedelta(seconds=1)
_DIGITS = 10_000
"""Percentages have four decimals, rounded down: only what never failed is 100."""
_FORMULA = ("=", "+", "-", "@")
_QUOTED = frozenset(',"')


def uptime_files(facts: Facts, language: Language, named: Sources) -> Iterator[Artifact]:
    """Both files; names are in the default language."""
    text = json.dumps(_figures(facts, language), ensure_ascii=False, separators=(",", ":"))
    yield Artifact.text("status/uptime.json", unicode(text) + "\n", named.everything, uses_now=True)
    yield Artifact.text("status/uptime.csv", unicode(_table(facts, language)), named.everything, uses_now=True)


def _figures(facts: Facts, language: Language) -> dict[str, Any]:
    """Days that are not listed were operational from their beginning to their end, or not counted."""
    return {
        "as_of": milliseconds(facts.board.now),
        "time_zone": facts.zone_name,
        "partial_outage_weight": float(facts.settings.partial_outage_weight),
        "components": [_component(facts, language, ident, record) for ident, record in facts.records.items()],
    }


def _component(facts: Facts, language: Language, ident: str, record: Record) -> dict[str, Any]:
    component, weight = record.component, facts.settings.partial_outage_weight
    return {
        "id": ident,
        "name": language.text(component.name),
        "is_group": component.is_group,
        "group": component.group,
        "since": component.since.isoformat() if component.since else None,
        "uptime_percent": {str(days): percent(record.uptime(days, weight)) for days in PERIODS},
        "counted_days": {str(days): record.counted(days) for days in PERIODS},
        "days": [_day(facts, day) for day in record.days if day.worst != OPERATIONAL],
    }


def _day(facts: Facts, day: Day) -> dict[str, Any]:
    return {
        "date": day.day.isoformat(),
        "worst_status": day.worst,
        "counted_seconds": day.total // _SECOND,
        "major_outage_seconds": day.major // _SECOND,
        "partial_outage_seconds": day.partial // _SECOND,
        "uptime_percent": percent(day.uptime(facts.settings.partial_outage_weight)),
    }


def percent(share: Fraction | None) -> float | int | None:
    """A share in percent, rounded down; None where nothing is counted."""
    if share is None:
        return None
    whole = share.numerator * 100 * _DIGITS // share.denominator
    return whole // _DIGITS if whole % _DIGITS == 0 else whole / _DIGITS


def _table(facts: Facts, language: Language) -> str:
    """A row a component and day that is counted, the oldest first; groups have none, or sums would count twice."""
    rows, known = [",".join(COLUMNS)], _Cells(facts.settings.partial_outage_weight)
    for ident, record in facts.records.items():
        component = record.component
        if not component.is_group:
            named = f"{ident},{cell(language.text(component.name))},{component.group or ''}"
            cells = (known.of(day) for day in record.days if day.total)
            rows.extend(f"{date},{named},{others}" for date, others in cells)
    return "\r\n".join([*rows, ""])


class _Cells:
    """The cells of a day before and behind the component's. Quiet days are the same object for all components."""

    def __init__(self, weight: Decimal) -> None:
        self._weight = weight
        self._known: dict[int, tuple[str, str]] = {}

    def of(self, day: Day) -> tuple[str, str]:
        known = self._known.get(id(day))
        if known is None:
            numbers = (day.total // _SECOND, day.major // _SECOND, day.partial // _SECOND)
            cells = (day.worst, *numbers, percent(day.uptime(self._weight)))
            known = self._known[id(day)] = (day.day.isoformat(), ",".join(map(str, cells)))
        return known


def cell(text: str) -> str:
    """Text on one line, as RFC 4180 quotes it, that no spreadsheet takes for a formula."""
    shown = line(text)
    if shown.startswith(_FORMULA):
        shown = f"'{shown}"
    return f'"{shown.replace(chr(34), chr(34) * 2)}"' if _QUOTED.intersection(shown) else shown
