"""Each leg at its threshold: just below and at it silent, just above firing, either window alone silent, recovery."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

from generator.analysis.rule_tests.case import Case
from generator.analysis.rule_tests.fed import Phase, fed_case, usual_totals
from generator.analysis.rule_tests.subject import Subject
from generator.analysis.slos.legs import Leg, exact_product

ABOVE, BELOW = Decimal("1.001"), Decimal("0.999")


def boundary_cases(subject: Subject) -> Iterator[Case]:
    """Legs that share no window are tried at once; each of the others in a test of its own."""
    for legs in apart(subject.legs):
        names = ", ".join(leg.name for leg in legs)
        yield fed_case(subject, f"thresholds of {names}", tuple(_phases(subject, legs)), _unreachable(legs))


def apart(legs: Sequence[Leg]) -> list[list[Leg]]:
    """Legs in as few lists as a first look finds, no two of a list with a window in common."""
    found: list[list[Leg]] = []
    for leg in legs:
        for each in found:
            if not {leg.short, leg.long} & {window for other in each for window in (other.short, other.long)}:
                each.append(leg)
                break
        else:
            found.append([leg])
    return found


def above(leg: Leg) -> Decimal:
    """An error ratio just above the threshold; everything failing where not even that is."""
    return min(exact_product(leg.threshold, ABOVE), (leg.threshold + 1) / 2) if leg.threshold < 1 else Decimal(1)


def below(leg: Leg) -> Decimal:
    """An error ratio just below the threshold; everything failing where the threshold is out of reach."""
    return min(exact_product(leg.threshold, BELOW), Decimal(1))


def _phases(subject: Subject, legs: Sequence[Leg]) -> Iterator[Phase]:
    low, high = ({leg: f(leg) for leg in legs} for f in (below, above))
    at = {leg: min(leg.threshold, Decimal(1)) for leg in legs}

    def ratios(short: dict[Leg, Decimal], long: dict[Leg, Decimal]) -> dict[timedelta, Decimal]:
        return {leg.short: short[leg] for leg in legs} | {leg.long: long[leg] for leg in legs}

    yield Phase("both windows just below", ratios(low, low))
    yield Phase("the short window alone above, the long one exactly at it", ratios(high, at))
    yield Phase("the long window alone above, the short one exactly at it", ratios(at, high))
    yield Phase("both windows just above", ratios(high, high), subject.hold + 1)
    yield Phase("over, while the long window still remembers", ratios(low, high))


def _unreachable(legs: Sequence[Leg]) -> str:
    names = [leg.name for leg in legs if leg.threshold >= 1]
    return f"{', '.join(names)} cannot fire: not even a total outage is above the threshold." if names else ""


def burn_case(subject: Subject) -> Case:
    """The same share of errors in every window, step by step past each threshold: which legs fire together."""
    phases = [
        Phase(f"{ratio:%} of all events fail", dict.fromkeys(subject.windows, ratio), subject.hold + 1)
        for ratio in _levels(subject)
    ]
    return fed_case(subject, "steady burns", phases)


def _levels(subject: Subject) -> list[Decimal]:
    """One share between every two thresholds, and everything."""
    edges = [Decimal(0), *sorted({leg.threshold for leg in subject.reachable}), Decimal(1)]
    return [*((low + high) / 2 for low, high in pairwise(edges)), Decimal(1)]


def floor_case(subject: Subject) -> Iterator[Case]:
    """Everything fails: silent with fewer events than `min_events`, loud with as many."""
    if subject.floor is None or not subject.reachable:
        return
    ratios = dict.fromkeys(subject.windows, Decimal(1))
    few, enough = (usual_totals(subject, share) for share in (BELOW, ABOVE))
    yield fed_case(
        subject,
        "too little traffic",
        (
            Phase(f"just fewer than {subject.floor} events", ratios, totals=few),
            Phase(f"just as many as {subject.floor} events", ratios, subject.hold + 1, totals=enough),
        ),
    )
