"""How many events there usually are: `6/h`, `120/s`."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from generator import times
from generator.records import dataclass

_WRITTEN = re.compile(r"([0-9]+(?:\.[0-9]+)?)/([smhd])")


@dataclass(frozen=True, slots=True)
class Rate:
    """So many events in each `unit` (a second, minute, hour or day); exact, as written."""

    count: Decimal
    unit: timedelta

    def events_in(self, window: timedelta) -> Fraction:
        """How many events a window usually has, parts of one too."""
        from fractions import Fraction

        return Fraction(self.count) * Fraction(window // _MICROSECOND, self.unit // _MICROSECOND)

    def __str__(self) -> str:
        unit = next(name for name, length in times.UNITS.items() if length == self.unit)
        return f"{self.count}/{unit}"


def parse_rate(text: str) -> Rate:
    """`6/h`; ValueError with a plain sentence for all else."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise ValueError(f"'{text[:60]}' is no rate such as 6/h or 120/s")
    return Rate(Decimal(found[1]), times.UNITS[found[2]])


if TYPE_CHECKING:
    from fractions import Fraction

_MICROSECOND = timedelta(microseconds=1)
