"""Numbers as people write them in sentences: `25,920,000`, `15,0 %`, `3 888`, `43.2 minutes`; and how exact."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from generator.records import dataclass

Unit = Literal["percent", "minutes", "days", ""]
_NUMBER = re.compile(
    r"(?<![\w.,:/-])(?P<about>(?:about|around|roughly|approx\.?|~|≈|circa|unos|unas|aprox\.?|cerca de)[ ]*)?"
    r"(?P<sign>[-−–]?)(?P<digits>[0-9]{1,15}(?:[.,'’][0-9]{1,15})*|[0-9]{1,3}(?:[   ][0-9]{3})+)"
    r"(?:[ ]?(?P<scale>k|K|M|million|millions|millón|millones)\b)?"
    r"(?:[   ]?(?P<percent>%)|[ -]?(?P<time>minutes?|minutos?|mins?|m|hours?|horas?|hrs?|h|seconds?|segundos?|secs?|s"
    r"|days?|días?|dias?|d|weeks?|semanas?|w)\b)?(?![\w:/]|[-.,][0-9])",
    re.IGNORECASE,
)
_SCALES = {"k": 1000, "m": 1_000_000}
_MINUTES = {"m": Decimal(1), "h": Decimal(60), "s": 1 / Decimal(60)}
_DAYS = {"d": 1, "w": 7, "s": 7}
_HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text. Times of less than a day count in minutes, longer ones in days."""

    value: Decimal
    error: Decimal
    """How far off it may be: half a unit of the last digit that is written."""
    unit: Unit
    text: str
    start: int
    end: int

    def agrees(self, other: Decimal, error: Decimal = Decimal(0)) -> bool:
        """Whether it may be a rounded form of another value, which may be off by `error` itself."""
        return abs(self.value - other) <= self.error + error + abs(other) / 200


def numbers(text: str, *, spanish: bool) -> tuple[Number, ...]:
    """Every number of a text, in order. Dates, times of day and parts of names are none.

    Points and commas mean what they usually mean in the language: 1.234 is more than a thousand in Spanish.
    """
    return tuple(_numbers(text, spanish=spanish))


def _numbers(text: str, *, spanish: bool) -> Iterator[Number]:
    for found in _NUMBER.finditer(text):
        digits = _plain(found["digits"], spanish=spanish)
        value, scale = Decimal(digits), _SCALES.get((found["scale"] or "")[:1].lower(), 1)
        decimals = len(digits.partition(".")[2])
        factor, unit = _unit(found["percent"], found["time"])
        factor *= scale
        loose = value * factor / 10 if found["about"] else Decimal(0)
        # A count is exact; a share, a time and thousands are rounded to what is written.
        error = Decimal(0) if unit == "" and scale == 1 and not decimals else _HALF.scaleb(-decimals) * factor
        signed = -value if found["sign"] else value
        yield Number(signed * factor, error + loose, unit, found[0].strip(), *found.span())


def _unit(percent: str | None, time: str | None) -> tuple[Decimal, Unit]:
    if percent:
        return Decimal(1), "percent"
    if time is None:
        return Decimal(1), ""
    first = time[0].lower()
    if first in "dw" or time.lower().startswith("semana"):
        return Decimal(_DAYS[first]), "days"
    return _MINUTES[first], "minutes"


def _plain(digits: str, *, spanish: bool) -> str:
    """The digits with a point before the decimals."""
    digits = re.sub(r"[   '’]", "", digits)
    marks = re.findall(r"[.,]", digits)
    if not marks:
        return digits
    last, thousand = marks[-1], "." if spanish else ","
    grouped = re.fullmatch(rf"[0-9]{{1,3}}(?:\{last}[0-9]{{3}})+", digits) is not None
    if grouped and (len(marks) > 1 or last == thousand) and len(set(marks)) == 1:
        return re.sub(r"[.,]", "", digits)
    whole, _, decimals = digits.rpartition(last)
    return f"{re.sub('[.,]', '', whole)}.{decimals}"
