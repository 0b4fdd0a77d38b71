"""What calendars show: shifts in full length, so that an entry keeps its start, and its identity, as weeks go by."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from generator.analysis.oncall import Shift, overrides_of, whole_shadow_shifts, whole_shifts
from generator.analysis.oncall.brief import Desk
from generator.analysis.oncall.stints import last_time
from generator.kinds.people import Person
from generator.records import dataclass
from generator.settings import PATH as SETTINGS

if TYPE_CHECKING:
    from generator.analysis.windows import Window
    from generator.catalog import Catalog
    from generator.context import Context
    from generator.kinds.team import Schedule

LONGEST_LOOK_BACK = timedelta(weeks=26)
"""Who was not on call for longer has everything to read anew."""
_UID_SPACE = "tocsin"


@dataclass(frozen=True, slots=True)
class Entry:
    """A shift as a calendar shows it. `stamp` is when its sources were last changed."""

    schedule: Schedule
    shift: Shift
    stamp: datetime
    shadow: bool = False
    brief: tuple[str, ...] = ()
    """What the person should know, a line each."""

    @property
    def uid(self) -> str:
        """Stable while the slot stays, whoever takes it. A shadow has its own: it goes along with somebody."""
        layer = self.shift.layer or "" if self.shadow else ""
        return uid(self.schedule.id, layer, self.shift.start.astimezone(UTC).isoformat())


def entries(catalog: Catalog, context: Context, schedule: Schedule, span: Window) -> list[Entry]:
    """The shifts of a schedule that reach into a span, and who goes along to learn, in order."""
    desk = Desk(catalog, context, schedule)
    stamp = _stamp(catalog, context, schedule, desk.paths)
    every = whole_shifts(catalog, schedule, span.start - _look_back(schedule), span.end)
    last = last_time(every)
    inside = (shift for shift in every if shift.end > span.start and shift.start < span.end)
    found = [Entry(schedule, shift, stamp, brief=desk.brief(shift, last[shift])) for shift in inside]
    found += [Entry(schedule, shift, stamp, shadow=True) for shift in whole_shadow_shifts(schedule, *span)]
    return sorted(found, key=lambda entry: (entry.shift.start, entry.shadow, entry.shift.layer or ""))


def week_start(now: datetime) -> datetime:
    """The Monday, at midnight UTC, of the week of an instant."""
    midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(days=midnight.weekday())


def people_of(catalog: Catalog, schedules: Iterable[Schedule]) -> list[str]:
    """Everybody who may have a shift, also those who have none now: somebody may have subscribed already."""
    found: set[str] = set()
    for schedule in schedules:
        found |= {person for layer in schedule.layers for person in layer.people}
        found |= {override.who for override in overrides_of(catalog, schedule)}
    return sorted(found)


def uid(*parts: str) -> str:
    """A name for the whole world out of parts; changing how it is made would double everybody's entries."""
    return hashlib.sha256("\n".join((_UID_SPACE, *parts)).encode()).hexdigest()[:32] + "@tocsin"


def _look_back(schedule: Schedule) -> timedelta:
    """How long ago somebody may have been on call the last time: a whole rotation."""
    rotations = [layer.turn * len(layer.people) for layer in schedule.layers if not layer.shadow]
    return min(max(rotations, default=timedelta()), LONGEST_LOOK_BACK)


def _stamp(catalog: Catalog, context: Context, schedule: Schedule, briefed: Iterable[str]) -> datetime:
    """When its sources were last committed; where Git does not know, the start of the schedule: never the present."""
    paths = {schedule.ref.path, SETTINGS, *briefed}
    paths |= {override.ref.path for override in overrides_of(catalog, schedule)}
    paths |= {person.ref.path for person in catalog.all(Person)}
    known = context.history.time_of(sorted(paths)) if context.history.available else None
    first = min((layer.start for layer in schedule.layers), default=datetime(1970, 1, 1, tzinfo=UTC))
    return (known or first).astimezone(UTC).replace(microsecond=0)
