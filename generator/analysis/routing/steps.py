"""What a policy comes to: whom each step reaches, and after how long."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from generator.analysis.memo import once_a_catalog
from generator.analysis.oncall import shifts
from generator.analysis.paths import steps
from generator.kinds.people import Person
from generator.kinds.team import EscalationPolicy, Schedule
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.catalog import Catalog

AHEAD = timedelta(weeks=4)
"""A schedule in which nobody is on call for so long counts as empty."""


@dataclass(frozen=True, slots=True)
class Called:
    """Whom one step reaches: people by id, in the order in which they stand. `index` counts written steps from 0."""

    index: int
    after: timedelta
    schedules: tuple[tuple[Schedule, tuple[str, ...]], ...]
    people: tuple[str, ...]

    @property
    def reaches(self) -> bool:
        """Whether anybody is called."""
        return bool(self.people or any(people for _, people in self.schedules))


@once_a_catalog
def called(catalog: Catalog, policy: str, now: datetime) -> tuple[Called, ...]:
    """The steps of a policy, by its id; targets that lead nowhere are left out."""
    return tuple(_steps(catalog, policy, now))


@once_a_catalog
def on_call_people(catalog: Catalog, schedule: str, now: datetime) -> tuple[str, ...]:
    """Who is on call in a schedule, by its id, at some time of the coming four weeks, first come first."""
    found = catalog.get(Schedule, schedule)
    ahead = shifts(catalog, found, now, now + AHEAD) if found else ()
    return tuple(dict.fromkeys(shift.person for shift in ahead if catalog.get(Person, shift.person)))


def _steps(catalog: Catalog, policy: str, now: datetime) -> Iterator[Called]:
    found = catalog.get(EscalationPolicy, policy)
    for index, step in enumerate(steps(catalog, found) if found else ()):
        schedules = (each for each in step.targets if isinstance(each, Schedule))
        yield Called(
            index,
            step.delay,
            tuple((schedule, on_call_people(catalog, schedule.id, now)) for schedule in schedules),
            tuple(each.id for each in step.targets if isinstance(each, Person)),
        )
