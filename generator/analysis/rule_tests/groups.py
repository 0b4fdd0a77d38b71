"""An SLO with `group_by` is one SLO a group: what burns in one says nothing about another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from generator.analysis.rule_tests.case import Case, Moment
from generator.analysis.rule_tests.fed import fed_series, usual_totals
from generator.analysis.rule_tests.subject import Ratios, Subject, set_of
from generator.records import dataclass

GROUPS = ("a", "b")


@dataclass(frozen=True, slots=True)
class _Both:
    """Some minutes in which nothing changes, by group."""

    says: str
    ratios: tuple[Ratios, Ratios]
    lasts: int = 1


def group_case(subject: Subject) -> Iterator[Case]:
    """Two groups of which one burns; the long window of one never meets the short window of the other."""
    if not set_of(subject.group_by) or not subject.reachable:
        return
    phases = _phases(subject)
    totals = usual_totals(subject)
    fed: list[list[tuple[Ratios, Ratios]]] = [
        [(phase.ratios[i], totals) for phase in phases for _ in range(phase.lasts)] for i in range(len(GROUPS))
    ]
    yield Case(
        name=f"{subject.name}: groups",
        alerts=(subject.alert,),
        series=tuple(
            each for minutes, name in zip(fed, GROUPS, strict=True) for each in fed_series(subject, minutes, name)
        ),
        moments=tuple(_moments(subject, phases, fed)),
    )


def _phases(subject: Subject) -> list[_Both]:
    everything, nothing = (dict.fromkeys(subject.windows, Decimal(share)) for share in (1, 0))
    short = {leg.short for leg in subject.legs} - {leg.long for leg in subject.legs}
    shorts, longs = ({each: Decimal((each in short) is wanted) for each in subject.windows} for wanted in (True, False))
    hold = subject.hold + 1
    return [
        _Both("only a burns", (everything, nothing), hold),
        _Both("neither burns in both windows", (longs, shorts)),
        _Both("only b burns", (nothing, everything), hold),
    ]


def _moments(
    subject: Subject, phases: Sequence[_Both], fed: Sequence[Sequence[tuple[Ratios, Ratios]]]
) -> Iterator[Moment]:
    states = [subject.states([subject.burning(ratios, totals) for ratios, totals in each]) for each in fed]
    minute = -1
    for phase in phases:
        minute += phase.lasts
        found = zip(GROUPS, states, strict=True)
        samples = (subject.samples(each[minute], subject.group(name)) for name, each in found)
        yield subject.asked(minute, phase.says, tuple(sample for some in samples for sample in some))
