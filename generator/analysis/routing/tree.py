"""The route tree: first the team, then the urgency; below that, what differs for some services."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from generator.analysis.routing.model import NOBODY, Matcher, Receiver, Route
from generator.analysis.routing.people import on_call
from generator.analysis.routing.quiet import mutes, services_by_team, support
from generator.analysis.routing.receivers import also, own_policies, person_receiver, receiver_of
from generator.analysis.routing.time_intervals import TimeInterval
from generator.analysis.severity import PAGE, TICKET
from generator.kinds.team import EscalationPolicy, Team
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.catalog import Catalog

PAGE_WAIT = "10s"
"""How long a page waits for others of its group."""
PEOPLE_REPEAT = "30m"
"""How often people are told again where no PagerDuty knows whether they answered."""
TICKET_REPEAT = "1d"


@dataclass(frozen=True, slots=True)
class Branch:
    """All of a team: its route, its receivers that reach anybody, and the time intervals of its people and hours."""

    route: Route
    receivers: tuple[Receiver, ...]
    intervals: tuple[TimeInterval, ...]


@dataclass(frozen=True, slots=True)
class _Quiet:
    """When a route is silent, and when alone it is not."""

    muted: tuple[str, ...] = ()
    active: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Way:
    """Routes beside each other, all but the last of which let an alert go on."""

    routes: tuple[Route, ...]
    receivers: tuple[Receiver, ...]
    intervals: tuple[TimeInterval, ...] = ()


def branch(catalog: Catalog, team: Team, now: datetime) -> Branch:
    """The branch of a team."""
    muted = _muted(catalog, team, now)
    others = tuple(
        _leaf(Route(name, continues=True), _Quiet(), _quiet(muted, _Quiet())) for name in also(catalog, team)
    )
    own = own_policies(catalog, team)
    apart = {name for services in own.values() for name in services}
    usual = _page_way(
        catalog, team, team.policy, {name: each for name, each in muted.items() if name not in apart}, now
    )
    special = {
        services: _page_way(catalog, team, policy, {name: muted[name] for name in services if name in muted}, now)
        for policy, services in own.items()
    }
    ways = (usual, *special.values(), tickets := _ticket_way(catalog, team, muted))
    route = Route(
        matchers=(Matcher("team", (team.id,)),), routes=(*others, _page_route(usual, special), *tickets.routes)
    )
    receivers = {each.name: each for way in ways for each in way.receivers if each.reaches}
    intervals = {each.name: each for way in ways for each in way.intervals}
    return Branch(route, tuple(receivers.values()), tuple(intervals.values()))


def _page_route(usual: _Way, special: Mapping[tuple[str, ...], _Way]) -> Route:
    """Services with a policy of their own first, then the team's way."""
    matchers = (Matcher("urgency", (PAGE,)),)
    first = tuple(_joined(way, (Matcher("service", services),)) for services, way in special.items())
    joined = _joined(usual, matchers)
    return replace(joined, group_wait=PAGE_WAIT, routes=(*first, *joined.routes))


def _joined(way: _Way, matchers: tuple[Matcher, ...]) -> Route:
    """One route: the only one with these matchers too, else one around them all."""
    if len(way.routes) == 1 and not way.routes[0].active and not way.routes[0].muted:
        return replace(way.routes[0], matchers=matchers)
    return Route(matchers=matchers, routes=way.routes)


def _page_way(
    catalog: Catalog,
    team: Team,
    policy: EscalationPolicy | None,
    muted: Mapping[str, tuple[str, ...]],
    now: datetime,
) -> _Way:
    if team.pages_people and policy is not None:
        return _people_way(catalog, team, policy, muted, now)
    receiver = receiver_of(catalog, team, PAGE, policy)
    return _Way((_leaf(_to(receiver), _Quiet(), _quiet(muted, _Quiet())),), (receiver,))


def _people_way(
    catalog: Catalog, team: Team, policy: EscalationPolicy, muted: Mapping[str, tuple[str, ...]], now: datetime
) -> _Way:
    """A route a person, each in their own time; the whole team where nobody has it."""
    people = on_call(catalog, team, policy, now)
    receivers = tuple(person_receiver(catalog, team, each.person) for each in people)
    intervals = tuple(each.interval for each in people if each.interval)
    quiets = [_Quiet(active=(each.interval.name,) if each.interval else ()) for each in people]
    told = list(zip(receivers, quiets, strict=True))
    if len(intervals) == len(people):  # else somebody is always told
        told.append((receiver_of(catalog, team, PAGE, policy), _Quiet(muted=tuple(each.name for each in intervals))))
    routes = [
        _leaf(replace(_to(receiver), continues=True, repeat_interval=PEOPLE_REPEAT), quiet, _quiet(muted, quiet))
        for receiver, quiet in told
    ]
    routes[-1] = replace(routes[-1], continues=False)
    return _Way(tuple(routes), tuple(receiver for receiver, _ in told), intervals)


def _ticket_way(catalog: Catalog, team: Team, muted: Mapping[str, tuple[str, ...]]) -> _Way:
    """Tickets wait for the support hours; pages never do."""
    receiver, hours = receiver_of(catalog, team, TICKET), support(catalog, team)
    usual = _Quiet(active=tuple(each.interval.name for each in hours if each.services is None))
    own = {name: each.interval for each in hours for name in each.services or ()}
    quiets = {
        service.id: _Quiet(
            muted.get(service.id, ()),
            usual.active if service.id not in own else (own[service.id].name,) if own[service.id].spans else (),
        )
        for service in services_by_team(catalog).get(team.id, ())
    }
    route = _leaf(replace(_to(receiver), repeat_interval=TICKET_REPEAT), usual, quiets)
    return _Way((route,), (receiver,), tuple(each.interval for each in hours if each.interval.spans))


def _leaf(route: Route, usual: _Quiet, by_service: Mapping[str, _Quiet]) -> Route:
    """A route that is silent at its times, with branches for services whose times differ: they are not inherited."""
    alike: dict[_Quiet, list[str]] = {}
    for service, quiet in sorted(by_service.items()):
        if quiet != usual:
            alike.setdefault(quiet, []).append(service)
    branches = tuple(
        Route(matchers=(Matcher("service", tuple(services)),), muted=quiet.muted, active=quiet.active)
        for quiet, services in alike.items()
    )
    return replace(route, muted=usual.muted, active=usual.active, routes=branches)


def _quiet(muted: Mapping[str, tuple[str, ...]], usual: _Quiet) -> dict[str, _Quiet]:
    return {name: _Quiet((*usual.muted, *names), usual.active) for name, names in muted.items()}


def _to(receiver: Receiver) -> Route:
    return Route(receiver.name if receiver.reaches else NOBODY)


def _muted(catalog: Catalog, team: Team, now: datetime) -> dict[str, tuple[str, ...]]:
    """The services of a team that maintenances mute, with the names of their time intervals."""
    ours = {service.id for service in services_by_team(catalog).get(team.id, ())}
    found: dict[str, tuple[str, ...]] = {}
    for mute in mutes(catalog, now):
        for service in ours.intersection(mute.services):
            found[service] = (*found.get(service, ()), mute.interval.name)
    return found


def used(route: Route) -> Iterable[str]:
    """The names of every time interval that a route or one below it names."""
    yield from (*route.muted, *route.active)
    for below in route.routes:
        yield from used(below)
