"""A team: its schedules and its escalation policies. `schedules/<team>.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any

from generator import times
from generator.findings import Ref
from generator.kinds.base import Entity, Invalid, Kind, Reference, listing, mapping
from generator.kinds.reading import duration, instant, read, zone
from generator.kinds.restrictions import Restriction, restrictions
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.documents import Document
    from generator.settings import Settings


@dataclass(frozen=True, slots=True)
class Layer:
    """People who take turns. Without restrictions the layer is on duty all the time."""

    ref: Ref
    name: str
    start: datetime
    anchor: datetime
    """The instant of the first person's turn; turns count from here."""
    turn: timedelta
    people: tuple[str, ...]
    zone: tzinfo
    zone_name: str
    end: datetime | None = None
    restrictions: tuple[Restriction, ...] = ()
    shadow: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule(Entity):
    """Who is on call when. `id` is `<team>/<key>`; the last layer wins. `coverage` None means always."""

    team: str
    key: str
    name: str
    zone: tzinfo
    zone_name: str
    layers: tuple[Layer, ...]
    coverage: tuple[Restriction, ...] = ()
    description: str | None = None
    """PagerDuty's; None where the source says nothing of it."""

    def references(self) -> Iterator[Reference]:
        """Everybody in its layers."""
        for i, layer in enumerate(self.layers):
            for j, person in enumerate(layer.people):
                where = self.ref.at("layers", i, "people", j)
                yield Reference(where, "person", person, f"layer {layer.name} of schedule {self.id} names")


