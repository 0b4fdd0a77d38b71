"""Times of postmortems: timelines in order and inside their incident, durations that agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import pairwise

from generator import times
from generator.analysis.postmortems.agreement import disagreements
from generator.analysis.postmortems.timeline import Timeline, place_of, timeline
from generator.catalog import Catalog
from generator.checks.base import check
from generator.context import Context
from generator.findings import Finding, Ref, Related
from generator.kinds.postmortem import Postmortem

AFTER = timedelta(hours=1)
BEFORE = timedelta(days=7)
ORDER = (("started", "detected"), ("detected", "acknowledged"), ("started", "mitigated"), ("mitigated", "resolved"))
"""Moments of which the first cannot be later; a failure may mend itself before anybody takes it on."""


@check("postmortem/timeline-order", level="warning")
def timeline_order(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A timeline is out of order, or a row lies outside the incident.

    Durations are counted between its rows, so one wrong hour makes them all wrong. Times are UTC; a time of day more
    than twelve hours earlier than the row before is on the next day, and with a date (`2026-10-15 01:40`) there is no
    doubt. Told are a row earlier than the one before it; moments in an impossible order (mitigated before started); a
    start on another day than the postmortem's name; rows more than a week before the start or more than an hour after
    the resolution; and times that cannot be read.
    """
    for postmortem in catalog.all(Postmortem):
        found = timeline(catalog, postmortem)
        yield from _rows(postmortem, found)
        yield from _moments(catalog, postmortem, found.moments)
        yield from _unread(postmortem, found)


def _rows(postmortem: Postmortem, found: Timeline) -> Iterator[Finding]:
    timed = [(event, event.at) for event in found.events if event.at is not None]
    for (before, first), (event, at) in pairwise(timed):
        if at < first:
            message = f"the row of {_at(at)} comes after the one of {_at(first)}"
            hint = "put the rows in the order of time, or write the date where midnight lies between them"
            related = Related(before.ref, "the row before it")
            yield _finding(postmortem, event.ref, message, hint).with_related(related)
    started, resolved = found.moments.get("started"), found.moments.get("resolved")
    for event, at in timed:
        if started is not None and at < started - BEFORE:
            message = f"the row of {_at(at)} is {times.words(started - at)} before the incident started"
            yield _finding(postmortem, event.ref, message, "tell earlier history in the root cause, or mend the date")
        if resolved is not None and at > resolved + AFTER:
            message = f"the row of {_at(at)} is {times.words(at - resolved)} after the incident was resolved"
            yield _finding(postmortem, event.ref, message, "make it an action item, or move the row that says resolved")


def _moments(catalog: Catalog, postmortem: Postmortem, moments: Mapping[str, datetime]) -> Iterator[Finding]:
    for first, then in ORDER:
        if first in moments and then in moments and moments[then] < moments[first]:
            message = f"{then} at {_at(moments[then])} is before {first} at {_at(moments[first])}"
            yield _finding(postmortem, place_of(catalog, postmortem, then), message, "mend the time of one of the two")
    started = moments.get("started")
    if started is not None and started.date().isoformat() != postmortem.date:
        message = f"the incident started on {started:%Y-%m-%d}, and the postmortem is named {postmortem.id}"
        hint = "the name begins with the UTC date on which it started; mend the name or the time"
        yield _finding(postmortem, place_of(catalog, postmortem, "started"), message, hint)


def _unread(postmortem: Postmortem, found: Timeline) -> Iterator[Finding]:
    """One finding a timeline: whoever writes `T+5` does so in every row."""
    unread = [event for event in found.events if event.at is None and event.at_text]
    if unread:
        more = f", nor in {len(unread) - 1} more rows" if len(unread) > 1 else ""
        message = f"'{unread[0].at_text}' is no time of the timeline{more}"
        yield _finding(postmortem, unread[0].ref, message, "write 13:05, or 2026-10-14 13:05, in UTC")


@check("postmortem/duration", level="warning")
def duration(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A date, a duration or an hour that is written out is not what the timeline says.

    Looked at are the date in the summary (that of the postmortem's name, which is the UTC date of the start), its
    duration (from the start to the mitigation, or the resolution), its hours (`13:05 to 13:29`), how long after the
    start it was detected, and the status incident of the same name: its first update, when it said resolved, and hours
    in its messages, which may be five minutes off. Rounding is allowed: as much as the last written unit, and a tenth
    after "about".
    """
    for postmortem in catalog.all(Postmortem):
        for each in disagreements(catalog, postmortem):
            finding = _finding(postmortem, each.ref, each.message, "mend the one that is wrong")
            related = (Related(each.related, "what the public was told"),) if each.related else ()
            yield finding.with_related(*related)


def _finding(postmortem: Postmortem, ref: Ref, message: str, hint: str) -> Finding:
    return Finding(ref, message, hint, subject=postmortem.id)


def _at(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M}"
