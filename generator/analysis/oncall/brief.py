"""What somebody should know who goes on call: what changed since the last time, planned work, open actions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from functools import cached_property
from typing import TYPE_CHECKING

from generator.analysis.memo import once_a_catalog
from generator.analysis.oncall.shifts import Shift
from generator.analysis.paths import policy_of
from generator.analysis.postmortems import open_items_of
from generator.kinds.postmortem import Postmortem
from generator.kinds.runbook import Runbook
from generator.kinds.service import Service
from generator.kinds.status import Component, Maintenance
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.catalog import Catalog
    from generator.context import Context
    from generator.kinds.team import Schedule

MOST = 8
"""How many lines of one sort a brief has; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Change:
    """A source that alerts or their runbooks are read from, and its newest commit."""

    at: datetime
    text: str


@dataclass(frozen=True)
class Desk:
    """What reaches a schedule: the services whose policies call it, their runbooks, and the work planned on them."""

    catalog: Catalog
    context: Context
    schedule: Schedule

    @property
    def services(self) -> tuple[Service, ...]:
        """The services for which somebody on this schedule is called at some step."""
        return services_by_schedule(self.catalog).get(self.schedule.id, ())

    @cached_property
    def runbooks(self) -> tuple[Runbook, ...]:
        """The runbooks that the alerts of those services lead to, by id."""
        ours = {service.id for service in self.services}
        slugs = {alert.runbook for alert in self.catalog.alerts if alert.service.id in ours}
        return tuple(each for each in self.catalog.all(Runbook) if each.id in slugs)

    @cached_property
    def maintenances(self) -> tuple[Maintenance, ...]:
        """Planned work on those services that nobody has cancelled, in order of time; work on no service is for all."""
        ours = {service.id for service in self.services}
        touching = {each.id for each in self.catalog.all(Component) if not each.services or ours & {*each.services}}
        found = (each for each in self.catalog.all(Maintenance) if each.cancelled is None)
        wanted = (each for each in found if not each.components or touching & {*each.components})
        return tuple(sorted(wanted, key=lambda each: (each.start, each.id)))

    @cached_property
    def paths(self) -> frozenset[str]:
        """The sources of everything that a brief may say."""
        postmortems = self.catalog.all(Postmortem)
        return frozenset(each.ref.path for each in (*self.services, *self.runbooks, *self.maintenances, *postmortems))

    def brief(self, shift: Shift, last: datetime | None) -> tuple[str, ...]:
        """A shift's brief, a line each. `last` is when the person was last on call, None where that is not known."""
        return (
            *self._changed(last),
            *_at_most(f"Planned work: {line}" for line in self._planned(shift)),
            *_at_most(f"Your open action: {line}" for line in self._open(shift.person)),
        )

    @cached_property
    def _changes(self) -> tuple[Change, ...]:
        """Newest first."""
        return tuple(sorted(self._found(), key=lambda each: (-each.at.timestamp(), each.text)))

    def _found(self) -> Iterator[Change]:
        named = [(f"Alerts of {each.id}", each.ref.path) for each in self.services]
        named += [(f"Runbook {self._title(each)}", each.ref.path) for each in self.runbooks]
        for name, path in named:
            commit = self.context.history.last_change(path)
            if commit is not None:
                yield Change(commit.time, f"{name} changed {_day(commit.time, self.schedule.zone)}: {commit.subject}")

    def _title(self, runbook: Runbook) -> str:
        return runbook.title or self.catalog.document(runbook).markdown.title or runbook.id

    def _changed(self, last: datetime | None) -> Iterator[str]:
        history = self.context.history
        if last is None or not (self.services or self.runbooks):
            return
        since = _day(last, self.schedule.zone)
        if not history.available:
            yield f"What changed since you were last on call ({since}) is not known: {history.reason}"
            return
        changes = [each.text for each in self._changes if each.at > last]
        yield f"Since you were last on call ({since}):" if changes else f"No alert or runbook changed since {since}."
        yield from _at_most(changes)

    def _planned(self, shift: Shift) -> Iterator[str]:
        for each in self.maintenances:
            if each.start < shift.end and each.end > shift.start:
                local = [instant.astimezone(self.schedule.zone) for instant in (each.start, each.end)]
                yield f"{local[0]:%Y-%m-%d %H:%M} to {local[1]:%Y-%m-%d %H:%M}, {each.title.text()}"

    def _open(self, person: str) -> Iterator[str]:
        for item in open_items_of(self.catalog, person):
            due = f", due {item.due_text}" if item.due_text else ""
            yield f"{item.action} ({item.postmortem.id}{due})"


@once_a_catalog
def services_by_schedule(catalog: Catalog) -> Mapping[str, tuple[Service, ...]]:
    """Id of a schedule → the services whose policies call it at some step, in the catalog's order."""
    found: dict[str, dict[str, Service]] = {}
    for service in catalog.all(Service):
        policy = policy_of(catalog, service)
        for target in (target for step in policy.steps for target in step.targets) if policy else ():
            if target.kind == "schedule":
                found.setdefault(target.id, {})[service.id] = service
    return {schedule: tuple(services.values()) for schedule, services in found.items()}


def _at_most(lines: Iterable[str]) -> Sequence[str]:
    every = list(lines)
    more = len(every) - MOST
    return every if more <= 0 else [*every[:MOST], f"… and {more} more"]


def _day(instant: datetime, zone: tzinfo) -> str:
    return f"{instant.astimezone(zone):%Y-%m-%d}"
