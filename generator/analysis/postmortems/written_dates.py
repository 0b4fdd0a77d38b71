"""Dates as people write them: `2026-10-14`, `October 14, 2026`, `14 de octubre de 2026`. What is ambiguous is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

_MONTHS = (
    ("january", "jan", "enero", "ene"),
    ("february", "feb", "febrero"),
    ("march", "mar", "marzo"),
    ("april", "apr", "abril", "abr"),
    ("may", "mayo"),
    ("june", "jun", "junio"),
    ("july", "jul", "julio"),
    ("august", "aug", "agosto", "ago"),
    ("september", "sep", "sept", "septiembre", "setiembre", "set"),
    ("october", "oct", "octubre"),
    ("november", "nov", "noviembre"),
    ("december", "dec", "diciembre", "dic"),
)
_NUMBER = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_MONTH = rf"(?:{'|'.join(sorted(_NUMBER, key=lambda name: (-len(name), name)))})\.?"
_DATE = re.compile(
    r"(?<![\w-])(?:(?P<y>[0-9]{4})[-/.](?P<m>[0-9]{1,2})[-/.](?P<d>[0-9]{1,2})"
    rf"|(?P<month>{_MONTH})[ ](?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?,?[ ](?P<year>[0-9]{{4}})"
    rf"|(?P<day2>[0-9]{{1,2}})(?:st|nd|rd|th|º)?[ ](?:de[ ]|of[ ])?(?P<month2>{_MONTH}),?[ ](?:del?[ ])?"
    r"(?P<year2>[0-9]{4}))"
    r"(?![0-9])",
    re.IGNORECASE,
)


class Day(NamedTuple):
    """A date, and where it stands in the text."""

    day: date
    start: int
    end: int


def dates_in(text: str) -> tuple[Day, ...]:
    """Every date of a text, in order; days that no calendar has are left out."""
    return tuple(_dates(text))


def _dates(text: str) -> Iterator[Day]:
    for found in _DATE.finditer(text):
        month = (found["month"] or found["month2"] or "").rstrip(".").casefold()
        year = int(found["y"] or found["year"] or found["year2"])
        try:
            day = date(year, _NUMBER.get(month) or int(found["m"]), int(found["d"] or found["day"] or found["day2"]))
        except ValueError:
            continue
        yield Day(day, *found.span())
