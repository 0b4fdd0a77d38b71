"""The queries behind an SLO: errors, all events and their ratio, as PromQL over any window.

Two promises hold for every form. Where there are events and no series of errors, the errors are zero. What is no
number never comes out: one NaN in a recorded series would make the period's budget NaN for as long as the period.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from functools import lru_cache

from generator import times
from generator.analysis.slos.legs import plain
from generator.analysis.slos.selectors import Selector, le_matcher, parse_matchers, parse_selector
from generator.kinds.service import Service
from generator.kinds.slo import Sli, Slo
from generator.records import dataclass

WINDOW = "{{.window}}"
"""Where whole queries take the length of the window, as in Sloth."""
_WRITTEN = re.compile(r"\{\{\s*\.window\s*\}\}")


@dataclass(frozen=True, slots=True)
class Queries:
    """PromQL with `{{.window}}` where the window goes.

    `total` is None where only a ratio is given: then nothing tells a busy hour from a quiet one.
    """

    errors: str
    total: str | None

    def errors_over(self, window: timedelta) -> str:
        """Errors per second over a window; zero where there are events and no errors."""
        return over(self.errors, window)

    def total_over(self, window: timedelta) -> str:
        """Events per second over a window; 1 where only a ratio is given, so that sums of both still divide."""
        return f"({over(self.errors, window)}) * 0 + 1" if self.total is None else over(self.total, window)

    def ratio_over(self, window: timedelta) -> str:
        """The share of errors over a window. Without events there is no ratio: an absent series, never NaN."""
        if self.total is None:
            return over(self.errors, window)
        return f"({over(self.errors, window)}) / ({over(self.total, window)} > 0)"


def over(query: str, window: timedelta) -> str:
    """The query at one window."""
    return with_window(query, times.format_duration(window))


def with_window(query: str, length: str) -> str:
    """The query with a length where it takes one; blanks inside the braces are allowed, as in Sloth."""
    return length.join(_around(query))


def origin(query: str, expr: str, offset: int) -> int | None:
    """Where in a written query the character of an expression made from it stands; None where it is not of it."""
    pieces = _WRITTEN.split(query.strip())
    made = re.compile("([0-9a-z]+)".join(re.escape(piece) for piece in pieces))
    for found in made.finditer(expr):
        if found.start() <= offset < found.end():
            return _before_windows(query, found, offset)
    return None


def _before_windows(query: str, made: re.Match[str], offset: int) -> int:
    """The offset in the query: each window before it was longer or shorter as it was written."""
    start = len(query) - len(query.lstrip())
    moved = start - made.start()
    for number, written in enumerate(_WRITTEN.finditer(query), 1):
        if offset < made.start(number):
            break
        if offset < made.end(number):
            return written.start()
        moved += len(written.group()) - len(made[number])
    return offset + moved


def has_window(query: str) -> bool:
    """Whether it takes the length of a window somewhere."""
    return len(_around(query)) > 1


def queries(service: Service, slo: Slo) -> Queries:
    """The queries of an SLO's SLI.

    Raises:
        ValueError: a selector of the SLI or of the service is none; the sentence says which and why.
    """
    sli = slo.sli
    if sli.error_ratio_query is not None:
        return Queries(f"{_enclosed(sli.error_ratio_query)} >= 0", None)
    if sli.error_query is not None and sli.total_query is not None:
        # A comparison drops what is no number.
        total = f"({_enclosed(sli.total_query)} >= 0)"
        return Queries(f"{_enclosed(sli.error_query)} >= 0 or {total} * 0", total)
    return _counted(service, slo)


@lru_cache(maxsize=256)
def _around(query: str) -> tuple[str, ...]:
    """What stands before, between and after the places of the window."""
    return tuple(_WRITTEN.split(query))


def _counted(service: Service, slo: Slo) -> Queries:
    sli, shared = slo.sli, parse_matchers(service.selector)
    if sli.histogram is not None and sli.under is not None:
        return _observed(sli, parse_selector(sli.histogram).joined(shared), slo.group_by, in_seconds(sli.under))
    total = _rate(parse_selector(sli.total or "").joined(shared), slo.group_by)
    if sli.good is not None:
        return Queries(_not_good(_rate(parse_selector(sli.good).joined(shared), slo.group_by), total), total)
    errors = _rate(parse_selector(sli.errors or "").joined(shared), slo.group_by)
    # A series of errors exists only after the first error; until then it is zero wherever there are events.
    return Queries(f"{errors} or {total} * 0", total)


def _observed(sli: Sli, histogram: Selector, group_by: Iterable[str], limit: str) -> Queries:
    """What took longer than the limit, of a histogram with series for its buckets or with all in one series."""
    if sli.native:
        both = _rate(histogram, group_by)
        total = f"histogram_count({both})"
        # Without observations the fraction is no number; the comparison drops it, and zero is what is left.
        return Queries(f"(1 - histogram_fraction(0, {limit}, {both})) * {total} >= 0 or {total} * 0", total)
    total = _rate(histogram.suffixed("_count"), group_by)
    good = _rate(histogram.suffixed("_bucket", le_matcher(limit)), group_by)
    return Queries(_not_good(good, total), total)


def _enclosed(query: str) -> str:
    """In parentheses, the last of which a comment in the query must not swallow."""
    end = "\n" if "#" in query else ""
    return f"({query.strip()}{end})"


def _rate(selector: Selector, group_by: Iterable[str]) -> str:
    labels = ", ".join(group_by)
    return f"sum{f' by ({labels}) ' if labels else ''}(rate({selector}[{WINDOW}]))"


def _not_good(good: str, total: str) -> str:
    """All that is not good. Two counters are never scraped at one instant, so the difference may dip below zero."""
    return f"clamp_min({total} - ({good} or {total} * 0), 0)"


def in_seconds(duration: timedelta) -> str:
    """The seconds of a duration in all their digits: `0.25`, as the bound of a histogram's bucket."""
    return plain(Decimal(duration // timedelta(microseconds=1)).scaleb(-6))
