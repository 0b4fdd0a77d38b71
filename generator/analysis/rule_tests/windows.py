"""Windows that are too long to be filled minute by minute: days of counters, and rules that are evaluated once.

Between two evaluations promtool does nothing, so days cost no more than minutes. All tests of a file share one
interval of evaluation: these have a file of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from decimal import Decimal

from generator import times
from generator.analysis.rule_tests.case import STEP, Case, Moment, Sample, Series
from generator.analysis.rule_tests.outage import BAND, filled
from generator.analysis.rule_tests.raw import RawSeries
from generator.analysis.rule_tests.subject import Subject, steps
from generator.analysis.rules.of_slos import ratio_series
from generator.analysis.slos.legs import plain
from generator.records import dataclass

MOST = 8000
"""Values of one series: promtool loads at most 10,000 samples a query."""
FEWEST = 20
"""Values in a window, so that one more or less at its edge matters little."""
_START, _EACH = 100_000, 60


@dataclass(frozen=True, slots=True)
class Days:
    """How much traffic there is, with a value each `interval`; rules are evaluated when all of it is over."""

    length: timedelta
    interval: timedelta

    @property
    def values(self) -> int:
        """How many values of each series come after the first."""
        return self.length // self.interval


def days_for(windows: Iterable[timedelta]) -> Days | None:
    """Enough to fill the longest window; None where there is none."""
    longest = max(windows, default=None)
    if longest is None:
        return None
    interval = -(-steps(longest) // MOST) * STEP
    return Days((-(-longest // interval) + 1) * interval, interval)


def unfilled(subject: Subject, raw: tuple[RawSeries, ...]) -> tuple[timedelta, ...]:
    """The windows that the outage from counters does not fill; none where no counters can be made up."""
    known = filled(subject)
    return tuple(window for window in subject.windows if window > known) if raw else ()


def windows_case(subject: Subject, raw: tuple[RawSeries, ...], days: Days) -> Iterator[Case]:
    """Everything fails for half of the shortest of these windows, and each has its own share of that."""
    windows = [window for window in unfilled(subject, raw) if window // days.interval >= FEWEST]
    if not windows:
        return
    bad = windows[0] // days.interval // 2
    yield Case(
        name=f"{subject.name}: long windows",
        alerts=(subject.alert,),
        series=tuple(_series(raw[0], days.values - bad, bad)),
        moments=tuple(_moment(subject, window, days, bad) for window in windows),
        interval=days.interval,
        note=f"{times.words(days.length)} of traffic, of which everything in the last "
        f"{times.words(bad * days.interval)} fails.",
    )


def _series(raw: RawSeries, good: int, bad: int) -> Iterator[Series]:
    for name in raw.stalled:
        yield Series(name, f"{_START}+{_EACH}x{good} {_START + _EACH * good}x{bad - 1}")
    for name in raw.failing:
        yield Series(name, f"0x{good - 1} 0+{_EACH}x{bad}")
    for name in raw.steady:
        yield Series(name, f"{_START}+{_EACH}x{good + bad}")


def _moment(subject: Subject, window: timedelta, days: Days, bad: int) -> Moment:
    count = window // days.interval
    # Servers of version 3 leave out the first of the samples.
    low, high = (Decimal(bad) / size * share for size, share in zip((count, count - 1), BAND, strict=True))
    between = f"> {_digits(low)} < {_digits(high)}"
    says = f"the share of errors in {times.format_duration(window)}"
    return Moment(days.length, says, f"count({subject.own(ratio_series(window))} {between})", (Sample("{}"),))


def _digits(share: Decimal) -> str:
    return plain(share.quantize(Decimal("1e-9")))