@dataclass(frozen=True, slots=True)
class Target:
    """Whom a step calls: a schedule or a person, by id."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class EscalationStep:
    """Targets that are paged at once, and how long until the next step."""

    targets: tuple[Target, ...]
    wait: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationPolicy(Entity):
    """Whom to call, and whom next. `id` is `<team>` for the team's own, `<team>/<key>` for others.

    `loops` repeats after the first pass, as in PagerDuty.
    """

    team: str
    name: str
    loops: int
    steps: tuple[EscalationStep, ...]
    description: str | None = None

    def references(self) -> Iterator[Reference]:
        """The schedules and people of its steps."""
        for i, step in enumerate(self.steps):
            for j, target in enumerate(step.targets):
                where = self.ref.at("steps", i, "page")
                if len(step.targets) > 1:
                    where = where.at(j)
                said = f"step {i + 1} of {self.name} pages"
                yield Reference(where, target.kind, target.id, said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Team(Entity):
    """A team and how it is reached."""

    name: str
    description: str | None = None
    lead: str | None = None
    slack: str | None = None
    email: str | None = None
    receivers: tuple[str, ...] = ()
    pages_people: bool = False
    """Whether Alertmanager itself tells whoever is on call, because the team has no PagerDuty."""
    support_hours: Mapping[str, Any] | str | None = None
    schedules: tuple[Schedule, ...] = ()
    policies: tuple[EscalationPolicy, ...] = ()

    @property
    def policy(self) -> EscalationPolicy | None:
        """The policy of services that name none."""
        return next((policy for policy in self.policies if policy.id == self.id), None)

    def references(self) -> Iterator[Reference]:
        """Its lead."""
        if self.lead is not None:
            yield Reference(self.ref.at("lead"), "person", self.lead, f"team {self.id} names as lead")


def parse(document: Document, settings: Settings) -> Iterator[Entity]:
    """The team of a file, its schedules and policies."""
    from generator.settings import TIME_ZONE

    data, ref = mapping(document.data), Ref(document.path)
    ident = KIND.id_of(document.path) or ""
    name = data.get("name", ident)
    schedules = tuple(
        _schedule(ref.at("schedules", key), ident, key, name, mapping(value), settings.get(TIME_ZONE))
        for key, value in mapping(data.get("schedules")).items()
    )
    keys = {schedule.key for schedule in schedules}
    written = [(ident, ref.at("escalation"), mapping(data.get("escalation")))] if data.get("escalation") else []
    written += [
        (f"{ident}/{key}", ref.at("escalations", key), mapping(value))
        for key, value in mapping(data.get("escalations")).items()
    ]
    policies = tuple(
        _policy(where, policy, ident, name, value, keys, data.get("lead")) for policy, where, value in written
    )
    team = Team(
        ref=ref,
        id=ident,
        name=name,
        description=data.get("description"),
        lead=data.get("lead"),
        slack=data.get("slack"),
        email=data.get("email"),
        receivers=tuple(listing(data.get("receivers"))),
        pages_people=data.get("pages") == "people",
        support_hours=data.get("support_hours"),
        schedules=schedules,
        policies=policies,
    )
    yield team
    yield from schedules
    yield from policies


def _schedule(ref: Ref, team: str, key: str, team_name: str, data: Mapping[str, Any], default_zone: str) -> Schedule:
    local, zone_name = zone(ref, data, default_zone), data.get("time_zone", default_zone)
    coverage = data.get("coverage", "always")
    return Schedule(
        ref=ref,
        id=f"{team}/{key}",
        team=team,
        key=key,
        name=data.get("name", f"{team_name} - {key.replace('-', ' ').title()}"),
        zone=local,
        zone_name=zone_name,
        layers=tuple(
            _layer(ref.at("layers", i), i, mapping(each), zone_name)
            for i, each in enumerate(listing(data.get("layers")))
        ),
        coverage=() if coverage == "always" else restrictions(ref.at("coverage"), mapping(coverage)),
        description=data.get("description"),
    )


def _layer(ref: Ref, index: int, data: Mapping[str, Any], default_zone: str) -> Layer:
    local = zone(ref, data, default_zone)
    start = read(ref.at("start"), data["start"], lambda text: times.parse_instant(text, local))
    turn = read(ref.at("turn"), data["turn"], times.parse_duration)
    if not timedelta(hours=1) <= turn <= timedelta(days=365):
        raise Invalid(ref.at("turn"), f"turn is {data['turn']}; from 1h to 365d is possible")
    end = instant(ref, data, "end", local)
    if end is not None and end <= start:
        raise Invalid(ref.at("end"), f"layer ends at {data['end']}, not after its start {data['start']}")
    return Layer(
        ref=ref,
        name=data.get("name", f"Layer {index + 1}"),
        start=start,
        anchor=instant(ref, data, "anchor", local) or start,
        turn=turn,
        people=tuple(listing(data.get("people"))),
        zone=local,
        zone_name=data.get("time_zone", default_zone),
        end=end,
        restrictions=restrictions(ref, data),
        shadow=bool(data.get("shadow", False)),
    )


def _policy(
    ref: Ref, ident: str, team: str, team_name: str, data: Mapping[str, Any], schedules: set[str], lead: str | None
) -> EscalationPolicy:
    default = f"{team_name} Escalation" if ident == team else f"{team_name} Escalation - {ident.partition('/')[2]}"
    steps = []
    for i, step in enumerate(listing(data.get("steps"))):
        where = ref.at("steps", i)
        targets = tuple(_target(where.at("page"), name, team, schedules, lead) for name in listing(step["page"]))
        steps.append(EscalationStep(targets, duration(where, step, "wait") or timedelta(minutes=30)))
    return EscalationPolicy(
        ref=ref,
        id=ident,
        team=team,
        name=data.get("name", default),
        loops=data.get("loops", 0),
        steps=tuple(steps),
        description=data.get("description"),
    )


def _target(where: Ref, name: str, team: str, schedules: set[str], lead: str | None) -> Target:
    """The team's schedule, else `lead`, else another team's schedule, else a person."""
    if name in schedules:
        return Target("schedule", f"{team}/{name}")
    if name == "lead":
        if lead is None:
            raise Invalid(where, f"a step pages lead, but team {team} names none", "add lead: to the team")
        return Target("person", lead)
    return Target("schedule" if "/" in name else "person", name)


_OTHERS = ("people.*", "people/*", "pagerduty.ids.*", "**/*.overrides.*", "**/*.leave.*")
GLOBS = ("schedules/**/*.yaml", "schedules/**/*.yml", *(f"!schedules/{other}" for other in _OTHERS))
KIND = Kind(
    "team",
    "Team",
    re.compile(r"schedules/(?!(?:.*/)?templates/)(?:[^/]+/)*(?P<id>(?!README\.)[^/]+?)\.ya?ml"),
    parse,
    "schedules/platform.yaml",
    GLOBS,
)
