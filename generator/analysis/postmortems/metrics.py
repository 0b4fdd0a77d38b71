"""What the postmortems of a repository add up to: medians by month, severity and service, and how actions are done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from generator.analysis.memo import once_a_catalog
from generator.analysis.postmortems.actions import ActionItem
from generator.analysis.postmortems.durations import MEASURES, durations
from generator.kinds.postmortem import Postmortem
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.catalog import Catalog

NOT_AN_INCIDENT = "none"
NOT_JUDGED = "not judged"
LATE = timedelta(days=30)
"""An action that is open for longer counts as overdue, whatever its due date says."""
MARK = Fraction(8, 10)
"""The part of actions that should get done; below it, postmortems are written and nothing is learnt."""


@dataclass(frozen=True, slots=True)
class Incident:
    """A postmortem as it is counted. `durations` are by the names of `MEASURES`."""

    postmortem: Postmortem
    services: tuple[str, ...]
    durations: Mapping[str, timedelta]

    @property
    def month(self) -> str:
        """The UTC month in which it began: `2026-10`."""
        return self.postmortem.id[:7]

    @property
    def severity(self) -> str:
        """The severity that somebody gave it."""
        return self.postmortem.severity or NOT_JUDGED


@dataclass(frozen=True, slots=True)
class Group:
    """Incidents of one month, severity or service. `medians` hold (median, how many had the duration) by measure."""

    name: str
    incidents: int
    medians: Mapping[str, tuple[timedelta, int]]


@dataclass(frozen=True, slots=True)
class Progress:
    """How action items are done. `rate` is done by (all without the dropped ones); None where there are none."""

    total: int
    done: int
    dropped: int
    open: int
    overdue: tuple[ActionItem, ...]
    """Open after their due date, the longest first."""
    late: tuple[ActionItem, ...]
    """Open for more than 30 days since the incident, the oldest first."""

    @property
    def rate(self) -> Fraction | None:
        """The part that is done."""
        counted = self.total - self.dropped
        return Fraction(self.done, counted) if counted else None


@once_a_catalog
def incidents(catalog: Catalog) -> tuple[Incident, ...]:
    """Every postmortem that is of an incident, oldest first."""
    found = sorted(catalog.all(Postmortem), key=lambda each: each.id)
    counted = (each for each in found if each.severity != NOT_AN_INCIDENT)
    return tuple(Incident(each, services_of(catalog, each), durations(catalog, each)) for each in counted)


def services_of(catalog: Catalog, postmortem: Postmortem) -> tuple[str, ...]:
    """The ids of the services that an incident touched: those written, of its SLOs, and of its alerts."""
    of_alerts = (
        catalog.alerts_by_name[name].service.id for name in postmortem.alerts if name in catalog.alerts_by_name
    )
    of_slos = (slo.partition("/")[0] for slo in postmortem.slos)
    return tuple(dict.fromkeys([*postmortem.services, *of_slos, *of_alerts]))


def by_month(found: Iterable[Incident]) -> tuple[Group, ...]:
    """Oldest month first; months without an incident are absent."""
    return _grouped(found, lambda each: (each.month,))


def by_severity(found: Iterable[Incident]) -> tuple[Group, ...]:
    """SEV-1 first."""
    return _grouped(found, lambda each: (each.severity,))


def by_service(found: Iterable[Incident]) -> tuple[Group, ...]:
    """By id; an incident counts in each of its services."""
    return _grouped(found, lambda each: each.services)


def overall(found: Iterable[Incident]) -> Group:
    """All of them."""
    return _group("all", tuple(found))


def progress(items: Iterable[ActionItem], today: date) -> Progress:
    """How far action items are on a day."""
    every = tuple(items)
    still = [item for item in every if item.is_open]
    overdue = sorted((item for item in still if item.due and item.due < today), key=lambda item: item.due or today)
    return Progress(
        total=len(every),
        done=sum(item.status == "DONE" for item in every),
        dropped=sum(item.status == "DROPPED" for item in every),
        open=len(still),
        overdue=tuple(overdue),
        late=tuple(item for item in still if date.fromisoformat(item.postmortem.date) + LATE < today),
    )


def median(amounts: Iterable[timedelta]) -> timedelta:
    """The middle one; of an even number, the mean of the two in the middle. ValueError of none."""
    ordered = sorted(amounts)
    if not ordered:
        raise ValueError("there is no median of nothing")
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def _grouped(found: Iterable[Incident], names: Callable[[Incident], Iterable[str]]) -> tuple[Group, ...]:
    groups: dict[str, list[Incident]] = {}
    for each in found:
        for name in names(each):
            groups.setdefault(name, []).append(each)
    return tuple(_group(name, groups[name]) for name in sorted(groups))


def _group(name: str, found: Iterable[Incident]) -> Group:
    every = tuple(found)
    medians = {}
    for measure in MEASURES:
        amounts = [each.durations[measure.name] for each in every if measure.name in each.durations]
        if amounts:
            medians[measure.name] = (median(amounts), len(amounts))
    return Group(name, len(every), medians)
