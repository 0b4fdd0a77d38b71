"""Counters behind an SLI that is given by selectors: one for events that went well, one for those that did not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from generator.analysis.rule_tests.case import selector
from generator.analysis.rule_tests.samples import labels_for, parse
from generator.analysis.slos.selectors import Selector, parse_matchers, parse_selector
from generator.analysis.slos.sli import in_seconds
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.kinds.service import Service
    from generator.kinds.slo import Slo

_FREE = "a"


@dataclass(frozen=True, slots=True)
class RawSeries:
    """Series by what they do. In an outage `stalled` stop, `failing` start, and `steady` go on."""

    stalled: tuple[str, ...]
    failing: tuple[str, ...]
    steady: tuple[str, ...]
    group: tuple[tuple[str, str], ...]
    """The labels of `group_by` that the events carry, and their values."""

    @property
    def all(self) -> tuple[str, ...]:
        """Every one."""
        return (*self.stalled, *self.failing, *self.steady)


def raw_series(service: Service, slo: Slo, group: str = _FREE) -> RawSeries | None:
    """The counters of an SLI; None where they cannot be made up: full PromQL, native histograms, odd selectors."""
    try:
        shared = parse_matchers(service.selector)
        found = _histogram(slo, shared, group) if slo.sli.histogram is not None else _counters(slo, shared, group)
    except ValueError:
        return None
    return found


def _counters(slo: Slo, shared: Iterable[str], group: str) -> RawSeries | None:
    part = slo.sli.errors if slo.sli.good is None else slo.sli.good
    if part is None or slo.sli.total is None:
        return None
    some, total = (parse_selector(text).joined(shared) for text in (part, slo.sli.total))
    few, all_ = parse(some.matchers), parse(total.matchers)
    if few is None or all_ is None:
        return None
    one_metric = some.metric == total.metric
    inside = labels_for((*few, *all_) if one_metric else few)
    outside = labels_for(all_, few if one_metric else None)
    named = _named(slo, ((some, inside), (total, outside)), group)
    if named is None:
        return None
    (first, second), labels = named
    if slo.sli.good is None:
        return RawSeries((second,) if one_metric else (), (first,), () if one_metric else (second,), labels)
    return RawSeries((first,), (second,) if one_metric else (), () if one_metric else (second,), labels)


def _histogram(slo: Slo, shared: Iterable[str], group: str) -> RawSeries | None:
    under = slo.sli.under
    if slo.sli.histogram is None or under is None or slo.sli.native:
        return None
    base = parse_selector(slo.sli.histogram).joined(shared)
    matchers = parse(base.matchers)
    found = None if matchers is None else labels_for(matchers)
    if found is None:
        return None
    bucket = {**found, "le": in_seconds(under)}
    named = _named(slo, ((base.suffixed("_bucket"), bucket), (base.suffixed("_count"), found)), group)
    return None if named is None else RawSeries((named[0][0],), (), (named[0][1],), named[1])


def _named(
    slo: Slo, found: Sequence[tuple[Selector, dict[str, str] | None]], group: str
) -> tuple[list[str], tuple[tuple[str, str], ...]] | None:
    """The series as text, every one with the same labels of `group_by`."""
    series, groups = [], []
    for each, labels in found:
        if labels is None:
            return None
        full = {**dict.fromkeys(slo.group_by, group), **labels}
        groups.append(tuple((name, full[name]) for name in slo.group_by))
        series.append(selector(each.metric, full))
    return (series, groups[0]) if all(each == groups[0] for each in groups) else None
