"""Objectives and spans of time as other tools write them."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from generator import times
from generator.analysis.slos.legs import plain
from generator.documents.stream import Node
from generator.importers.slo_specs.reader import Reader, Refused, Said, SaidNumber

MONTHS = {"M": 30, "Q": 90, "Y": 365}
"""Spans whose length is not fixed, in days as error budgets usually count them."""
_SHORTHAND = re.compile(r"([0-9]{1,5})([MQY])")
DEFAULT = "30d"
"""The period of an SLO that names none; written nowhere."""
_DIGITS = 40


def number(text: str) -> Decimal | None:
    """The number that a text is; None for all else, for what is infinite, and for what nobody would write."""
    if "_" in text:  # Python reads 9_9 as 99, nobody else does
        return None
    try:
        found = Decimal(text.strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found.adjusted()) < _DIGITS > len(found.as_tuple().digits) else None


def objective(reader: Reader, key: str, slo: str, scale: int = 0) -> SaidNumber:
    """The objective in percent, digits as written; `scale` is 2 where the file writes shares of 1.

    Raises:
        Refused: it is no number above 0 and below 100.
    """
    text = reader.needed(key, f"SLO '{slo}'")
    said = number(text)
    percent = None if said is None else said.scaleb(scale)
    if percent is None or not 0 < percent < 100:
        why = f"SLO '{slo}' was not imported: its {key} is '{text[:40]}'"
        hint = f"100 % leaves no error budget: write {plain(Decimal('99.99').scaleb(-scale))}, say"
        raise Refused(reader.where(key), why, hint if percent == 100 else "write it above 0 and below 100 %")
    return SaidNumber(plain(percent), text.at)


def span(text: str) -> bool:
    """Whether it is a span of time as Prometheus writes it, longer than nothing."""
    try:
        return bool(times.parse_duration(text))
    except ValueError:
        return False


def period(text: Said, where: Node, reader: Reader) -> Said | None:
    """The period of an SLO from `28d`, `4w`, `1M`; None where it is the default. Months have no fixed length: told.

    Raises:
        Refused: it is no span of time.
    """
    if found := _SHORTHAND.fullmatch(text):
        days = f"{int(found[1]) * MONTHS[found[2]]}d"
        reader.notes.told(where, f"a period of {text} has no fixed length; it is {days} here")
        text = Said(days, text.at)
    if not span(text):
        raise Refused(where, f"'{text[:40]}' is no span of time for a period", "write it like 28d or 4w")
    return None if times.parse_duration(text) == times.parse_duration(DEFAULT) else text
