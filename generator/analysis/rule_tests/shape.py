"""SLOs that differ in nothing but names are tested alike: their tests are worked out once, with marks for the names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from generator.analysis.rule_tests.boundaries import boundary_cases, burn_case, floor_case
from generator.analysis.rule_tests.groups import group_case
from generator.analysis.rule_tests.outage import outage_case
from generator.analysis.rule_tests.raw import RawSeries, raw_series
from generator.analysis.rule_tests.silence import budget_case, no_data_cases, nothing_good_case, zero_traffic_case
from generator.analysis.rule_tests.subject import Subject, subject
from generator.analysis.rule_tests.windows import Days, unfilled, windows_case
from generator.analysis.rules.of_slos import identity
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.analysis.rule_tests.case import Case
    from generator.catalog import Catalog
    from generator.findings import Ref
    from generator.kinds.service import Service
    from generator.kinds.slo import Slo

_MARK = re.compile("@(?:service|slo|alert|raw[0-9]+)@")
_SIMPLE = re.compile("[A-Za-z0-9_]+")


@dataclass(frozen=True, slots=True)
class Shape:
    """An SLO without its names, and the counters behind it: of one group, or of two."""

    subject: Subject
    raw: tuple[RawSeries, ...]
    days: Days | None = None
    """Not the everyday tests, but that of long windows, with so much traffic."""


@dataclass(frozen=True, slots=True)
class SloTests:
    """The tests of one SLO: those of its shape, with its own names in the place of the marks."""

    shape: Shape
    names: Mapping[str, str]
    source: Ref

    @property
    def cases(self) -> tuple[Case, ...]:
        """The tests, with names."""
        return tuple(self._case(case) for case in cases_of(self.shape))

    @property
    def long_windows(self) -> tuple[timedelta, ...]:
        """The windows that its tests do not fill."""
        return unfilled(self.shape.subject, self.shape.raw)

    def over(self, days: Days) -> SloTests:
        """The test of its long windows."""
        return replace(self, shape=replace(self.shape, days=days))

    def _case(self, case: Case) -> Case:
        fill = self.filled
        moments = (
            replace(
                each, query=fill(each.query), samples=tuple(replace(s, labels=fill(s.labels)) for s in each.samples)
            )
            for each in case.moments
        )
        return replace(
            case,
            name=fill(case.name),
            alerts=tuple(map(fill, case.alerts)),
            series=tuple(replace(each, selector=fill(each.selector)) for each in case.series),
            moments=tuple(moments),
            source=self.source,
        )

    def filled(self, text: str, names: Mapping[str, str] | None = None) -> str:
        """A text with the names in the place of their marks; a name that looks like a mark stays what it is."""
        found = self.names if names is None else names
        return _MARK.sub(lambda mark: found.get(mark[0], mark[0]), text)


def slo_tests(catalog: Catalog, service: Service, slo: Slo) -> SloTests:
    """The tests of an SLO."""
    raw, names = _marked(_counters(service, slo))
    about = subject(catalog, service, slo)
    # A name that takes escapes would take other ones in every place, so it stays.
    if _SIMPLE.fullmatch(slo.alert):
        names |= {"@service@": slo.service, "@slo@": slo.name, "@alert@": slo.alert}
        labels = identity(catalog, replace(slo, service="@service@", name="@slo@"))
        about = replace(about, service="@service@", name="@slo@", alert="@alert@", labels=tuple(labels.items()))
    return SloTests(Shape(about, raw), names, slo.ref)


@lru_cache(maxsize=512)
def cases_of(shape: Shape) -> tuple[Case, ...]:
    """Everything that is tried on an SLO of this shape; its names are still marks."""
    if shape.days is not None:
        return tuple(windows_case(shape.subject, shape.raw, shape.days))
    return tuple(_cases(shape.subject, shape.raw))


def _cases(about: Subject, raw: tuple[RawSeries, ...]) -> Iterator[Case]:
    if about.legs:
        yield from boundary_cases(about)
        yield burn_case(about)
        yield from floor_case(about)
        yield from group_case(about)
    yield from zero_traffic_case(about, raw[0] if raw else None)
    yield from no_data_cases(about)
    yield from nothing_good_case(about, raw[0] if raw else None)
    yield from budget_case(about, raw[0] if raw else None)
    yield from outage_case(about, raw)


def _counters(service: Service, slo: Slo) -> tuple[RawSeries, ...]:
    """The counters of one group, and of a second one where there can be several."""
    first = raw_series(service, slo)
    second = raw_series(service, slo, "b") if slo.group_by else None
    if first is None:
        return ()
    return (first,) if second is None or second.group == first.group else (first, second)


def _marked(raw: tuple[RawSeries, ...]) -> tuple[tuple[RawSeries, ...], dict[str, str]]:
    """Counters with marks in the place of their selectors, and what the marks stand for."""
    marks: dict[str, str] = {}

    def mark(selectors: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(marks.setdefault(each, f"@raw{len(marks)}@") for each in selectors)

    marked = tuple(RawSeries(mark(each.stalled), mark(each.failing), mark(each.steady), each.group) for each in raw)
    return marked, {name: text for text, name in marks.items()}
