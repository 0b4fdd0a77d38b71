"""A component's bar: equal days in a row are one run, so that ninety days are a few strokes and lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from generator.analysis.status.uptime import Day
from generator.records import dataclass

OPERATIONAL, NO_DATA = "operational", "no_data"


@dataclass(frozen=True, slots=True)
class Run:
    """Days in a row that were alike; `first` and `last` are both in it."""

    first: date
    last: date
    start: int
    """How many days come before it in the bar."""
    length: int
    status: str
    """The worst status of each day; `no_data` where nothing is counted."""
    uptime: Fraction | None


def runs(days: Sequence[Day], weight: Decimal) -> tuple[Run, ...]:
    """The runs of a component's days, oldest first."""
    found: list[Run] = []
    start = 0
    for (status, share), group in groupby(days, key=lambda day: _look(day, weight)):
        alike = list(group)
        found.append(Run(alike[0].day, alike[-1].day, start, len(alike), status, share))
        start += len(alike)
    return tuple(found)


def _look(day: Day, weight: Decimal) -> tuple[str, Fraction | None]:
    return (day.worst if day.is_counted else NO_DATA), day.uptime(weight)


def strokes(found: Iterable[Run]) -> Mapping[str, str]:
    """A path for each status that occurs, in the order of their first days: one unit a day, along the foot of the bar.

    The style gives each status its height, so that colour does not say it alone. Whatever is not quiet lies over
    the quiet days: those are one stroke as long as nothing else is missing, and ninety days mostly the same text.
    """
    parts: dict[str, list[tuple[int, int]]] = {OPERATIONAL: []}
    for run in found:
        under = run.status if run.status == NO_DATA else OPERATIONAL
        for status in dict.fromkeys((under, run.status)):
            spans = parts.setdefault(status, [])
            if spans and sum(spans[-1]) == run.start:
                spans[-1] = (spans[-1][0], spans[-1][1] + run.length)
            else:
                spans.append((run.start, run.length))
    return {status: _path(spans) for status, spans in parts.items() if spans}


def _path(spans: Iterable[tuple[int, int]]) -> str:
    """`M3 10h2m5 0h1`: relative after the first."""
    drawn, at = "", 0
    for start, length in spans:
        drawn += f"m{start - at} 0h{length}" if drawn else f"M{start} 10h{length}"
        at = start + length
    return drawn
