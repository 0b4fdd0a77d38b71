"""From counters to the page: everything fails from one minute on, and the alert comes when arithmetic says so."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from functools import lru_cache

from generator import times
from generator.analysis.rule_tests.case import STEP, Case, Moment, Sample, Series
from generator.analysis.rule_tests.fed import usual_totals
from generator.analysis.rule_tests.raw import RawSeries
from generator.analysis.rule_tests.silence import NO_COUNTERS
from generator.analysis.rule_tests.subject import State, Subject, seconds, steps
from generator.analysis.rules.of_slos import PERIOD_BURN, ratio_series
from generator.analysis.slos.legs import BASE_WINDOW, Leg, plain
from generator.records import dataclass

LIMIT = 600
"""Minutes that a test may take: ten hours are two seconds of promtool."""
SLACK = Decimal("1e-9")
"""Nearer to its threshold than this, floating point decides; no moment is looked at then."""
_HISTORIES = (120, 60, 30, 10)
BAND = (Decimal("0.95"), Decimal("1.05"))
"""What is measured may be so much off what is expected: windows have edges."""


@dataclass(frozen=True, slots=True)
class Plan:
    """When to look. Minutes are counted from the outage on, which starts after `history` minutes of traffic."""

    leg: Leg
    history: int
    before: int
    after: int
    states: Mapping[int, tuple[State, ...]]
    whole: bool
    """Whether the history fills the leg's long window, as it does in a service that has been running."""


def outage_case(subject: Subject, raw: tuple[RawSeries, ...]) -> Iterator[Case]:
    """A total outage, from counters where they can be made up; nothing where the first alert takes too long.

    `raw` are the counters of one group, or of two, of which the second goes on working.
    """
    plan = _plan(subject.legs, subject.hold, counters=bool(raw))
    if plan is None:
        return
    series = tuple(_counted(subject, plan, raw) if raw else _ramps(subject, plan))
    group = dict(raw[0].group) if raw else subject.group("a")
    start = plan.history if raw else 0
    moments = [subject.moment(start, "all is well", ())]
    moments += [_moment(subject, plan, start, minute, group) for minute in sorted({plan.before, plan.after} - {0})]
    if raw:
        moments += _measured(subject, plan, len(raw))
    yield Case(
        name=f"{subject.name}: total outage",
        alerts=(subject.alert,),
        series=series,
        moments=tuple(moments),
        note=_note(plan, raw),
    )


def filled(subject: Subject) -> timedelta:
    """The longest window that the traffic before an outage from counters fills."""
    plan = _plan(subject.legs, subject.hold, counters=True)
    return timedelta() if plan is None else plan.history * STEP


def _note(plan: Plan, raw: tuple[RawSeries, ...]) -> str:
    after = times.words(plan.after * STEP)
    said = f"{plan.leg.name} ({plan.leg.severity}, {plan.leg.urgency}) fires after {after} of total outage"
    if not raw:
        return f"{said}. {NO_COUNTERS}"
    history = f"{times.words(plan.history * STEP)} of traffic"
    return f"{said} and {history}." if plan.whole else f"{said} and only {history}, or this would take too long."


def _moment(subject: Subject, plan: Plan, start: int, minute: int, group: Mapping[str, str]) -> Moment:
    says = f"{times.format_duration(minute * STEP)} of total outage"
    if minute == plan.before:
        says += ", not yet"
    return subject.moment(start + minute, says, plan.states[minute], group)


def _measured(subject: Subject, plan: Plan, groups: int) -> Iterator[Moment]:
    """What was recorded: no error before the first one, and then the share of the period's budget that is gone."""
    healthy = f"count({subject.own('slo:sli_error:ratio_rate5m')} < 1e-9)"
    yield Moment(plan.history * STEP, "no error yet is no error", healthy, (Sample("{}", str(groups)),))
    base, last = steps(BASE_WINDOW), plan.history + plan.after
    total = sum(_share(base, 0, minute, edge=0) for minute in range(1, last + 1)) * subject.allowed
    # Servers of version 3 leave out the first of the samples and stretch the rest: the share of errors is higher.
    bad = [sum(_share(base, last, minute, edge=edge) for minute in range(1, plan.after + 1)) for edge in (0, 1)]
    low, high = (plain((each / total * share).quantize(Decimal("1e-9"))) for each, share in zip(bad, BAND, strict=True))
    spent = f"count({subject.own(PERIOD_BURN)} > {low} < {high})"
    end = last * STEP
    yield Moment(end, "the outage is in the period's budget", spent, (Sample("{}"),))
    for window in subject.windows:
        shares = [_share(steps(window), plan.history, plan.after, edge=edge) for edge in (0, 1)]
        low, high = (plain((each * share).quantize(Decimal("1e-9"))) for each, share in zip(shares, BAND, strict=True))
        says = f"the share of errors in {times.format_duration(window)}"
        yield Moment(end, says, f"count({subject.own(ratio_series(window))} > {low} < {high})", (Sample("{}"),))


