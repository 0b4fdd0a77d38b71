"""What changes hands, in words: `diana's week of 12 January becomes charlie's`."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from generator.analysis.oncall.changes.moved import Moved
from generator.analysis.oncall.clock import to_wall
from generator.analysis.oncall.turns import turn_start

if TYPE_CHECKING:
    from generator.analysis.oncall.shifts import Shift
    from generator.kinds.team import Layer, Schedule

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


def said(run: Moved, before: Schedule, now: datetime) -> str:
    """One change as a sentence without its full stop; `before` is the schedule as it was, `now` the present.

    Years are left out within half a year.
    """
    old, new = run.people
    if old is None:
        return f"{new} gets {_stretch(run, before.zone, now)}, where nobody was on call"
    if run.start <= now:
        what = f"the shift that runs now (until {moment(run.end, before.zone, now)})"
        return f"{old} leaves {what}" + (f", and {new} takes it" if new else " to nobody")
    return f"{old}'s {_unit(run, before, now)} becomes {new or 'nobody'}'s"


def day(instant: datetime, zone: tzinfo, now: datetime) -> str:
    """`12 January`, with the year where it is far away."""
    wall = to_wall(instant, zone)
    year = "" if abs(instant - now) < 26 * WEEK else f" {wall.year}"
    return f"{wall.day} {MONTHS[wall.month - 1]}{year}"


def moment(instant: datetime, zone: tzinfo, now: datetime) -> str:
    """`12 January 09:00`."""
    wall = to_wall(instant, zone)
    return f"{day(instant, zone, now)} {wall.time().isoformat('seconds' if wall.second else 'minutes')}"


def _unit(run: Moved, schedule: Schedule, now: datetime) -> str:
    """A whole turn by its length; less than one, or what no turn gave, by its times."""
    layer = _layer(run.before, schedule)
    if layer is None or run.before is None or run.before.turn is None or not run.whole:
        return f"time from {_stretch(run, schedule.zone, now)}"
    start = turn_start(layer, run.before.turn)
    if layer.turn == WEEK:
        return f"week of {day(start, layer.zone, now)}"
    if layer.turn == DAY:
        return f"day of {day(start, layer.zone, now)}"
    return f"turn of {day(start, layer.zone, now) if layer.turn > DAY else moment(start, layer.zone, now)}"


def _stretch(run: Moved, zone: tzinfo, now: datetime) -> str:
    return f"{moment(run.start, zone, now)} until {moment(run.end, zone, now)}"


def _layer(shift: Shift | None, schedule: Schedule) -> Layer | None:
    """The layer that gives a shift; of versions with one name the one whose turn it is."""
    if shift is None or shift.turn is None:
        return None
    named = (each for each in schedule.layers if each.name == shift.layer)
    return next(
        (each for each in named if turn_start(each, shift.turn) <= shift.start < turn_start(each, shift.turn + 1)),
        None,
    )
