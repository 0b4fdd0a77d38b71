"""What the public reads of an incident: updates in order, words that follow one another, components that change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from generator import times
from generator.analysis.status.incidents import CLOSED, OPERATIONAL, incident_state
from generator.catalog import Catalog
from generator.checks.base import check
from generator.context import Context
from generator.findings import Finding, Related
from generator.kinds.status import Component, Maintenance, StatusIncident, Update

AHEAD = timedelta(minutes=5)
"""So far two clocks may be apart."""
SILENT = timedelta(days=2)


@check("status/order")
def order(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """An update is earlier than the one before it.

    Updates are written oldest first, and a component keeps its status until a later update changes it: in the wrong
    order the page says the wrong thing. Times are UTC.
    """
    sources: tuple[StatusIncident | Maintenance, ...] = (*catalog.all(StatusIncident), *catalog.all(Maintenance))
    for source in sources:
        for before, update in pairwise(source.updates):
            if update.at < before.at:
                yield Finding(
                    update.ref.at("at"),
                    f"this update of {source.id} is of {update.at:%Y-%m-%d %H:%M}, earlier than the one before it",
                    "put updates in the order of time, oldest first, or mend the hour",
                    related=(Related(before.ref.at("at"), "the update before it"),),
                    subject=source.id,
                )


@check("status/future", level="warning")
def future(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """An update is of a time that has not come yet.

    The page shows an update from its time on, so until then nobody reads this one. Mostly it is a local hour that was
    written without its offset: times under `status/` are UTC (`2026-10-14 13:12`), and an offset may follow them
    (`2026-10-14 10:12 -03:00`). Work that is planned has `from` and `until`, which open and close it by the clock.
    """
    sources: tuple[StatusIncident | Maintenance, ...] = (*catalog.all(StatusIncident), *catalog.all(Maintenance))
    for source in sources:
        for update in source.updates:
            if update.at > context.now + AHEAD:
                wait = times.words(update.at - context.now)
                message = f"this update of {source.id} is of {_at(update)} UTC: nobody reads it for {wait}"
                hint = "write the time in UTC, or with its offset: 2026-10-14 10:12 -03:00"
                yield Finding(update.ref.at("at"), message, hint, subject=source.id)


@check("status/flow", level="warning")
def flow(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """The words of an incident's updates do not follow one another.

    Clients know five words: `investigating`, `identified` and `monitoring`, in any order and as often as it takes (a
    wrong cause is looked for again, a fix that does not hold is no longer monitored); then `resolved`; and
    `postmortem` after it, when there is something to read. After `resolved` one of the first three opens the incident
    again: that is how `tocsin incident reopen` does it. Two things cannot be meant: `postmortem` for what was never
    resolved (clients take the incident for closed), and anything but another `postmortem` after one.
    """
    for incident in catalog.all(StatusIncident):
        before: Update | None = None
        for update in incident.updates:
            if update.status == "postmortem" and (before is None or before.status not in CLOSED):
                message = f"incident {incident.id} has a postmortem and was never resolved: clients take it for closed"
                hint = "write an update with status resolved before it, with the time at which it was over"
                yield Finding(update.ref.at("status"), message, hint, subject=incident.id)
            elif before is not None and before.status == "postmortem" and update.status != "postmortem":
                message = f"'{update.status}' follows the postmortem of incident {incident.id}"
                hint = "mend the order, or open a new incident for what happened later"
                found = Finding(update.ref.at("status"), message, hint, subject=incident.id)
                yield found.with_related(Related(before.ref.at("status"), "the postmortem"))
            before = update


@check("status/no-component", level="warning")
def no_component(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """No update of an incident says which component is affected, and nothing says how bad it is.

    The page then shows an open incident above "All Systems Operational", and the uptime of nothing changes. Write
    `components: {website: degraded_performance}` into an update. Where really nothing of yours is affected (news of a
    provider), say so: `impact: none`.
    """
    if not catalog.all(Component):
        return
    for incident in catalog.all(StatusIncident):
        if incident.updates and incident.impact is None and not any(each.components for each in incident.updates):
            message = f"incident {incident.id} names no component: the page stays green, and its uptime whole"
            hint = "write components: {…: partial_outage} into its first update, or impact: none"
            yield incident.finding("updates", 0, message=message, hint=hint)


@check("status/unchanged", level="note")
def unchanged(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """An update gives a component the status that it has already.

    A component keeps its status until an update changes it, so this says nothing; or it was meant to say something
    else. After `resolved` every component of the incident is operational.
    """
    for incident in catalog.all(StatusIncident):
        known: dict[str, str] = {}
        for update in incident.updates:
            closed = update.status in CLOSED
            for name, status in update.components.items():
                if status == known.get(name) and not closed:
                    message = f"{name} is {status} since an earlier update of {incident.id}"
                    hint = "leave it out, or write what it changed to"
                    yield Finding(update.ref.at("components", name), message, hint, subject=incident.id)
            known = {} if closed else known | dict(update.components)


@check("status/left-down", level="warning")
def left_down(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """An incident is resolved with a component that is not operational.

    `resolved` makes all components of the incident operational, so the page says the opposite of what is written. As
    long as something does not work, the incident is `monitoring`; what goes on for other reasons is another incident.
    """
    for incident in catalog.all(StatusIncident):
        for update in incident.updates:
            for name, status in update.components.items():
                if update.status in CLOSED and status != OPERATIONAL:
                    message = (
                        f"{name} is {status} in an update that says {update.status}: the page shows it operational"
                    )
                    hint = "say monitoring until it works, or leave the component out"
                    yield Finding(update.ref.at("components", name), message, hint, subject=incident.id)


@check("status/still-open", level="warning")
def still_open(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """An incident is open, and for two days the public was told nothing.

    Mostly it was over long ago and nobody said so, and uptime goes on falling: `tocsin incident resolve ID`, with the
    time at which it was over. What does go on deserves an update a day.
    """
    for incident in catalog.all(StatusIncident):
        state = incident_state(incident, context.now)
        if state is None or not state.is_open or context.now - state.updates[-1].at < SILENT:
            continue
        silent = times.words(context.now - state.updates[-1].at)
        message = f"incident {incident.id} is {state.status}, and its last update is {silent} old"
        hint = f"tocsin incident resolve {incident.id}, or tell how it goes on"
        yield Finding(state.updates[-1].ref.at("at"), message, hint, subject=incident.id)


def _at(update: Update) -> str:
    return f"{update.at:%Y-%m-%d %H:%M}"
