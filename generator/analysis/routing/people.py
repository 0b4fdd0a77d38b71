"""A team without PagerDuty: its schedule as routes, one a person, for the coming weeks.

A person is told while their time interval holds. Whoever is told when nobody's holds (a gap, a person without an
address, the time after the last known shift) is the team as a whole, so a build that is old loses no page.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from generator.analysis.oncall import shifts
from generator.analysis.routing.settings import ALERTMANAGER
from generator.analysis.routing.time_intervals import TimeInterval, downwards, of_windows
from generator.analysis.windows import Windows, union
from generator.kinds.people import Person
from generator.kinds.team import EscalationPolicy, Schedule, Team
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.catalog import Catalog

WEEKS = 6
"""How far ahead shifts are written; from then on the whole team is told."""


@dataclass(frozen=True, slots=True)
class OnCall:
    """Somebody whom the first step of a policy pages, and when. `interval` None: always, being named themselves."""

    person: Person
    interval: TimeInterval | None


def horizon(now: datetime) -> tuple[datetime, datetime]:
    """From the beginning of the day (UTC), so that builds of one day are the same, to the end of the last one."""
    start = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return start, start + timedelta(weeks=WEEKS, days=1)


def on_call(catalog: Catalog, team: Team, policy: EscalationPolicy, now: datetime) -> tuple[OnCall, ...]:
    """Everybody of the first step who can be reached, by id. Nobody is in it twice."""
    found: dict[str, Windows | None] = {}
    for ident, windows in _first_step(catalog, policy, now):
        known = found.get(ident, ())
        found[ident] = None if windows is None or known is None else union(known, windows)
    people = ((catalog.get(Person, ident), found[ident]) for ident in sorted(found))
    return tuple(
        OnCall(person, None if windows is None else _interval(policy, person, windows))
        for person, windows in people
        if person is not None and windows != () and can_be_reached(catalog, team, person)
    )


def can_be_reached(catalog: Catalog, team: Team, person: Person) -> bool:
    """Whether Alertmanager can tell this person: by e-mail, or by a mention in the team's channel."""
    return bool((person.email and catalog.settings.get(ALERTMANAGER).sends_email) or (person.slack and team.slack))


def mention(person: Person) -> str:
    """Slack's form of a mention: of a member's id; a handle is shown as it is."""
    ident = (person.slack or "").removeprefix("@")
    return f"<@{ident}>" if ident.isupper() and ident.isalnum() else f"@{ident}" if ident else ""


def _first_step(catalog: Catalog, policy: EscalationPolicy, now: datetime) -> Iterator[tuple[str, Windows | None]]:
    start, end = horizon(now)
    for target in policy.steps[0].targets if policy.steps else ():
        schedule = catalog.get(Schedule, target.id) if target.kind == "schedule" else None
        if schedule is not None:
            for shift in shifts(catalog, schedule, start, end):
                yield shift.person, downwards([shift.window])
        elif target.kind == "person":
            yield target.id, None


def _interval(policy: EscalationPolicy, person: Person, windows: Windows) -> TimeInterval:
    return TimeInterval(f"on-call/{policy.id}/{person.id}", of_windows(windows), f"{person.name} is on call")
