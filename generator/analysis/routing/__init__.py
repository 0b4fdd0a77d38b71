"""Alertmanager's routing: who is told of which alert, when not, and the proof of it.

`routing` is the whole configuration as data; the target `alertmanager` writes it, and `rows` follows every alert
through it, so that the proof is about what is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from generator.analysis.memo import once_a_catalog
from generator.analysis.routing.inhibition import inhibitions
from generator.analysis.routing.model import NOBODY, Delivery, Inhibition, Matcher, Receiver, Route, deliveries
from generator.analysis.routing.quiet import mutes
from generator.analysis.routing.receivers import extra_receivers
from generator.analysis.routing.time_intervals import TimeInterval
from generator.analysis.routing.tree import branch, used
from generator.analysis.severity import PAGE
from generator.kinds.service import Service
from generator.kinds.team import Team
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.catalog import Catalog

__all__ = ["NOBODY", "Delivery", "Inhibition", "Matcher", "Receiver", "Route", "Routing", "routing"]


@dataclass(frozen=True)
class Routing:
    """Alertmanager's configuration as data."""

    root: Route
    receivers: Mapping[str, Receiver]
    """Those that reach somebody, by name."""
    intervals: tuple[TimeInterval, ...]
    inhibitions: tuple[Inhibition, ...]
    uses_now: bool
    """Whether it hangs on the time at which it was made: on maintenances to come, or on who is on call."""

    def deliveries(self, labels: Mapping[str, str]) -> tuple[Delivery, ...]:
        """Where an alert ends. Of its labels only those count that a route asks for."""
        key = tuple((name, value) for name, value in sorted(labels.items()) if value in self._asked.get(name, ()))
        if key not in self._known:
            self._known[key] = deliveries(self.root, dict(key))
        return self._known[key]

    def reaches(self, labels: Mapping[str, str]) -> bool:
        """Whether somebody is told, at some time."""
        return any(delivery.receiver in self.receivers for delivery in self.deliveries(labels))

    @cached_property
    def _asked(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        _values(self.root, found)
        return {name: frozenset(values) for name, values in found.items()}

    @cached_property
    def _known(self) -> dict[tuple[tuple[str, str], ...], tuple[Delivery, ...]]:
        return {}


@once_a_catalog
def routing(catalog: Catalog, now: datetime) -> Routing:
    """The routing of a catalog at an instant."""
    teams = sorted(catalog.all(Team), key=lambda team: team.id)
    branches = [branch(catalog, team, now) for team in teams]
    root = Route(NOBODY, routes=tuple(each.route for each in branches))
    receivers = [*(each for one in branches for each in one.receivers), *extra_receivers(catalog)]
    named = set(used(root))
    intervals = [
        *(mute.interval for mute in mutes(catalog, now)),
        *(each for one in branches for each in one.intervals),
    ]
    without = Routing(
        root,
        {receiver.name: receiver for receiver in receivers},
        tuple({each.name: each for each in intervals if each.name in named}.values()),
        (),
        uses_now=any(not name.startswith("support/") for name in named) or any(team.pages_people for team in teams),
    )

    def is_told(service: Service) -> bool:
        return without.reaches({"team": service.team or "", "urgency": PAGE, "service": service.id})

    return Routing(without.root, without.receivers, without.intervals, inhibitions(catalog, is_told), without.uses_now)


def _values(route: Route, found: dict[str, set[str]]) -> None:
    for matcher in route.matchers:
        found.setdefault(matcher.label, set()).update(matcher.values)
    for below in route.routes:
        _values(below, found)
