"""Durations and spans of hours as people write them in the summary and on the status page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time, timedelta
from decimal import Decimal
from typing import NamedTuple

_PIECE = (
    r"[0-9]{1,5}(?:[.,][0-9]{1,3})?[ ]?"
    r"(?:days?|días?|dias?|d|hours?|horas?|hrs?|h|minutes?|minutos?|mins?|m|seconds?|segundos?|secs?|s)(?![^\W\d_])"
)
_ABOUT = r"~|≈|(?:about|around|roughly|approx\.?|unos|unas|aprox\.?) "
_DURATION = re.compile(rf"(?<![\w.,:])({_ABOUT})?({_PIECE}(?:[ ,]*(?:and |y )?{_PIECE})*)")
_PART = re.compile(r"([0-9]{1,5}(?:[.,][0-9]{1,3})?)[ ]?([a-zí])")
_SPAN = re.compile(
    r"(?<![\d:])([0-9]{1,2}):([0-9]{2})(?: ?UTC)?(?: to | until | till | and | a | hasta | y | ?[-–—] ?)"
    r"(?:las? )?([0-9]{1,2}):([0-9]{2})(?![\d:])"
)
_UNITS = {"d": 86400, "h": 3600, "m": 60, "s": 1}
_SLACK = timedelta(minutes=1)


class Duration(NamedTuple):
    """A duration in a text, and how far off it may be."""

    amount: timedelta
    error: timedelta
    text: str
    start: int
    end: int

    def agrees(self, other: timedelta) -> bool:
        """Whether it may be a rounded form of another."""
        return abs(self.amount - other) <= self.error


class Hours(NamedTuple):
    """From one time of day to another, in UTC."""

    start: time
    end: time
    text: str
    at: tuple[int, int]
    """Where it stands in the text."""


def durations_in(text: str) -> tuple[Duration, ...]:
    """`24 minutes`, `1 h 20 min`, `about 2 hours`, `1h20m`: every duration, in order."""
    return tuple(_durations(text))


def _durations(text: str) -> Iterator[Duration]:
    for found in _DURATION.finditer(text):
        parts: list[re.Match[str]] = []
        for part in _PART.finditer(text, found.start(2), found.end(2)):
            if parts and _UNITS[part[2]] >= _UNITS[parts[-1][2]]:
                yield _duration(parts, text, about=bool(found[1]))  # the next one: "24 minutes, 35 minutes"
                parts = []
            parts.append(part)
        yield _duration(parts, text, about=bool(found[1]))


def _duration(parts: list[re.Match[str]], text: str, *, about: bool) -> Duration:
    counted = [(Decimal(part[1].replace(",", ".")), _UNITS[part[2]]) for part in parts]
    amount = timedelta(seconds=float(sum(n * unit for n, unit in counted)))
    error = timedelta(seconds=min(unit * 10.0 ** int(n.as_tuple().exponent) for n, unit in counted) / 2)
    start, end = parts[0].start(), parts[-1].end(2)
    while end < len(text) and text[end].isalpha():
        end += 1
    return Duration(amount, max(error, _SLACK) + (amount / 10 if about else timedelta()), text[start:end], start, end)


def hours_in(text: str) -> tuple[Hours, ...]:
    """`13:05 to 13:29`, `13:05–13:29`, `las 13:05 y las 13:29`: every span, in order."""
    return tuple(_hours(text))


def _hours(text: str) -> Iterator[Hours]:
    for found in _SPAN.finditer(text):
        first, second, third, fourth = map(int, found.groups())
        if max(first, third) < 24 and max(second, fourth) < 60:
            yield Hours(time(first, second), time(third, fourth), found[0], found.span())


def apart(one: time, other: time) -> timedelta:
    """How far two times of day are apart, around midnight too."""
    minutes = abs(one.hour * 60 + one.minute - other.hour * 60 - other.minute)
    return timedelta(minutes=min(minutes, 24 * 60 - minutes))
