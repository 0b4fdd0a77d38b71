"""Which incident is meant: by its id, by the end of its id, or because it is the only one that it can be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from generator import times
from generator.commands.incident.records import Incident, incident, incidents
from generator.commands.status.asking import can_ask, choose
from generator.commands.status.moments import written
from generator.errors import UsageError

if TYPE_CHECKING:
    from generator.catalog import Catalog

RECENT = timedelta(days=1)
"""Whoever opens an incident again within this time means the one that was resolved last."""


def meant(catalog: Catalog, given: str | None, now: datetime, *, closed: bool = False, again: bool = False) -> Incident:
    """The incident of that id; without one the only one that is open (`closed`: that was resolved lately).

    `again`: where none is open, the only one that was resolved lately is meant.

    Raises:
        UsageError: there is none, or several, and nobody can be asked which one.
    """
    if given is not None:
        return incident(catalog, _whole(catalog, given, now), now)
    every = list(incidents(catalog, now))
    fitting = [each for each in every if _fits(each, now, closed=closed)]
    if not fitting:
        # Whoever was interrupted and starts again finds it in the state that they wanted, or learns that it is.
        done = [each for each in every if _fits(each, now, closed=not closed)]
        fitting = done if len(done) == 1 and (closed or again) else []
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        what = "no incident was resolved within a day" if closed else "no incident is open"
        raise UsageError(what, _last_words(every, now) or "say --incident ID; all of them: tocsin incident list --all")
    return _choice(fitting, now, "resolved lately" if closed else "open")


def _last_words(every: Sequence[Incident], now: datetime) -> str:
    """A hint with what was resolved lately: somebody else may have been faster."""
    lately = [each for each in every if _fits(each, now, closed=True)]
    if not lately:
        return ""
    last = max(lately, key=lambda each: each.resolved or now)
    return f"{last.id} ({last.title()}) is resolved since {written(last.resolved or now)} UTC: reopen it, if it is back"


def _fits(each: Incident, now: datetime, *, closed: bool) -> bool:
    if not closed:
        return each.is_open
    over = each.resolved
    return over is not None and now - over <= RECENT


def _choice(fitting: Sequence[Incident], now: datetime, what: str) -> Incident:
    newest = sorted(fitting, key=lambda each: (each.started or now, each.id), reverse=True)
    known = {each.id: f"{each.title()} ({each.status}, {age(each, now)})" for each in newest}
    if not can_ask():
        raise UsageError(
            f"{len(fitting)} incidents are {what}: {', '.join(known)}", f"say which: --incident {fitting[0].id}"
        )
    chosen = choose("Which incident?", known)
    return next(each for each in fitting if each.id == chosen)


def age(each: Incident, now: datetime) -> str:
    """`since 25 minutes`."""
    started = each.started
    return f"since {times.words(now - started)}" if started is not None and started <= now else "not begun"


def _whole(catalog: Catalog, given: str, now: datetime) -> str:
    """The id that ends with what was given, where only one does; else what was given."""
    ends = [each.id for each in incidents(catalog, now) if each.id[11:] == given]
    return ends[0] if len(ends) == 1 else given
