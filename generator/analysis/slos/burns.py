"""What the legs of SLOs mean beside traffic and time: events, errors that fire a leg, pages that a budget allows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor
from typing import TYPE_CHECKING

from generator.analysis.memo import once_a_catalog
from generator.analysis.severity import PAGE
from generator.analysis.slos.legs import Leg, legs
from generator.kinds.service import Service
from generator.kinds.slo import Slo

if TYPE_CHECKING:
    from generator.catalog import Catalog

WEEK = timedelta(weeks=1)


@once_a_catalog
def every_leg(catalog: Catalog) -> Mapping[str, tuple[Leg, ...]]:
    """The legs of every SLO by its id."""
    return {slo.id: legs(catalog, service, slo) for service in catalog.all(Service) for slo in service.slos}


def reachable(found: Iterable[Leg]) -> list[Leg]:
    """The legs that a total outage can fire at all."""
    return [leg for leg in found if leg.threshold < 1]


def paging(found: Iterable[Leg]) -> list[Leg]:
    """The legs that wake somebody and that an outage can fire."""
    return [leg for leg in reachable(found) if leg.urgency == PAGE]


def usual_events(slo: Slo, window: timedelta) -> Fraction | None:
    """How many events a window has by the SLO's `traffic`; None where it declares none."""
    return None if slo.traffic is None else slo.traffic.events_in(window)


def errors_to_fire(leg: Leg, events: Fraction) -> int:
    """How many bad events among so many are needed at least: the leg fires strictly above its threshold."""
    return floor(_exact(leg.threshold) * events) + 1


def events_for_two(found: Iterable[Leg]) -> int:
    """Among how many events no leg of these fires on one bad event alone."""
    lowest = min((leg.threshold for leg in found), default=Decimal(1))
    return ceil(1 / Fraction(lowest)) if lowest else 1


def most_pages(found: Iterable[Leg], span: timedelta = WEEK) -> Fraction:
    """The most pages in a span that an SLO can give and still meet its objective in the long run.

    A page of a leg takes a burn of its rate over its long window, so it spends that much; who meets the objective
    spends at a rate of 1 on average. The leg that spends least decides. None of it depends on period or objective.
    """
    return _most_pages(tuple((leg.burn_rate, leg.long) for leg in paging(found)), span)


@lru_cache(maxsize=4096)  # thousands of SLOs have a handful of rates and windows; fractions are slow
def _most_pages(found: tuple[tuple[Decimal, timedelta], ...], span: timedelta) -> Fraction:
    return _seconds(span) / min(_spent(*each) for each in found) if found else Fraction(0)


def outlives_period(leg: Leg) -> bool:
    """Whether a leg looks back further than the period, or fires only when the whole budget is spent."""
    return leg.long > leg.period or _spent(leg.burn_rate, leg.long) >= _seconds(leg.period)


@lru_cache(maxsize=4096)
def _spent(burn_rate: Decimal, long: timedelta) -> Fraction:
    """The budget that a burn spends in a window, in seconds of burning at a rate of 1."""
    return Fraction(burn_rate) * _seconds(long)


@lru_cache(maxsize=4096)
def _exact(number: Decimal) -> Fraction:
    return Fraction(number)


@lru_cache(maxsize=4096)
def _seconds(span: timedelta) -> Fraction:
    return Fraction(span // timedelta(microseconds=1), 10**6)
