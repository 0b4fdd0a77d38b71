"""A report of time on call over a closed span: what commands print and pages show, with nothing rounded."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from generator.analysis.oncall.load.buckets import place_of
from generator.analysis.oncall.load.duties import Duty, Load, loads
from generator.analysis.oncall.load.fairness import Fairness, schedule_fairness
from generator.analysis.oncall.load.settings import buckets_of
from generator.analysis.oncall.report import person_name
from generator.kinds.team import EscalationPolicy, Schedule
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.analysis.windows import Window
    from generator.catalog import Catalog


@dataclass(frozen=True, slots=True)
class Row:
    """A person on one schedule (or named by a step), with the zone and the country that their hours are counted by."""

    duty: Duty
    name: str
    time_zone: str
    country: str | None


@dataclass(frozen=True, slots=True)
class Share:
    """How much of the time a person is on call at any level, on every schedule that there is."""

    person: str
    name: str
    share: Fraction


@dataclass(frozen=True, slots=True)
class LoadReport:
    """Everything about a span. `fairness` has a schedule's id, a bucket (`all` for the sum), and how even it is."""

    span: Window
    buckets: tuple[str, ...]
    rows: tuple[Row, ...]
    shares: tuple[Share, ...]
    fairness: tuple[tuple[str, str, Fairness], ...]


def load_report(catalog: Catalog, span: Window, schedules: Sequence[Schedule], teams: Sequence[str]) -> LoadReport:
    """The report on some schedules, and on the people whom steps of some teams' policies name."""
    every = loads(catalog, catalog.all(Schedule), catalog.all(EscalationPolicy), span)
    wanted = {each.id for each in schedules}
    kept = [(load, tuple(duty for duty in load.duties if _kept(duty, wanted, teams))) for load in every]
    found = [duty for _, duties in kept for duty in duties]
    order = {each.id: index for index, each in enumerate(schedules)}
    found.sort(key=lambda duty: (order.get(duty.schedule or "", len(order)), duty.team, duty.person))
    return LoadReport(
        span,
        buckets_of(catalog).names,
        tuple(_row(catalog, duty) for duty in found),
        tuple(_share(catalog, load) for load, duties in kept if duties),
        tuple(_fairness(catalog, schedules, found, span)),
    )


def _kept(duty: Duty, schedules: set[str], teams: Sequence[str]) -> bool:
    return duty.schedule in schedules if duty.schedule is not None else duty.team in teams


def _row(catalog: Catalog, duty: Duty) -> Row:
    return Row(duty, person_name(catalog, duty.person), *place_of(catalog, duty.person))


def _share(catalog: Catalog, load: Load) -> Share:
    return Share(load.person, person_name(catalog, load.person), load.share)


def _fairness(
    catalog: Catalog, schedules: Sequence[Schedule], duties: Sequence[Duty], span: Window
) -> list[tuple[str, str, Fairness]]:
    names = (*buckets_of(catalog).names, "all")
    return [
        (schedule.id, name, fair)
        for schedule in schedules
        for name, fair in zip(names, schedule_fairness(catalog, schedule, duties, span), strict=False)
        if fair is not None
    ]
