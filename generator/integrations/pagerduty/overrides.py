"""Overrides of the sources and of the account held against each other: what is missing where.

An override of the account has no field for a note, so whose it is shows in what the sources have said: one that equals
an override which the file held at some time, and holds no more, was brought over and is taken away again. All others
were made in PagerDuty, and are never removed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from generator.analysis.oncall.placed import overrides_of
from generator.analysis.windows import intersection, subtraction
from generator.documents import read_document
from generator.integrations.pagerduty.live import Entry, Live, overlapping
from generator.integrations.pagerduty.spans import Span, clipped, joined, layered, without
from generator.kinds.absences import OVERRIDES
from generator.kinds.team import Schedule, Team
from generator.records import dataclass
from generator.times import parse_instant

if TYPE_CHECKING:
    from generator.git import History

AHEAD = timedelta(weeks=53)
"""How far ahead overrides are looked for; further where the file has one."""


@dataclass(slots=True)
class Plan:
    """What of one schedule is to be done. Everything that is over is left out, and of what runs, the past."""

    schedule: Schedule
    ident: str
    wanted: list[Span] = field(default_factory=list)
    missing: list[Span] = field(default_factory=list)
    """To be made in the account."""
    stale: list[Entry] = field(default_factory=list)
    """To be removed there: the file held them and holds them no more."""
    strange: list[Span] = field(default_factory=list)
    """Made in PagerDuty, and not in the file: what of them is in force."""
    unknown: list[str] = field(default_factory=list)
    """People of the file who have no account."""


def plan(live: Live, schedule: Schedule, ident: str, history: History | None) -> Plan:
    """Compares one schedule's overrides with those of the account's schedule of that id."""
    now = live.now
    written = [Span(*each.span(schedule.zone), each.who) for each in overrides_of(live.catalog, schedule)]
    out = Plan(schedule, ident, unknown=sorted({each.who for each in written if each.who not in live.user_ids}))
    current = clipped(_known(live, written), now)
    out.wanted = layered(current)
    until = max([now + AHEAD, *(span.end for span in current)])
    entries = live.overrides(ident, now, until)
    shown = clipped([each.span for each in entries], now)
    if overlapping(entries):
        shown = live.shown_overrides(ident, now, until)
    before = {*clipped(_known(live, _once(schedule, live, history)), now)} if entries else set()
    for entry in entries:
        (span,) = clipped([entry.span], now)
        if span in current or not without([span], out.wanted):
            continue
        if span in before:
            out.stale.append(entry)
        else:
            effective = [part for part in shown if part.who == span.who]
            out.strange += [
                Span(*window, span.who) for window in intersection([span.window], [each.window for each in effective])
            ]
    gone = [entry.span.window for entry in out.stale]
    left = [Span(*window, each.who) for each in shown for window in subtraction([each.window], gone)]
    out.missing = without(out.wanted, left)
    out.strange = joined(without(out.strange, out.wanted))
    return out


def _known(live: Live, spans: Iterable[Span]) -> list[Span]:
    return [span._replace(who=live.user_ids[span.who]) for span in spans if span.who in live.user_ids]


def _once(schedule: Schedule, live: Live, history: History | None) -> list[Span]:
    """What the file has held at any time, as written and as it came out."""
    if history is None or not history.available:
        return []
    team = live.catalog.get(Team, schedule.team)
    alone = team is None or len(team.schedules) == 1
    blobs = {
        blob
        for change in history.changes("schedules")
        for path, blob in ((change.old_path, change.old_blob), (change.new_path, change.new_blob))
        if path and blob and OVERRIDES.pattern.fullmatch(path) and _team_of(path) == schedule.team
    }
    found: list[Span] = []
    for content in history.contents(blobs).values():
        spans = list(_spans(content, schedule, alone=alone))
        found += [*spans, *layered(spans)]
    return found


def _team_of(path: str) -> str:
    return PurePosixPath(path).name.partition(".")[0]


def _spans(content: bytes, schedule: Schedule, *, alone: bool) -> Iterator[Span]:
    """The overrides of one schedule in an old text; whatever is wrong with it is passed over."""
    document, _ = read_document("old.overrides.yaml", content)
    listed: Sequence[Any] = document.data if document is not None and isinstance(document.data, list) else ()
    for each in listed:
        if not isinstance(each, dict):
            continue
        of = each.get("schedule")
        start, end = (_instant(each.get(key), schedule) for key in ("from", "until"))
        mine = of == schedule.key or (of is None and alone)
        if mine and start is not None and end is not None and start < end and isinstance(each.get("who"), str):
            yield Span(start, end, each["who"])


def _instant(text: object, schedule: Schedule) -> datetime | None:
    try:
        return parse_instant(text, schedule.zone) if isinstance(text, str) else None
    except ValueError:
        return None
