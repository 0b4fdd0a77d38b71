"""Tests that feed the recorded ratios themselves: one leg's windows at exact values, whatever lies behind them.

Recording rules read counters, and there are none here: they record nothing, and what is fed stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import timedelta
from decimal import Decimal

from generator.analysis.rule_tests.case import Case, Moment, Series, values
from generator.analysis.rule_tests.subject import Ratios, Subject, seconds
from generator.analysis.slos.legs import BASE_WINDOW
from generator.records import dataclass

PLENTY = Decimal(10)
"""How many times the floor is met where traffic is not what is tested."""


@dataclass(frozen=True, slots=True)
class Phase:
    """Some minutes in which nothing changes. Its last minute is looked at, and the one before."""

    says: str
    ratios: Ratios
    lasts: int = 1
    totals: Ratios = field(default_factory=dict)


def fed_case(subject: Subject, name: str, phases: Sequence[Phase], note: str = "") -> Case:
    """A test of phases, one after the other."""
    usual = usual_totals(subject)
    minutes = [(phase.ratios, {**usual, **phase.totals}) for phase in phases for _ in range(phase.lasts)]
    states = subject.states([subject.burning(ratios, totals) for ratios, totals in minutes])
    moments: list[Moment] = []
    start = 0
    for phase in phases:
        last = start + phase.lasts - 1
        if phase.lasts > 1:
            moments.append(subject.moment(last - 1, f"{phase.says}, not for long enough", states[last - 1]))
        moments.append(subject.moment(last, phase.says, states[last]))
        start = last + 1
    return Case(
        name=f"{subject.name}: {name}",
        alerts=(subject.alert,),
        series=tuple(fed_series(subject, minutes)),
        moments=tuple(moments),
        note=note,
    )


def fed_series(subject: Subject, minutes: Sequence[tuple[Ratios, Ratios]], group: str = "a") -> Iterator[Series]:
    """The ratios and the traffic of every minute as series."""
    ratios, totals = zip(*minutes, strict=True)
    for window in _keys(ratios):
        yield Series(subject.ratio(window, group), values(each.get(window) for each in ratios))
    for window in _keys(totals):
        yield Series(subject.total(window, group), values(each.get(window) for each in totals))


def usual_totals(subject: Subject, share: Decimal = PLENTY) -> dict[timedelta, Decimal]:
    """Events per second by window, so many times the floor; without those of the base window, data would be missing."""
    usual = {BASE_WINDOW: Decimal(1)}
    if subject.floor is not None:
        usual |= {leg.long: rate(subject.floor, leg.long) * share for leg in subject.legs}
    return usual


def rate(events: Decimal, window: timedelta) -> Decimal:
    """Events per second that make so many events in a window; rounded far below what matters."""
    return (events / seconds(window)).quantize(Decimal("1e-12"))


def _keys(minutes: Iterable[Mapping[timedelta, Decimal]]) -> list[timedelta]:
    return sorted({window for each in minutes for window in each})
