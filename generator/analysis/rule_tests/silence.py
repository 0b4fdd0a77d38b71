"""When there is nothing to measure: no traffic is no error, and no data is a ticket."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from generator import times
from generator.analysis.rule_tests.case import STEP, Case, Moment, Sample, Series
from generator.analysis.rule_tests.raw import RawSeries
from generator.analysis.rule_tests.subject import Subject, steps
from generator.analysis.slo import BASE_WINDOW
from generator.analysis.slo_rules import ERRORS, ratio_series

PATIENCE = timedelta(hours=3)
"""Up to so long a test waits for an alert to fire; beyond it, the alert is seen pending."""
_IDLE = 7


def no_data_case(subject: Subject) -> Iterator[Case]:
    """The events vanish; after `no_data` there is a ticket, and not a minute earlier."""
    wait = subject.slo.no_data
    if wait is None:
        return
    gone = 2
    fires = gone + steps(wait)
    moments = [subject.moment(1, "there are events", ())]
    if steps(wait) > 0:
        early = min(fires - 1, gone + steps(PATIENCE))
        moments.append(subject.asked(early, "not for long enough", (subject.no_data("pending"),)))
    if wait <= PATIENCE:
        says = f"no data for {times.format_duration(wait)}"
        moments.append(subject.asked(fires, says, (subject.no_data("firing"),)))
    yield Case(
        name=f"{subject.slo.name}: no data",
        source=subject.slo.ref,
        alerts=(subject.alerts[-1],),
        series=(Series(subject.total(BASE_WINDOW), "1 1 stale"),),
        moments=tuple(moments),
    )


def zero_traffic_case(subject: Subject, raw: RawSeries | None) -> Iterator[Case]:
    """Nothing happens: no ratio, no alert, and nowhere a value that is no number."""
    if subject.slo.sli.error_ratio_query is not None:
        return
    every = subject.own("").replace("{", '{__name__=~"slo:.+",', 1)
    yield Case(
        name=f"{subject.slo.name}: zero traffic",
        source=subject.slo.ref,
        alerts=subject.alerts,
        series=tuple(_idle(subject) if raw is None else (Series(each, f"1000x{_IDLE}") for each in raw.all)),
        moments=(
            subject.moment(_IDLE, "no alert", ()),
            Moment(_IDLE * STEP, "no ratio", subject.own(ratio_series(BASE_WINDOW))),
            Moment(
                _IDLE * STEP, "every value is a number", f"count({every}) - count({every} < Inf)", (Sample("{}", "0"),)
            ),
        ),
        note="" if raw is not None else NO_COUNTERS,
    )


NO_COUNTERS = "The queries are PromQL of your own, so their result is fed, and not counters."


def _idle(subject: Subject) -> Iterator[Series]:
    labels = subject.total(BASE_WINDOW).partition("{")[2]
    yield Series(f"{ERRORS}{{{labels}", f"0x{_IDLE}")
    yield Series(subject.total(BASE_WINDOW), f"0x{_IDLE}")
