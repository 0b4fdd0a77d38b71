"""Planned work: windows that can be meant, words in order, and ends that somebody has to say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from generator import times
from generator.analysis.status.maintenances import CANCELLED, COMPLETED, maintenance_state
from generator.catalog import Catalog
from generator.checks.base import check
from generator.context import Context
from generator.findings import Finding
from generator.kinds.status import Maintenance

LONGEST = timedelta(days=7)
OVERDUE = timedelta(hours=12)


@check("status/long-window", level="warning")
def long_window(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """The window of a maintenance is longer than a week.

    The page shows its components as under maintenance all the while, alerts may be muted (`mute`), and customers stop
    believing it. Mostly a month or a year is wrong. Several nights are several maintenances, one file each.
    """
    for maintenance in catalog.all(Maintenance):
        length = maintenance.end - maintenance.start
        if length > LONGEST:
            message = f"maintenance {maintenance.id} lasts {times.words(length)}"
            hint = "mend the date, or write a file for each window of work"
            yield maintenance.finding("until", message=message, hint=hint)


@check("status/still-running", level="warning")
def still_running(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A maintenance was started or prolonged by hand, its window is over, and nobody said that it is finished.

    The clock opens a maintenance and closes it; an update after `until` that says `in_progress` or `verifying`
    overrules the clock, and from then on only an update closes it: `tocsin maintenance finish ID`. Told twelve hours
    after the last word.
    """
    for maintenance in catalog.all(Maintenance):
        state = maintenance_state(maintenance, context.now)
        if not state.is_active or not state.updates:
            continue
        last = max(maintenance.end, state.updates[-1].at)
        if context.now - last > OVERDUE:
            over = times.words(context.now - maintenance.end)
            message = f"maintenance {maintenance.id} is {state.status}, and its window is over for {over}"
            hint = f"tocsin maintenance finish {maintenance.id}"
            yield Finding(state.updates[-1].ref.at("status"), message, hint, subject=maintenance.id)


@check("status/after-end", level="warning")
def after_end(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """An update of a maintenance comes after its end, or goes back to before its beginning.

    `scheduled`, `in_progress`, `verifying`, `completed`, in this order; work that is verified may go on. What follows
    `completed` or `cancelled` changes nothing that customers understand, and `scheduled` after the start makes clients
    announce what is being done already.
    """
    for maintenance in catalog.all(Maintenance):
        seen = ""
        for update in maintenance.updates:
            cancelled = maintenance.cancelled is not None and update.at > maintenance.cancelled
            if seen == COMPLETED and update.status != COMPLETED:
                said = "was completed before"
            elif cancelled:
                said = f"was {CANCELLED} before"
            elif update.status == "scheduled" and (seen not in ("", "scheduled") or update.at >= maintenance.start):
                said = "has begun before"
            else:
                seen = update.status
                continue
            message = f"'{update.status}' is said of maintenance {maintenance.id}, which {said}"
            hint = "mend the order or the time, or write a new maintenance"
            yield Finding(update.ref.at("status"), message, hint, subject=maintenance.id)


@check("status/cancelled-late", level="warning")
def cancelled_late(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A maintenance was cancelled after its window.

    What was done cannot be called off: the page keeps it as completed, and `cancelled` has no effect. Mend the time of
    `cancelled`, or take it out.
    """
    for maintenance in catalog.all(Maintenance):
        if maintenance.cancelled is not None and maintenance.cancelled >= maintenance.end:
            message = f"maintenance {maintenance.id} is cancelled after its window: that has no effect"
            hint = "mend the time of cancelled, or take it out"
            yield maintenance.finding("cancelled", message=message, hint=hint)
