"""The coming year of a schedule: what checks, reports and pages look at, expanded once a catalog."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from generator.analysis.memo import once_a_catalog
from generator.analysis.oncall.forms import form_of
from generator.analysis.oncall.shifts import Shift, shifts
from generator.analysis.windows import Window

if TYPE_CHECKING:
    from generator.catalog import Catalog
    from generator.kinds.team import Schedule

WEEKS = 53
"""A year and what is left of its last week, so that every day of the year and every week is seen."""


@lru_cache(maxsize=64)
def coming(now: datetime) -> Window:
    """From the start of the day, in UTC, so that all of a day sees the same, 53 weeks on."""
    start = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return Window(start, start + timedelta(weeks=WEEKS))


@once_a_catalog
def coming_shifts(catalog: Catalog, schedule: Schedule, now: datetime) -> tuple[Shift, ...]:
    """The shifts of a schedule in the coming year, cut at both ends, in order; gaps are absent."""
    form = form_of(catalog, schedule)
    if form is not None:
        return tuple(form.shifts(coming_shifts(catalog, form.first, now)))
    return shifts(catalog, schedule, *coming(now))