def _counted(subject: Subject, plan: Plan, raw: tuple[RawSeries, ...]) -> Iterator[Series]:
    each, history, last = _traffic(subject, plan), plan.history, plan.history + plan.after
    outage = raw[0]
    for name in outage.stalled:
        yield Series(name, f"0+{each}x{history} {each * history}x{plan.after - 1}")
    for name in outage.failing:
        # A counter of errors often does not exist before the first one.
        yield Series(name, f"_x{history} 0+{each}x{plan.after}")
    for name in outage.steady:
        yield Series(name, f"0+{each}x{last}")
    for other in raw[1:]:
        for name in (*other.stalled, *other.steady):
            yield Series(name, f"0+{each}x{last}")


def _traffic(subject: Subject, plan: Plan) -> int:
    """Events a minute: one a second, or as many as twice the floor takes."""
    floor = subject.floor or Decimal(0)
    return max(60, int(2 * floor / plan.history) + 1)


def _ramps(subject: Subject, plan: Plan) -> Iterator[Series]:
    """The ratios that a total outage leads to: each window fills with errors at its own pace."""
    for window in subject.windows:
        full = steps(window)
        step = plain((Decimal(1) / full).quantize(Decimal("1e-15")))
        rising, rest = min(full, plan.after), plan.after - full
        yield Series(subject.ratio(window), f"0+{step}x{rising}" + (f" 1x{rest - 1}" if rest > 0 else ""))
    for window, value in usual_totals(subject).items():
        yield Series(subject.total(window), f"{plain(value)}x{plan.after}")


@lru_cache(maxsize=4096)
def _plan(legs: tuple[Leg, ...], hold: int, *, counters: bool) -> Plan | None:
    """The first page, else the first ticket, and two moments around its coming; None where it takes too long."""
    reachable = [leg for leg in legs if leg.threshold < 1]
    whole = all(seconds(window) % 60 == 0 and window > STEP for leg in legs for window in (leg.short, leg.long))
    if not reachable or not whole:
        return None
    leg = min(reachable, key=lambda leg: (leg.urgency != "page", leg.threshold * seconds(leg.long)))
    histories = [steps(leg.long), *(each for each in _HISTORIES if each < steps(leg.long))] if counters else [0]
    return next((found for each in histories if (found := _with(legs, leg, hold, each)) is not None), None)


def _with(legs: tuple[Leg, ...], leg: Leg, hold: int, history: int) -> Plan | None:
    room = LIMIT - history
    early = {each: _onset(each, history, -SLACK, room, edge=int(history > 0)) for each in legs}
    late = {each: _onset(each, history, SLACK, room, edge=0) for each in legs}
    if hold and history:
        # Where rules are evaluated more than once a minute, the clock of `for` may start before the minute is full.
        early = {each: max(onset - 1, 0) for each, onset in early.items()}
    fires = late[leg] + hold
    sure = [minute for minute in range(room) if _states(early, hold, minute) == _states(late, hold, minute)]
    before = [minute for minute in sure if minute < early[leg] + hold]
    after = [minute for minute in sure if minute >= fires]
    if not after or not before:
        return None
    moments = {minute: _states(late, hold, minute) for minute in (before[-1], after[0])}
    return Plan(leg, history, before[-1], after[0], moments, whole=history == steps(leg.long))


def _states(onsets: Mapping[Leg, int], hold: int, minute: int) -> tuple[State, ...]:
    return tuple(
        ("firing" if minute - onset >= hold else "pending", leg) for leg, onset in onsets.items() if onset <= minute
    )


def _onset(leg: Leg, history: int, slack: Decimal, room: int, *, edge: int) -> int:
    """The first minute in which both windows are above the threshold; past the end where none is. Shares only grow."""
    limit = leg.threshold * (1 + slack)

    def burns(minute: int) -> bool:
        return all(_share(steps(window), history, minute, edge=edge) > limit for window in (leg.short, leg.long))

    return bisect_left(range(room), True, key=burns)  # noqa: FBT003  # what is looked for


def _share(window: int, history: int, minute: int, *, edge: int) -> Decimal:
    """The share of errors in a window after so many minutes of outage; without history, in a window that is full.

    `edge` is how many samples less than the window holds are counted in: servers of version 3 drop the first of them,
    and for counters that do not start at zero this makes up to as much of a difference.
    """
    seen = min(window, history + minute) if history else window
    return min(Decimal(minute) / max(seen - edge, 1), Decimal(1)) if seen else Decimal(0)
