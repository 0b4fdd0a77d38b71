"""A component's bar: equal days in a row are one run, so that ninety days are a few rectangles and lines of text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from generator.analysis.status.uptime import Day

_TOP = {"operational": 4, "under_maintenance": 4, "degraded_performance": 3, "partial_outage": 1, "major_outage": 0}
"""Where a bar begins below the top of ten: the worse, the higher, so that colour does not say it alone."""
HEIGHT = 10


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

    @property
    def top(self) -> int:
        """Where its bar begins, in tenths of the height, from above."""
        return _TOP.get(self.status, 8)


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
    return (day.worst if day.is_counted else "no_data"), day.uptime(weight)
