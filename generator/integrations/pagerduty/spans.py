"""Who has which time: pieces without overlap, compared exactly, by the second and the person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from generator.analysis.windows import Window, carve, subtraction, union


class Span(NamedTuple):
    """Somebody from `start` until before `end`; `who` is an id in PagerDuty."""

    start: datetime
    end: datetime
    who: str

    @property
    def window(self) -> Window:
        """Its time."""
        return Window(self.start, self.end)


class Difference(NamedTuple):
    """A time of which two say different people; None is nobody."""

    start: datetime
    end: datetime
    here: str | None
    there: str | None


def layered(spans: Iterable[Span]) -> list[Span]:
    """What is left of spans of which a later one wins, in order of time; those of one person that touch are joined."""
    taken: tuple[Window, ...] = ()
    found: list[Span] = []
    for span in reversed(list(spans)):
        found += [Span(*window, span.who) for window in carve(span.window, taken)]
        taken = union(taken, [span.window])
    return joined(found)


def joined(spans: Iterable[Span]) -> list[Span]:
    """In order of time, those of one person that touch as one."""
    out: list[Span] = []
    for span in sorted(spans):
        if span.start >= span.end:
            continue
        if out and out[-1].end == span.start and out[-1].who == span.who:
            out[-1] = out[-1]._replace(end=span.end)
        else:
            out.append(span)
    return out


def without(spans: Iterable[Span], others: Sequence[Span]) -> list[Span]:
    """What of the spans the others do not give to the same person."""
    return [
        Span(*window, span.who)
        for span in spans
        for window in subtraction([span.window], [each.window for each in others if each.who == span.who])
    ]


def clipped(spans: Iterable[Span], start: datetime) -> list[Span]:
    """What of the spans is after an instant, in the same order."""
    return [span._replace(start=max(span.start, start)) for span in spans if span.end > start]


def differences(here: Sequence[Span], there: Sequence[Span]) -> list[Difference]:
    """Where two plans differ; both are pieces without overlap."""
    edges = sorted({edge for span in (*here, *there) for edge in (span.start, span.end)})
    found: list[Difference] = []
    ours, theirs = _Walk(here), _Walk(there)
    for start, end in pairwise(edges):
        one, other = ours.at(start), theirs.at(start)
        if one == other:
            continue
        if found and (found[-1].end, found[-1].here, found[-1].there) == (start, one, other):
            found[-1] = found[-1]._replace(end=end)
        else:
            found.append(Difference(start, end, one, other))
    return found


class _Walk:
    """Who has an instant, asked from the first to the last."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)
        self._next = 0

    def at(self, instant: datetime) -> str | None:
        while self._next < len(self._spans) and self._spans[self._next].end <= instant:
            self._next += 1
        here = self._spans[self._next] if self._next < len(self._spans) else None
        return here.who if here is not None and here.start <= instant else None
