"""A test of rules: made-up series, and what promtool must find at which moments. Before any syntax of a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from generator.analysis.slos.legs import plain
from generator.analysis.slos.selectors import literal
from generator.findings import Ref
from generator.records import dataclass

if TYPE_CHECKING:
    from decimal import Decimal

_NOBODY = Ref("")
STEP = timedelta(minutes=1)
"""Between two values of a series, and between two evaluations of the rules, as Prometheus does it unless told."""


@dataclass(frozen=True, slots=True)
class Series:
    """A series that is fed, its values in promtool's notation."""

    selector: str
    values: str


@dataclass(frozen=True, slots=True)
class Sample:
    """One element that a query must yield: its labels as a selector, and its value."""

    labels: str
    value: str = "1"


@dataclass(frozen=True, slots=True)
class Moment:
    """A question at a time, and its whole answer. `says` is what this moment shows, for people."""

    at: timedelta
    says: str
    query: str
    samples: tuple[Sample, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One test. `alerts` are the names of the alerts that it tries."""

    name: str
    alerts: tuple[str, ...]
    series: tuple[Series, ...]
    moments: tuple[Moment, ...]
    interval: timedelta = STEP
    note: str = ""
    """What a reader has to know that the series do not show."""
    source: Ref = _NOBODY
    """The test that people wrote; of tests that follow from an SLO, the SLO, once it is known which."""
    written: bool = False
    """Whether people wrote it; the others follow from an SLO."""


def selector(name: str, labels: Mapping[str, str]) -> str:
    """A series by its name and labels; a label without value is none."""
    return f"{name}{{{','.join(f'{key}={literal(value)}' for key, value in labels.items() if value)}}}"


def values(each_minute: Iterable[Decimal | None]) -> str:
    """Values in promtool's notation, runs of equal ones folded: `0x3` are four zeros, `_x3` three gaps."""
    return " ".join(_runs(each_minute))


def _runs(each_minute: Iterable[Decimal | None]) -> Iterator[str]:
    for value, same in groupby(each_minute):
        count = sum(1 for _ in same)
        if value is None:
            yield f"_x{count}"
        else:
            yield plain(value) if count == 1 else f"{plain(value)}x{count - 1}"
