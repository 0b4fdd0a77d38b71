"""When there is nothing to measure: no traffic is no error, and no data is a ticket."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal

from generator import times
from generator.analysis.rule_tests.case import STEP, Case, Moment, Sample, Series, selector
from generator.analysis.rule_tests.raw import RawSeries
from generator.analysis.rule_tests.subject import Subject, set_of, steps
from generator.analysis.rules.of_slos import ERRORS, PERIOD_BURN, TOTAL, ratio_series
from generator.analysis.slos.legs import BASE_WINDOW, plain

PATIENCE = timedelta(hours=1)
"""Up to so long a test waits for an alert to fire; beyond it, the alert is seen pending."""
_IDLE = 7
_BAND = (Decimal("0.999"), Decimal("1.001"))


def no_data_cases(subject: Subject) -> Iterator[Case]:
    """The events vanish, or have never been there: after `no_data` there is a ticket, and not a minute earlier."""
    if subject.no_data is None:
        return
    group = subject.group("a") if set_of(subject.group_by) else {}
    if subject.never_missing and not group:
        return
    series = [Series(subject.total(BASE_WINDOW), "1 1 stale")]
    if group:
        series.append(Series(subject.total(BASE_WINDOW, "b"), f"1x{2 + min(steps(subject.no_data), steps(PATIENCE))}"))
    here = subject.moment(1, "there are events", ())
    yield _told(subject, "no data", series, (here, *_waiting(subject, 2, group)))
    if not subject.never_missing:
        yield _told(subject, "never any data", [], tuple(_waiting(subject, 0, {})))


def _told(subject: Subject, name: str, series: list[Series], moments: tuple[Moment, ...]) -> Case:
    return Case(
        name=f"{subject.name}: {name}",
        alerts=(subject.alerts[-1],),
        series=tuple(series),
        moments=moments,
    )


def _waiting(subject: Subject, gone: int, group: Mapping[str, str]) -> Iterator[Moment]:
    wait = subject.no_data or STEP
    if steps(wait) > 0:
        early = gone + min(steps(wait) - 1, steps(PATIENCE))
        yield subject.asked(early, "not for long enough", (subject.lost("pending", group),))
    if wait <= PATIENCE:
        says = f"no data for {times.format_duration(wait)}"
        yield subject.asked(gone + steps(wait), says, (subject.lost("firing", group),))


def zero_traffic_case(subject: Subject, raw: RawSeries | None) -> Iterator[Case]:
    """Nothing happens: no ratio, no alert, and nowhere a value that is no number."""
    if subject.ratio_only:
        return
    every = subject.own("").replace("{", '{__name__=~"slo:.+",', 1)
    yield Case(
        name=f"{subject.name}: zero traffic",
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


def nothing_good_case(subject: Subject, raw: RawSeries | None) -> Iterator[Case]:
    """Nothing has worked since the first event, so a counter of what works does not exist: everything is an error."""
    if raw is None:
        return
    failing = f"count({subject.own(ratio_series(BASE_WINDOW))} > 0.999)"
    yield Case(
        name=f"{subject.name}: nothing has ever worked",
        alerts=(subject.alert,),
        series=tuple(Series(each, f"0+60x{_IDLE}") for each in (*raw.failing, *raw.steady)),
        moments=(Moment(_IDLE * STEP, "every event is an error", failing, (Sample("{}"),)),),
    )


def budget_case(subject: Subject, raw: RawSeries | None) -> Iterator[Case]:
    """Without counters: a share of errors that is recorded is in the budget of the period."""
    if raw is not None:
        return
    labels = {**subject.identity, **subject.group("a")}
    series = [Series(selector(ERRORS, labels), f"0.25x{_IDLE}")]
    if not subject.ratio_only:
        series.append(Series(selector(TOTAL, labels), f"1x{_IDLE}"))
    low, high = (plain((Decimal("0.25") / subject.allowed * share).quantize(Decimal("1e-9"))) for share in _BAND)
    spent = f"count({subject.own(PERIOD_BURN)} > {low} < {high})"
    yield Case(
        name=f"{subject.name}: budget",
        alerts=subject.alerts,
        series=tuple(series),
        moments=(Moment(_IDLE * STEP, "a quarter of all events fails", spent, (Sample("{}"),)),),
        note=NO_COUNTERS,
    )


NO_COUNTERS = "The queries are PromQL of your own, so their result is fed, and not counters."


def _idle(subject: Subject) -> Iterator[Series]:
    yield Series(selector(ERRORS, {**subject.identity, **subject.group("a")}), f"0x{_IDLE}")
    yield Series(subject.total(BASE_WINDOW), f"0x{_IDLE}")
